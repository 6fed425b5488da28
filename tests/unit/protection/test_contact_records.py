"""What contacts rest on: zones and guarantors on record, what is overdue, plans; after a restart, and in older logs."""

from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.protection.contacts import contacts_left, contacts_of
from benyuan.consumer_protection.contact.local import local_text
from benyuan.decisions.commands import REGISTRY
from benyuan.engine import codec
from benyuan.engine import group as engine_group
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import found_town, memory_of, on_file
from tests.unit.lending.accounts import purchase
from tests.unit.lending.lenders import BEGAN, OFFER, PAY_LATER, Lender, found_lender, lender_in_memory
from tests.unit.protection.customers import (
    DEBTOR,
    OTHER_TEXT,
    TEXT,
    ask,
    check_invalid,
    check_refused,
    check_verified,
    china,
    do,
    group_of_customers,
    group_of_debtors,
    moves,
    row,
)

AT = "2026-05-04T10:00:00"
PLANNED: dict[str, Any] = {name: item for name, item in DEBTOR.items() if name != "effective"}
GUARANTEE: dict[str, Any] = {"borrower": 1, "account": 1, "contract": TEXT}
TO_GUARANTOR: dict[str, Any] = {**DEBTOR, "addressee": "guarantor", "guarantor": 1}
ZONE, OVERDUE, WINDOW = "cp.house.debtor.zone", "cp.house.collection.overdue", "cp.house.contact.window"
TOKYO = 540


@pytest.fixture
def group() -> Lender:
    return group_of_debtors()


def plan(group: Lender, on: str, **fields: Any) -> int:
    """A call to borrower 1 that is planned for a time in China; the plan's number."""
    return do(group, "plan_contact", **{**PLANNED, "contact_at": china(on), **fields})["plan"]


# --------------------------------------------------------------------------------------------------------------- zones


def test_the_second_of_the_audit_names_another_zone_in_vain(group: Lender) -> None:
    at = "2026-05-04T22:30:00"
    named = ask(group, "record_contact", at=at, zone=420, **DEBTOR)
    check_refused(group, named, ZONE, zone=420, zone_on_record=480)
    check_refused(group, ask(group, "record_contact", at=at, **DEBTOR), "coll.hours", local_time="22:30:00")
    moves(group, 420, at=at)
    check_refused(group, ask(group, "record_contact", at=at, zone=420, **DEBTOR), "coll.hours", zone=480)
    check_verified(group)


def test_a_contact_keeps_the_zone_on_record_and_its_date(group: Lender) -> None:
    moves(group, TOKYO)
    told = row(group, "protection_contact_zone", 1)
    assert (told["borrower"], told["zone"], told["moved_on"]) == (1, TOKYO, 20260429)
    contact = do(group, "record_contact", at="2026-05-04T07:30:00", **DEBTOR)["contact"]
    assert row(group, "protection_contact", contact)["zone"] == TOKYO
    assert contacts_left(group.group, borrower=1, at=group.group.last_at).zone == TOKYO


def test_zones_of_one_call_are_in_order(group: Lender) -> None:
    command = REGISTRY["record_borrower_zone"]
    told = {"borrower": 1, "moved_on": 20260501, "evidence": TEXT}
    group.desk.now = china("2026-05-01T10:00:00")
    both = (command(zone=0, **told), command(zone=TOKYO, **told))
    assert [each.results["record"] for each in group.desk.ask(*both)] == [1, 2]
    assert contacts_of(group.group, borrower=1, at=china("2026-05-01T10:00:00")).zones == [TOKYO, 0, 480]
    assert contacts_of(group.group, borrower=1, at=china("2026-05-02T09:59:59")).zones == [TOKYO, 0, 480]
    assert contacts_of(group.group, borrower=1, at=china("2026-05-02T10:00:00")).zones == [TOKYO]
    assert contacts_of(group.group, borrower=1, at=china("2026-05-01T09:59:59")).zones == [480]
    assert contacts_of(group.group, borrower=2, at=china("2026-05-01T10:00:00")).zones == [480]


def test_bad_zones(group: Lender) -> None:
    told: dict[str, Any] = {"borrower": 1, "zone": TOKYO, "moved_on": 20260504, "evidence": TEXT}
    do(group, "record_guarantor", at=AT, **GUARANTEE)
    for field, wrong in (
        ("borrower", 9),
        ("zone", 841),
        ("moved_on", 20260505),
        ("moved_on", 20260230),
        ("evidence", "A" * 64),
        ("guarantor", 2),
    ):
        check_invalid(ask(group, "record_borrower_zone", **{**told, field: wrong}), field)
    foreign = {**told, "borrower": 2, "guarantor": 1}
    check_invalid(ask(group, "record_borrower_zone", **foreign), "guarantor")


# ---------------------------------------------------------------------------------------------------------- guarantors


def test_guarantor_is_no_password(group: Lender) -> None:
    nobody = {**DEBTOR, "addressee": "guarantor"}
    answer = ask(group, "record_contact", at=AT, **nobody)
    check_refused(group, answer, "cf.collection.third_party", guarantor=0)
    unnamed = ask(group, "record_contact", **{**nobody, "debt_named": False})
    check_refused(group, unnamed, "cf.collection.third_party")
    check_invalid(ask(group, "record_contact", **TO_GUARANTOR), "guarantor")
    assert do(group, "record_guarantor", **GUARANTEE)["guarantor"] == 1
    do(group, "record_contact", **TO_GUARANTOR)
    of_other = {**TO_GUARANTOR, "borrower": 2, "account": 2}
    check_refused(group, ask(group, "record_contact", **of_other), "cf.collection.third_party", guarantor=1)
    do(group, "release_guarantor", guarantor=1)
    check_refused(group, ask(group, "record_contact", **TO_GUARANTOR), "cf.collection.third_party", guarantor=1)
    check_invalid(ask(group, "release_guarantor", guarantor=1), "guarantor")
    check_verified(group)


def test_all_guarantors_are_counted_together(group: Lender) -> None:
    for contract in (TEXT, OTHER_TEXT):
        do(group, "record_guarantor", at=AT, **{**GUARANTEE, "contract": contract})
    for number in (1, 2, 1):
        do(group, "record_contact", **{**TO_GUARANTOR, "guarantor": number})
    check_refused(group, ask(group, "record_contact", **{**TO_GUARANTOR, "guarantor": 2}), "coll.calls", used=3)
    do(group, "record_contact", **DEBTOR)


def test_bad_guarantors(group: Lender) -> None:
    for field, wrong in (("account", 2), ("loan", 5), ("contract", "Z" * 64), ("borrower", 9)):
        check_invalid(ask(group, "record_guarantor", at=AT, **{**GUARANTEE, field: wrong}), field)
    check_invalid(ask(group, "record_guarantor", **{**GUARANTEE, "account": 0}), "loan")
    check_invalid(
        ask(group, "record_contact", **{**TO_GUARANTOR, "addressee": "debtor", "guarantor": 0, "loan": 1}), "loan"
    )


# ------------------------------------------------------------------------------------------------------------- overdue


def test_a_reminder_before_the_due_day_is_a_service_message() -> None:
    group = group_of_customers()
    purchase(group)
    do(group, "approve_template", at="2026-04-28T09:00:00", sort="service", text_zh="您的账单今日到期")
    do(group, "send_message", borrower=1, template=1, sort="service", channel="sms")
    message = {**DEBTOR, "means": "message"}
    check_refused(group, ask(group, "record_contact", **message), OVERDUE, due_on=20260428)
    do(group, "record_contact", at="2026-04-29T09:00:00", **message)
    check_verified(group)


def test_a_loan_from_its_draw_to_its_end() -> None:
    lender, call = drawn()
    check_refused(lender, ask(lender, "record_contact", at="2026-04-01T12:00:00", **call), OVERDUE, due_on=20260515)
    check_refused(lender, ask(lender, "record_contact", at="2026-05-15T12:00:00", **call), OVERDUE, due_on=20260515)
    do(lender, "record_contact", at="2026-05-16T12:00:00", **call)
    do(lender, "repay_loan", loan=1, amount_fen=1)
    do(lender, "record_contact", **call)
    do(lender, "repay_loan", at="2026-05-17T12:00:00", loan=1, amount_fen=200_000, early="smaller")
    check_refused(lender, ask(lender, "record_contact", **call), OVERDUE, due_on=20260615)
    do(lender, "record_contact", at="2026-06-16T12:00:00", **call)
    check_verified(lender)


def test_a_loan_that_was_repaid_whole() -> None:
    lender, call = drawn()
    do(lender, "repay_loan", at="2026-04-01T12:00:00", loan=1, amount_fen=1_000_000, early="whole")
    check_refused(lender, ask(lender, "record_contact", at="2026-05-16T12:00:00", **call), OVERDUE, due_on=None)


def test_what_was_written_off_is_collected_until_it_is_recovered() -> None:
    lender, call = drawn()
    do(lender, "write_off_loan", at="2027-06-01T12:00:00", loan=1)
    do(lender, "record_contact", **call)
    left = do(lender, "recover_loan", loan=1, amount_fen=1)["left_fen"]
    do(lender, "record_contact", **call)
    assert do(lender, "recover_loan", loan=1, amount_fen=left)["left_fen"] == 0
    check_refused(lender, ask(lender, "record_contact", **call), OVERDUE)
    check_verified(lender)


def test_an_account_that_was_written_off(group: Lender) -> None:
    do(group, "write_off_account", at="2027-06-01T12:00:00", account=1)
    do(group, "record_contact", **DEBTOR)
    left = do(group, "recover_account", account=1, amount_fen=1)["left_fen"]
    do(group, "recover_account", account=1, amount_fen=left)
    check_refused(group, ask(group, "record_contact", **DEBTOR), OVERDUE)


def drawn() -> tuple[Lender, dict[str, Any]]:
    """Borrower 1 has drawn loan 1, due from 2026-05-15 on; and a call about it."""
    lender = lender_in_memory()
    offer = lender.do("offer_loan", **OFFER)["offer"]
    lender.do("draw_loan", offer=offer, purpose="consumption")
    return lender, {"borrower": 1, "loan": 1, "means": "call", "debt_named": True, "effective": True}


# --------------------------------------------------------------------------------------------------------------- plans


def test_five_calls_are_not_planned_for_one_day(group: Lender) -> None:
    for hour in (9, 12, 21):
        plan(group, f"2026-05-07T{hour:02d}:00:00", at=AT)
    many = ask(group, "plan_contact", **PLANNED, contact_at=china("2026-05-07T15:00:00"))
    check_refused(group, many, "coll.calls", limit=3, used=3, planned=3)
    plan(group, "2026-05-08T08:00:00")
    do(group, "record_contact", at="2026-05-07T09:00:00", plan=1, **DEBTOR)
    check_refused(
        group,
        ask(group, "plan_contact", **PLANNED, contact_at=china("2026-05-07T15:00:00")),
        *("coll.calls",),
        used=3,
        planned=2,
    )
    check_verified(group)


def test_four_plans_of_one_call_are_decided_one_by_one(group: Lender) -> None:
    command = REGISTRY["plan_contact"](**PLANNED, contact_at=china("2026-05-07T10:00:00"))
    group.desk.now = china(AT)
    assert [each.accepted for each in group.desk.ask(*(command,) * 5)] == [True, True, True, False, False]
    assert contacts_of(group.group, borrower=1, at=china(AT)).planned == [1, 2, 3]
    assert contacts_of(group.group, borrower=1, at=china("2026-05-07T11:00:00")).planned == [1, 2, 3]
    assert contacts_of(group.group, borrower=1, at=china("2026-05-07T11:00:01")).planned == []
    check_verified(group)


def test_a_plan_is_not_used_two_days_early(group: Lender) -> None:
    number = plan(group, "2026-05-07T10:00:00", at=AT)
    early = ask(group, "record_contact", at="2026-05-05T11:00:00", plan=number, **DEBTOR)
    check_refused(group, early, WINDOW, plan=1, planned_for="2026-05-07 10:00:00", hours=1)
    elsewhere = ask(group, "record_contact", plan=number, zone=TOKYO, **DEBTOR)
    check_refused(group, elsewhere, ZONE)
    do(group, "record_contact", **DEBTOR)
    do(group, "record_contact", at="2026-05-07T10:30:00", plan=number, **DEBTOR)
    check_verified(group)


def test_a_move_ends_a_plan(group: Lender) -> None:
    number = plan(group, "2026-05-07T10:00:00", at=AT)
    moves(group, TOKYO, at=AT)
    gone = ask(group, "record_contact", at="2026-05-07T10:00:00", plan=number, **DEBTOR)
    check_refused(group, gone, WINDOW, planned_zone=480, zone_on_record=TOKYO)
    do(group, "record_contact", **DEBTOR)


def test_why_shows_the_gate_of_a_plan_only_under_one(group: Lender) -> None:
    number = plan(group, "2026-05-04T10:00:00", at=AT)
    do(group, "record_contact", plan=number, **DEBTOR)
    under = {check.rule_id: check.outcome for check in why(group.group, group.group.position).checks}
    assert (under[WINDOW], under[OVERDUE]) == ("passed", "passed")
    do(group, "record_contact", **DEBTOR)
    without = {check.rule_id: check.outcome for check in why(group.group, group.group.position).checks}
    assert without.get(WINDOW) != "passed"


def test_an_instant_by_a_clock() -> None:
    at = china("2026-05-04T00:00:00")
    assert local_text(at, 480) == "2026-05-04 00:00:00"
    assert local_text(at - 1, 480) == "2026-05-03 23:59:59"
    assert local_text(at, TOKYO) == "2026-05-04 01:00:00"


# ------------------------------------------------------------------------------------------- restarts and older logs


def founded(path: Path) -> Lender:
    """A group on file in which borrower 1 owes on account 1."""
    group = found_lender(found_town(on_file(path, now=moment(BEGAN))))
    do(group, "open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
    purchase(group)
    return group


def reopened(group: Lender, path: Path) -> Lender:
    """The same after a restart, with the same in memory."""
    last, held = group.group.last_at, memory_of(group.group)
    group.group.close()
    again = Lender(on_file(path, now=last))
    assert memory_of(again.group) == held
    return again


def test_zones_guarantors_and_plans_stand_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    group = founded(path)
    do(group, "record_guarantor", at=AT, **GUARANTEE)
    moves(group, TOKYO, at=AT)
    for hour in (10, 11, 12):
        plan(group, f"2026-05-07T{hour}:00:00")
    group = reopened(group, path)
    check_refused(group, ask(group, "record_contact", at="2026-05-04T21:00:00", **DEBTOR), "coll.hours", zone=TOKYO)
    do(group, "record_contact", at="2026-05-05T10:00:00", **TO_GUARANTOR)
    full = ask(group, "plan_contact", **PLANNED, contact_at=china("2026-05-07T13:00:00"))
    check_refused(group, full, "coll.calls", planned=3)
    do(group, "release_guarantor", guarantor=1)
    group = reopened(group, path)
    check_refused(group, ask(group, "record_contact", **TO_GUARANTOR), "cf.collection.third_party", guarantor=1)
    do(group, "record_contact", at="2026-05-07T10:00:00", plan=1, **DEBTOR)
    report = verify(group.group.store, vault=group.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
    group.group.close()


def _without_guarantor(columns: Any) -> dict[str, Any]:
    return codec.thin_columns({name: column for name, column in columns.items() if name != "guarantor"})


def test_contacts_of_the_first_version_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "group.db"
    group = founded(path)
    with monkeypatch.context() as old:
        for kind in ("plan_contact", "record_contact"):
            old.setattr(REGISTRY[kind], "version", 1)
        old.setattr(engine_group, "thin_columns", _without_guarantor)
        number = plan(group, "2026-05-05T10:00:00", at=AT)
        first = ask(group, "record_contact", zone=480, **DEBTOR)
        assert first.accepted
        group = reopened(group, path)
    assert "guarantor" not in group.group.reader.at_position(first.position).body["columns"]
    assert (why(group.group, first.position).outcome, why(group.group, first.position).checks) == ("accepted", [])
    told = contacts_of(group.group, borrower=1, at=group.group.last_at)
    assert ([each.zone for each in told.contacts], told.planned) == ([480], [number])
    do(group, "record_contact", at="2026-05-05T10:00:00", plan=number, **DEBTOR)
    report = verify(group.group.store, vault=group.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 2)
    group.group.close()
