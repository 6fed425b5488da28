"""Which rows of dated facts hold on a day, as far as was known at a position of the log.

Worked number: 30 of 100 from 20200101, recorded; 20 of 100 from 20260701, recorded later: on 20260630 it is 30, on
20260701 it is 20; asked at a position before the second was recorded it is 30 on either day.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.parties.bodies.same import Ones, ones_of

Column: TypeAlias = Callable[[Table, str], NDArray[np.int64]]
"""Gives a whole column of a table; place 0 is of no row."""
Row: TypeAlias = dict[str, int]


def in_force(columns: Mapping[str, NDArray[np.int64]], *, key: Sequence[str], on: int, seen: int) -> NDArray[np.intp]:
    """The places of the rows that hold on a day (yyyymmdd): of each key the latest, in order of the key.

    `columns`: those of the key, `from_date` and `position`. Of two that begin on one day the one recorded last counts.
    """
    known = np.flatnonzero((columns["from_date"] <= on) & (columns["position"] <= seen))
    order: Any = np.lexsort(
        (known, columns["position"][known], columns["from_date"][known], *(columns[name][known] for name in key[::-1]))
    )
    ordered = known[order]
    last = np.ones(len(ordered), np.bool_)
    if len(ordered):
        same = np.ones(len(ordered) - 1, np.bool_)
        for name in key:
            same &= columns[name][ordered][1:] == columns[name][ordered][:-1]
        last[:-1] = ~same
    found: NDArray[np.intp] = ordered[last]
    return found


def rows_in_force(
    column: Column, table: Table, *, key: Sequence[str], on: int, seen: int, ones: Ones | None = None
) -> list[Row]:
    """The rows of a table of dated facts that hold on a day, with their ids; who has two documents is named as one.

    `ones`: who is one with whom at that position, where that is known already.
    """
    rows = rows_as_recorded(column, table, key=key, on=on, seen=seen)
    ones = ones_of(column, seen=seen) if ones is None else ones
    if not ones.bodies:
        return rows
    return [row | {name: ones.of(row[name]) for name in table.people} for row in rows]


def rows_as_recorded(column: Column, table: Table, *, key: Sequence[str], on: int, seen: int) -> list[Row]:
    """The same, each row by the number under which it was recorded."""
    columns = {name: column(table, name)[1:] for name in table.columns}
    places = in_force(columns, key=key, on=on, seen=seen)
    lists = {"id": (places + 1).tolist(), **{name: values[places].tolist() for name, values in columns.items()}}
    return [dict(zip(lists, values, strict=True)) for values in zip(*lists.values(), strict=True)]
