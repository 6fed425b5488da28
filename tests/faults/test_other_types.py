"""Rows that are not what their table declares, as a turned bit leaves them: `verify` names them, and no group starts.

Worked: the account of wallet 1 becomes NULL; a start says "table wallet: not all of its values are integers".
"""

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benyuan.decisions.events import TABLES
from benyuan.engine.store import StoreDamaged
from benyuan.storage.schema import BLOCK_COLUMNS
from benyuan.storage.sqlite import SqliteStore
from tests.faults.damage import check_every_table, check_found, original, path, rows_of, sql
from tests.unit.engine.groups import Desk

__all__ = ["original", "path"]

OTHER_TYPES = (None, "7", 1.5, b"7", 7)
"""What a turned bit in the header of a row can make of a value: SQLite checks types where it writes, and only there."""

ONE_MARK = "tag = (SELECT tag FROM mark GROUP BY tag HAVING count(*) = 1 ORDER BY tag LIMIT 1)"
AS_DECLARED = "UPDATE sqlite_schema SET sql = :declared WHERE name = :table"
AS_BLOBS = (" INTEGER NOT NULL", " TEXT NOT NULL", " BLOB NOT NULL")


def retyped(path: Path, *, table: str, column: str, row: str, value: Any) -> None:
    """Put a value into a column that is declared as another type; the declaration is as it was afterwards."""
    with sql(path) as connection:
        declared = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        loose = declared.replace("STRICT, WITHOUT", "WITHOUT").removesuffix(" STRICT")
        for typed in AS_BLOBS:
            loose = loose.replace(typed, " BLOB")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(AS_DECLARED, {"declared": loose, "table": table})
    with sql(path) as connection:
        connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {row}', (value,))
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(AS_DECLARED, {"declared": declared, "table": table})


def types_in(path: Path, *, table: str, column: str, row: str) -> type:
    """The type of the value that stands there."""
    with sql(path) as connection:
        return type(connection.execute(f'SELECT "{column}" FROM "{table}" WHERE {row}').fetchone()[0])


def others(path: Path, *, table: str, column: str, row: str) -> list[Any]:
    """A value of each other type that may stand there; SQLite keeps NULL from a key, as the columns of marks are."""
    right = types_in(path, table=table, column=column, row=row)
    return [value for value in OTHER_TYPES if type(value) is not right and not (table == "mark" and value is None)]


@pytest.mark.parametrize(
    ("table", "columns", "row", "said"),
    [
        ("block", BLOCK_COLUMNS[1:], "seq = 5", "block 5: table block: value"),
        ("request_key", ("position",), "hash = (SELECT min(hash) FROM request_key)", "table request_key"),
        (
            "payload",
            ("key", "sealed"),
            "position = (SELECT min(position) FROM payload)",
            "table payload: that of command",
        ),
        ("regime", ("canonical",), "TRUE", "table regime: value 1"),
        ("mark", ("listed", "kind", "identity"), ONE_MARK, "table mark: value"),
        ("balance_page", ("columns",), "page = 0", "table balance_page: value 2"),
        ("balance_rest", ("rest",), "TRUE", "table balance_rest: value 2"),
    ],
)
def test_a_value_of_another_type(
    path: Path, original: Path, table: str, columns: tuple[str, ...], row: str, said: str
) -> None:
    for column in columns:
        for value in others(path, table=table, column=column, row=row):
            retyped(path, table=table, column=column, row=row, value=value)
            assert types_in(path, table=table, column=column, row=row) is type(value)
            check_found(path, said, redecide=False)
            shutil.copy(original, path)


@pytest.mark.parametrize(("place", "column"), list(enumerate(BLOCK_COLUMNS[1:])))
def test_a_value_of_another_type_in_the_last_block(path: Path, place: int, column: str) -> None:
    """Which a start reads, too."""
    last = {"table": "block", "column": column, "row": "seq = (SELECT max(seq) FROM block)"}
    values = others(path, **last)
    retyped(path, **last, value=values[place % len(values)])
    check_found(path, "table block: value", redecide=False)


def retype_a_record(path: Path, *, name: str) -> tuple[str, Any]:
    """Put a value of another type into the last column of the last row of a table: which of both."""
    column, value = TABLES[name].columns[-1], OTHER_TYPES[list(TABLES).index(name) % 4]
    retyped(path, table=name, column=column, row=f"id = {rows_of(path, name)[-1]}", value=value)
    return column, value


@pytest.mark.parametrize("name", TABLES)
def test_a_value_of_another_type_in_a_record(path: Path, name: str) -> None:
    retype_a_record(path, name=name)
    with closing(SqliteStore(path, read_only=True)) as store, pytest.raises(StoreDamaged, match=f"table {name}: not"):
        Desk(store)


def test_a_value_of_another_type_in_a_record_of_every_table(path: Path) -> None:
    """`verify` names each of them, and nothing else."""
    put = {name: retype_a_record(path, name=name) for name in TABLES}
    check_every_table(path, lambda name, number: f"row {number} has {put[name][0]} {put[name][1]!r}, ")


def test_a_number_as_text_in_a_record_is_not_read_as_the_number(path: Path) -> None:
    with sql(path) as connection:
        account = connection.execute("SELECT account FROM wallet WHERE id = 1").fetchone()[0]
    retyped(path, table="wallet", column="account", row="id = 1", value=str(account))
    check_found(path, "table wallet: row 1 has account", redecide=False)
    with closing(SqliteStore(path, read_only=True)) as store, pytest.raises(StoreDamaged, match="table wallet: not"):
        Desk(store)


def test_a_row_missing_from_the_middle(path: Path) -> None:
    """Rows are found by their number, so the rows after it would be taken for others."""
    with sql(path) as connection:
        connection.execute("DELETE FROM wallet WHERE id = 2")
    check_found(path, "table wallet: row 3 has id 3, the log says 2")
    with closing(SqliteStore(path, read_only=True)) as store, pytest.raises(StoreDamaged, match="row 2 is missing"):
        Desk(store)
