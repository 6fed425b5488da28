"""Objections and requests in hardship at the lender: by when they are answered, how they end, what is on record."""

import json

import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.assurance.protection.own_data import own_data
from tests.unit.protection.claiming import DIGEST, RECEIVED, REFUSED, Claims, check_invalid, claims_in_town, days_on


@pytest.fixture
def town() -> Claims:
    return claims_in_town()


def claimed(town: Claims, claim: str = "objection", *, on: int = RECEIVED) -> dict[str, int]:
    """Borrower 1 claims something on the first of June; the results."""
    return town.do("take_debt_claim", on=on, borrower=1, claim=claim, words="look at it", received_on=RECEIVED)


def test_an_objection_is_owed_an_answer_by_the_law(town: Claims) -> None:
    made = claimed(town, on=days_on(3))
    assert (made["debt_claim"], made["duty"], made["due_on"], made["expected_on"]) == (1, 1, days_on(20), 0)
    [duty] = [each for each in calendar(town.group, on=days_on(20)) if each.room == "protection"]
    assert (duty.kind, duty.owner, duty.about, duty.arose_on) == ("answer_objection", "lender 1", 1, RECEIVED)
    assert (duty.state, duty.rule, duty.status) == ("open", "cr.dispute.days", "verified")
    [duty] = [each for each in calendar(town.group, on=days_on(21)) if each.room == "protection"]
    assert (duty.state, duty.days_left, duty.level) == ("overdue", -1, 1)
    town.check()


def test_help_is_owed_an_answer_by_the_house_which_breaks_no_law(town: Claims) -> None:
    made = claimed(town, "hardship")
    assert (made["due_on"], made["expected_on"]) == (0, days_on(10))
    [duty] = [each for each in calendar(town.group, on=days_on(11)) if each.room == "protection"]
    assert (duty.kind, duty.state, duty.expected_on) == ("answer_hardship", "past_aim", days_on(10))
    assert (duty.rule, duty.status) == ("cp.house.hardship.answer", "unverified")


@pytest.mark.parametrize(("days", "late"), [(19, 0), (20, 0), (21, 1)])
def test_an_answer_is_in_time_on_the_last_day_and_late_on_the_next(town: Claims, days: int, late: int) -> None:
    claimed(town)
    told = town.do("answer_debt_claim", on=days_on(days), debt_claim=1, **REFUSED)
    assert (told["late"], told["days_late"]) == (late, late)
    assert town.duty()["done_on"] == days_on(days)
    row = town.row("debt_claim", 1)
    assert (row["answered_on"], row["answered_by"], row["answer"]) == (days_on(days), 7, town.group.position)
    town.check()


def test_each_ends_once(town: Claims) -> None:
    claimed(town)
    town.do("answer_debt_claim", debt_claim=1, **REFUSED)
    check_invalid(town.ask("answer_debt_claim", debt_claim=1, **REFUSED), "debt_claim")
    check_invalid(town.ask("withdraw_debt_claim", debt_claim=1, **town.paper()), "debt_claim")
    claimed(town)
    assert town.do("withdraw_debt_claim", on=days_on(21), debt_claim=2, **town.paper())["late"] == 1
    check_invalid(town.ask("withdraw_debt_claim", debt_claim=2, **town.paper("cd" * 32)), "debt_claim")
    check_invalid(town.ask("answer_debt_claim", debt_claim=2, **REFUSED), "debt_claim")
    check_invalid(town.ask("answer_debt_claim", debt_claim=9, **REFUSED), "debt_claim")
    town.check()


def test_only_the_borrower_takes_it_back_by_a_paper_that_ended_none_before(town: Claims) -> None:
    claimed(town)
    claimed(town)
    back = {"debt_claim": 1, **town.paper()}
    check_invalid(town.ask("withdraw_debt_claim", debt_claim=1, evidence=DIGEST, pieces=1), "number")
    check_invalid(town.ask("withdraw_debt_claim", **{**back, "evidence": "", "pieces": 0}), "pieces")
    check_invalid(town.ask("withdraw_debt_claim", **{**back, "number": "1"}), "number")
    check_invalid(town.ask("withdraw_debt_claim", **{**back, "lender": 0}), "lender")
    check_invalid(town.ask("withdraw_debt_claim", debt_claim=1, **town.paper(n=2)), "debt_claim")
    check_invalid(town.ask("withdraw_debt_claim", debt_claim=1, **town.paper(n=3)), "debt_claim")
    town.do("withdraw_debt_claim", **back)
    check_invalid(town.ask("withdraw_debt_claim", debt_claim=2, **town.paper()), "pieces")
    town.do("withdraw_debt_claim", debt_claim=2, **town.paper("cd" * 32))
    town.check()


@pytest.mark.parametrize("part", ["words", "found", "why", "where_next"])
def test_an_answer_says_what_was_found_why_and_where_next(town: Claims, part: str) -> None:
    claimed(town)
    for empty in (".", "okok", "aabbccdd"):
        check_invalid(town.ask("answer_debt_claim", debt_claim=1, **{**REFUSED, part: empty}), part)
    assert town.row("debt_claim", 1)["answered_on"] == 0
    town.do("answer_debt_claim", debt_claim=1, **{**REFUSED, part: "abcde"})


def test_an_answer_of_blanks_is_none(town: Claims) -> None:
    claimed(town, "hardship")
    blank = town.ask("answer_debt_claim", debt_claim=1, **{**REFUSED, "words": " "})
    assert not blank.accepted
    assert town.row("debt_claim", 1)["answered_on"] == 0


def test_help_is_a_plan_of_this_borrower(town: Claims) -> None:
    claimed(town, "hardship")
    told = {"debt_claim": 1, **REFUSED}
    foreign = town.do("agree_hardship", borrower=2, until=20261231)["hardship"]
    check_invalid(town.ask("answer_debt_claim", **{**told, "outcome": "met", "hardship": foreign}), "hardship")
    own = town.do("agree_hardship", borrower=1, until=20261231)["hardship"]
    check_invalid(town.ask("answer_debt_claim", **told, hardship=own), "hardship")
    town.do("answer_debt_claim", **{**told, "outcome": "met", "hardship": own})
    assert town.row("debt_claim", 1)["hardship"] == own
    town.check()


def test_claim_and_answer_are_the_customers_own_data(town: Claims) -> None:
    claimed(town)
    town.do("answer_debt_claim", debt_claim=1, **REFUSED)
    handed = json.dumps(own_data(town.group, borrower=1), ensure_ascii=False, default=str)
    for said in (
        "take_debt_claim",
        "answer_debt_claim",
        "look at it",
        "it stays as it is",
        "the contract was signed",
        "debt_claim",
    ):
        assert said in handed
