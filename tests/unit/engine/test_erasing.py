"""Records erased by law and date: what goes, what stays, what holds back, and that the log proves it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benyuan.assurance.retention import due, erase
from benyuan.decisions.commands import Command
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine.vault import VaultLocked
from benyuan.engine.verify import Report, verify
from benyuan.payments.retention.sorts import Sort
from benyuan.payments.vocabulary import (
    Channel,
    DisputeOutcome,
    DisputeReason,
    MerchantKind,
    WalletStop,
)
from benyuan.simulate.identities import credit_code, someone
from benyuan.usecases import USE_CASES
from benyuan.usecases.close_investigation import EndInvestigation
from benyuan.usecases.close_wallet import CloseAccount
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.disclose_person import Disclose
from benyuan.usecases.erase_records import Erase
from benyuan.usecases.exit_merchant import Leave
from benyuan.usecases.file_duty import File
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.judge_case import Judge
from benyuan.usecases.list_name import ListName
from benyuan.usecases.open_case import Suspect
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.open_investigation import Investigate
from benyuan.usecases.open_wallet import Open
from benyuan.usecases.pay import Pay
from benyuan.usecases.register_merchant import Merchant
from benyuan.usecases.register_person import Person
from benyuan.usecases.restore_wallet import Restore
from benyuan.usecases.suspend_wallet import Suspend
from benyuan.usecases.unlist_name import Unlist
from benyuan.usecases.update_person import Update
from tests.unit.engine.groups import MORNING, SECOND, Desk, found_town, in_memory, memory_of, on_file, pay, vault_beside
from tests.unit.ledger.books import china

LAST, AFTER = china("2036-05-01T12:00"), china("2036-05-02T00:00")
"""The last day of the ten years from May Day 2026, and the first instant after it."""
FIVE_LAST, FIVE_AFTER = china("2031-05-01T23:59"), china("2031-05-02T00:00")
START = 20260501


def town(*, people: int = 2) -> Desk:
    return found_town(in_memory(), people=people)


def held(desk: Desk) -> Report:
    """`verify`, which must find nothing."""
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert report.ok, (report.faults, report.differences)
    return report


def count(desk: Desk, sort: Sort, *, on: int) -> int:
    return next(row.count for row in due(desk.group, on=on) if row.sort == sort)


def reasons(desk: Desk, sort: Sort, *, on: int) -> dict[str, int]:
    return dict(next(row.held for row in due(desk.group, on=on) if row.sort == sort))


def asked(desk: Desk, sort: Sort, date: int = START, *, at: int = AFTER) -> Answer:
    desk.now = at
    return desk.one(Erase(sort=sort, date=date))


def closed(desk: Desk) -> Desk:
    desk.done(CloseAccount(wallet=1, bank_account=3))
    return desk


# ---- the term ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", [Sort.person, Sort.transaction, Sort.used_code])
def test_kept_on_the_last_day_erased_on_the_next(sort: Sort) -> None:
    desk = closed(with_code(town()))
    desk.done(pay(1, payer=2, memo="lunch"))
    early = asked(desk, sort, at=LAST)
    assert early.refusal is not None
    assert early.refusal.rule_id == "aml.retention.law"
    assert early.refusal.figures == {"from_on": START, "kept_until_on": 20360501}
    assert count(desk, sort, on=20360501) == 0
    assert count(desk, sort, on=20360502) == 1
    answer = asked(desk, sort)
    assert answer.accepted, answer
    assert (answer.results["erased"], answer.results["years"]) == (1, 10)
    assert count(desk, sort, on=20360502) == 0
    held(desk)


@pytest.mark.parametrize(("sort", "rule"), [(Sort.expired_code, "pay.oplog.retention_years")])
def test_five_years_for_what_is_no_trade(sort: Sort, rule: str) -> None:
    desk = town()
    desk.done(IssueCode(wallet=1, payer_code=77, expires_at=MORNING + SECOND))
    early = asked(desk, sort, at=FIVE_LAST)
    assert early.refusal is not None
    assert early.refusal.rule_id == rule
    assert asked(desk, sort, at=FIVE_AFTER).results["erased"] == 1
    assert desk.group.records.tables["payer_code"].count == 0
    held(desk)


def test_a_leap_day() -> None:
    desk = found_town(in_memory(now=china("2028-02-29T09:00")))
    closed(desk)
    assert asked(desk, Sort.person, 20280229, at=china("2038-02-28T23:59")).outcome is Outcome.refused
    assert asked(desk, Sort.person, 20280229, at=china("2038-03-01T00:00")).results["erased"] == 1


def test_the_law_that_came_in_between_governs_what_is_still_held() -> None:
    """A code, a case and a relationship of 2019 alike: over under the rules of 2024, not over under the law of 2025."""
    desk = in_memory(now=china("2024-12-31T12:00"))
    assert desk.one(Erase(sort=Sort.person, date=20191230)).accepted
    desk.now = china("2025-01-01T00:00")
    refused = desk.one(Erase(sort=Sort.person, date=20191230)).refusal
    assert refused is not None
    assert (refused.rule_id, refused.figures["kept_until_on"]) == ("aml.retention.law", 20291230)
    desk.now = china("2029-12-31T00:00")
    assert desk.one(Erase(sort=Sort.person, date=20191230)).accepted


def test_the_payment_rules_refuse_while_they_alone_are_in_force() -> None:
    desk = in_memory(now=china("2024-12-31T12:00"))
    refused = desk.one(Erase(sort=Sort.person, date=20191231)).refusal
    assert refused is not None
    assert refused.rule_id == "pay.record.retention_years"


def test_before_any_rule_nothing_is_erased() -> None:
    desk = in_memory(now=china("2024-07-08T12:00"))
    answer = desk.one(Erase(sort=Sort.person, date=20100101))
    assert answer.invalid is not None
    assert answer.invalid.field == "at"
    assert due(desk.group, on=20240708)[0].rule == ""


@pytest.mark.parametrize("date", [20260431, 0, 99999999])
def test_a_day_that_does_not_exist(date: int) -> None:
    answer = asked(town(), Sort.person, date)
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.invalid.value) == ("date", date)


def test_no_time_to_come_lets_anybody_erase_early() -> None:
    desk = closed(town())
    answer = desk.one(Erase(sort=Sort.person, date=START), at=AFTER)
    assert answer.outcome is Outcome.unlogged
    assert answer.invalid is not None
    assert "has not come yet" in answer.invalid.constraint
    assert count(desk, Sort.person, on=20360502) == 1


# ---- what goes --------------------------------------------------------------------------------------------------


def with_code(desk: Desk) -> Desk:
    desk.done(IssueCode(wallet=1, payer_code=77, expires_at=MORNING + 60 * SECOND))
    by_code: dict[str, Any] = {"channel": Channel.payer_code, "authentication": "two_kinds"}
    desk.done(Pay(payer=1, merchant=1, amount_fen=100, payer_code=77, **by_code))
    return desk


def test_a_person_is_gone_with_everything_by_which_they_were_found() -> None:
    desk = town()
    moved = {**someone(1), "address": "上海"}
    desk.done(Update(institution=1, person=1, **moved))
    closed(desk)
    asked(desk, Sort.person)
    group = desk.group
    group.finish_erasing()
    names = [row[0] for row in group.records.tables["identity"].rows().tolist()]
    assert names == [row[0] for row in group.store.rows(group.records.tables["identity"].table)]
    assert 3 not in names  # identities 1 and 2 are the merchants'
    assert group.store.tag_of(3) is None
    assert group.store.marks_of(3) == []
    assert group.store.sealed_under(["identity/3"]) == []
    assert group.vault.names("identity/3") == []
    assert not group.records.tables["person"].rows()[0][1:].any()
    assert group.store.marks_of(4), "the other's are there"
    assert desk.one(Disclose(person=1, purpose="x", operator="li")).outcome is Outcome.invalid
    assert desk.one(Open(person=1, wallet_class="II", channels=3)).outcome is Outcome.invalid  # type: ignore[arg-type]
    assert held(desk).erased_payloads == 2
    again = desk.one(Person(institution=1, **{**someone(1), "valid_until": 20401231}))
    assert again.accepted, "a new customer, with a new number"
    held(desk)


def test_a_customer_with_an_open_wallet_is_never_due() -> None:
    desk = town()
    desk.done(Open(person=1, wallet_class="II", channels=3))  # type: ignore[arg-type]
    closed(desk)
    assert count(desk, Sort.person, on=20990101) == 0
    assert asked(desk, Sort.person).results["erased"] == 0


def test_a_business_goes_with_its_last_shop() -> None:
    desk = town()
    firm: dict[str, Any] = {"institution": 1, "kind_of_merchant": MerchantKind.firm, "code": credit_code(1)}
    desk.done(Merchant(**firm, name="noodles, second shop"), Leave(merchant=1, reference="a"))
    assert count(desk, Sort.merchant, on=20990101) == 0
    desk.now = china("2027-02-03T09:00")
    desk.done(Leave(merchant=3, reference="b"))
    assert asked(desk, Sort.merchant, 20270203, at=china("2037-02-03T12:00")).outcome is Outcome.refused
    assert asked(desk, Sort.merchant, 20270203, at=china("2037-02-04T00:00")).results["erased"] == 2
    assert desk.group.store.tag_of(1) is None
    assert count(desk, Sort.merchant, on=20990101) == 0
    held(desk)


def test_a_micro_merchant_and_the_person_that_stands_for_it() -> None:
    desk = town()
    micro = desk.one(
        Merchant(institution=1, kind_of_merchant=MerchantKind.micro, principal=1, name="stall", phone="13900000000")
    )
    closed(desk)
    assert count(desk, Sort.person, on=20990101) == 0, "the stall is served"
    desk.now = china("2027-01-01T09:00")
    desk.done(Leave(merchant=3, reference="a"))
    on = china("2037-01-02T00:00")
    assert asked(desk, Sort.merchant, 20270101, at=on).results["erased"] == 1
    assert desk.group.payloads.read(micro.position) is None
    assert asked(desk, Sort.person, 20270101, at=on).results["erased"] == 1
    held(desk)


def test_an_entry_taken_off_its_list() -> None:
    desk = town()
    entry = desk.one(ListName(name_list="united_nations", name="Nobody At All")).results["entry"]  # type: ignore[arg-type]
    assert count(desk, Sort.list_entry, on=20990101) == 0
    desk.done(Unlist(entry=entry, reference="a"))
    assert asked(desk, Sort.list_entry).results["erased"] == 1
    assert desk.group.records.tables["list_entry"].count == 0
    assert desk.group.store.marks_of(entry) == []
    held(desk)


def test_who_was_refused_is_forgotten_too() -> None:
    desk = town()
    refused = desk.one(Person(institution=1, **{**someone(9), "valid_until": 20260430}))
    assert refused.outcome is Outcome.refused
    identity = 5
    assert desk.group.store.marks_of(identity)
    assert asked(desk, Sort.applicant).results["erased"] == 1
    assert desk.group.store.tag_of(identity) is not None, "until the files are cleaned"
    desk.group.finish_erasing()
    assert desk.group.store.tag_of(identity) is None
    assert desk.group.vault.names(f"identity/{identity}") == []
    held(desk)


def test_papers_of_a_case_go_five_years_after_they_were_made() -> None:
    desk = town()
    desk.done(suspect(), judged())
    desk.done(File(duty=1))
    early = asked(desk, Sort.case_paper, at=FIVE_LAST)
    assert early.refusal is not None
    assert early.refusal.rule_id == "aml.report.retention"
    assert asked(desk, Sort.case_paper, at=FIVE_AFTER).results["erased"] == 2
    assert held(desk).erased_payloads == 2


# ---- what holds back --------------------------------------------------------------------------------------------


def suspect() -> Suspect:
    return Suspect(institution=1, happened_on=START, person=1, grounds="odd")


def judged() -> Judge:
    return Judge(case=1, verdict="confirmed", analyst="li", analysis="for reasons")  # type: ignore[arg-type]


HOLDS: list[tuple[str, tuple[Command, ...], tuple[Command, ...]]] = [
    ("investigation", (Investigate(person=1, reference="a"),), (EndInvestigation(investigation=1, reference="b"),)),
    ("case", (suspect(),), (judged(), File(duty=1))),
    ("duty", (suspect(), judged()), (File(duty=1),)),
]


@pytest.mark.parametrize(("reason", "begin", "end"), HOLDS)
def test_held_back_until_it_is_over(reason: str, begin: tuple[Command, ...], end: tuple[Command, ...]) -> None:
    desk = town()
    desk.done(pay(1, memo="lunch"), *begin)
    closed(desk)
    desk.now = AFTER
    assert reasons(desk, Sort.person, on=20360502) == {reason: 1}
    assert reasons(desk, Sort.transaction, on=20360502) == {reason: 1}
    done = erase(desk.group, on=20360502, at=None)
    assert done.held[Sort.person] == 1
    assert Sort.person.value not in done.erased
    for command in end:
        desk.done(command)
    done = erase(desk.group, on=20360502, at=None)
    assert done.erased[Sort.person] == 1
    assert done.erased[Sort.transaction] == 1
    held(desk)


def test_a_frozen_wallet_and_an_open_dispute_hold_the_trade_back() -> None:
    desk = town(people=3)
    first, second, third = desk.ask(*(pay(100, payer=payer, memo="lunch") for payer in (1, 2, 3)))
    desk.done(
        OpenDispute(payment=second.position, amount_fen=100, reason=DisputeReason.duplicate, memo="twice"),
        Suspend(wallet=1, stop=WalletStop.lawful_freeze, reference="a"),
    )
    answer = asked(desk, Sort.transaction)
    assert (answer.results["erased"], answer.results["held"]) == (1, 3)
    assert reasons(desk, Sort.transaction, on=20360502) == {"dispute": 2, "stop": 1}
    assert desk.group.payloads.read(third.position) is None
    assert desk.group.payloads.read(first.position) == {"memo": "lunch"}
    assert asked(desk, Sort.transaction).results["erased"] == 0, "asked again"
    desk.done(Restore(wallet=1, stop=WalletStop.lawful_freeze, reference="b"))
    assert asked(desk, Sort.transaction).results["erased"] == 1
    desk.done(DecideDispute(dispute=1, outcome=DisputeOutcome.for_merchant, reference="c"))
    assert asked(desk, Sort.transaction).results["erased"] == 2
    assert desk.group.records.tables["held_record"].count == 0
    assert held(desk).erased_payloads == 4


def test_a_dispute_holds_back_who_they_are_and_its_decision_begins_the_term() -> None:
    desk = town()
    paid = desk.one(pay(100))
    desk.done(OpenDispute(payment=paid.position, amount_fen=100, reason=DisputeReason.duplicate))
    closed(desk)
    assert reasons(desk, Sort.person, on=20360502) == {"dispute": 1}
    desk.now = china("2026-07-01T09:00")
    desk.done(DecideDispute(dispute=1, outcome=DisputeOutcome.for_merchant, reference="c"))
    assert count(desk, Sort.person, on=20360701) == 0
    assert count(desk, Sort.person, on=20360702) == 1


@pytest.mark.parametrize(
    ("command", "field"),
    [
        (Investigate(reference="a"), "person"),
        (Investigate(reference="a", person=1, merchant=1), "person"),
        (Investigate(reference="a", person=9), "person"),
        (EndInvestigation(investigation=1, reference="a"), "investigation"),
    ],
)
def test_investigations_of_nobody(command: Command, field: str) -> None:
    answer = town().one(command)
    assert answer.invalid is not None
    assert answer.invalid.field == field


def test_an_investigation_ends_once() -> None:
    desk = town()
    desk.done(Investigate(merchant=1, reference="a"), EndInvestigation(investigation=1, reference="b"))
    assert desk.one(EndInvestigation(investigation=1, reference="b")).outcome is Outcome.invalid
    held(desk)


# ---- the run ----------------------------------------------------------------------------------------------------


def full(desk: Desk) -> Desk:
    """Something of every sort, all of May Day."""
    desk.done(pay(100, memo="lunch of person one"), pay(100, payer=2, memo="lunch of person two"))
    desk.done(IssueCode(wallet=2, payer_code=88, expires_at=MORNING + SECOND), suspect(), judged(), File(duty=1))
    with_code(desk)
    entry = desk.one(ListName(name_list="united_nations", name="Nobody At All")).results["entry"]  # type: ignore[arg-type]
    desk.done(Unlist(entry=entry, reference="a"))
    desk.ask(Person(institution=1, **{**someone(9), "valid_until": 20260430}))
    return closed(desk)


def sealed_bytes(path: Path) -> dict[int, bytes]:
    import sqlite3

    with sqlite3.connect(path) as database:
        return dict(database.execute("SELECT position, sealed FROM payload"))


def files(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.rglob("*") if each.is_file())


def test_the_files_have_nothing_left_of_what_was_erased(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    desk = full(found_town(on_file(path)))
    group = desk.group
    before = sealed_bytes(path)
    tags = {identity: group.store.tag_of(identity) for identity in range(1, 7)}
    marks = {identity: group.store.marks_of(identity) for identity in range(1, 7)}
    wrapped = dict(group.vault._keys.wrapped(group.vault._keys.names()))  # type: ignore[attr-defined]
    desk.now = AFTER
    done = erase(group, on=20360502, at=None)
    assert set(done.erased) == {sort.value for sort in Sort} - {"merchant"}
    assert not group.store.is_erasing()
    left, held_files = sealed_bytes(path), files(path)
    gone = before.keys() - left.keys()
    assert len(gone) == 7  # two memos, two papers, one person, one applicant, one entry
    assert all(before[position] not in held_files for position in gone)
    assert all(before[position] in held_files for position in left), "or the search finds nothing at all"
    forgotten = [identity for identity in tags if group.store.tag_of(identity) is None]
    assert len(forgotten) == 3
    for identity in forgotten:
        assert tags[identity] not in held_files  # type: ignore[operator]
        assert all(mark not in held_files for mark in marks[identity])
        assert wrapped[f"identity/{identity}"][1] not in held_files
    assert "month/202605" not in group.vault.names()  # type: ignore[attr-defined]
    assert wrapped["month/202605"][1] not in held_files
    assert held(desk).erased_payloads == 7
    group.close()
    again = on_file(path, now=AFTER)
    assert memory_of(again.group)["records"] == memory_of(group)["records"]
    held(again)
    again.group.close()


def test_asked_again_nothing_happens() -> None:
    desk = full(town())
    desk.now = AFTER
    erase(desk.group, on=20360502, at=None)
    position = desk.group.position
    again = erase(desk.group, on=20360502, at=None)
    assert (again.erased, again.days, again.keys) == ({}, 0, 0)
    assert desk.group.position == position


@pytest.mark.parametrize("stop", range(1, 9))
def test_killed_in_the_middle_it_goes_on_where_it_stopped(tmp_path: Path, stop: int) -> None:
    """Stopped after each command in turn, and in the cleaning; begun again in a new process."""
    path = tmp_path / "group.db"
    desk = full(found_town(on_file(path, now=MORNING)))
    desk.now = AFTER
    done = 0

    def killed(sort: str, date: int, erased: int) -> None:
        nonlocal done
        done += 1
        if done == stop:
            raise KeyboardInterrupt

    if stop == 8:
        desk.group.store.finish_erasing = killed_at_once  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        erase(desk.group, on=20360502, at=None, progress=killed)
    desk.group.store.close()
    again = on_file(path, now=AFTER)
    assert again.group.store.is_erasing()
    held(again)
    rest = erase(again.group, on=20360502, at=None)
    assert rest.days == 7 - min(stop, 7)
    assert not again.group.store.is_erasing()
    assert held(again).erased_payloads == 7
    assert [row.count for row in due(again.group, on=20360502)] == [0] * len(Sort)
    again.group.close()


def killed_at_once() -> None:
    raise KeyboardInterrupt


def test_without_keys_nothing_is_erased(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    full(found_town(on_file(path))).group.close()
    (tmp_path / "group.db.keys").rename(tmp_path / "away")
    desk = on_file(path, now=AFTER)
    before = desk.group.position
    with pytest.raises(VaultLocked):
        erase(desk.group, on=20360502, at=None)
    assert desk.group.position == before
    desk.group.store.close()


# ---- verify ----------------------------------------------------------------------------------------------------


def spoiled(tmp_path: Path, spoil: Callable[[Any], object]) -> list[str]:
    path = tmp_path / "group.db"
    desk = full(found_town(on_file(path)))
    desk.now = AFTER
    erase(desk.group, on=20360502, at=None)
    held(desk)
    spoil(desk.group.store)
    report = verify(desk.group.store, vault=vault_beside(path), use_cases=USE_CASES)
    desk.group.store.close()
    return report.faults


def sql(statement: str) -> Callable[[Any], object]:
    return lambda store: store._connection.execute(statement)


CODE = {"id": [77], "wallet": [1], "expires_at": [1], "used": [0]}


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda store: store.add_marks([(b"x" * 16, 0, 1, 4)]), "identity 4 has a mark of kind 1 that no payload"),
        (lambda store: store.add_marks([(store.marks_of(4)[0], 1, 1, 4)]), "that no payload makes"),
        (sql("DELETE FROM mark WHERE identity = 4 AND kind = 2"), "kind 2 of identity 4 is missing"),
        (sql("DELETE FROM mark"), "is missing"),
        (sql("UPDATE mark SET tag = randomblob(16) WHERE identity = 4"), "table mark"),
        (lambda store: store.add_marks([(b"x" * 16, 0, 1, 3)]), "identity 3 was forgotten and is there"),
        (lambda store: store.add_payloads([(13, "month/202605", b"x" * 60)]), "that of command 13 was erased"),
        (lambda store: store.add_rows(store_table("payer_code"), CODE), "row 77 is in no event"),
    ],
)
def test_verify_finds_what_is_not_as_the_log_says(tmp_path: Path, spoil: Callable[[Any], object], fault: str) -> None:
    assert fault in " ".join(spoiled(tmp_path, spoil))


def store_table(name: str) -> Any:
    from benyuan.decisions.events import TABLES

    return TABLES[name]


def test_taking_rows_out_of_a_keyed_table_leaves_the_others_where_they_are_found() -> None:
    from benyuan.engine.records import TableColumns
    from benyuan.payments.records import PAYER_CODE

    table = TableColumns(PAYER_CODE)
    ids = list(range(500, 0, -1))
    table.add({"id": ids, "wallet": ids, "expires_at": ids, "used": ids})
    table.remove([*range(1, 500, 2), 999])
    table.add({"id": [1], "wallet": [7], "expires_at": [7], "used": [7]})
    assert table.rows().tolist() == [[1, 7, 7, 7], *([each] * 4 for each in range(2, 501, 2))]
    assert table.column("wallet")[table.places(np.array([500, 499, 1, 2]), on=0)].tolist() == [500, 0, 7, 2]
