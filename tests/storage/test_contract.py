"""The contract, run on every store that there is."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benyuan.engine.store import Store
from benyuan.storage.opening import MEMORY
from benyuan.storage.sqlite import SqliteStore
from tests.storage.contract import StoreContract, store
from tests.storage.erasing import ErasingContract
from tests.storage.lasting import LastingContract
from tests.storage.pages import PagesContract

__all__ = ["store"]


class InMemory:
    """A store that lasts as long as it is open."""

    def open(self, *, read_only: bool = False) -> Store:
        """A new one each time."""
        return SqliteStore(MEMORY, read_only=read_only)

    def write_setting(self, name: str, value: str) -> None:
        """Nobody else can reach it."""

    def tables(self) -> list[str]:
        """Nobody else can look."""
        return []


class InFile:
    """A store in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: list[Store] = []

    def open(self, *, read_only: bool = False) -> Store:
        """The same one each time."""
        self._opened.append(SqliteStore(self.path, read_only=read_only))
        return self._opened[-1]

    def close(self) -> None:
        """Close what a test that failed has left open."""
        for opened in self._opened:
            opened.close()

    def write_setting(self, name: str, value: str) -> None:
        """By way of SQL."""
        self.run("UPDATE setting SET value = ? WHERE name = ?", value, name)

    def tables(self) -> list[str]:
        """By way of SQL."""
        return [str(name) for (name,) in self.run("SELECT name FROM sqlite_schema ORDER BY name")]

    def run(self, statement: str, *arguments: str) -> list[tuple[str, ...]]:
        """One statement on a connection of its own."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            return connection.execute(statement, arguments).fetchall()


class TestSqliteInMemory(StoreContract, ErasingContract, PagesContract):
    """SQLite in memory."""

    @pytest.fixture
    def home(self) -> InMemory:
        return InMemory()


class TestSqliteFile(LastingContract, ErasingContract, PagesContract):
    """SQLite in a file."""

    @pytest.fixture
    def home(self, tmp_path: Path) -> Iterator[InFile]:
        made = InFile(tmp_path / "group.db")
        yield made
        made.close()

    @pytest.fixture
    def remove(self, home: InFile) -> Callable[[str], None]:
        """Removes a table."""

        def removes(name: str) -> None:
            home.run(f'DROP TABLE "{name}"')

        return removes
