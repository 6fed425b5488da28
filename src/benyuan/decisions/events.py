"""Events: what a command caused in the records. A table is a fold of them, and nothing else writes to it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
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
    """How events of a kind become rows: new rows of a table, new values in rows that stand, or rows that go.

    `sums`: the columns are added to those of the rows, and a row may come several times, so the order of such events
    makes no difference. Rows go from keyed tables only: the others are numbered without a gap.
    """

    table: Table
    adds: bool
    sums: bool = False
    removes: bool = False


class Erased(StrEnum):
    """What an erasing event names by its ids: payloads by log position, identities by number.

    Records of parcels by the log position of the parcel, besides in columns their `page` and their `row` in it.
    """

    payloads = "payloads"
    identities = "identities"
    records = "records"


FOLDS: dict[tuple[str, int], Fold] = {}
"""How each kind and version of event is folded."""

ERASES: dict[tuple[str, int], Erased] = {}
"""What each kind and version of erasing event erases beside the log; such an event is folded into no table."""

TABLES: dict[str, Table] = {}
"""Every table of records."""


def folds(kind: str, *, table: Table, adds: bool, sums: bool = False, removes: bool = False, version: int = 1) -> str:
    """Declare how a kind of event is folded; returns the kind."""
    if removes and not table.keyed:
        raise AssertionError(f"{kind}: rows go from keyed tables only")
    FOLDS[kind, version] = Fold(table=table, adds=adds, sums=sums, removes=removes)
    TABLES[table.name] = table
    return kind


def erases(kind: str, *, what: Erased, version: int = 1) -> str:
    """Declare what a kind of event erases; returns the kind."""
    ERASES[kind, version] = what
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
