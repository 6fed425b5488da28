"""What belongs to one customer: ids of what is theirs, rows of tables, commands of the log with what was sealed.

Source: PIPL, arts. 45, 18, 35. What a law has kept secret is left out and named: reports of suspicions and what leads
to them (Anti-Money-Laundering Law 2024, arts. 7, 35). Names of staff in a command's sealed part are left out too. Which
tables and commands they are stands in `own_places`.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.protection.own_places import HOMES, ID, PAYMENTS, PURCHASES, Rows, fields_of, rows_of
from benyuan.decisions.batches import Batch
from benyuan.decisions.events import TABLES
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.engine.reading import Opened
from benyuan.values.dates import china_time

NONE: NDArray[np.int64] = np.zeros(0, np.int64)
OF_STAFF = frozenset({"staff_name", "reviewer", "analyst", "operator"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One customer's ids: by table those of its rows, by command the log positions that others name."""

    of: str
    ids: Mapping[str, Set[int]]

    @property
    def number(self) -> int:
        """The customer's own."""
        return next(iter(self.ids[HOMES[self.of]]))


def holding(group: Group, *, of: str, number: int) -> Holding:
    """The customer's own, step by step of the records; what only the log knows is added by `with_log`."""
    ids: dict[str, Set[int]] = {HOMES[of]: frozenset({number})}
    for rows in rows_of(of):
        held = group.records.tables[rows.table]
        ids[rows.table] = ids.get(rows.table, frozenset()) | frozenset(held.ids()[_places(group, rows, ids)].tolist())
    return Holding(of=of, ids=ids)


def with_log(mine: Holding, told: list[dict[str, Any]]) -> Holding:
    """With the customer's payments and purchases, which are known by the positions of their commands."""
    made = {key: frozenset(each["command"] for each in told if each["kind"] == key) for key in (PAYMENTS, PURCHASES)}
    return replace(mine, ids={**mine.ids, **made})


def tables(group: Group, mine: Holding) -> dict[str, list[dict[str, int]]]:
    """The rows that are the customer's, by table; `id` first."""
    places: dict[str, set[int]] = {}
    for rows in rows_of(mine.of):
        places.setdefault(rows.table, set()).update(_places(group, rows, mine.ids).tolist())
    return {name: [_row(group, name, place) for place in sorted(found)] for name, found in places.items() if found}


def commands(group: Group, mine: Holding) -> Iterator[dict[str, Any]]:
    """What was asked about the customer and what came of it, oldest first, opened. Errors: VaultLocked, SealBroken."""
    ids = {key: _numbers(own) for key, own in mine.ids.items()}
    position = 1
    while position <= group.position:
        opened = group.reader.at_position(position)
        block = opened.block
        names = fields_of(mine.of).get(block.kind)
        if names:
            named = _named(opened, names, ids)
            if block.kind in (PAYMENTS, PURCHASES):
                made = [block.first_position + place for place in named]
                ids[block.kind] = np.concatenate([ids.get(block.kind, NONE), np.array(made, np.int64)])
            yield from (_command(group, opened, place) for place in named)
        position = block.first_position + block.commands


def _row(group: Group, table: str, place: int) -> dict[str, int]:
    held = group.records.tables[table]
    own = {name: int(held.column(name)[place]) for name in TABLES[table].columns}
    return {ID: int(held.ids()[place]), **own}


def _places(group: Group, rows: Rows, ids: Mapping[str, Set[int]]) -> NDArray[np.int64]:
    """Where the rows stand; place 0 is of no row, and no id is 0."""
    held = group.records.tables[rows.table]
    values = held.ids() if rows.column == ID else held.column(rows.column)
    found: NDArray[np.int64] = np.flatnonzero(np.isin(values, _numbers(ids.get(rows.key, frozenset()))))
    return np.asarray(found[found != 0], np.int64)


def _numbers(ids: Set[int]) -> NDArray[np.int64]:
    return np.array(sorted(ids), np.int64)


def _named(opened: Opened, names: Mapping[str, str], ids: Mapping[str, NDArray[np.int64]]) -> list[int]:
    """The places of the commands of a block that name the customer, in their fields or in their results."""
    batch = opened.batch()
    results = {name: opened.integers("results", name) for name in opened.outcome["results"]}
    named = np.zeros(len(batch), np.bool_)
    for name, key in names.items():
        for columns in (batch.columns, results):
            if isinstance(columns.get(name), np.ndarray):
                named |= np.isin(columns[name], ids.get(key, NONE))
    found: list[int] = np.flatnonzero(named).tolist()
    return found


def _command(group: Group, opened: Opened, place: int) -> dict[str, Any]:
    batch: Batch = opened.batch()
    position = int(batch.position[place])
    sealed = group.payloads.read(position)
    return {
        "command": position,
        "kind": batch.kind,
        "time": china_time(int(batch.at[place])),
        "outcome": Outcome(int(opened.status[place])).name,
        "fields": batch.row(place),
        "results": {name: int(opened.integers("results", name)[place]) for name in opened.outcome["results"]},
        "personal": {name: text for name, text in (sealed or {}).items() if name not in OF_STAFF},
    }
