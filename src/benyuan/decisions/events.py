"""Events: what a command caused in the records. A table is a fold of them, and nothing else writes to it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Rows of one kind of event, as columns of equal length; old versions are folded for ever."""

    kind: str
    columns: dict[str, list[Any]]
    version: int = 1


class Fold(msgspec.Struct, frozen=True, kw_only=True):
    """How events of a kind become rows: new rows of a table, or new values in rows that stand.

    `sums`: the columns are added to those of the rows, and a row may come several times, so the order of such events
    makes no difference.
    """

    table: Table
    adds: bool
    sums: bool = False


FOLDS: dict[tuple[str, int], Fold] = {}
"""How each kind and version of event is folded."""

TABLES: dict[str, Table] = {}
"""Every table of records."""


def folds(kind: str, *, table: Table, adds: bool, sums: bool = False, version: int = 1) -> str:
    """Declare how a kind of event is folded; returns the kind."""
    FOLDS[kind, version] = Fold(table=table, adds=adds, sums=sums)
    TABLES[table.name] = table
    return kind


def event(kind: str, columns: Mapping[str, Sequence[Any] | NDArray[np.int64]]) -> list[Event]:
    """The event with these rows; none where there are no rows."""
    lists = {name: _whole_numbers(column) for name, column in columns.items()}
    return [Event(kind=kind, columns=lists)] if any(lists.values()) else []


def _whole_numbers(column: Sequence[Any] | NDArray[np.int64]) -> list[int]:
    if isinstance(column, np.ndarray):
        whole: list[int] = column.astype(np.int64, copy=False).tolist()
        return whole
    return [int(item) for item in column]
