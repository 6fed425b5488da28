"""Killed while it erases, at random moments, again and again: at the end all is erased once, and nothing is left."""

from pathlib import Path
from random import Random

from benyuan.assurance.retention import due, erase
from tests.faults.eraser import NOW, ON
from tests.faults.killing import Killer
from tests.unit.engine.groups import found_town, on_file, pay
from tests.unit.engine.keeping import held
from tests.unit.ledger.books import china

DAYS, A_DAY, ROUNDS = 25, 24 * 3_600_000_000, 4


def test_killed_while_it_erases(killer: Killer, tmp_path: Path) -> None:
    path, dice = tmp_path / "group.db", Random(20360502)
    desk = found_town(on_file(path))
    for day in range(DAYS):
        desk.now = china("2026-05-01T12:00") + day * A_DAY
        desk.done(*(pay(1, memo=f"number {number} of day {day}") for number in range(20)))
    desk.group.close()
    sealed = memos(path)
    told: list[str] = []
    for _ in range(ROUNDS):
        told += killer.killed("eraser", path, after_seconds=dice.random() * 0.1)
        again = on_file(path, now=NOW)
        held(again)
        again.group.store.close()
    assert told, "the process was to be killed while it erases"
    desk = on_file(path, now=NOW)
    erase(desk.group, on=ON, at=None)
    assert held(desk).erased_payloads == DAYS * 20
    assert [row.count for row in due(desk.group, on=ON) if row.count] == []
    kept = b"".join(each.read_bytes() for each in tmp_path.rglob("*") if each.is_file())
    assert not [each for each in sealed if each in kept]
    desk.group.close()


def memos(path: Path) -> list[bytes]:
    """All that is sealed under the key of a month."""
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as database:
        return [row[0] for row in database.execute("SELECT sealed FROM payload WHERE key LIKE 'month/%'")]
