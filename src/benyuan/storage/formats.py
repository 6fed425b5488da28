"""Formats: what of a store an earlier release laid out otherwise, and how it is brought to the layouts of this one.

A store names the number of every layout that the release knew which wrote to it last. A lower number is an earlier
layout, which is read as it stands and brought up by whoever writes; a higher one, or a name that nobody knows here,
is of a later release, and nothing is touched. Worked: `table lender_policy` is of layout 6 here and of 7 in this
release, so the column `registered_only` is added to it, 0 in every row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import benyuan.usecases  # noqa: F401  what it leads to declares every table, command and event
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import ERASES, FOLDS, TABLES
from benyuan.decisions.facts import Change, Table
from benyuan.decisions.layouts import TableLayout, layout_with
from benyuan.decisions.parcels import LAYOUTS
from benyuan.engine.blocks import FORMAT
from benyuan.engine.restoring import SAVED
from benyuan.storage.schema import CREATE, FORMAT_VERSION, table_statement

EARLIEST = 2
"""The first form of the tables that can be read; before it payloads were not sealed."""
SINCE_THEN = "mark"
"""The table without which one of that form can't be read: nobody in it would be found on a name list."""
BLOCK_FORMAT_BEFORE = "format INTEGER NOT NULL DEFAULT 1"
"""The column of a block that came with the form 3, as it is added to the blocks of before."""
SAVED_TABLES = ("balance_page", "balance_rest", "request_key")
MOST_NAMED = 3


@cache
def known_numbers() -> Mapping[str, int]:
    """The number of every layout that this release knows, by name."""
    events: dict[str, int] = {}
    for kind, version in (*FOLDS, *ERASES):
        events[f"event {kind}"] = max(version, events.get(f"event {kind}", 0))
    return {
        "block": FORMAT,
        "saved balances": SAVED,
        **{f"records {layout.name}": number for number, layout in sorted(LAYOUTS.items())},
        **{f"table {table.name}": table.layout for table in kept_tables()},
        **{f"command {kind}": command.version for kind, command in REGISTRY.items()},
        **events,
    }


def kept_tables() -> list[Table]:
    """The tables of records that are stored."""
    return [table for table in TABLES.values() if not table.command]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a database holds: its form, its numbers, and the columns of each of its tables in their order."""

    form: int
    numbers: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]]

    def later(self) -> list[str]:
        """What is of a later release, as it is told; nothing where all can be read."""
        if self.form > FORMAT_VERSION:
            return [f"its tables are of form {self.form}, and this release reads up to {FORMAT_VERSION}"]
        known = known_numbers()
        if self.numbers == known:
            return []
        told = [
            f"{name} is of layout {number}, and this release knows {known.get(name, 'none')}"
            for name, number in sorted(self.numbers.items())
            if number > known.get(name, 0)
        ]
        return told[:MOST_NAMED] + ([f"and {len(told) - MOST_NAMED} more"] if len(told) > MOST_NAMED else [])

    def damaged(self) -> str:
        """The first table that is of no layout, or not of the one that is named; empty where there is none."""
        if self.form < EARLIEST:
            return f"its tables are of form {self.form}, and this release reads from {EARLIEST} on"
        if SINCE_THEN not in self.columns:
            return f"table {SINCE_THEN} is missing"
        for table in kept_tables():
            number = self.numbers.get(f"table {table.name}")
            there = self.layout_of(table)
            if there is None and table.name in self.columns:
                return f"table {table.name} has other columns than any of its layouts"
            if number is not None and (there is None or there.number != number):
                lacks = "is missing" if there is None else f"has the columns of layout {there.number}, not of {number}"
                return f"table {table.name} {lacks}"
        return ""

    def layout_of(self, table: Table) -> TableLayout | None:
        """The layout of a table of records; None where it is missing, or of no layout."""
        columns = self.columns.get(table.name, ())
        return layout_with(table, columns[1:]) if columns[:1] == ("id",) else None

    def earlier(self) -> list[tuple[Table, TableLayout]]:
        """The tables that are of an earlier layout."""
        found = ((table, self.layout_of(table)) for table in kept_tables())
        return [(table, there) for table, there in found if there is not None and there.number < table.layout]

    def lacks_block_format(self) -> bool:
        """Whether its blocks do not say their format, and so are of the first one."""
        return "block" in self.columns and "format" not in self.columns["block"]

    def has_stale_balances(self) -> bool:
        """Whether balances are saved in an earlier form; they are folded from the log then."""
        return bool(self.columns) and self.numbers.get("saved balances", SAVED_FIRST) < SAVED


SAVED_FIRST = 1
"""The form of saved balances in stores that do not name it."""


def to_write(found: Found) -> Iterator[str]:
    """The statements that bring a database to the layouts of this release; a new one gets all its tables."""
    for table, there in found.earlier():
        for change in table.changes[there.number - 1 :]:
            yield from _changed(table, change)
    if found.lacks_block_format():
        yield f"ALTER TABLE block ADD COLUMN {BLOCK_FORMAT_BEFORE}"
    yield from (*CREATE, *(table_statement(table) for table in kept_tables()))
    if found.has_stale_balances():
        yield from (f"DELETE FROM {name}" for name in SAVED_TABLES)  # noqa: S608  our own names


def _changed(table: Table, change: Change) -> Iterator[str]:
    for was, name in change.renamed.items():
        yield f'ALTER TABLE {table.name} RENAME COLUMN "{was}" TO "{name}"'
    for name, value in change.added.items():
        yield f'ALTER TABLE {table.name} ADD COLUMN "{name}" INTEGER NOT NULL DEFAULT {value}'
    for name in change.gone:
        yield f'ALTER TABLE {table.name} DROP COLUMN "{name}"'


def to_read(found: Found) -> Iterator[str]:
    """The statements that let an earlier database be read as one of today, nothing being written to it.

    Views and empty tables of this connection alone stand before those of the database that have the same name.
    """
    for table, there in found.earlier():
        columns = ", ".join(f'{_shown(at)} AS "{name}"' for name, at in there.origin.items())
        yield f"CREATE TEMP VIEW {table.name} AS SELECT id, {columns} FROM main.{table.name}"  # noqa: S608
    if found.lacks_block_format():
        yield "CREATE TEMP VIEW block AS SELECT *, 1 AS format FROM main.block"
    names = {name: table_statement(table) for table in kept_tables() for name in (table.name,)}
    names |= {statement.split("(")[0].split()[-1]: statement for statement in CREATE if "TABLE" in statement}
    stale = SAVED_TABLES if found.has_stale_balances() else ()
    for name, statement in names.items():
        if name not in found.columns or name in stale:
            yield statement.replace("CREATE TABLE IF NOT EXISTS", "CREATE TEMP TABLE", 1)


def _shown(at: str | int) -> str:
    return f'"{at}"' if isinstance(at, str) else str(at)
