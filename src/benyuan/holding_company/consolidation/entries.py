"""Trial balances of a group's bodies as columns, and what makes them fit to be consolidated.

A row is what a body has on a line, with the body of the group that it has it with, 0 for everybody else. Worked number:
debits of 100.00 and credits of 99.99 are refused with body, period and both sums.
"""

from collections.abc import Collection
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from benyuan.holding_company.consolidation.chart import Chart
from benyuan.values.errors import BadInput
from benyuan.values.sums import exact_sum

Ints = NDArray[np.int64]
LARGEST_FEN = (1 << 62) - 1  # tidy: number sums of 64 bits
_TABLE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Rows as columns of one length. `sent`: the number of the return that a row came in. Amounts in fen."""

    body: Ints
    line: Ints
    counterparty: Ints
    debit_fen: Ints
    credit_fen: Ints
    sent: Ints

    def __len__(self) -> int:
        return len(self.body)

    def rows(self, kept: NDArray[np.bool_]) -> "Entries":
        """Those rows that a mask keeps."""
        return Entries(**{each.name: getattr(self, each.name)[kept] for each in fields(self)})

    @property
    def net_fen(self) -> Ints:
        """Debits less credits of each row."""
        made: Ints = self.debit_fen - self.credit_fen
        return made


def together(parts: Collection[Entries]) -> Entries:
    """Several in one, in their order."""
    return Entries(
        **{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Entries)}
    )


def checked_entries(entries: Entries, *, chart: Chart, period: int) -> Entries:
    """The entries, where each body's trial balance came once and balances.

    Errors: BadInput names body, period and figures: for a line that is unknown, an amount below nought, a body that is
    its own counterparty, a trial balance that came twice or does not balance, a row that stands twice in one.
    """
    _rows_make_sense(entries, chart)
    places, bodies = numbered(entries.body)
    _came_once(entries, places, bodies, period=period)
    _no_row_twice(entries, places, period=period)
    columns = (entries.debit_fen, entries.credit_fen)
    debits, credits_ = (sums_by(places, column, count=len(bodies)) for column in columns)
    wrong = np.flatnonzero(debits != credits_)
    if len(wrong):
        at = int(wrong[0])
        told = f"body {int(bodies[at])}, {period}: debits {int(debits[at])}, credits {int(credits_[at])} fen"
        raise BadInput("return", told, "a trial balance whose debits and credits come to the same")
    return entries


def _rows_make_sense(entries: Entries, chart: Chart) -> None:
    outside = (entries.line < 0) | (entries.line >= len(chart.known))
    _first(outside | ~chart.known[np.where(outside, 0, entries.line)], entries, "line", "a line of the chart")
    for name in ("debit_fen", "credit_fen"):
        column = getattr(entries, name)
        _first(column < 0, entries, name, "an amount of nought or more")
        if exact_sum(column) > LARGEST_FEN:
            raise BadInput(name, exact_sum(column), f"amounts that come to {LARGEST_FEN} fen at most")
    _first(entries.body == entries.counterparty, entries, "counterparty", "another body than the row's own")


def _first(wrong: NDArray[np.bool_], entries: Entries, name: str, asked: str) -> None:
    places = np.flatnonzero(wrong)
    if len(places):
        value = int(getattr(entries, name)[places[0]])
        raise BadInput(name, f"{value} (body {int(entries.body[places[0]])})", asked)


def _came_once(entries: Entries, places: Ints, bodies: Ints, *, period: int) -> None:
    first = np.zeros(len(bodies), np.int64)
    first[places] = entries.sent
    others = np.flatnonzero(first[places] != entries.sent)
    if len(others):
        body = int(entries.body[others].min())
        mine = entries.body == body
        told = [
            f"return {sent}: debits {int(entries.debit_fen[rows].sum())}, credits {int(entries.credit_fen[rows].sum())}"
            for sent in np.unique(entries.sent[mine]).tolist()
            for rows in [mine & (entries.sent == sent)]
        ]
        raise BadInput("return", f"body {body}, {period}: {'; '.join(told)} fen", "one trial balance a period")


def _no_row_twice(entries: Entries, places: Ints, *, period: int) -> None:
    others, known = numbered(entries.counterparty)
    key = (places * (int(entries.line.max(initial=0)) + 1) + entries.line) * len(known) + others
    ordered = np.sort(key)
    again = ordered[1:][np.diff(ordered) == 0]
    if len(again):
        first, second = np.flatnonzero(key == again[0])[:2].tolist()
        body, line, other = (int(column[first]) for column in (entries.body, entries.line, entries.counterparty))
        amounts = f"{int(entries.net_fen[first])} and {int(entries.net_fen[second])} fen"
        told = f"body {body}, {period}: line {line}, counterparty {other}: {amounts}"
        raise BadInput("return", told, "one row for each line and counterparty")


def numbered(column: Ints) -> tuple[Ints, Ints]:
    """The place of each row's value among those that there are, and these in order.

    Where values are small whole numbers, as numbers of bodies are, a table does it; else they are sorted.
    """
    least, most = int(column.min(initial=0)), int(column.max(initial=0))
    if least < 0 or most > _TABLE * max(1, len(column)):
        values, places = np.unique(column, return_inverse=True)
        return places.astype(np.int64), values
    there = np.zeros(most + 1, bool)
    there[column] = True
    return (np.cumsum(there) - 1)[column], np.flatnonzero(there)


def sums_by(places: Ints, amounts: Ints, *, count: int) -> Ints:
    """Exact sums of amounts at each of `count` places."""
    made = np.zeros(count, np.int64)
    np.add.at(made, places, amounts)
    return made
