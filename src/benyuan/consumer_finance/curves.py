"""What flows are worth at a rate, as curves whose roots `solving` finds.

Two kinds: flows discounted by compound interest, over the logarithm of the yearly rate; and the general equation of
Regulation Z, Appendix J (b)(8), over the rate of a unit-period, with simple interest for the fraction of one.
Worked number: 100 out and 121 in after two years is nought at a logarithm of 0.0953, which is 10% a year.
"""

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from benyuan.consumer_finance.flows import sign_changes
from benyuan.consumer_finance.solving import (
    ACCURATE,
    HIGHEST,
    ONE,
    ZERO,
    Curve,
    Sums,
    all_roots,
    refined,
)

Timed = Sequence[tuple[Fraction, Decimal]]
Placed = Sequence[tuple[tuple[int, Fraction], Decimal]]
LOWEST = ACCURATE.subtract(ACCURATE.divide(ONE, HIGHEST), ONE)
LOWEST_OF_SEVERAL = ONE.scaleb(-2) - ONE  # tidy: number a loss of 99% in a unit-period, where rates may be several
FIRST_STEP = ONE.scaleb(-1)  # tidy: number the first stretch away from nought that is looked at


def yearly_rates(flows: Timed) -> list[Decimal]:
    """Every yearly rate, compound, that prices flows at times in years to nought; flows in order of time."""
    widest = ACCURATE.ln(HIGHEST)
    gains = _roots(discounted(flows), [amount for _, amount in flows], low=ZERO, high=widest)
    mirrored = [(flows[-1][0] - time, amount) for time, amount in reversed(flows)]
    losses = _roots(discounted(mirrored), [amount for _, amount in mirrored], low=ZERO, high=widest)
    logarithms = sorted(set(gains) | {root.copy_negate() for root in losses})
    return [ACCURATE.subtract(ACCURATE.exp(root), ONE) for root in logarithms]


def unit_rates(flows: Placed) -> list[Decimal]:
    """Every rate of a unit-period that solves the general equation; flows in order of time."""
    amounts = [amount for _, amount in flows]
    curve, low = general_equation(flows), lowest_of_unit(amounts)
    return sorted({*_roots(curve, amounts, low=low, high=ZERO), *_roots(curve, amounts, low=ZERO, high=HIGHEST)})


def lowest_of_unit(amounts: Sequence[Decimal]) -> Decimal:
    """Where the search for a unit-period's rates begins: at a loss of all but 10^-20, or of 99% if several may be."""
    return LOWEST_OF_SEVERAL if sign_changes(amounts) > 1 else LOWEST


def _roots(curve: Curve, amounts: Sequence[Decimal], *, low: Decimal, high: Decimal) -> list[Decimal]:
    """Every root between two rates, of which nought is one.

    Where amounts change sign once there is at most one, and it is looked for outwards from nought.
    """
    if sign_changes(amounts) > 1:
        return all_roots(curve, low=low, high=high)
    near, far = (low, high) if low == 0 else (high, low)
    rising, left, step = curve(near).value > 0, near, FIRST_STEP
    if curve(near).value == 0:
        return [near]
    while left != far:
        right = min(near + step, far) if far > near else max(near - step, far)
        if (curve(right).value > 0) != rising:
            return [refined(curve, low=min(left, right), high=max(left, right))]
        left, step = right, 4 * step
    return []


def discounted(flows: Timed) -> Curve:
    """Flows times e to the minus logarithm times years after the first one."""
    first = flows[0][0]
    gaps = [time - earlier for (time, _), earlier in zip(flows, [first, *(time for time, _ in flows)], strict=False)]
    times = [_decimal(time - first) for time, _ in flows]
    lengths, numbers = _numbered(gaps)

    def curve(logarithm: Decimal) -> Sums:
        with localcontext(ACCURATE):
            factors = [(-logarithm * gap).exp() for gap in lengths]
            held, factor = _Adding(), ONE
            for number, time, (_, amount) in zip(numbers, times, flows, strict=True):
                factor *= factors[number]
                held.add(amount * factor, time)
            return held.sums()

    return curve


def general_equation(flows: Placed) -> Curve:
    """Flows over (1 + fraction times rate) times (1 + rate) to the whole unit-periods."""
    wholes = [whole for (whole, _), _ in flows]
    gaps = [whole - before for whole, before in zip(wholes, [0, *wholes], strict=False)]
    parts, numbers = _numbered([part for (_, part), _ in flows])

    def curve(rate: Decimal) -> Sums:
        with localcontext(ACCURATE) as context:
            grown = ONE + rate
            odd = [ONE + part * rate for part in parts]
            falls = [context.divide(part, base) for part, base in zip(parts, odd, strict=True)]
            each = context.divide(ONE, grown)
            powers = {gap: context.power(each, gap) for gap in set(gaps)}
            held, factor = _Adding(), ONE
            for gap, number, ((whole, _), amount) in zip(gaps, numbers, flows, strict=True):
                factor *= powers[gap]
                held.add(context.divide(amount * factor, odd[number]), falls[number] + whole * each)
            return held.sums()

    return curve


class _Adding:
    """Terms, added up by their sign."""

    __slots__ = ("_minus", "_minus_fall", "_plus", "_plus_fall")

    def __init__(self) -> None:
        self._plus = self._minus = self._plus_fall = self._minus_fall = ZERO

    def add(self, worth: Decimal, fall: Decimal) -> None:
        """A term, and how fast it falls for each unit of its worth."""
        if worth > 0:
            self._plus += worth
            self._plus_fall += worth * fall
        else:
            self._minus -= worth
            self._minus_fall -= worth * fall

    def sums(self) -> Sums:
        """All terms so far."""
        return Sums(plus=self._plus, minus=self._minus, plus_fall=self._plus_fall, minus_fall=self._minus_fall)


def _numbered(lengths: Sequence[Fraction]) -> tuple[list[Decimal], list[int]]:
    """The different lengths, and for each of all its number among them: a curve is evaluated many times."""
    places = {length: place for place, length in enumerate(dict.fromkeys(lengths))}
    return [_decimal(length) for length in places], [places[length] for length in lengths]


def _decimal(number: Fraction) -> Decimal:
    return ACCURATE.divide(Decimal(number.numerator), Decimal(number.denominator))
