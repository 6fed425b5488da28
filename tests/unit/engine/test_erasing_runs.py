"""The run that erases: all of it gone from the files, once, whatever stops it; and that `verify` finds what is left."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benyuan.assurance.retention import due, erase
from benyuan.engine.vault import VaultLocked
from benyuan.engine.verify import verify
from benyuan.payments.retention.sorts import Sort
from benyuan.simulate.identities import someone
from benyuan.usecases import USE_CASES
from benyuan.usecases.file_duty import File
from benyuan.usecases.issue_code import IssueCode
from benyuan.usecases.list_name import ListName
from benyuan.usecases.register_person import Person
from benyuan.usecases.unlist_name import Unlist
from tests.unit.engine.groups import MORNING, Desk, found_town, memory_of, on_file, pay, vault_beside
from tests.unit.engine.keeping import (
    AFTER,
    closed,
    held,
    judged,
    suspect,
    town,
    with_code,
)
from tests.unit.ledger.books import SECOND

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
    assert "month/202605" not in group.vault.names()
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
    assert not any(row.count for row in due(again.group, on=20360502))
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
