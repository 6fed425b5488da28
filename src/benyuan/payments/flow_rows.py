"""The single transactions behind one flow of a day: what a large-value report is made of.

Worked number: 300,000.00 and 200,000.00 topped up in a day are one flow of 500,000.00, and two rows of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books, DayCommands
from benyuan.payments.flows import FLOWS, OF_MERCHANT, OF_PERSON, Flow
from benyuan.payments.records import MERCHANT, WALLET


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a day's flows: whose, which way, which sort; as a duty names it."""

    institution: int
    subject_kind: int
    subject: int
    direction: int
    sort: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowRow:
    """One transaction: the kind of command, the flow it belongs to, and the integers of command and results."""

    kind: str
    flow: Flow
    columns: dict[str, int]

    @property
    def amount_fen(self) -> int:
        """What moved."""
        return self.columns[self.flow.amount]


def rows_behind(day: Iterable[DayCommands], *, books: Books, side: Side) -> list[FlowRow]:
    """The rows whose amounts add up to the flow, in order of the log."""
    rows = [row for commands in day for row in _of_commands(commands, books=books, side=side)]
    return sorted(rows, key=lambda row: (row.columns["position"], row.flow.amount))


def _of_commands(commands: DayCommands, *, books: Books, side: Side) -> Iterator[FlowRow]:
    for flow in FLOWS.get(commands.kind, ()):
        if (flow.direction, flow.sort) != (side.direction, side.sort):
            continue
        moved = commands.columns[flow.amount] != 0
        for place in np.flatnonzero(moved & _belongs(commands, flow, books=books, side=side)).tolist():
            columns = {name: int(column[place]) for name, column in commands.columns.items()}
            yield FlowRow(kind=commands.kind, flow=flow, columns=columns)


def _belongs(commands: DayCommands, flow: Flow, *, books: Books, side: Side) -> NDArray[np.bool_]:
    """Where the flow counts for this subject, as `day_flows` counts it."""
    ids = commands.columns[flow.column]
    people = books.column(WALLET, "person")
    if flow.subject_kind == OF_PERSON:
        mine = (people[ids] == side.subject) & (side.subject_kind == OF_PERSON)
        home = books.column(WALLET, "institution")[ids]
    else:
        principals, businesses = (books.column(MERCHANT, name)[ids] for name in ("principal", "business"))
        natural = principals != 0
        subject = np.where(natural, principals, businesses)
        mine = (subject == side.subject) & (np.where(natural, OF_PERSON, OF_MERCHANT) == side.subject_kind)
        home = books.column(MERCHANT, "institution")[ids]
    if flow.not_to:
        mine &= people[ids] != people[commands.columns[flow.not_to]]
    return np.asarray(mine & (home == side.institution), np.bool_)
