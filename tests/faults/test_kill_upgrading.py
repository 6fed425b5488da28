"""Killed while an older store is brought up, at one statement after another: it stays the older store, and is whole."""

from contextlib import closing
from pathlib import Path

from benyuan.app import open as open_group
from benyuan.storage.schema import FORMAT_VERSION
from benyuan.storage.sqlite import SqliteStore
from tests.faults.killing import Killer
from tests.layouts.older import STORES, unpacked, verified

NAME = "lender-6ebb34d"
BEFORE = (0, 1, 5, 12, 40, 200)
"""Statements: none done, some columns added, all of them, tables made."""


def test_killed_while_it_is_brought_up(killer: Killer, tmp_path: Path) -> None:
    path = unpacked(NAME, tmp_path)
    head = verified(path).head
    for number in BEFORE:
        assert killer.killed("upgrader", path, number, after_seconds=0) == [str(number)]
        with closing(SqliteStore(path, read_only=True)) as store:
            settings = dict(store._connection.execute("SELECT name, value FROM setting"))
            columns = [row[1] for row in store._connection.execute("PRAGMA main.table_info('lender_policy')")]
        assert settings["format"] == str(FORMAT_VERSION - 1)
        assert "registered_only" not in columns
    with open_group(f"sqlite:///{path}") as group:
        assert (group.position, group.head.hex()) == (STORES[NAME], head)
    report = verified(path)
    assert (report.faults, report.differences, report.head) == ([], [], head)
