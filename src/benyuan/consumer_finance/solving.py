"""Rates that price flows to nought: all of them, each found with certainty.

A curve is a sum of terms, each an amount times a positive factor that falls as the rate rises. Over a stretch of rates
the sum then lies between two bounds taken at its ends, and so does its slope. A stretch whose bounds leave out nought,
or whose slope is too small to reach it, has no rate; one whose slope keeps its sign has one at the most; any other is
halved.
Worked number: 100 out, 230 in after a year and 132 out after two years are priced to nought by 10% and by 20%.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, localcontext

from benyuan.values.errors import BadInput

ZERO, ONE, TWO = Decimal(0), Decimal(1), Decimal(2)  # tidy: number plain arithmetic
DIGITS = 60  # tidy: number digits carried, for twelve decimals of a rate
ACCURATE = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, Emax=MAX_EMAX, Emin=MIN_EMIN)
HIGHEST = Decimal(10) ** 20  # tidy: number above it no rate is looked for
NARROWEST = ONE.scaleb(-14)  # tidy: number a stretch that is not halved any more: two rates in it count as one
EXACT = ONE.scaleb(-40)  # tidy: number how near a rate is found
ROUNDS = 400  # tidy: number of halvings at the most, twice what the widest stretch takes
STRETCHES = 20_000  # tidy: number of stretches at the most: flows worth next to nothing at every rate take no end


class NoRate(BadInput):
    """No rate prices these flows to nought."""


class SeveralRates(BadInput):
    """More than one rate prices these flows to nought; `rates` has them all, ascending."""

    def __init__(self, field: str, value: object, *, rates: Sequence[Decimal]) -> None:
        found = ", ".join(str(rate) for rate in rates)
        super().__init__(field, value, f"flows that one rate prices to nought; these are by {found}")
        self.rates = tuple(rates)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """At one rate: the positive and the negative terms apart, and how fast each falls. All four are not negative."""

    plus: Decimal
    minus: Decimal
    plus_fall: Decimal
    minus_fall: Decimal

    @property
    def value(self) -> Decimal:
        """What the flows are worth."""
        return ACCURATE.subtract(self.plus, self.minus)


Curve = Callable[[Decimal], Sums]


def all_roots(curve: Curve, *, low: Decimal, high: Decimal) -> list[Decimal]:
    """Every root of a curve between two rates, ascending. Two closer than 10^-14 count as one."""
    roots: list[Decimal] = []
    with localcontext(ACCURATE):
        for root in _scan(curve, low, high):
            if not roots or root - roots[-1] > 4 * NARROWEST:
                roots.append(root)
    return roots


def _scan(curve: Curve, low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """Stretches from the left to the right, halved where they don't tell yet. Raises BadInput after too many."""
    stack, looked_at = [(low, curve(low), high, curve(high))], 0
    while stack:
        looked_at += 1
        if looked_at > STRETCHES:
            words = f"flows whose rates can be told apart; {STRETCHES} stretches of rates did not do, as all are near"
            raise BadInput("payments", "flows to and fro", words)
        left, at_left, right, at_right = stack.pop()
        if at_right.plus - at_left.minus > 0 or at_left.plus - at_right.minus < 0:
            continue
        if _keeps_its_sign(at_left, at_right, right - left):
            continue
        if _falls_or_rises(at_left, at_right):
            if at_left.value == 0:
                yield left
            elif at_right.value == 0:
                yield right
            elif (at_left.value > 0) != (at_right.value > 0):
                yield refined(curve, low=left, high=right)
        elif right - left < NARROWEST:
            yield ACCURATE.divide(left + right, TWO)
        else:
            middle = ACCURATE.divide(left + right, TWO)
            at_middle = curve(middle)
            stack += [(middle, at_middle, right, at_right), (left, at_left, middle, at_middle)]


def _keeps_its_sign(left: Sums, right: Sums, width: Decimal) -> bool:
    """Whether the curve can't come down to nought between two ends of one sign: its slope is too small for that.

    From either end a straight line of the steepest slope possible; where they meet, the curve is still on its side.
    """
    steepest_down, steepest_up = right.minus_fall - left.plus_fall, left.minus_fall - right.plus_fall
    one, two = left.value, right.value
    if one < 0:
        one, two = one.copy_negate(), two.copy_negate()
        steepest_down, steepest_up = steepest_up.copy_negate(), steepest_down.copy_negate()
    if one <= 0 or two <= 0:
        return False
    if steepest_down >= 0 or steepest_up <= 0:
        return True
    return one * steepest_up - two * steepest_down + steepest_down * steepest_up * width > 0


def _falls_or_rises(left: Sums, right: Sums) -> bool:
    """Whether the slope has one sign all over the stretch; falls themselves get smaller to the right."""
    return right.plus_fall > left.minus_fall or left.plus_fall < right.minus_fall


def refined(curve: Curve, *, low: Decimal, high: Decimal) -> Decimal:
    """The root between two rates at which the curve has different signs, by Newton's steps that stay between them."""
    with localcontext(ACCURATE):
        return _refined(curve, low, high)


def _refined(curve: Curve, low: Decimal, high: Decimal) -> Decimal:
    """A step of Newton's that does not halve the last one gives way to a halving: near a pole they creep."""
    rising, last = curve(high).value > 0, high - low
    rate = ACCURATE.divide(low + high, TWO)
    for _ in range(ROUNDS):
        at = curve(rate)
        if at.value == 0:
            return rate
        low, high = (low, rate) if (at.value > 0) == rising else (rate, high)
        slope = at.minus_fall - at.plus_fall
        step = rate - ACCURATE.divide(at.value, slope) if slope else low
        if not low < step < high or 2 * abs(step - rate) > last:
            step = ACCURATE.divide(low + high, TWO)
        if abs(step - rate) <= EXACT * max(ONE, abs(step)):
            return step
        rate, last = step, abs(step - rate)
    return rate
