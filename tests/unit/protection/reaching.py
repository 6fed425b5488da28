"""Which tables and commands lead to a customer, as the use cases themselves declare: what they look up by which field.

A need says that a field of the command, or a column of a table that was looked up before, is the id of a row of another
table. A table that is looked up by the same id as another has its ids, and a column that is called as one that leads to
a single table leads there too. So a test of suitability leads to its person, and `confirm_level` by its test.
"""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import TABLES
from benyuan.decisions.facts import Need, Table
from benyuan.usecases import USE_CASES

Leads = Mapping[tuple[str, str], frozenset[str]]
SELF = "id"


def _source(kind: str, need: Need, before: Mapping[str, Table]) -> tuple[str, str]:
    """The command and its field, or the table and its column, that a need looks up by."""
    if need.by in REGISTRY[kind].__struct_fields__:
        return kind, need.by
    for prefix in sorted(before, key=len, reverse=True):
        column = need.by.removeprefix(f"{prefix}_")
        if column != need.by and column in before[prefix].columns:
            return before[prefix].name, column
    return kind, need.by


def _is_plain(table: Table) -> bool:
    return not (table.keyed or table.dated or table.command)


@cache
def leads() -> Leads:
    """Where each field of a command, and each column of a table, leads; `id` where a table has another's ids."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, case in USE_CASES.items():
        before: dict[str, Table] = {}
        by: dict[tuple[str, str], list[Table]] = defaultdict(list)
        for need in case.needs:
            source = _source(kind, need, before)
            before[need.prefix] = need.table
            if not need.via:
                found[source].add(need.table.name)
                by[source].append(need.table)
        for tables in by.values():
            plain = {table.name for table in tables if _is_plain(table)}
            for table in tables:
                if not _is_plain(table) and not table.command:
                    found[table.name, SELF] |= plain
    named: dict[str, set[str]] = defaultdict(set)
    for (_, name), tables_named in found.items():
        named[name] |= {table for table in tables_named if table in TABLES and _is_plain(TABLES[table])}
    for name, table in TABLES.items():
        for column in table.columns:
            if len(named[column]) == 1:
                found[name, column] |= named[column]
    return {source: frozenset(tables) for source, tables in found.items() if tables}


def steps_to(home: str) -> Mapping[str, int]:
    """Every table that leads to a customer's own table, and in how many steps."""
    steps = {home: 0}
    for step in (1, 2):
        reached = frozenset(table for table, far in steps.items() if far == step - 1)
        for (of, _), tables in leads().items():
            if of in TABLES and tables & reached:
                steps.setdefault(of, step)
    return steps


def fields_to(home: str) -> Mapping[tuple[str, str], int]:
    """Every field of a command that leads to a customer's table, and in how many steps: at most two."""
    far = {table: step for table, step in steps_to(home).items() if step < 2}
    return {
        source: min(far[table] + 1 for table in tables & far.keys())
        for source, tables in leads().items()
        if source[0] in USE_CASES and tables & far.keys()
    }
