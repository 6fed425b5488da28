"""The limit of rows: the same rows at their true width into a bare SQLite table, 100 rows a statement, durable.

No index, no checks, no balances: what SQLite can take from Python at best, one commit a batch.
"""

import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.ledger.layout import ROW

ROWS_A_STATEMENT = 100
WIDE = ROW.names or ()
"""Every column of a journal row: fifteen."""
NINE = ("debit_account", "credit_account", "amount", "pending_id", "at", "reference", "business_date", "flags", "code")
"""Nine integer columns, as a plain table of transfers might have."""


def flattened(rows: NDArray[Any], columns: tuple[str, ...]) -> list[int]:
    """The rows as one list of parameters, row after row."""
    table = np.empty((len(rows), len(columns)), np.int64)
    for place, name in enumerate(columns):
        table[:, place] = rows[name]
    flat: list[int] = table.ravel().tolist()
    return flat


def statement(columns: tuple[str, ...], *, rows: int) -> str:
    """An INSERT of so many rows."""
    one = f"({','.join('?' * len(columns))})"
    return f"INSERT INTO leg({','.join(columns)}) VALUES {','.join([one] * rows)}"  # noqa: S608  our own names


class BareTable:
    """A table of integer columns in a SQLite file of its own, with the store's settings."""

    def __init__(self, path: Path, columns: tuple[str, ...]) -> None:
        self._columns = columns
        self._hundred = statement(columns, rows=ROWS_A_STATEMENT)
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in ("page_size = 16384", "journal_mode = WAL", "synchronous = FULL"):
            self._connection.execute(f"PRAGMA {setting}")
        for setting in ("cache_size = -65536", "wal_autocheckpoint = 2000"):
            self._connection.execute(f"PRAGMA {setting}")
        made = ", ".join(f"{name} INTEGER NOT NULL" for name in columns)
        self._connection.execute(f"CREATE TABLE leg(id INTEGER PRIMARY KEY, {made}) STRICT")

    def insert(self, rows: NDArray[Any]) -> None:
        """Insert a batch in one durable commit."""
        parameters = flattened(rows, self._columns)
        step = ROWS_A_STATEMENT * len(self._columns)
        whole = len(parameters) // step * step
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany(
            self._hundred, (parameters[start : start + step] for start in range(0, whole, step))
        )
        if whole < len(parameters):
            left = (len(parameters) - whole) // len(self._columns)
            self._connection.execute(statement(self._columns, rows=left), parameters[whole:])
        self._connection.execute("COMMIT")

    def count(self) -> int:
        """How many rows there are."""
        found: int = self._connection.execute("SELECT count(*) FROM leg").fetchone()[0]
        return found

    def __enter__(self) -> "BareTable":
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
