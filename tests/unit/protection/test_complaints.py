"""Complaints from intake to answer, in the order of the checks, to the day; none is closed without an answer."""

from typing import Any

import pytest

from benyuan.decisions.commands import REGISTRY
from benyuan.usecases.protection.claims import CLAIMS
from tests.unit.engine.dated import moment
from tests.unit.protection.claiming import (
    COMPLAINT,
    DIGEST,
    FULL,
    OF_PERSON,
    PASSED_ON,
    RECEIVED,
    check_invalid,
    check_refused,
    claims_in_town,
    days_on,
)

OTHER = "cd" * 32


@pytest.mark.parametrize(
    ("fields", "clock", "due", "expected"),
    [
        ({}, 1, 15, None),
        ({"way": "nfra", "passed_on": days_on(4), "on": days_on(4)}, 1, 19, None),
        ({"way": "pbc-branch", "passed_on": days_on(4), "on": days_on(4)}, 2, 19, None),
        (OF_PERSON, 3, None, 15),
        (PASSED_ON, 2, 15, None),
        ({**OF_PERSON, "person": 0, "subject": 1, "product": "credit-file"}, 3, None, 15),
    ],
    ids=["lender", "by NFRA", "lender by PBoC", "payments", "payments by PBoC", "bureau"],
)
def test_whose_clock_runs_from_when(fields: dict[str, Any], clock: int, due: int | None, expected: int | None) -> None:
    town = claims_in_town()
    made = town.complain(**fields)
    assert made["clock"] == clock
    assert made["due_on"] == (0 if due is None else days_on(due))
    assert made["expected_on"] == (0 if expected is None else days_on(expected))
    assert town.duty()["due_on"] == made["due_on"]
    town.check()


def test_the_days_of_one_recorded_later_run_from_receipt() -> None:
    town = claims_in_town()
    made = town.complain(on=days_on(8))
    assert made["due_on"] == 20260616
    assert town.duty()["arose_on"] == RECEIVED


@pytest.mark.parametrize(("day", "late", "days"), [(14, 0, 0), (15, 0, 0), (16, 1, 1), (40, 1, 25)])
@pytest.mark.parametrize("fields", [COMPLAINT, PASSED_ON], ids=["lender", "passed on"])
def test_answered_in_time_or_late(fields: dict[str, Any], day: int, late: int, days: int) -> None:
    town = claims_in_town()
    town.complain(**{"borrower": 0, **fields})
    answer = town.answer(on=days_on(day), redress_fen=500, cause="terms")
    assert (answer.results["late"], answer.results["days_late"]) == (late, days)
    assert town.duty()["done_on"] == days_on(day)
    kept = town.row("customer_complaint", 1)
    assert (kept["redress_fen"], kept["answered_by"], kept["cause"]) == (500, 7, 2)
    town.check()


def test_the_days_are_natural_ones() -> None:
    """From 2026-09-28 on ten days are no working days; the fifteenth day is 10-13 all the same."""
    town = claims_in_town()
    assert town.complain(on=20260928, received_on=20260928)["due_on"] == 20261013


def test_a_lenders_answer_says_what_why_and_where_next() -> None:
    town = claims_in_town()
    town.complain()
    told: dict[str, Any] = {"findings": 1, "grounds": 0, "ways_of_redress": 1}
    check_refused(town, town.answer(grounds=False), "cp.nfra.complaint.answer", **told)
    town.complain(way="pbc-branch", passed_on=RECEIVED)
    check_refused(town, town.answer(2, grounds=False), "cp.nfra.complaint.answer", **told)
    town.complain(**{**OF_PERSON, "borrower": 0})
    check_refused(town, town.answer(3, grounds=False), "cp.house.complaint.answer", **told)
    town.check()


@pytest.mark.parametrize(
    ("step", "day", "outcome"),
    [(0, 14, True), (0, 15, True), (0, 16, False), (1, 30, True), (1, 31, False)],
)
def test_a_lenders_time_is_extended_before_its_end(step: int, day: int, outcome: bool) -> None:
    town = claims_in_town()
    town.complain()
    if step:
        town.do("extend_complaint", complaint=1, reason="complex", words="many papers")
    more: dict[str, Any] = {"reason": "special", "words": "an expert", "approved": True, "told": True}
    answer = town.ask("extend_complaint", on=days_on(day), complaint=1, **more)
    rule = "cp.nfra.complaint.special" if step else "cp.nfra.complaint.complex"
    if outcome:
        assert answer.results == {"due_on": days_on(60 if step else 30), "steps": step + 1}
        assert town.duty()["due_on"] == answer.results["due_on"]
    else:
        check_refused(town, answer, rule, due_on=days_on(30 if step else 15))
    town.check()


@pytest.mark.parametrize("lacks", [{"approved": False}, {"told": False}, {"reason": "complex"}, {"until": days_on(61)}])
def test_a_second_step_is_approved_told_and_no_longer_than_sixty_days(lacks: dict[str, Any]) -> None:
    town = claims_in_town()
    town.complain()
    town.do("extend_complaint", complaint=1, reason="complex", words="many papers")
    more: dict[str, Any] = {
        "reason": "especially-complex",
        "words": "an expert",
        "approved": True,
        "told": True,
        "until": days_on(60),
    }
    check_refused(town, town.ask("extend_complaint", complaint=1, **{**more, **lacks}), "cp.nfra.complaint.special")
    assert town.do("extend_complaint", complaint=1, **more)["due_on"] == days_on(60)
    third = town.ask("extend_complaint", complaint=1, **more)
    check_refused(town, third, "cp.nfra.complaint.special", latest_on=days_on(60))


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, 60),
        ({"until": days_on(59)}, 59),
        ({"until": days_on(60)}, 60),
        ({"until": days_on(61)}, None),
        ({"until": days_on(15)}, None),
        ({"approved": False}, None),
        ({"told": False}, None),
        ({"on": days_on(15)}, 60),
        ({"on": days_on(16)}, None),
    ],
)
def test_one_passed_on_is_extended_once_to_sixty_days_at_most(fields: dict[str, Any], due: int | None) -> None:
    town = claims_in_town()
    town.complain(**{"borrower": 0, **PASSED_ON})
    more: dict[str, Any] = {"reason": "complex", "words": "many papers", "approved": True, "told": True}
    answer = town.ask("extend_complaint", complaint=1, **{**more, **fields})
    if due is None:
        check_refused(town, answer, "cp.pbc.complaint.extended", latest_on=days_on(60))
        return
    assert answer.results["due_on"] == days_on(due)
    again = town.ask("extend_complaint", complaint=1, **more)
    check_refused(town, again, "cp.pbc.complaint.extended", latest_on=days_on(due))
    town.check()


def test_an_aim_of_the_house_is_not_extended() -> None:
    town = claims_in_town()
    town.complain(**{"borrower": 0, **OF_PERSON})
    more: dict[str, Any] = {"reason": "complex", "words": "many papers", "approved": True, "told": True}
    check_invalid(town.ask("extend_complaint", complaint=1, **more), "complaint")


@pytest.mark.parametrize(("day", "anew"), [(14, 1), (15, 1), (16, 0)])
def test_new_facts_of_the_customer_begin_a_lenders_days_anew(day: int, anew: int) -> None:
    town = claims_in_town()
    town.complain()
    made = town.new_facts(on=days_on(day)).results
    assert (made["anew"], made["restarts"], made["due_on"]) == (anew, anew, days_on(day + 15 if anew else 15))
    assert town.duty()["due_on"] == made["due_on"]
    town.check()


def test_nothing_else_moves_the_day() -> None:
    """Papers of the firm, a customer's without new facts, and any of one that a branch passed on."""
    town = claims_in_town()
    town.complain()
    town.complain(**{"borrower": 0, **PASSED_ON})
    paper: dict[str, Any] = {"evidence": DIGEST, "pieces": 1, "on": days_on(10)}
    made = [
        town.do("add_evidence", complaint=1, party="firm", **paper),
        town.do("add_evidence", complaint=1, party="customer", **paper),
        dict(town.new_facts(complaint=2, on=days_on(10), **town.paper(customer="person"), lender=0).results),
    ]
    assert [(one["anew"], one["due_on"]) for one in made] == [(0, days_on(15))] * 3
    assert [one["evidence"] for one in made] == [1, 2, 1]
    check_invalid(town.new_facts(OTHER, party="firm"), "party")
    check_invalid(town.ask("add_evidence", complaint=1, party="customer"), "pieces")
    check_invalid(town.ask("add_evidence", complaint=1, party="customer", evidence="x", pieces=1), "evidence")


def test_no_command_stops_a_clock_or_names_the_day_of_an_answer() -> None:
    """The days of a complaint are in no command's fields but that of its receipt and an extension's last day."""
    kinds = {case.command.kind for case in CLAIMS}
    assert not {kind for kind in kinds if "stop" in kind or "suspend" in kind or "pause" in kind or "close" in kind} - {
        "close_data_incident"
    }
    days = {(kind, field) for kind in kinds for field in REGISTRY[kind].__struct_fields__ if field.endswith("_on")} | {
        (kind, "until") for kind in kinds if "until" in REGISTRY[kind].__struct_fields__
    }
    days |= {(kind, field) for kind in kinds for field in REGISTRY[kind].__struct_fields__ if field.endswith("_by")}
    days -= {("answer_customer_complaint", "answered_by"), ("decide_complaint_review", "reviewed_by")}
    days -= {("answer_debt_claim", "answered_by")}
    assert days == {
        ("take_customer_complaint", "feedback_by"),
        ("take_customer_complaint", "received_on"),
        ("take_customer_complaint", "passed_on"),
        ("take_debt_claim", "received_on"),
        ("extend_complaint", "until"),
    }


def test_an_answer_can_not_be_dated_back() -> None:
    """A command that names an earlier time than the log's last is not taken, so the day of an answer is today's."""
    town = claims_in_town()
    town.complain()
    town.complain(on=days_on(20), received_on=days_on(20))
    told: dict[str, Any] = {
        "outcome": "upheld",
        "words": "you are right",
        "answered_by": 7,
        "findings": True,
        "grounds": True,
    }
    early = REGISTRY["answer_customer_complaint"](complaint=1, ways_of_redress=True, **told)
    assert town.desk.one(early, at=moment(days_on(15))).position == 0
    assert town.row("customer_complaint", 1)["answered_on"] == 0
    answer = town.answer()
    assert (answer.results["late"], answer.results["days_late"]) == (1, 5)


@pytest.mark.parametrize("words", ["", "   ", ".", "……！！", "ok", "haha haha", "好的"])
def test_a_complaint_is_not_closed_without_an_answer(words: str) -> None:
    town = claims_in_town()
    town.complain()
    check_invalid(town.answer(words=words), "words")
    assert town.row("customer_complaint", 1)["answered_on"] == 0
    assert town.duty()["done_on"] == 0


def test_only_the_customers_own_paper_takes_one_back() -> None:
    town = claims_in_town()
    town.complain()
    town.do("add_evidence", complaint=1, party="firm", evidence=OTHER, pieces=1)
    back: dict[str, Any] = {"complaint": 1, **town.paper()}
    check_invalid(town.ask("withdraw_customer_complaint", complaint=1, evidence=DIGEST, pieces=1), "number")
    check_invalid(town.ask("withdraw_customer_complaint", **{**back, "evidence": "", "pieces": 0}), "pieces")
    check_invalid(town.ask("withdraw_customer_complaint", **{**back, "evidence": OTHER}), "pieces")
    check_invalid(town.ask("withdraw_customer_complaint", complaint=1, **town.paper(n=2)), "complaint")
    check_invalid(town.ask("withdraw_customer_complaint", complaint=1, **town.paper(customer="person")), "complaint")
    check_invalid(town.ask("withdraw_customer_complaint", **{**back, "institution": 1}), "institution")
    check_invalid(town.ask("withdraw_customer_complaint", **{**back, "number": "1"}), "number")
    assert town.row("customer_complaint", 1)["withdrawn_on"] == 0
    done = town.do("withdraw_customer_complaint", on=days_on(16), **back)
    assert done["late"] == 1
    check_invalid(town.answer(), "complaint")
    check_invalid(town.ask("withdraw_customer_complaint", **back), "complaint")
    town.check()


def test_one_is_answered_once() -> None:
    town = claims_in_town()
    town.complain()
    assert town.answer(key="one", cause="terms").accepted
    assert town.answer(key="one", cause="terms").repeated
    check_invalid(town.answer(), "complaint")


@pytest.mark.parametrize(("day", "taken"), [(29, True), (30, True), (31, False)])
def test_a_review_is_asked_for_within_thirty_days(day: int, taken: bool) -> None:
    town = claims_in_town()
    town.complain()
    town.answer(on=days_on(10))
    asked = town.ask("ask_review", on=days_on(10 + day), complaint=1, words="this is not so")
    if taken:
        assert asked.results == {"duty": 2, "due_on": days_on(10 + day + 30)}
    else:
        check_refused(town, asked, "cp.nfra.review", answered_on=days_on(10), last_on=days_on(40))
    town.check()


@pytest.mark.parametrize(("day", "late"), [(29, 0), (30, 0), (31, 1)])
def test_a_review_is_decided_within_thirty_days_by_another(day: int, late: int) -> None:
    town = claims_in_town()
    town.complain()
    town.answer(redress_fen=100)
    town.do("ask_review", complaint=1, words="this is not so")
    told: dict[str, Any] = {"complaint": 1, "outcome": "changed", "words": "we looked again", "redress_fen": 300}
    told["no_interest"] = True
    check_invalid(town.ask("decide_complaint_review", reviewed_by=7, **told), "reviewed_by")
    check_invalid(town.ask("decide_complaint_review", reviewed_by=8, **{**told, "redress_fen": 99}), "redress_fen")
    done = town.do("decide_complaint_review", on=days_on(day), reviewed_by=8, **told)
    assert (done["late"], done["days_late"]) == (late, late)
    assert town.row("customer_complaint", 1)["redress_fen"] == 100
    assert town.duty(3)["done_on"] == days_on(day)
    check_invalid(town.ask("decide_complaint_review", reviewed_by=8, **told), "complaint")
    check_invalid(town.ask("ask_review", complaint=1, words="and again"), "complaint")
    town.check()


def test_there_is_no_review_before_an_answer_nor_under_the_central_banks_rules() -> None:
    town = claims_in_town()
    town.complain()
    check_invalid(town.ask("ask_review", complaint=1, words="why"), "complaint")
    town.complain(**{"borrower": 0, **PASSED_ON})
    town.answer(2)
    check_invalid(town.ask("ask_review", complaint=2, words="why"), "complaint")
    none: dict[str, Any] = {"reviewed_by": 8, "outcome": "stands", "words": "it stays as it was", "no_interest": True}
    check_invalid(town.ask("decide_complaint_review", complaint=2, **none), "complaint")


def test_a_lenders_decision_is_reviewed_by_whatever_way_the_complaint_came_in() -> None:
    town = claims_in_town()
    made = town.complain(way="pbc-branch", passed_on=RECEIVED)
    assert made["clock"] == 2
    town.answer()
    assert town.do("ask_review", complaint=1, words="why")["due_on"] == days_on(30)
    town.check()


@pytest.mark.parametrize(("speak", "taken"), [(0, False), (1, True), (5, True), (6, False)])
def test_many_in_person_have_at_most_five_representatives(speak: int, taken: bool) -> None:
    town = claims_in_town()
    many: dict[str, Any] = {**COMPLAINT, "channel": "visit", "complainants": 8, "representatives": speak}
    answer = town.ask("take_customer_complaint", on=RECEIVED, **many)
    if taken:
        assert answer.accepted
    else:
        check_refused(town, answer, "cp.nfra.complaint.group", representatives=speak, most=5)
    assert town.ask("take_customer_complaint", **{**many, "channel": "letter"}).accepted


@pytest.mark.parametrize(("count", "channel", "major"), [(19, "visit", 0), (20, "visit", 1), (20, "letter", 0)])
def test_twenty_in_person_are_a_major_complaint(count: int, channel: str, major: int) -> None:
    town = claims_in_town()
    made = town.complain(channel=channel, complainants=count, representatives=5)
    assert made["major"] == major == town.row("customer_complaint", 1)["major"]
    town.check()


def test_a_repeat_is_known_by_product_and_cause_or_issue() -> None:
    town = claims_in_town()
    told: list[dict[str, Any]] = [
        {"cause": "terms"},
        {"issue": "service", "cause": "terms"},
        {"issue": "service", "cause": "not-known", "product": "pay-later"},
        {"issue": "service"},
        {"issue": "refund"},
        {"borrower": 2, "cause": "terms"},
        {**OF_PERSON, "borrower": 0, "product": "other"},
    ]
    made = [town.complain(**each) for each in told]
    assert [(one["repeat_of"], one["times"]) for one in made] == [
        (0, 0),
        (1, 1),
        (0, 0),
        (2, 1),
        (0, 0),
        (0, 0),
        (0, 0),
    ]
    town.check()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"person": 1}, "person"),
        ({"borrower": 0}, "person"),
        ({"borrower": 99}, "borrower"),
        ({"product": "wallet"}, "product"),
        ({"received_on": RECEIVED + 1}, "received_on"),
        ({"received_on": 20260532}, "received_on"),
        ({"received_on": 20200229}, "received_on"),
        ({"way": "nfra"}, "passed_on"),
        ({"passed_on": RECEIVED}, "passed_on"),
        ({"way": "nfra", "passed_on": 20260531}, "passed_on"),
        ({**OF_PERSON, "way": "nfra", "passed_on": RECEIVED}, "borrower"),
        ({"representatives": 1}, "representatives"),
        ({"feedback_by": RECEIVED}, "feedback_by"),
        ({**PASSED_ON, "borrower": 0, "feedback_by": 20260531}, "feedback_by"),
        ({"complainants": 0}, "complainants"),
        ({"words": " "}, "words"),
    ],
)
def test_bad_input(fields: dict[str, Any], field: str) -> None:
    town = claims_in_town()
    check_invalid(town.ask("take_customer_complaint", on=RECEIVED, **{**COMPLAINT, **fields}), field)
    town.check()


def test_a_complaint_is_classed_before_it_is_concluded() -> None:
    town = claims_in_town()
    town.complain()
    check_refused(town, town.answer(cause="not-known"), "cp.pbc.complaint.data")
    assert town.answer(cause="fraud").accepted
    town.complain(cause="system")
    assert town.answer(2, cause="not-known").accepted
    assert [town.row("customer_complaint", number)["cause"] for number in (1, 2)] == [8, 3]
    town.check()


WHOLE: dict[str, Any] = {
    "complaint": 1,
    "the_complaint": True,
    "points_at_issue": True,
    "findings_and_evidence": True,
    "grounds": True,
    "contacts_with_customer": True,
    "satisfaction": True,
}


@pytest.mark.parametrize(("day", "late"), [(19, 0), (20, 0), (21, 1)])
def test_the_branch_gets_a_whole_report_by_the_day_that_it_set(day: int, late: int) -> None:
    town = claims_in_town()
    made = town.complain(**{**PASSED_ON, "borrower": 0, "feedback_by": days_on(20)})
    check_invalid(town.ask("feed_back_complaint", **WHOLE), "complaint")
    town.do("extend_complaint", complaint=1, reason="complex", words="many papers", approved=True, told=True)
    town.answer()
    rule = "cp.pbc.complaint.feedback"
    check_refused(town, town.ask("feed_back_complaint", **WHOLE), rule, extension=0, satisfaction=1)
    whole = {**WHOLE, "extension": True}
    check_refused(town, town.ask("feed_back_complaint", **{**whole, "satisfaction": False}), rule, satisfaction=0)
    assert town.do("feed_back_complaint", on=days_on(day), **whole)["late"] == late
    assert town.duty(made["feedback_duty"])["done_on"] == days_on(day)
    check_invalid(town.ask("feed_back_complaint", **whole), "complaint")
    town.check()


def test_only_what_a_branch_passed_on_is_reported_to_it() -> None:
    town = claims_in_town()
    town.complain()
    town.answer()
    check_invalid(town.ask("feed_back_complaint", **WHOLE), "complaint")
    town.complain(**{**PASSED_ON, "borrower": 0})
    town.answer(2)
    assert town.do("feed_back_complaint", **{**WHOLE, "complaint": 2})["late"] == 0


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"received_on": 20200229}, None),
        ({"received_on": 20200301}, 20200316),
        ({**PASSED_ON, "borrower": 0, "received_on": 20201001, "passed_on": 20201031}, None),
        ({**PASSED_ON, "borrower": 0, "received_on": 20201001, "passed_on": 20201101}, 20201116),
        ({**OF_PERSON, "borrower": 0, "received_on": 20201031}, None),
        ({**OF_PERSON, "borrower": 0, "received_on": 20201101}, 0),
    ],
)
def test_the_first_day_of_the_rules(fields: dict[str, Any], due: int | None) -> None:
    town = claims_in_town()
    answer = town.ask("take_customer_complaint", on=RECEIVED, **{**COMPLAINT, **fields})
    if due is None:
        check_invalid(answer, "received_on")
    else:
        assert answer.results["due_on"] == due


def test_two_in_one_batch_follow_one_another() -> None:
    town = claims_in_town()
    kinds = REGISTRY["take_customer_complaint"]
    both = [kinds(**COMPLAINT) for _ in range(2)]
    answers = town.desk.ask(*both, at=moment(RECEIVED))
    assert [answer.results["repeat_of"] for answer in answers] == [0, 1]
    told: dict[str, Any] = {"outcome": "upheld", "words": "you are right", "answered_by": 7, "cause": "terms", **FULL}
    answer = REGISTRY["answer_customer_complaint"](complaint=1, **told)
    first, second = town.desk.ask(answer, answer, at=moment(RECEIVED))
    assert first.accepted
    check_invalid(second, "complaint")
    town.check()


def test_words_stand_nowhere_in_the_log() -> None:
    town = claims_in_town()
    made = town.complain(words="Wang of the branch lied")
    assert town.group.payloads.read(made["position"]) == {"words": "Wang of the branch lied"}
    held = town.row("customer_complaint", 1)
    assert held["position"] == made["position"]
