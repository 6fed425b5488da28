"""Flows made from the rates that they shall have: every one is found, and none besides."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from benyuan.consumer_finance.curves import unit_rates, yearly_rates
from benyuan.consumer_finance.flows import sign_changes

GROWTHS = st.integers(min_value=50, max_value=400).map(lambda percent: Fraction(percent, 100))
ROOTLESS = st.integers(min_value=1, max_value=9)
STEP = Decimal("1e-12")


def expanded(growths: list[Fraction], rootless: list[int]) -> list[Decimal]:
    """The flows, one a year, whose worth is the product of (x - growth) and of (x squared + number)."""
    product = [Fraction(1)]
    for factor in [
        *([Fraction(1), -growth] for growth in growths),
        *([Fraction(1), Fraction(0), Fraction(n)] for n in rootless),
    ]:
        longer = [Fraction(0)] * (len(product) + len(factor) - 1)
        for one, left in enumerate(product):
            for two, right in enumerate(factor):
                longer[one + two] += left * right
        product = longer
    return [Decimal(amount.numerator) / Decimal(amount.denominator) for amount in product]


@given(st.lists(GROWTHS, min_size=1, max_size=4, unique=True), st.lists(ROOTLESS, max_size=1))
def test_every_rate_is_found_and_no_other(growths: list[Fraction], rootless: list[int]) -> None:
    amounts = expanded(growths, rootless)
    wanted = [Decimal(growth.numerator) / Decimal(growth.denominator) - 1 for growth in sorted(growths)]
    yearly = yearly_rates([(Fraction(year), amount) for year, amount in enumerate(amounts) if amount])
    by_unit = unit_rates([((year, Fraction(0)), amount) for year, amount in enumerate(amounts) if amount])
    assert [rate.quantize(STEP) for rate in yearly] == [rate.quantize(STEP) for rate in wanted]
    assert [rate.quantize(STEP) for rate in by_unit] == [rate.quantize(STEP) for rate in wanted]


@given(st.lists(ROOTLESS, min_size=1, max_size=3), GROWTHS)
def test_no_rate_is_found_where_there_is_none(rootless: list[int], growth: Fraction) -> None:
    """(x - growth) squared, and a little more, never comes down to nought."""
    amounts = expanded([growth, growth], rootless)
    amounts[-1] += Decimal("0.001")
    flows = [(Fraction(year), amount) for year, amount in enumerate(amounts) if amount]
    if sign_changes([amount for _, amount in flows]):
        assert yearly_rates(flows) == []
