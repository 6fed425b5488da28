"""Rounding of exact amounts, with its mode named: half-up, half-even, up or down.

Amounts come in as fractions, so a half is a half: nothing was rounded before. Worked number: 2.125 at two decimals is
2.13 half-up, 2.12 half-even, 2.13 up and 2.12 down.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class Rounding(StrEnum):
    """How an amount between two steps becomes one of them; all are symmetric about nought."""

    half_up = "half-up"
    half_even = "half-even"
    up = "up"
    down = "down"


def has_decimals(amount: Decimal, *, decimals: int) -> bool:
    """Whether a finite amount is a whole number of the smallest unit; noughts at its end don't matter."""
    _, digits, exponent = amount.as_tuple()
    assert isinstance(exponent, int)
    surplus = -exponent - decimals
    return surplus <= 0 or not any(digits[-surplus:])


def rounded(amount: Fraction, *, decimals: int, rounding: Rounding) -> Decimal:
    """The amount with this many decimals, exactly as the mode says. `up` goes away from nought, `down` towards it."""
    scale: int = 10**decimals
    whole, rest = divmod(abs(amount.numerator) * scale, amount.denominator)
    if _goes_up(whole, twice=2 * rest, denominator=amount.denominator, rounding=rounding):
        whole += 1
    digits = tuple(map(int, str(whole)))
    return Decimal((int(amount < 0 and whole > 0), digits, -decimals))


def _goes_up(whole: int, *, twice: int, denominator: int, rounding: Rounding) -> bool:
    match rounding:
        case Rounding.half_up:
            return twice >= denominator
        case Rounding.half_even:
            return twice > denominator or (twice == denominator and whole % 2 == 1)
        case Rounding.up:
            return twice > 0
        case Rounding.down:
            return False
