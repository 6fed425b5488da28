"""Contacts about a debt: at what hour of the debtor's place, how often, with whom, by whom, and what stops them."""

from typing import Any

import pytest

from benyuan.assurance.protection.calendar import calendar
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.why import why
from tests.unit.lending.lenders import Lender
from tests.unit.protection.customers import (
    DEBTOR,
    TEXT,
    agency,
    ask,
    check_invalid,
    check_refused,
    check_verified,
    china,
    do,
    group_of_debtors,
    moves,
    row,
    utc,
)

PLANNED = {name: item for name, item in DEBTOR.items() if name != "effective"}
RELATIVE: dict[str, Any] = {**DEBTOR, "addressee": "other", "named_by_debtor": True, "debt_named": False}
CHINA, TOKYO, LONDON, NEW_YORK = 480, 540, 0, -300
MISSED = {**DEBTOR, "effective": False}


@pytest.fixture
def group() -> Lender:
    return group_of_debtors()


EDGES = [("07:59:59", False), ("08:00:00", True), ("21:59:59", True), ("22:00:00", False), ("00:00:00", False)]


@pytest.mark.parametrize("means", ["call", "message", "visit", "letter"])
@pytest.mark.parametrize(("time", "fits"), EDGES)
def test_the_edges_of_the_day(group: Lender, time: str, fits: bool, means: str) -> None:
    answer = ask(group, "record_contact", at=f"2026-05-04T{time}", **{**DEBTOR, "means": means})
    assert answer.accepted is fits
    if not fits:
        check_refused(group, answer, "coll.hours", local_time=time, zone=CHINA)


@pytest.mark.parametrize(("time", "fits"), EDGES)
@pytest.mark.parametrize("zone", [TOKYO, LONDON, NEW_YORK, -720, 840, 345])
def test_the_clock_is_that_of_the_debtors_place(group: Lender, time: str, fits: bool, zone: int) -> None:
    moves(group, zone)
    at = utc(f"2026-05-04T{time}") - zone * 60_000_000
    answer = ask(group, "record_contact", at=at, **DEBTOR)
    assert answer.accepted is fits
    if fits:
        assert row(group, "protection_contact", 1)["local_date"] == 20260504
    else:
        check_refused(group, answer, "coll.hours", local_time=time, zone=zone)


def test_a_call_by_night_is_not_told_as_one_of_the_next_morning(group: Lender) -> None:
    night, morning = china("2026-05-04T23:30:00"), china("2026-05-05T08:00:00")
    group.desk.now = night
    early = group.desk.one(REGISTRY["record_contact"](**DEBTOR), at=morning)
    assert early.outcome is Outcome.unlogged
    assert early.invalid is not None
    assert early.invalid.field == "at"
    check_refused(group, ask(group, "record_contact", at=night, **DEBTOR), "coll.hours", local_time="23:30:00")


def test_day_in_china_is_night_elsewhere_and_the_other_way_round(group: Lender) -> None:
    moves(group, LONDON)
    check_refused(group, ask(group, "record_contact", at="2026-05-04T09:00:00", **DEBTOR), "coll.hours", zone=LONDON)
    do(group, "record_contact", at="2026-05-04T23:00:00", **DEBTOR)
    check_verified(group)


def test_an_agreed_hour_is_an_exception_that_why_shows(group: Lender) -> None:
    do(group, "agree_contact_hours", at="2026-05-04T09:00:00", borrower=1, from_minute=1320, to_minute=1380)
    do(group, "record_contact", at="2026-05-04T22:00:00", agreed_hours=True, **DEBTOR)
    told = {check.rule_id: check.outcome for check in why(group.group, group.group.position).checks}
    assert told["coll.hours"] == "excepted"
    do(group, "record_contact", at="2026-05-04T22:59:59", agreed_hours=True, **DEBTOR)
    late = ask(group, "record_contact", at="2026-05-04T23:00:00", agreed_hours=True, **DEBTOR)
    check_refused(group, late, "coll.hours", local_time="23:00:00")
    check_verified(group)


def test_an_hour_that_is_only_said_to_be_agreed_is_night(group: Lender) -> None:
    hours = {"borrower": 1, "from_minute": 1320, "to_minute": 1440}
    by_night: dict[str, Any] = {"agreed_hours": True, **DEBTOR}
    check_refused(group, ask(group, "record_contact", at="2026-05-04T22:30:00", **by_night), "coll.hours")
    do(group, "agree_contact_hours", until=20260505, **{**hours, "borrower": 2})
    check_refused(group, ask(group, "record_contact", **by_night), "coll.hours")
    do(group, "agree_contact_hours", until=20260505, **hours)
    check_refused(group, ask(group, "record_contact", **{**by_night, "agreed_hours": False}), "coll.hours")
    do(group, "record_contact", at="2026-05-05T23:59:59", **by_night)
    check_refused(group, ask(group, "record_contact", at="2026-05-06T22:30:00", **by_night), "coll.hours")
    do(group, "agree_contact_hours", **hours)
    do(group, "record_contact", **by_night)
    do(group, "agree_contact_hours", borrower=1, from_minute=0, to_minute=0)
    check_refused(group, ask(group, "record_contact", **by_night), "coll.hours")
    check_verified(group)


@pytest.mark.parametrize(("time", "fits"), EDGES)
def test_plans_keep_to_the_same_hours(group: Lender, time: str, fits: bool) -> None:
    planned = china(f"2026-05-05T{time}")
    answer = ask(group, "plan_contact", at="2026-05-04T10:00:00", contact_at=planned, **PLANNED)
    assert answer.accepted is fits
    if not fits:
        check_refused(group, answer, "coll.hours", local_time=time)


def test_three_calls_that_reach_the_debtor_and_no_fourth(group: Lender) -> None:
    for hour in (9, 10, 11):
        do(group, "record_contact", at=f"2026-05-04T{hour:02d}:00:00", **DEBTOR)
        do(group, "record_contact", **MISSED) if hour < 11 else None
    check_refused(
        group, ask(group, "record_contact", at="2026-05-04T12:00:00", **DEBTOR), "coll.calls", limit=3, used=3
    )
    check_refused(group, ask(group, "record_contact", **MISSED), "coll.calls", limit=3, used=3)
    do(group, "record_contact", **{**DEBTOR, "means": "message"})
    do(group, "record_contact", at="2026-05-05T08:00:00", **DEBTOR)
    check_verified(group)


def test_four_in_one_batch(group: Lender) -> None:
    command = REGISTRY["record_contact"](**DEBTOR)
    group.desk.now = china("2026-05-04T09:00:00")
    answers = group.desk.ask(*(command,) * 4)
    assert [answer.accepted for answer in answers] == [True, True, True, False]
    check_verified(group)


def test_the_same_key_is_one_call(group: Lender) -> None:
    command = REGISTRY["record_contact"](**DEBTOR)
    group.desk.now = china("2026-05-04T09:00:00")
    answers = [group.desk.one(command, key="a call") for _ in range(5)]
    assert [answer.results["contact"] for answer in answers] == [1] * 5


def test_splitting_calls_over_partners_frees_nothing(group: Lender) -> None:
    do(group, "list_collector", at="2026-05-04T09:00:00", lender=1, **agency(1))
    do(group, "list_collector", lender=1, **agency(2))
    for collector in (1, 2):
        do(group, "tell_of_collector", borrower=1, collector=collector, means="message")
    for collector in (0, 1, 2):
        do(group, "record_contact", collector=collector, **DEBTOR)
    for collector in (0, 1, 2):
        check_refused(group, ask(group, "record_contact", collector=collector, **DEBTOR), "coll.calls", used=3)
    do(group, "record_contact", **{**DEBTOR, "borrower": 2, "account": 2})
    check_verified(group)


def test_moving_frees_nothing(group: Lender) -> None:
    for minute in (0, 5, 10):
        do(group, "record_contact", at=f"2026-05-04T08:{minute:02d}:00", **DEBTOR)
    moves(group, -15, at="2026-05-04T08:30:00")  # 00:15 there, a day begun anew
    check_refused(group, ask(group, "record_contact", at="2026-05-04T16:30:00", **DEBTOR), "coll.calls", used=3)


def test_the_debtors_day_turns_at_their_own_midnight(group: Lender) -> None:
    moves(group, NEW_YORK)
    for hour in (14, 15, 16):  # in New York, 18:00 to 20:00 UTC + ...
        do(group, "record_contact", at=utc(f"2026-05-04T{hour + 5}:00:00"), **DEBTOR)
    late = ask(group, "record_contact", at=utc("2026-05-05T02:00:00"), **DEBTOR)  # 21:00, same day there
    check_refused(group, late, "coll.calls", used=3)
    do(group, "record_contact", at=utc("2026-05-05T13:00:00"), **DEBTOR)  # 08:00 on the next
    check_verified(group)


def test_a_guarantor_is_counted_apart(group: Lender) -> None:
    do(group, "record_guarantor", at="2026-05-04T09:00:00", borrower=1, account=1, contract=TEXT)
    for _ in range(3):
        do(group, "record_contact", **DEBTOR)
    assert do(group, "record_contact", addressee="guarantor", guarantor=1, **DEBTOR)["contact"] == 4


def out_of_reach(group: Lender, days: int, *, first: int = 4) -> None:
    for day in range(first, first + days):
        do(group, "record_contact", at=f"2026-05-{day:02d}T09:00:00", **MISSED)


def test_the_debt_is_never_named_to_a_relative(group: Lender) -> None:
    out_of_reach(group, 7)
    told = ask(group, "record_contact", at="2026-05-11T09:00:00", **{**RELATIVE, "debt_named": True})
    check_refused(group, told, "cf.collection.third_party")
    do(group, "record_contact", **RELATIVE)
    check_verified(group)


@pytest.mark.parametrize(("days", "fits"), [(6, False), (7, True), (8, True)])
def test_others_only_where_the_debtor_is_out_of_reach(group: Lender, days: int, fits: bool) -> None:
    out_of_reach(group, days)
    answer = ask(group, "record_contact", at=f"2026-05-{4 + days:02d}T09:00:00", **RELATIVE)
    assert answer.accepted is fits
    if not fits:
        check_refused(group, answer, "cp.house.unreachable", limit=7, used=days)


def test_a_gap_or_an_answer_ends_the_row_of_days(group: Lender) -> None:
    out_of_reach(group, 6)
    out_of_reach(group, 6, first=11)  # nothing on the 10th
    answer = ask(group, "record_contact", at="2026-05-17T09:00:00", **RELATIVE)
    check_refused(group, answer, "cp.house.unreachable", used=6)
    do(group, "record_contact", **{**DEBTOR, "means": "message"})
    check_refused(group, ask(group, "record_contact", **RELATIVE), "cp.house.unreachable", used=0)


def test_only_who_was_named_and_nobody_after_a_refusal(group: Lender) -> None:
    out_of_reach(group, 7)
    stranger = ask(group, "record_contact", at="2026-05-11T09:00:00", **{**RELATIVE, "named_by_debtor": False})
    check_refused(group, stranger, "coll.third_party", named_by_debtor=0)
    do(group, "record_contact", asked_to_stop=True, **RELATIVE)
    check_refused(group, ask(group, "record_contact", **RELATIVE), "coll.third_party", others_refused=1)


def test_a_stop_stops_every_means_and_the_last_one_counts(group: Lender) -> None:
    for reason in ("complaint", "dispute"):
        do(group, "stop_collection", at="2026-05-04T09:00:00", borrower=1, reason=reason)
    for means in ("call", "message", "visit", "letter"):
        answer = ask(group, "record_contact", **{**DEBTOR, "means": means})
        check_refused(group, answer, "cp.house.collection.pause", stop=1)
    do(group, "resume_collection", stop=1)
    check_refused(group, ask(group, "record_contact", **DEBTOR), "cp.house.collection.pause", stop=2)
    do(group, "record_contact", **{**DEBTOR, "borrower": 2, "account": 2})
    do(group, "resume_collection", stop=2)
    do(group, "record_contact", **DEBTOR)
    check_invalid(ask(group, "resume_collection", stop=2), "stop")
    check_verified(group)


def test_a_stop_is_about_what_is_on_record_and_the_borrowers(group: Lender) -> None:
    said = {"channel": "app", "product": "pay-later", "issue": "price", "words": "no", "received_on": 20260504}
    complaint = do(group, "take_customer_complaint", at="2026-05-04T09:00:00", borrower=1, **said)["complaint"]
    claim = do(group, "take_debt_claim", borrower=1, claim="objection", words="no", received_on=20260504)["debt_claim"]
    again = do(group, "take_debt_claim", borrower=1, claim="objection", words="no", received_on=20260504)["debt_claim"]
    for reason, about in (("complaint", complaint), ("dispute", complaint), ("objection", claim), ("objection", again)):
        do(group, "stop_collection", borrower=1, reason=reason, about=about)
        check_invalid(ask(group, "stop_collection", borrower=2, reason=reason, about=about), "about")
    for reason, about in (("complaint", complaint + 1), ("dispute", complaint + 1), ("objection", again + 1)):
        check_invalid(ask(group, "stop_collection", borrower=1, reason=reason, about=about), "about")
    for reason in ("court", "death", "other"):
        check_invalid(ask(group, "stop_collection", borrower=1, reason=reason, about=complaint), "about")
        do(group, "stop_collection", borrower=1, reason=reason)
    check_verified(group)


def test_under_a_plan_only_what_it_allows_up_to_its_last_day(group: Lender) -> None:
    made = do(group, "agree_hardship", at="2026-05-04T09:00:00", borrower=1, until=20260510, allowed="letter, message")
    duty = row(group, PROTECTION_DUTY.name, made["duty"])
    assert (duty["kind"], duty["borrower"], duty["due_on"]) == (DutyKind.review_hardship, 1, 20260510)
    do(group, "record_contact", **{**DEBTOR, "means": "letter"})
    answer = ask(group, "record_contact", at="2026-05-10T21:59:59", **DEBTOR)
    check_refused(group, answer, "cp.house.hardship.plan", hardship=1)
    do(group, "record_contact", at="2026-05-11T08:00:00", **DEBTOR)
    check_verified(group)


def test_a_plan_is_reviewed_goes_on_and_ends(group: Lender) -> None:
    do(group, "agree_hardship", at="2026-05-04T09:00:00", borrower=1, until=20260510)
    longer = do(group, "review_hardship", at="2026-05-10T09:00:00", hardship=1, until=20260610)["duty"]
    assert row(group, PROTECTION_DUTY.name, 1)["done_on"] == 20260510
    assert row(group, PROTECTION_DUTY.name, longer)["due_on"] == 20260610
    check_refused(group, ask(group, "record_contact", **DEBTOR), "cp.house.hardship.plan")
    do(group, "review_hardship", hardship=1)
    do(group, "record_contact", **DEBTOR)
    assert group.group.records.tables[PROTECTION_DUTY.name].count == 2
    check_invalid(ask(group, "review_hardship", hardship=1), "hardship")
    check_verified(group)


def test_a_collector_is_told_of_reviewed_and_on_the_list(group: Lender) -> None:
    made = do(group, "list_collector", at="2026-05-04T09:00:00", lender=1, **agency(1))
    duty = row(group, PROTECTION_DUTY.name, made["duty"])
    assert (duty["kind"], duty["about"], duty["due_on"]) == (DutyKind.review_partner, 1, 20270504)
    by_it = {**DEBTOR, "collector": 1}
    check_refused(group, ask(group, "record_contact", **by_it), "cp.nfra.collection.told")
    do(group, "tell_of_collector", borrower=1, collector=1, means="message")
    do(group, "record_contact", **by_it)
    do(group, "record_contact", at="2027-05-04T09:00:00", **by_it)
    late = ask(group, "record_contact", at="2027-05-05T09:00:00", **by_it)
    check_refused(group, late, "coll.agency.review", review_due_on=20270504)
    do(group, "review_collector", collector=1, listed_until=20270601)
    assert row(group, PROTECTION_DUTY.name, 1)["done_on"] == 20270505
    do(group, "record_contact", at="2027-06-01T09:00:00", **by_it)
    gone = ask(group, "record_contact", at="2027-06-02T09:00:00", **by_it)
    check_refused(group, gone, "cp.nfra.partner_list", listed_until=20270601)
    assert group.group.records.tables[PROTECTION_DUTY.name].count == 1
    check_verified(group)


def test_a_plan_is_carried_out_once_and_by_what_was_planned(group: Lender) -> None:
    at = china("2026-05-05T09:00:00")
    plan = do(group, "plan_contact", at="2026-05-04T09:00:00", contact_at=at, **PLANNED)["plan"]
    check_invalid(ask(group, "record_contact", **{**DEBTOR, "plan": plan, "means": "visit"}), "plan")
    contact = do(group, "record_contact", at=at, plan=plan, **DEBTOR)["contact"]
    assert row(group, "protection_contact_plan", plan)["contact"] == contact
    check_invalid(ask(group, "record_contact", plan=plan, **DEBTOR), "plan")
    check_verified(group)


def test_a_message_is_by_a_text_that_was_approved_for_collecting(group: Lender) -> None:
    for sort in ("collection", "service"):
        do(group, "approve_template", at="2026-05-04T09:00:00", sort=sort, text_zh="您有一笔款项已到期")
    do(group, "record_contact", template=1, **{**DEBTOR, "means": "message"})
    assert row(group, "protection_contact", 1)["version"] == 1
    check_invalid(ask(group, "record_contact", template=2, **{**DEBTOR, "means": "message"}), "template")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"borrower": 9}, "borrower"),
        ({"account": 2}, "account"),
        ({"account": 0}, "loan"),
        ({"loan": 5}, "loan"),
        ({"zone": 841}, "zone"),
        ({"zone": -721}, "zone"),
        ({"means": "drum"}, "means"),
        ({"collector": 4}, "collector"),
        ({"plan": 4}, "plan"),
    ],
)
def test_bad_contacts(group: Lender, fields: dict[str, Any], field: str) -> None:
    check_invalid(ask(group, "record_contact", at="2026-05-04T09:00:00", **{**DEBTOR, **fields}), field)


def test_bad_plans_and_lists(group: Lender) -> None:
    past = ask(group, "plan_contact", at="2026-05-04T09:00:00", contact_at=china("2026-05-03T09:00:00"), **PLANNED)
    check_invalid(past, "contact_at")
    check_invalid(ask(group, "agree_hardship", borrower=1, until=0), "until")
    check_invalid(ask(group, "agree_hardship", borrower=1, until=20260503), "until")
    check_invalid(ask(group, "agree_hardship", borrower=1, until=20260601, allowed="drum"), "allowed")
    hours: dict[str, Any] = {"borrower": 1, "from_minute": 60, "to_minute": 60}
    check_invalid(ask(group, "agree_contact_hours", **hours), "to_minute")
    check_invalid(ask(group, "agree_contact_hours", **{**hours, "to_minute": 1441}), "to_minute")
    check_invalid(ask(group, "list_collector", lender=1, **agency(1), listed_until=20260230), "listed_until")
    check_invalid(ask(group, "stop_collection", borrower=9, reason="complaint"), "borrower")


def test_who_is_on_the_list_is_reviewed_and_not_listed_again(group: Lender) -> None:
    made = do(group, "list_collector", at="2026-05-04T09:00:00", lender=1, **agency(1), listed_until=20260601)
    [duty] = [each for each in calendar(group.group, on=20260504) if each.room == "protection"]
    assert (duty.owner, duty.kind, duty.about) == ("lender 1", "review_partner", made["collector"])
    other_name = {"name": "Another Name", "code": agency(1)["code"].lower()}
    for at in ("2026-05-04T09:00:00", "2026-06-02T09:00:00", "2027-05-05T09:00:00"):
        check_invalid(ask(group, "list_collector", at=at, lender=1, **other_name), "code")
    late = next(each for each in calendar(group.group, on=20270505) if each.kind == "review_partner")
    assert (late.owner, late.state) == ("lender 1", "overdue")
    do(group, "register_lender", name="Other Finance")
    do(group, "list_collector", lender=2, **agency(1))
    do(group, "list_collector", lender=1, **agency(2))
    check_verified(group)


@pytest.mark.parametrize(("field", "value"), [("code", "91110000MA0000000X"), ("code", "1"), ("name", "\n")])
def test_a_collector_has_a_name_and_a_code(group: Lender, field: str, value: str) -> None:
    check_invalid(ask(group, "list_collector", lender=1, **{**agency(1), field: value}), field)


def test_the_code_is_in_no_log(group: Lender) -> None:
    do(group, "list_collector", lender=1, **agency(1))
    assert agency(1)["code"] not in repr(list(group.group.store.blocks()))


HOURS: dict[str, Any] = {"borrower": 1, "from_minute": 1200}


def test_hours_are_agreed_for_a_stretch_and_never_for_the_whole_day(group: Lender) -> None:
    bound = "cp.house.contact.agreed_hours"
    at = "2026-05-04T09:00:00"
    for minutes in (239, 240):
        do(group, "agree_contact_hours", at=at, **HOURS, to_minute=1200 + minutes)
    check_refused(group, ask(group, "agree_contact_hours", **{**HOURS, "from_minute": 1199}, to_minute=1440), bound)
    whole = ask(group, "agree_contact_hours", borrower=1, from_minute=0, to_minute=1440)
    check_refused(group, whole, bound, minutes=1440, from_minute=0, to_minute=1440)
    check_verified(group)


def test_a_collector_of_another_lender_is_none_of_ours(group: Lender) -> None:
    do(group, "register_lender", at="2026-05-04T09:00:00", name="Other Finance")
    do(group, "list_collector", lender=2, **agency(1))
    check_invalid(ask(group, "tell_of_collector", borrower=1, collector=1, means="letter"), "collector")
    check_invalid(ask(group, "record_contact", collector=1, **DEBTOR), "collector")
