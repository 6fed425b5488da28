"""Data incidents by the hour, whoever they happen to; overdue duties climb; the calendar has every room's duties."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import PROTECTION_RULE_OF, Duty, calendar, counts
from benyuan.assurance.protection.complaints import complaints, monthly, over
from benyuan.assurance.protection.duty_columns import Room, due_by, duty_columns
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.rules import load_pack
from benyuan.values.dates import local_day
from tests.unit.engine.dated import moment
from tests.unit.protection.claiming import (
    DIGEST,
    OF_PERSON,
    PASSED_ON,
    RECEIVED,
    Claims,
    check_invalid,
    check_refused,
    claims_in_town,
    days_on,
)

HOUR = 3_600_000_000
FOUND = moment(RECEIVED)
LEAK: dict[str, Any] = {
    "lender": 1,
    "mishap": "leak",
    "harm": "other",
    "people": 3,
    "found_at": FOUND,
    "words": "a disk",
}
ITEMS = "cause, harm, measures, advice, contact"
NOTICE: dict[str, Any] = {
    "kinds": "identity, contact",
    "items": ITEMS,
    "cause": "a disk was lost",
    "harm": "calls by people who pretend to be us",
    "measures": "the keys were changed",
    "advice": "hang up, and call us",
    "contact": "95188",
}
AVOIDED = {"harm": "none", "measures": DIGEST}


def at(town: Claims, kind: str, when: int, **fields: Any) -> Answer:
    """A command at a moment."""
    return town.desk.one(REGISTRY[kind](**fields), at=when)


def record(town: Claims, **fields: Any) -> dict[str, int]:
    """A leak at the lender, but for what is said otherwise; the results."""
    measures = {"measures": DIGEST} if fields.get("harm") == "none" else {}
    return town.do("record_data_incident", on=RECEIVED, **{**LEAK, **measures, **fields})


def branch_told(town: Claims, after_us: int) -> Duty:
    """The branch is told of a leak with other harm so long after the finding; its duty at the end of that day."""
    record(town)
    at(town, "report_data_incident", FOUND + after_us, data_incident=1, told="branch")
    found = calendar(town.group, on=local_day(FOUND + after_us))
    return next(each for each in found if each.kind == "report_incident")


@pytest.mark.parametrize(("after_us", "late"), [(72 * HOUR - 1, 0), (72 * HOUR, 0), (72 * HOUR + 1, 1)])
def test_other_harm_is_reported_in_seventy_two_hours(after_us: int, late: int) -> None:
    town = claims_in_town()
    made = record(town)
    assert made["due_at"] == FOUND + 72 * HOUR
    answer = at(town, "report_data_incident", FOUND + after_us, data_incident=1, told="branch")
    assert answer.results["late"] == late
    assert answer.results["minutes"] == 4_320 - (after_us < 72 * HOUR)
    assert town.duty(made["branch_duty"])["due_on"] == days_on(3)
    town.check()


def test_danger_is_reported_and_told_at_once_and_late_when_its_day_is_over() -> None:
    town = claims_in_town()
    made = record(town, harm="danger")
    assert made["due_at"] == FOUND
    assert [town.duty(number)["due_on"] for number in (1, 2, 3)] == [RECEIVED] * 3
    branch = at(town, "report_data_incident", FOUND + HOUR, data_incident=1, told="branch")
    assert (branch.results["minutes"], branch.results["late"]) == (60, 0)
    customers = at(town, "report_data_incident", FOUND + 24 * HOUR, data_incident=1, told="customers", **NOTICE)
    assert customers.results["late"] == 1
    town.check()


def test_without_harm_the_authority_alone_is_told() -> None:
    town = claims_in_town()
    made = record(town, harm="none", lender=0, bureau=1, mishap="loss")
    assert (made["due_at"], made["branch_duty"], made["customers_duty"], made["authority_duty"]) == (0, 0, 0, 1)
    check_invalid(town.ask("report_data_incident", data_incident=1, told="branch"), "data_incident")
    assert town.do("report_data_incident", data_incident=1, told="authority", **NOTICE)["late"] == 0
    check_invalid(town.ask("report_data_incident", data_incident=1, told="authority", **NOTICE), "data_incident")
    town.check()


@pytest.mark.parametrize(("records", "hours"), [(4_999, 24), (5_000, 2)])
def test_a_payment_institutions_own_clock_runs_beside_it(records: int, hours: int) -> None:
    """Class one from 5,000 records on, two hours from the event; class two below, 24 hours."""
    town = claims_in_town()
    leak = {"institution": 1, "kind_of_incident": "data_leak", "occurred_at": FOUND - HOUR, "records": records}
    own = town.do("record_incident", on=RECEIVED, **leak)
    check_invalid(town.ask("record_data_incident", **{**LEAK, "lender": 0, "institution": 1}), "incident")
    made = record(town, lender=0, institution=1, incident=own["incident"])
    assert made["incident_due_at"] == FOUND - HOUR + hours * HOUR
    assert made["due_at"] == FOUND + 72 * HOUR
    owed = [(each.owner, each.kind) for each in calendar(town.group, on=RECEIVED)]
    assert owed.count(("institution 1", "incident_report")) == 1
    assert owed.count(("institution 1", "report_incident")) == 1
    town.check()


@pytest.mark.parametrize(("harm", "due", "told_by"), [("other", 72 * HOUR, days_on(4)), ("danger", 0, RECEIVED)])
def test_harm_that_turns_out_runs_from_the_finding(harm: str, due: int, told_by: int) -> None:
    town = claims_in_town()
    record(town, harm="none")
    grown: dict[str, Any] = {"data_incident": 1, "harm": harm, "people": 9, "words": "they had the passwords"}
    made = town.do("update_data_incident", on=days_on(4), **grown)
    assert (made["due_at"], made["branch_duty"], made["customers_duty"]) == (FOUND + due, 2, 3)
    assert (town.duty(2)["due_on"], town.duty(3)["due_on"]) == (days_on(3 if due else 0), told_by)
    assert town.duty(2)["arose_on"] == days_on(4)
    assert town.do("report_data_incident", data_incident=1, told="branch")["late"] == 1
    town.check()


def test_other_harm_that_becomes_danger_is_due_at_once() -> None:
    town = claims_in_town()
    record(town)
    grown: dict[str, Any] = {"data_incident": 1, "harm": "danger", "people": 3, "words": "they had the passwords"}
    assert town.do("update_data_incident", on=days_on(1), **grown)["due_at"] == FOUND
    assert [town.duty(number)["due_on"] for number in (2, 3)] == [RECEIVED] * 2
    assert town.do("report_data_incident", data_incident=1, told="branch")["late"] == 1
    town.check()


def test_harm_is_not_made_smaller() -> None:
    town = claims_in_town()
    record(town)
    grown: dict[str, Any] = {"data_incident": 1, "harm": "other", "people": 3, "words": "as before"}
    check_invalid(town.ask("update_data_incident", **{**grown, "harm": "none"}), "harm")
    check_invalid(town.ask("update_data_incident", **{**grown, "people": 2}), "people")
    check_invalid(town.ask("update_data_incident", **{**grown, "words": " "}), "words")
    assert town.ask("update_data_incident", **grown).accepted
    for told in ("branch", "customers", "authority"):
        town.do("report_data_incident", data_incident=1, told=told, **NOTICE)
    town.do("close_data_incident", data_incident=1, words="over")
    check_invalid(town.ask("update_data_incident", **grown), "data_incident")
    town.check()


def test_none_is_closed_before_all_have_been_told() -> None:
    town = claims_in_town()
    record(town)
    over_it: dict[str, Any] = {"data_incident": 1, "words": "the disk was found"}
    check_refused(town, town.ask("close_data_incident", **over_it), "cp.pbc.breach_report", branch_told=0)
    for told in ("branch", "customers"):
        town.do("report_data_incident", data_incident=1, told=told, **NOTICE)
    check_refused(town, town.ask("close_data_incident", **over_it), "pi.breach", authority_told=0)
    town.do("report_data_incident", data_incident=1, told="authority", **NOTICE)
    check_invalid(town.ask("close_data_incident", data_incident=1, words=" "), "words")
    assert town.do("close_data_incident", **over_it)["closed_on"] == RECEIVED
    check_invalid(town.ask("close_data_incident", **over_it), "data_incident")
    town.check()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"lender": 0}, "institution"),
        ({"bureau": 1}, "institution"),
        ({"lender": 9}, "lender"),
        ({"incident": 0, "lender": 0, "institution": 1}, "incident"),
        ({"found_at": FOUND + 1}, "found_at"),
        ({"found_at": moment(20201031)}, "found_at"),
        ({"words": ""}, "words"),
        ({"measures": "a"}, "measures"),
        ({"measures": "A" * 64}, "measures"),
    ],
)
def test_bad_input(fields: dict[str, Any], field: str) -> None:
    town = claims_in_town()
    check_invalid(at(town, "record_data_incident", FOUND, **{**LEAK, **fields}), field)


@pytest.mark.parametrize(
    ("after_us", "state"), [(72 * HOUR - 1, "done"), (72 * HOUR, "done"), (72 * HOUR + 1, "late"), (77 * HOUR, "late")]
)
def test_told_on_the_last_day_but_after_the_hour_is_late_in_the_calendar_too(after_us: int, state: str) -> None:
    duty = branch_told(claims_in_town(), after_us)
    assert (duty.state, duty.due_on, duty.done_on) == (state, days_on(3), days_on(3))
    assert (duty.due_at, duty.done_at) == (FOUND + 72 * HOUR, FOUND + after_us)


@pytest.mark.parametrize(("after_us", "state", "level"), [(72 * HOUR, "open", 0), (72 * HOUR + 1, "overdue", 1)])
def test_the_hour_passes_before_its_day_does(after_us: int, state: str, level: int) -> None:
    town = claims_in_town()
    record(town)
    branch = next(
        each
        for each in calendar(town.group, on=days_on(3), at=FOUND + after_us, days=0)
        if each.kind == "report_incident"
    )
    assert (branch.state, branch.days_left, branch.level) == (state, 0, level)
    whole_day = next(each for each in calendar(town.group, on=days_on(3)) if each.kind == "report_incident")
    assert whole_day.state == "overdue"
    assert counts(town.group, on=days_on(2))["overdue"] == 2, "the customers and the authority, who were told of by day"
    assert counts(town.group, on=days_on(3))["overdue"] == 3


@pytest.mark.parametrize(("after_us", "overdue", "level"), [(72 * HOUR, 2, 1), (72 * HOUR + 1, 3, 1)])
def test_what_runs_by_the_hour_climbs_from_its_hour(after_us: int, overdue: int, level: int) -> None:
    town = claims_in_town()
    made = record(town)
    climbed = at(town, "climb_duties", FOUND + after_us, date=days_on(3)).results
    assert (climbed["overdue"], climbed["highest"]) == (overdue, level)
    assert town.duty(made["branch_duty"])["level"] == overdue - 2
    town.check()


@pytest.mark.parametrize(("after_us", "state"), [(2 * HOUR, "done"), (2 * HOUR + 1, "late")])
def test_two_hours_of_a_payment_institution_are_late_on_the_same_day(after_us: int, state: str) -> None:
    town = claims_in_town()
    leak = {"institution": 1, "kind_of_incident": "data_leak", "occurred_at": FOUND, "records": 5_000}
    town.do("record_incident", on=RECEIVED, **leak)
    at(town, "report_incident", FOUND + after_us, incident=1)
    found = calendar(town.group, on=RECEIVED)
    duty = next(each for each in found if each.kind == "incident_report")
    assert (duty.state, duty.due_at, duty.done_at) == (state, FOUND + 2 * HOUR, FOUND + after_us)
    before = calendar(town.group, on=RECEIVED, at=FOUND + HOUR)
    assert next(each.state for each in before if each.kind == "incident_report") == "open"


def test_danger_that_turns_out_later_leaves_what_was_late_late() -> None:
    town = claims_in_town()
    record(town)
    at(town, "report_data_incident", FOUND + 73 * HOUR, data_incident=1, told="branch")
    grown: dict[str, Any] = {"data_incident": 1, "harm": "danger", "people": 3, "words": "they had the passwords"}
    assert town.do("update_data_incident", **grown)["due_at"] == FOUND + 72 * HOUR
    found = calendar(town.group, on=days_on(4))
    assert next(each.state for each in found if each.kind == "report_incident") == "late"
    town.check()


def test_people_are_told_beside_the_authority() -> None:
    """PIPL art. 57: both at once; the order's promptly for customers names no day."""
    town = claims_in_town()
    made = record(town)
    assert {town.duty(made[name])["due_on"] for name in ("authority_duty", "customers_duty")} == {RECEIVED}
    assert at(town, "report_data_incident", FOUND, data_incident=1, told="customers", **NOTICE).results["late"] == 0
    tomorrow = FOUND + 24 * HOUR
    assert at(town, "report_data_incident", tomorrow, data_incident=1, told="authority", **NOTICE).results["late"] == 1
    town.check()


@pytest.mark.parametrize("mishap", ["leak", "damage", "loss", "tampering"])
def test_tampering_is_a_mishap_as_the_others_are(mishap: str) -> None:
    town = claims_in_town()
    made = record(town, mishap=mishap)
    assert made["due_at"] == FOUND + 72 * HOUR
    town.check()


def test_no_harm_is_shown_by_a_paper_on_what_keeps_it_away() -> None:
    town = claims_in_town()
    answer = town.ask("record_data_incident", on=RECEIVED, **{**LEAK, "harm": "none"})
    check_refused(town, answer, "pi.breach.avoided", measures="")
    assert town.do("record_data_incident", **{**LEAK, **AVOIDED})["customers_duty"] == 0
    town.check()


@pytest.mark.parametrize("told", ["customers", "authority"])
@pytest.mark.parametrize("item", ["kinds", "cause", "harm", "measures", "advice", "contact"])
def test_a_notice_says_all_that_the_law_lists(told: str, item: str) -> None:
    town = claims_in_town()
    record(town)
    without = {**NOTICE, item: "", "items": ", ".join(each for each in ITEMS.split(", ") if each != item)}
    answer = town.ask("report_data_incident", data_incident=1, told=told, **without)
    check_refused(town, answer, "pi.breach.notice", **{item: 0, **({"kinds": 1} if item != "kinds" else {})})
    assert town.ask("report_data_incident", data_incident=1, told=told, **NOTICE).accepted
    town.check()


def test_what_a_notice_says_is_sealed_and_the_branchs_lists_nothing() -> None:
    town = claims_in_town()
    record(town)
    assert town.ask("report_data_incident", data_incident=1, told="branch").accepted
    made = town.ask("report_data_incident", data_incident=1, told="customers", **NOTICE)
    assert town.group.payloads.read(made.position) == {name: NOTICE[name] for name in ITEMS.split(", ")}
    assert "advice" not in town.group.reader.at_position(made.position).body["columns"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"advice": " "}, "advice"),
        ({"items": "cause, harm, measures, contact"}, "advice"),
        ({"items": "cause, gossip"}, "items"),
        ({"kinds": "blood"}, "kinds"),
    ],
)
def test_a_notice_that_does_not_say_what_it_says(fields: dict[str, Any], field: str) -> None:
    town = claims_in_town()
    record(town)
    check_invalid(town.ask("report_data_incident", data_incident=1, told="authority", **{**NOTICE, **fields}), field)


def test_two_in_one_batch_number_their_duties_apart() -> None:
    town = claims_in_town()
    made = REGISTRY["record_data_incident"]
    answers = town.desk.ask(made(**{**LEAK, **AVOIDED}), made(**LEAK), at=FOUND)
    assert [each.results["authority_duty"] for each in answers] == [1, 2]
    assert answers[1].results["customers_duty"] == 4
    assert [town.duty(number)["about"] for number in (1, 2, 3, 4)] == [1, 2, 2, 2]
    town.check()


@pytest.mark.parametrize(
    ("day", "overdue", "level"), [(15, 0, 0), (16, 1, 1), (22, 1, 1), (23, 1, 2), (45, 1, 2), (46, 1, 3)]
)
def test_what_is_overdue_climbs_by_the_steps_of_the_house(day: int, overdue: int, level: int) -> None:
    town = claims_in_town()
    town.complain()
    town.complain(**{**OF_PERSON, "borrower": 0})
    made = town.do("climb_duties", on=days_on(day), date=days_on(day))
    assert (made["overdue"], made["past_aim"], made["highest"]) == (overdue, overdue, level)
    assert [town.duty(number)["level"] for number in (1, 2)] == [level, level]
    assert town.do("climb_duties", date=days_on(day))["risen"] == 0
    check_invalid(town.ask("climb_duties", date=days_on(day + 1)), "date")
    town.answer()
    town.answer(2)
    later = town.do("climb_duties", on=days_on(80), date=days_on(80))
    assert (later["overdue"], later["past_aim"]) == (0, 0)
    town.check()


def test_the_calendar_shows_a_breach_with_its_article_and_an_aim_as_an_aim() -> None:
    town = claims_in_town()
    town.complain()
    town.complain(**{**PASSED_ON, "borrower": 0})
    town.complain(**{**OF_PERSON, "borrower": 0})
    town.ask("ask_own_data", person=1, wants="see", channel="app")
    town.answer(2, on=days_on(16))
    found = {each.duty: each for each in calendar(town.group, on=days_on(16)) if each.room == "protection"}
    lender, passed, report, direct, data = (found[number] for number in (1, 2, 3, 4, 5))
    assert (report.kind, report.due_on, report.rule) == ("feed_back", 0, "cp.pbc.complaint.feedback")
    assert (lender.owner, lender.state, lender.days_left, lender.level) == ("lender 1", "overdue", -1, 1)
    assert (lender.rule, lender.article, lender.status) == ("cp.nfra.complaint.simple", "第十八条", "verified")
    assert (passed.owner, passed.state, passed.rule) == ("institution 1", "late", "cp.pbc.complaint.passed_on")
    assert (direct.state, direct.due_on, direct.expected_on) == ("past_aim", 0, days_on(15))
    assert (direct.days_left, direct.level) == (-1, 1)
    assert (data.state, data.due_on, data.expected_on, data.rule) == ("open", 0, days_on(30), "pi.rights.access")
    assert counts(town.group, on=days_on(16))["overdue"] == 1
    near = calendar(town.group, on=days_on(14), days=0)
    assert [each.duty for each in near if each.room == "protection"] == []
    near = calendar(town.group, on=days_on(14), days=1)
    assert [each.duty for each in near if each.room == "protection"] == [1, 2, 4]
    assert calendar(town.group, on=20260501) == [
        each for each in calendar(town.group, on=20260501) if each.room != "protection"
    ]


def test_all_rooms_stand_in_one_list() -> None:
    town = claims_in_town()
    town.complain()
    subject = {"bureau": 1, "reference": "2026-17", "received_on": RECEIVED, "due_on": days_on(4)}
    town.do("take_complaint", on=RECEIVED, **subject)
    leak = {"institution": 1, "kind_of_incident": "data_leak", "occurred_at": FOUND, "records": 9_000}
    town.do("record_incident", on=RECEIVED, **leak)
    columns = duty_columns(town.group)
    owners = {(each.room, each.owner) for each in calendar(town.group, on=RECEIVED)}
    assert {("payments", "institution 1"), ("bureau", "bureau 1"), ("protection", "lender 1")} <= owners
    places = due_by(columns, on=days_on(5), last=days_on(30))
    assert columns.due_on[places].tolist() == sorted(columns.due_on[places].tolist())
    later = columns.due_on > days_on(30)  # the review of a lending partner, a year after it was listed
    assert len(places) == len(columns) - later.sum()
    assert columns.room[later].tolist() == [Room.lender]


def test_a_month_by_product_and_cause() -> None:
    town = claims_in_town()
    for fields in ({"cause": "terms"}, {"cause": "terms"}, {"cause": "system", "product": "pay-later"}):
        town.complain(**fields)
    town.complain(**{**OF_PERSON, "borrower": 0})
    town.answer(1, on=days_on(15), redress_fen=700)
    town.answer(2, on=days_on(16), redress_fen=300)
    june = {(each.customers, each.product, each.cause): each for each in monthly(town.group, month=202606)}
    terms = june["borrower", "cash-loan", "terms"]
    assert (terms.received, terms.repeats, terms.answered, terms.answered_late) == (2, 1, 2, 1)
    assert (terms.redress_fen, terms.open, terms.overdue) == (1_000, 0, 0)
    assert june["borrower", "pay-later", "system"].overdue == 1
    payment = june["person", "payment", "not-known"]
    assert (payment.received, payment.open, payment.overdue) == (1, 1, 0)
    assert monthly(town.group, month=202605) == []
    assert monthly(claims_in_town().group, month=202606) == []


def test_files_are_kept_three_years_to_the_day() -> None:
    town = claims_in_town()
    town.complain()
    assert complaints(town.group, on=RECEIVED)[0].kept_until == 0
    town.answer(on=days_on(3))
    kept = complaints(town.group, on=days_on(3))[0]
    assert (kept.kept_until, kept.state, kept.customer) == (20290604, "done", "borrower 1")
    assert over(town.group, on=20290604) == []
    assert [each.complaint for each in over(town.group, on=20290605)] == [1]
    assert complaints(town.group, on=20260531) == []


def test_the_calendar_names_a_rule_for_every_kind_of_duty() -> None:
    known = {rule.id for rule in load_pack().rules()}
    unnamed = {kind for kind in DutyKind if PROTECTION_RULE_OF.get(kind) not in known}
    by_clock = {DutyKind.answer_complaint, DutyKind.answer_passed_on}
    assert unnamed == by_clock
