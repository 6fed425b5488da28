"""Layouts: which columns a table had in earlier releases, and how what was written then becomes rows of today.

Worked: `lender_policy` of layout 7 has no `registered_only`; a row or an event of it is read with 0 there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeAlias

from benyuan.decisions.facts import Change, Table

Origin: TypeAlias = Mapping[str, str | int]
"""For each column of today the column of an earlier layout in which its value stands, or the value itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """One layout of a table; `columns` without the id, those that every layout has had first."""

    number: int
    columns: tuple[str, ...]
    origin: Origin


@cache
def layouts_of(table: Table) -> tuple[TableLayout, ...]:
    """Every layout that a table has had, the first one first."""
    found = [TableLayout(number=table.layout, columns=table.columns, origin={name: name for name in table.columns})]
    for change in reversed(table.changes):
        found.append(_before(found[-1], change))
    return tuple(reversed(found))


def _before(later: TableLayout, change: Change) -> TableLayout:
    earlier = {name: was for was, name in change.renamed.items()}
    kept = tuple(earlier.get(name, name) for name in later.columns if name not in change.added)
    origin: dict[str, str | int] = {}
    for name, there in later.origin.items():
        origin[name] = there if isinstance(there, int) else change.added.get(there, earlier.get(there, there))
    return replace(later, number=later.number - 1, columns=(*kept, *change.gone), origin=origin)


def layout_with(table: Table, columns: Iterable[str]) -> TableLayout | None:
    """The latest layout that has just these columns besides the id; None where there is none."""
    names = set(columns)
    if names == set(table.columns):
        return layouts_of(table)[-1]
    return next((layout for layout in reversed(layouts_of(table)) if set(layout.columns) == names), None)


@cache
def later_names(table: Table) -> Mapping[str, str]:
    """Every name that a column has had, with its name of today; empty for a column that is kept no more."""
    names: dict[str, str] = {}
    for layout in reversed(layouts_of(table)):
        today = {there: name for name, there in layout.origin.items() if isinstance(there, str)}
        names = {**{name: today.get(name, "") for name in layout.columns}, **names}
    return names
