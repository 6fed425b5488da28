"""Events: what a command caused in the records. A table is a fold of them, and nothing else writes to it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.decisions.layouts import later_names, layout_with


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


def in_layout_of_today(event: Event) -> Event:
    """An event as a release of today would have written it: columns renamed, filled in or left out.

    Its columns are named in it, so they tell of which layout of its table it is. Errors: ValueError where of none.
    """
    fold = FOLDS.get((event.kind, event.version))
    if fold is None:
        return event
    table = fold.table
    if not fold.adds:
        return _renamed(event, table) if table.changes else event
    return event if all(name in event.columns for name in table.columns) else _filled(event, table)


def _filled(event: Event, table: Table) -> Event:
    """New rows of an earlier layout. Errors: ValueError."""
    given, names = event.columns, event.columns.keys() - {"id"}
    layout = layout_with(table, names)
    if layout is None:
        told = ", ".join(sorted(names))
        raise ValueError(f"event {event.kind}: table {table.name} has had no layout with the columns {told}")
    count = len(given["id"])
    filled = {name: given[at] if isinstance(at, str) else [at] * count for name, at in layout.origin.items()}
    return msgspec.structs.replace(event, columns={"id": given["id"], **filled})


def _renamed(event: Event, table: Table) -> Event:
    """New values in rows, under today's names; columns that are kept no more are left out. Errors: ValueError."""
    names = {"id": "id", **later_names(table)}
    strange = sorted(event.columns.keys() - names.keys())
    if strange:
        raise ValueError(f"event {event.kind}: table {table.name} has had no column {strange[0]}")
    columns = {names[name]: column for name, column in event.columns.items() if names[name]}
    return msgspec.structs.replace(event, columns=columns)


def _whole_numbers(column: Sequence[Any] | NDArray[np.int64]) -> list[int]:
    if isinstance(column, np.ndarray):
        whole: list[int] = column.astype(np.int64, copy=False).tolist()
        return whole
    return [int(item) for item in column]
