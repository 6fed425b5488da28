"""Rows as their table declares them: a value of another type, or none, is damage and not something to count with.

SQLite looks at types and at NOT NULL where a row is written and never where it is read; what it hands over depends on
a byte before the row, and one turned bit of that makes a number a text, a fraction or NULL. Worked: the amount 300
whose type byte turns from 2 to 0 reads as None.
"""

from collections.abc import Iterator
from typing import Any, TypeAlias

from benyuan.engine.store import StoreDamaged

Types: TypeAlias = tuple[type, ...]


def typed(row: tuple[Any, ...], types: Types, *, table: str) -> tuple[Any, ...]:
    """The row itself, if its values are of these types. Errors: StoreDamaged."""
    if tuple(map(type, row)) != types:
        place = next(place for place, value in enumerate(row) if type(value) is not types[place])
        found, wanted = type(row[place]).__name__, types[place].__name__
        raise StoreDamaged(f"table {table}: value {place + 1} of a row is of type {found}, not {wanted}")
    return row


def all_typed(rows: Iterator[tuple[Any, ...]], types: Types, *, table: str) -> Iterator[tuple[Any, ...]]:
    """Rows one by one, each as `typed`."""
    for row in rows:
        yield typed(row, types, table=table)
