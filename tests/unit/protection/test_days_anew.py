"""New facts begin a lender's days anew only for the customer, in words, with a new paper, in time, and not for ever."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.assurance.protection.complaints import complaints
from tests.unit.protection.claiming import DIGEST, RECEIVED, check_invalid, claims_in_town, days_on

OTHER, THIRD, FOURTH = "cd" * 32, "ef" * 32, "01" * 32


def test_the_same_paper_begins_nothing_anew() -> None:
    """The days can't be set back by showing one paper every fortnight."""
    town = claims_in_town()
    town.complain()
    assert town.new_facts(on=days_on(15)).results["anew"] == 1
    for day in (20, 30):
        check_invalid(town.new_facts(on=days_on(day)), "pieces")
    twice: dict[str, Any] = {"evidence": f"{DIGEST} {DIGEST}", "pieces": 2}
    check_invalid(town.new_facts(**twice), "pieces")
    assert town.row("customer_complaint", 1)["due_on"] == days_on(30)
    town.check()


def test_a_paper_that_the_firm_has_brought_is_not_new_and_one_beside_it_is() -> None:
    town = claims_in_town()
    town.complain()
    town.do("add_evidence", complaint=1, party="firm", evidence=DIGEST, pieces=1)
    check_invalid(town.new_facts(), "pieces")
    town.complain()
    assert town.new_facts(complaint=2, on=days_on(1)).accepted, "of another complaint it is the first"
    both: dict[str, Any] = {"evidence": f"{DIGEST} {OTHER}", "pieces": 2}
    assert town.new_facts(**both).results["anew"] == 1
    town.check()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"words": ""}, "words"),
        ({"words": "..."}, "words"),
        ({"words": "new"}, "words"),
        ({"number": "", "lender": 0}, "number"),
        ({"lender": 0}, "institution"),
        ({"party": "firm"}, "party"),
        ({"evidence": "", "pieces": 0}, "pieces"),
    ],
)
def test_what_new_facts_lack(fields: dict[str, Any], field: str) -> None:
    town = claims_in_town()
    town.complain()
    check_invalid(town.new_facts(**fields), field)
    assert town.duty()["due_on"] == days_on(15)
    town.check()


def test_another_customers_document_brings_nothing() -> None:
    town = claims_in_town()
    town.complain()
    check_invalid(town.new_facts(**town.paper(n=2)), "complaint")
    check_invalid(town.new_facts(**{**town.paper(customer="person"), "lender": 0}), "complaint")
    town.check()


def test_after_two_times_the_day_stays() -> None:
    town = claims_in_town()
    town.complain()
    made = [town.new_facts(paper, on=days_on(day)).results for paper, day in ((DIGEST, 15), (OTHER, 30), (THIRD, 45))]
    assert [(one["anew"], one["restarts"], one["due_on"]) for one in made] == [
        (1, 1, days_on(30)),
        (1, 2, days_on(45)),
        (0, 2, days_on(45)),
    ]
    assert town.new_facts(FOURTH, on=days_on(46)).results["anew"] == 0
    duty = calendar(town.group, on=days_on(46))[0]
    assert (duty.first_due_on, duty.restarts, duty.due_on, duty.state) == (days_on(15), 2, days_on(45), "overdue")
    file = complaints(town.group, on=days_on(46))[0]
    assert (file.first_due_on, file.restarts, file.from_on, file.evidence) == (days_on(15), 2, days_on(30), 4)
    town.check()


def test_what_has_climbed_stays_up_and_overdue() -> None:
    town = claims_in_town()
    town.complain()
    town.do("climb_duties", on=days_on(16), date=days_on(16))
    made = town.new_facts(on=days_on(16)).results
    assert (made["anew"], made["due_on"]) == (0, days_on(15))
    assert (town.duty()["level"], town.duty()["due_on"]) == (1, days_on(15))
    assert calendar(town.group, on=days_on(16))[0].noted == 1


def test_an_extension_that_was_taken_stays_taken() -> None:
    """Extended to thirty days: new facts on the tenth leave the later day, on the twentieth they give fifteen more."""
    town = claims_in_town()
    town.complain()
    town.do("extend_complaint", complaint=1, reason="complex", words="many papers")
    assert town.new_facts(on=days_on(10)).results == {"evidence": 1, "due_on": days_on(30), "anew": 0, "restarts": 0}
    made = town.new_facts(OTHER, on=days_on(20)).results
    assert (made["anew"], made["due_on"]) == (1, days_on(35))
    kept = town.row("customer_complaint", 1)
    assert (kept["steps"], kept["from_on"]) == (1, days_on(20))
    again = town.ask("extend_complaint", complaint=1, reason="complex", words="many papers")
    assert again.refusal is not None
    assert again.refusal.rule_id == "cp.nfra.complaint.special", "the free step is taken once"
    town.check()


def test_what_a_branch_passed_on_does_not_begin_anew() -> None:
    town = claims_in_town()
    town.complain(way="pbc-branch", passed_on=RECEIVED)
    made = town.new_facts(on=days_on(10)).results
    assert (made["anew"], made["due_on"]) == (0, days_on(15))
