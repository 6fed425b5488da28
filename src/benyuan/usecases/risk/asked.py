"""Of which entity and day a ratio is asked, and what it is: exactly part and whole.

Worked number: 5 complaints of 10,000 customers are (5, 10000); where anything is missing it is (0, 0).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from benyuan.decisions.books import Books
from benyuan.decisions.facts import Table
from benyuan.governance.checks.words import EntitySort
from benyuan.rules import RulePack

Reckoned: TypeAlias = tuple[int, int]
NOTHING = (0, 0)
EVER = int(np.iinfo(np.int64).max)
"""A log position after any other: all that is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of which entity, on which day (yyyymmdd), as known at a position of the log where facts bear one."""

    books: Books
    rules: RulePack
    sort: EntitySort
    entity: int
    on: int
    seen: int = EVER

    def latest(self, table: Table) -> dict[str, int]:
        """The row of a dated table that counts for the entity; empty where there is none."""
        held = {name: self.books.column(table, name) for name in table.columns}
        mine = np.flatnonzero((held["owner"] == self.entity) & (held["from_date"] <= self.on)).tolist()
        place = max((each for each in mine if each), key=lambda each: (int(held["from_date"][each]), each), default=0)
        return {name: int(column[place]) for name, column in held.items()} if place else {}
