"""The facts that a use case declares it needs, and the facts as it gets them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import NoSuchColumn

MONEY, USAGE = 1, 2
"""Units: CNY in fen, and what a limit counts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """From one layout of a table to the next: what a later release made of its columns.

    `added`: columns that came, each with what it is in the rows of before. `renamed`: from the earlier name to the
    later one. `gone`: columns that are kept no more. A name that was ever a column's is given to no other.
    """

    added: Mapping[str, int] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of records, a fold of events: all columns integers, the id dense from 1 in order of creation.

    `dated`: rows hold from the day in that column on, and the latest one of the same `owner` counts. `keyed`: ids are
    not dense but given by the event. `command`: no table of its own, but the accepted commands of that kind, the id
    being the log position and the columns those of the command and its results, or `at`, its time. `blank`: a column
    that is never 0 in a row that stands; a row with 0 there has been erased, and counts as none. `indexed`: columns by
    whose value rows can be found. `changes`: how its columns came to be what they are, the oldest change first.
    """

    name: str
    columns: tuple[str, ...]
    dated: str = ""
    keyed: bool = False
    command: str = ""
    blank: str = ""
    indexed: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def layout(self) -> int:
        """The number of its layout, counted from 1."""
        return len(self.changes) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Rows of `table` whose id stands in the column `by` of the command, or of facts named by an earlier need.

    Each column comes as `<prefix>_<column>`, and `<prefix>_found` says where there is such a row. A dated table is
    looked up by its owner, on the day of the batch. `via`: an indexed column in which the value stands instead, the
    first such row; its id then comes too.
    """

    table: Table
    by: str
    prefix: str
    via: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Columns of facts, one value a command; and for each table the id that the next new row gets.

    `flows`, where a use case surveys the day: what each customer took in and paid out in it.
    """

    columns: Mapping[str, NDArray[np.int64]]
    next_ids: Mapping[str, int]
    next_account: int = 0
    flows: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> NDArray[np.int64]:
        """A column. Errors: NoSuchColumn."""
        try:
            return self.columns[name]
        except KeyError as error:
            raise NoSuchColumn(name) from error

    def found(self, prefix: str) -> NDArray[np.bool_]:
        """Where the row that a need asked for exists."""
        found: NDArray[np.bool_] = self[f"{prefix}_found"] != 0
        return found

    def row(self, place: int) -> dict[str, Any]:
        """One command's facts."""
        return {name: int(column[place]) for name, column in self.columns.items()}
