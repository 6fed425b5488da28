"""The level payment of what is left, or the level part of principal; found when a loan is drawn and when it changes.

With growth factors g_k = 1 + rate × units_k / basis of the periods that are left, the level payment x solves
    (principal + interest of the running period) = x × (1 + 1/g_2 + 1/(g_2 g_3) + …),
so the last payment differs from the others by rounding alone. Worked number: 1,000.00 over twelve months at 12% a year,
30/360, are 88.85 a month.
"""

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

import numpy as np

from benyuan.consumer_finance.clocks import PPM, basis, clock, denominator, due_day
from benyuan.consumer_finance.instalments.accrual import brought_to
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.rounding import rounded
from benyuan.consumer_finance.vocabulary import (
    METHOD_NUMBER,
    ROUNDING_NUMBER,
    LoanMethod,
)
from benyuan.values.rounding import Rounding

_LEVEL_PAYMENT = METHOD_NUMBER[LoanMethod.equal_instalment.value]
_LEVEL_PRINCIPAL = METHOD_NUMBER[LoanMethod.equal_principal.value]
_MODES = {number: word for word, number in ROUNDING_NUMBER.items()}


def relevelled(terms: LoanTerms, state: LoanState) -> LoanState:
    """The state with its level found anew, over the instalments from the next one to the last."""
    left = state.terms - state.next_number + 1
    by_payment, by_principal = terms.method == _LEVEL_PAYMENT, terms.method == _LEVEL_PRINCIPAL
    level = np.where(by_principal, rounded(state.principal_fen, np.maximum(left, 1), terms.rounding), 0)
    places = np.flatnonzero(by_payment & (state.principal_fen > 0))
    level[places] = [_level_payment(terms, state, place, int(left[place])) for place in places.tolist()]
    return replace(state, level_fen=level)


def _level_payment(terms: LoanTerms, state: LoanState, place: int, left: int) -> int:
    """One loan's level payment, fen."""
    at = slice(place, place + 1)
    one = LoanTerms(**{name: getattr(terms, name)[at] for name in LoanTerms.__slots__})
    held = LoanState(**{name: getattr(state, name)[at] for name in LoanState.__slots__})
    due = brought_to(one, held, held.next_due_on)
    whole = int(denominator(one.day_count)[0])
    owed = Fraction(int(due.principal_fen[0]) * whole + int(due.interest_num[0]), whole)
    factor = annuity_factor(
        rate_ppm=int(one.rate_ppm[0]),
        day_count=int(one.day_count[0]),
        first_due_on=int(one.first_due_on[0]),
        every=int(one.every[0]),
        every_unit=int(one.every_unit[0]),
        number=int(held.next_number[0]),
        left=left,
    )
    return rounded_fraction(owed * factor, mode=_MODES[int(one.rounding[0])])


@lru_cache(maxsize=65_536)  # tidy: number loans of a batch that differ
def annuity_factor(
    *, rate_ppm: int, day_count: int, first_due_on: int, every: int, every_unit: int, number: int, left: int
) -> Fraction:
    """What one of `left` equal payments, from instalment `number` on, is of their worth on the first due day."""
    if rate_ppm == 0 or left <= 1:
        return Fraction(1, max(left, 1))
    numbers = np.arange(number, number + left, dtype=np.int64)
    same = {"count": np.full(left, every), "unit": np.full(left, every_unit)}
    days = due_day(first_on=np.full(left, first_due_on), number=numbers, **same)
    counted = np.full(left, day_count)
    anchor = first_due_on % 100 if every_unit == 0 else 0
    units = np.diff(clock(counted, days, anchor=anchor)).tolist()
    year = int(basis(counted)[0]) * PPM
    worth_of, worth_to = 1, 1  # the worth as a fraction, from the last payment back to the first; exact
    for unit in reversed(units):
        growth = year + rate_ppm * unit
        worth_of, worth_to = worth_to * growth + worth_of * year, worth_to * growth
    return Fraction(worth_to, worth_of)


def rounded_fraction(value: Fraction, *, mode: str) -> int:
    """A positive fraction as a whole number of fen."""
    whole, rest = divmod(value.numerator, value.denominator)
    twice = 2 * rest - value.denominator
    match mode:
        case Rounding.half_up.value:
            return whole + (twice >= 0)
        case Rounding.half_even.value:
            return whole + (twice > 0 or (twice == 0 and whole % 2 == 1))
        case Rounding.up.value:
            return whole + (rest > 0)
        case _:
            return whole
