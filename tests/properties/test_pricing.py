"""Rates price their flows to nought, and schedules add up, whatever the loan."""

import datetime as dt
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from hypothesis import assume, given, reject, settings
from hypothesis import strategies as st

from benyuan.consumer_finance.flows import dated
from benyuan.consumer_finance.pricing import annualised_rate
from benyuan.consumer_finance.schedule import Instalment, PaymentBelowInterest, schedule
from benyuan.consumer_finance.solving import NoRate
from benyuan.consumer_finance.unit_periods import unit_period_of, units_between
from benyuan.values.daycount import DayCount
from benyuan.values.periods import anchor_of
from benyuan.values.rounding import Rounding

EXACT = Context(prec=50)
DAYS = st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2030, 1, 1))
AMOUNTS = st.integers(min_value=1, max_value=10**9).map(lambda fen: Decimal(fen).scaleb(-2))
RATES = st.integers(min_value=0, max_value=600_000).map(lambda ppm: Decimal(ppm).scaleb(-6))


@st.composite
def loans(draw: st.DrawFn) -> dict[str, Any]:
    disbursed_on = draw(DAYS)
    return {
        "principal": draw(AMOUNTS),
        "annual_rate": draw(RATES),
        "terms": draw(st.integers(min_value=1, max_value=60)),
        "frequency": draw(st.sampled_from(["1 month", "2 months", "3 months", "1 week", "2 week", "15 day", "1 day"])),
        "method": draw(st.sampled_from(["equal-instalment", "equal-principal", "bullet"])),
        "day_count": draw(st.sampled_from([each.value for each in DayCount])),
        "rounding": draw(st.sampled_from([each.value for each in Rounding])),
        "disbursed_on": disbursed_on,
        "first_due": disbursed_on + dt.timedelta(days=draw(st.integers(min_value=1, max_value=75))),
    }


def rows_of(loan: dict[str, Any]) -> list[Instalment]:
    try:
        return schedule(**loan)
    except PaymentBelowInterest:
        return []


@given(loans())
def test_schedules_add_up(loan: dict[str, Any]) -> None:
    balance = loan["principal"]
    rows = rows_of(loan)
    for number, row in enumerate(rows, start=1):
        assert row.n == number
        assert row.payment == row.principal + row.interest
        assert row.balance == balance - row.principal
        assert min(row.principal, row.interest, row.balance) >= 0
        balance = row.balance
    if rows:
        assert balance == 0
        assert sum((row.principal for row in rows), start=Decimal(0)) == loan["principal"]
        assert all(one.due < two.due for one, two in pairwise(rows))


@given(loans())
def test_level_instalments_differ_at_the_end_alone_and_by_little(loan: dict[str, Any]) -> None:
    rows = rows_of({**loan, "method": "equal-instalment", "rounding": "half-even"})
    full = [row for row in rows[:-1] if row.balance]
    assert len({row.payment for row in full}) <= 1
    if full and len(full) == len(rows) - 1:  # each rounding is at most a fen, and carries interest to the end
        growth = (1 + loan["annual_rate"] * Decimal("0.26")) ** len(rows)  # no period is longer than 0.26 years
        assert abs(rows[-1].payment - full[0].payment) <= Decimal("0.01") * (len(rows) + 1) * growth


@st.composite
def flows(draw: st.DrawFn) -> tuple[list[tuple[dt.date, Decimal]], list[tuple[dt.date, Decimal]]]:
    """Advances, and payments after them, of at least nine tenths of what was advanced."""
    start = draw(DAYS)
    gaps = draw(st.lists(st.integers(min_value=1, max_value=200), min_size=2, max_size=12))
    dates = [start + dt.timedelta(days=sum(gaps[:number])) for number in range(len(gaps) + 1)]
    cut = draw(st.integers(min_value=1, max_value=len(dates) - 1))
    advances = [(date, draw(AMOUNTS)) for date in dates[:cut]]
    lent = sum((amount for _, amount in advances), start=Decimal(0))
    parts = [draw(st.integers(min_value=90, max_value=250)) for _ in dates[cut:]]
    share = EXACT.divide(lent, Decimal(100 * len(parts)))
    return advances, [
        (date, EXACT.multiply(share, Decimal(part))) for date, part in zip(dates[cut:], parts, strict=True)
    ]


def worth(signed: list[tuple[Fraction, Decimal]], rate: Decimal) -> Decimal:
    total = Decimal(0)
    for years, amount in signed:
        power = EXACT.divide(Decimal(years.numerator), Decimal(years.denominator))
        total = EXACT.add(total, EXACT.divide(amount, EXACT.power(EXACT.add(1, rate), power)))
    return total


@given(flows())
def test_the_rate_prices_the_flows_to_nought(
    loan: tuple[list[tuple[dt.date, Decimal]], list[tuple[dt.date, Decimal]]],
) -> None:
    """Times in years, where every rate has a plain equation: a step of the last decimal changes the sign."""
    advances, payments = loan
    start = advances[0][0]
    out = [(Fraction((when - start).days, 365), amount) for when, amount in advances]
    back = [(Fraction((when - start).days, 365), amount) for when, amount in payments]
    try:
        found = annualised_rate(advances=out, payments=back, method="eu")
    except NoRate:
        reject()
    assume(Decimal("-0.999") < found < 10**6)  # beyond, a step of the last decimal is too coarse or too fine
    signed = [*out, *((when, amount.copy_negate()) for when, amount in back)]
    step = Decimal("1e-12")
    assert worth(signed, found - step) < 0 < worth(signed, found + step)


@given(flows())
def test_the_actuarial_rate_solves_the_general_equation(
    loan: tuple[list[tuple[dt.date, Decimal]], list[tuple[dt.date, Decimal]]],
) -> None:
    advances, payments = loan
    try:
        found = annualised_rate(advances=advances, payments=payments, method="us-actuarial")
    except NoRate:
        reject()  # a loss of all but 10^-20 in a unit-period
    held = dated(advances, payments)
    period = unit_period_of(held, None).period
    step = Decimal("1e-12")

    def worth_at(annual: Decimal) -> Decimal:
        rate = EXACT.divide(annual * period.a_year.denominator, Decimal(period.a_year.numerator))
        total = Decimal(0)
        for sign, kind, days in ((1, advances, held.advance_days), (-1, payments, held.payment_days)):
            for when, amount in kind:
                whole, part = units_between(held.begins_on, when, unit=period, anchor=anchor_of(days))
                odd = 1 + EXACT.divide(rate * part.numerator, Decimal(part.denominator))
                total += sign * EXACT.divide(amount, EXACT.multiply(odd, EXACT.power(1 + rate, whole)))
        return total

    assert worth_at(found - step) < 0 < worth_at(found + step)


@given(flows())
def test_simple_is_never_above_compound(
    loan: tuple[list[tuple[dt.date, Decimal]], list[tuple[dt.date, Decimal]]],
) -> None:
    advances, payments = loan
    try:
        compound = annualised_rate(advances=advances, payments=payments, method="irr-compound")
    except NoRate:
        reject()  # a gain of a quarter within two days: more than 10^20 a year
    assert annualised_rate(advances=advances, payments=payments, method="irr-simple") <= compound


@settings(max_examples=50)
@given(loans())
def test_a_schedule_by_whole_months_costs_its_own_rate(loan: dict[str, Any]) -> None:
    """Interest alone, by 30/360 and whole months: what is paid yields the rate that was asked, but for rounded fen."""
    terms = {"frequency": "1 month", "method": "equal-instalment", "day_count": "30/360", "rounding": "half-even"}
    regular = {"disbursed_on": dt.date(2026, 1, 15), "first_due": dt.date(2026, 2, 15), "principal": Decimal(10**6)}
    rows = schedule(**{**loan, **terms, **regular})
    found = annualised_rate(
        advances=[(dt.date(2026, 1, 15), Decimal(10**6))],
        payments=[(row.due, row.payment) for row in rows],
        method="irr-simple" if len(rows) > 1 else "us-actuarial",
    )
    assert abs(found - loan["annual_rate"]) < Decimal("1e-6")
