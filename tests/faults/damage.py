"""A written group to be damaged behind its back, and what must be found then.

Worked: `check_found(path, "block 9")` asks that `verify` names block 9 first, and that a start fails as a store does.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from benyuan.decisions.events import TABLES
from benyuan.engine.store import StoreError
from benyuan.engine.verify import Report, verify
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from tests.faults.everything_written import write_group
from tests.unit.engine.groups import Desk, vault_beside


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file as it was written."""
    path = tmp_path_factory.mktemp("original") / "group.db"
    write_group(path)
    return path


@pytest.fixture
def path(original: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    shutil.copytree(original.with_name("group.db.keys"), tmp_path / "group.db.keys")
    return Path(shutil.copy(original, tmp_path / "group.db"))


@contextmanager
def sql(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection behind the group's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def report_on(path: Path, *, redecide: bool = True) -> Report:
    """What `verify` finds."""
    with closing(SqliteStore(path, read_only=True)) as store:
        return verify(store, vault=vault_beside(path), use_cases=USE_CASES, redecide=redecide)


def check_opens_or_says_why(path: Path) -> None:
    """A group on this file starts, or fails with an error of the store and no other."""
    with suppress(StoreError), closing(SqliteStore(path, read_only=True)) as store:
        Desk(store)


def check_found(path: Path, *named: str, redecide: bool = True) -> Report:
    """`verify` finds a fault, and the first one names these."""
    report = report_on(path, redecide=redecide)
    assert not report.ok
    assert report.faults, "a difference, but no fault"
    for name in named:
        assert name in report.faults[0]
    check_opens_or_says_why(path)
    return report


def check_every_table(path: Path, said: Callable[[str, int], str], *, rows: Path | None = None) -> None:
    """`verify` finds a fault in each table, of the last row that it has in `rows`, and no other fault."""
    faults = report_on(path, redecide=False).faults
    wanted = [f"table {name}: {said(name, rows_of(rows or path, name)[-1])}" for name in TABLES]
    assert len(faults) == len(wanted)
    for fault, want in zip(faults, wanted, strict=True):
        assert fault.startswith(want)


def rows_of(path: Path, table: str) -> list[int]:
    """The ids of a table's rows, in order."""
    with sql(path) as connection:
        return [number for (number,) in connection.execute(f'SELECT id FROM "{table}" ORDER BY id')]
