"""Opening a database: one that isn't there is made only for who says so, and what is none is left as it was."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from benyuan.app import open as open_group
from benyuan.engine.store import StoreDamaged, StoreError, StoreUnavailable
from benyuan.storage.sqlite import SqliteStore
from benyuan.values.errors import BadInput
from tests.storage.contract import block, in_batch


def beside(path: Path) -> dict[str, bytes]:
    """Every file of a folder with its content."""
    return {found.name: found.read_bytes() for found in path.iterdir()}


def another_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE wallet(colour TEXT)")
        connection.commit()


def a_text(path: Path) -> None:
    path.write_text("payer,merchant,amount_fen\n" * 100, encoding="utf-8")


def a_line(path: Path) -> None:
    path.write_text("SQLite", encoding="utf-8")


def test_a_database_is_made_only_where_that_is_asked_for(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/group.db"
    for read_only in (False, True):
        with pytest.raises(StoreUnavailable, match=r"group\.db is not there"):
            open_group(url, read_only=read_only)
        assert beside(tmp_path) == {}
    open_group(url, create=True).close()
    open_group(url).close()
    open_group(url, create=True).close()


def test_nothing_is_made_in_an_empty_file_either(tmp_path: Path) -> None:
    (tmp_path / "group.db").touch()
    with pytest.raises(StoreDamaged, match="holds no store"):
        open_group(f"sqlite:///{tmp_path}/group.db")
    assert (tmp_path / "group.db").read_bytes() == b""
    open_group(f"sqlite:///{tmp_path}/group.db", create=True).close()


def test_a_database_in_memory_is_always_new() -> None:
    with open_group("sqlite://") as group:
        assert group.position == 0


def test_what_only_reads_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        open_group(f"sqlite:///{tmp_path}/group.db", create=True, read_only=True)
    assert beside(tmp_path) == {}


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("made", [another_database, a_text, a_line])
def test_nothing_is_left_beside_what_is_no_database_of_ours(
    tmp_path: Path, made: Callable[[Path], None], create: bool
) -> None:
    made(tmp_path / "group.db")
    before = beside(tmp_path)
    with pytest.raises(StoreError):
        open_group(f"sqlite:///{tmp_path}/group.db", create=create)
    assert beside(tmp_path) == before


def test_a_store_whose_tables_are_still_in_the_wal_is_known_for_ours(tmp_path: Path) -> None:
    path, copy = tmp_path / "group.db", tmp_path / "killed.db"
    with closing(SqliteStore(path)):
        for ending in ("", "-wal"):
            (tmp_path / f"killed.db{ending}").write_bytes((tmp_path / f"group.db{ending}").read_bytes())
    assert copy.stat().st_size < path.stat().st_size
    with open_group(f"sqlite:///{copy}") as group:
        assert group.position == 0


def test_what_lies_where_nothing_may_be_written_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Evidence on a disc: SQLite would make its index of the WAL beside the file, and can't."""
    path = tmp_path / "group.db"
    with closing(SqliteStore(path)) as store, in_batch(store):
        store.append(block(1))
    before = beside(tmp_path)
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with closing(SqliteStore(path, read_only=True)) as reader:
        assert reader.last_block() is not None
        assert beside(tmp_path) == before


def test_a_wal_is_read_though_nothing_may_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "group.db"
    monkeypatch.setattr(os, "access", lambda _path, mode: mode != os.W_OK)
    with closing(SqliteStore(path)) as store:
        with in_batch(store):
            store.append(block(1))
        with closing(SqliteStore(path, read_only=True)) as reader:
            assert reader.last_block() is not None


def test_a_calendar_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "days.yaml").write_bytes(b"days: {2026-05-06: \xff}")
    with pytest.raises(BadInput, match=r"overlay.*days\.yaml"):
        open_group("sqlite://", calendar=tmp_path / "days.yaml")


def test_a_database_of_another_release_says_so(tmp_path: Path) -> None:
    """One whose tables have other columns is told apart from one that was tampered with, and stays as it was."""
    path, url = tmp_path / "group.db", f"sqlite:///{tmp_path}/group.db"
    open_group(url, create=True).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE wallet DROP COLUMN freezes")
    for read_only in (False, True):
        with pytest.raises(StoreDamaged, match=r"another release of benyuan.*: table wallet has other columns"):
            open_group(url, read_only=read_only)


def test_a_table_that_came_later_is_made_by_who_writes(tmp_path: Path) -> None:
    path, url = tmp_path / "group.db", f"sqlite:///{tmp_path}/group.db"
    open_group(url, create=True).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE loan")
        for read_only in (True, False):
            with pytest.raises(StoreDamaged, match="table loan is missing"):
                open_group(url, read_only=read_only)
        connection.execute("DELETE FROM layout WHERE name = 'table loan'")
    for read_only in (True, False, True):
        with open_group(url, read_only=read_only) as group:
            assert group.records.tables["loan"].count == 0
