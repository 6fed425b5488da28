"""The figures of bodies as they stood on a day, as far as was known at a position of the log.

Worked number: total assets as of 20241231 and 20251231: on 20260101 the latter are the latest, on 20251230 the former.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benyuan.parties.bodies.records import BODY_FIGURE, FIGURE_KEY
from benyuan.parties.bodies.vocabulary import BASIS_NUMBER, FIGURE_NUMBER, Basis, Figure
from benyuan.parties.ownership.dated import Column, rows_in_force

EITHER = (Basis.own, Basis.consolidated)
"""The body's own accounts, or consolidated ones where there are no others."""
OWN, CONSOLIDATED = (Basis.own,), (Basis.consolidated,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One figure: in fen, of which day, from which accounts; `position`: of the command with its source."""

    body: int
    figure: Figure
    basis: Basis
    amount_fen: int
    as_of: int
    position: int


class Figures:
    """All figures of a day. What was asked for and found is kept in `used`, so that an answer can tell its sources."""

    def __init__(self, column: Column, *, on: int, seen: int) -> None:
        figures = {number: Figure(word) for word, number in FIGURE_NUMBER.items()}
        bases = {number: Basis(word) for word, number in BASIS_NUMBER.items()}
        self._held: dict[tuple[int, Figure, Basis], dict[int, Amount]] = {}
        self.used: set[Amount] = set()
        for row in rows_in_force(column, BODY_FIGURE, key=FIGURE_KEY, on=on, seen=seen):
            amount = Amount(
                body=row["body"],
                figure=figures[row["figure"]],
                basis=bases[row["basis"]],
                amount_fen=row["amount_fen"],
                as_of=row["from_date"],
                position=row["position"],
            )
            self._held.setdefault((amount.body, amount.figure, amount.basis), {})[amount.as_of] = amount

    def latest(self, body: int, figure: Figure, bases: Sequence[Basis] = EITHER) -> int | None:
        """The latest in fen, of the first of these accounts that have any; None where nobody has recorded one."""
        found = self.amount(body, figure, bases)
        return None if found is None else found.amount_fen

    def amount(self, body: int, figure: Figure, bases: Sequence[Basis] = EITHER) -> Amount | None:
        """The latest, with its day and where it was recorded."""
        for basis in bases:
            held = self._held.get((body, figure, basis))
            if held:
                self._use(held[max(held)])
                return held[max(held)]
        return None

    def of_day(self, body: int, figure: Figure, day: int) -> Amount | None:
        """That of a certain day (yyyymmdd), of the body's own accounts."""
        found = self._held.get((body, figure, Basis.own), {}).get(day)
        if found is not None:
            self._use(found)
        return found

    def together(self, body: int, figures: Sequence[Figure], basis: Basis) -> Mapping[int, tuple[int, ...]]:
        """By day, in fen, all days of which every one of these figures is recorded, in order of the day."""
        held = [self._held.get((body, figure, basis), {}) for figure in figures]
        days = sorted(set.intersection(*(set(each) for each in held)))
        return {day: tuple(self._use(each[day]) for each in held) for day in days}

    def pair(self, body: int, first: Figure, second: Figure, basis: Basis) -> tuple[int | None, int | None]:
        """Two figures of the latest day that has both; None and None where none has."""
        held = [self._held.get((body, figure, basis), {}) for figure in (first, second)]
        days = set(held[0]) & set(held[1])
        if not days:
            return None, None
        one, other = (self._use(each[max(days)]) for each in held)
        return one, other

    def by_year(self, body: int, figure: Figure, years: Sequence[int]) -> dict[int, int]:
        """The figure of the accounts that end with each of these years, in fen, own accounts first."""
        found = {}
        for year in years:
            ends = year * A_YEAR + YEAR_ENDS
            for basis in EITHER:
                held = self._held.get((body, figure, basis), {})
                if year not in found and ends in held:
                    found[year] = self._use(held[ends])
        return found

    def _use(self, amount: Amount) -> int:
        self.used.add(amount)
        return amount.amount_fen


A_YEAR, YEAR_ENDS = 10_000, 1_231
"""A date as yyyymmdd: its year, and the last day of one, on which accounting years end."""
