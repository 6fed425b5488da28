"""Flows of money between lender and borrower, checked: dates or times, amounts above zero, in order of time.

Worked number: an advance of 10,000 and a fee of 200 paid on the same day are one flow of 9,800 to the borrower.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from typing import TypeGuard, TypeVar

from benyuan.consumer_finance.solving import ACCURATE, NoRate
from benyuan.values.errors import BadInput

When = dt.date | Fraction
Flow = tuple[When, Decimal]
Place = TypeVar("Place", dt.date, Fraction, tuple[int, Fraction])
MOST_YEARS = 1_000  # tidy: number what no credit lasts, so that a slip of the pen is not computed
MOST_DIGITS = 24  # tidy: number digits of an amount, far above any currency's
_UNSHOWN: int = 10**MOST_DIGITS  # tidy: number what is too long to be said in an error


@dataclass(frozen=True, slots=True, kw_only=True)
class Flows:
    """Advances and payments, one net amount a date: a date is of the side that is the greater on it."""

    advances: Sequence[tuple[dt.date, Decimal]]
    payments: Sequence[tuple[dt.date, Decimal]]

    @property
    def advance_days(self) -> list[dt.date]:
        """The days of advances, each once."""
        return [when for when, _ in self.advances]

    @property
    def payment_days(self) -> list[dt.date]:
        """The days of payments, each once."""
        return [when for when, _ in self.payments]

    @property
    def begins_on(self) -> dt.date:
        """The first day of all."""
        return min(self.advance_days[0], self.payment_days[0])


def dated(advances: Iterable[Flow], payments: Iterable[Flow]) -> Flows:
    """Flows that all stand on dates, netted before anything is found from them. Raises BadInput and NoRate."""
    out, back = _dated("advances", advances), _dated("payments", payments)
    net = netted([*out, *((when, amount.copy_negate()) for when, amount in back)])
    check_both_ways([amount for _, amount in net])
    return Flows(
        advances=[(when, amount) for when, amount in net if amount > 0],
        payments=[(when, amount.copy_negate()) for when, amount in net if amount < 0],
    )


def _dated(field: str, flows: Iterable[Flow]) -> list[tuple[dt.date, Decimal]]:
    held = []
    for when, amount in checked(field, flows):
        if type(when) is not dt.date:
            raise BadInput(field, str(when), "a date; times in years are for the method `eu`")
        held.append((when, amount))
    return held


def listed(field: str, flows: Iterable[Flow]) -> list[Flow]:
    """Flows that may be asked for more than once. Raises BadInput."""
    if not isinstance(flows, Iterable):
        raise BadInput(field, flows, "pairs (when, amount) in a list")
    return list(flows)


def checked(field: str, flows: Iterable[object]) -> list[Flow]:
    """Pairs of a date or a time in years, and an amount above zero; at least one. Raises BadInput."""
    held = [_checked(field, flow) for flow in flows]
    if not held:
        raise BadInput(field, held, "at least one flow")
    return held


def _checked(field: str, flow: object) -> Flow:
    if not isinstance(flow, tuple) or len(flow) != 2:
        raise BadInput(field, flow, "pairs (when, amount)")
    when, amount = flow
    if type(when) is not dt.date and not is_time(when):
        raise BadInput(field, when, "a date, or for `eu` a time in years as a Fraction")
    if not isinstance(amount, Decimal) or not amount.is_finite() or amount <= 0:
        raise BadInput(field, amount, "a Decimal above zero")
    if not -MOST_DIGITS < amount.adjusted() < MOST_DIGITS:
        raise BadInput(field, amount, f"an amount between 10^-{MOST_DIGITS} and 10^{MOST_DIGITS}")
    if is_time(when):
        return _checked_time(field, Fraction(when)), amount
    assert isinstance(when, dt.date)
    return when, amount


def _checked_time(field: str, time: Fraction) -> Fraction:
    if abs(time) > MOST_YEARS:
        shown = str(time) if abs(time) < _UNSHOWN else f"more than 10^{MOST_DIGITS}"
        raise BadInput(field, shown, f"a time within {MOST_YEARS} years of the first drawdown")
    return time


def is_time(when: object) -> TypeGuard[int | Fraction]:
    """Whether it is a time in years: a fraction, or a whole number of years."""
    return isinstance(when, Fraction) or type(when) is int


def netted(placed: Iterable[tuple[Place, Decimal]]) -> list[tuple[Place, Decimal]]:
    """One amount for each place, advances positive and payments negative, in order; what cancels out is left out."""
    totals: dict[Place, Decimal] = {}
    with localcontext(ACCURATE):
        for place, amount in placed:
            totals[place] = totals.get(place, Decimal(0)) + amount  # tidy: number nothing yet
    return [(place, totals[place]) for place in sorted(totals) if totals[place]]


def sign_changes(amounts: Sequence[Decimal]) -> int:
    """How often amounts in order of time change from out to in or back."""
    return sum((one > 0) != (two > 0) for one, two in pairwise(amounts))


def check_both_ways(amounts: Sequence[Decimal]) -> None:
    """Money goes out and comes in. Raises NoRate."""
    if not any(amount > 0 for amount in amounts) or not any(amount < 0 for amount in amounts):
        raise NoRate(
            "payments",
            [str(amount) for amount in amounts],
            "flows in both directions, after those of one day are netted",
        )
