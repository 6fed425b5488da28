"""Schedules that can not be: each refused with field, value and constraint, in the order in which they are checked."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from benyuan.consumer_finance.schedule import PaymentBelowInterest, schedule
from benyuan.values import BadInput

LOAN: dict[str, Any] = {
    "principal": Decimal(1000),
    "annual_rate": Decimal("0.12"),
    "terms": 12,
    "frequency": "1 month",
    "method": "equal-instalment",
    "day_count": "30/360",
    "rounding": "half-up",
    "disbursed_on": dt.date(2026, 1, 15),
    "first_due": dt.date(2026, 2, 15),
}


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("decimals", -1, "a whole number from 0 to 8"),
        ("decimals", 9, "a whole number from 0 to 8"),
        ("decimals", True, "a whole number from 0 to 8"),
        ("terms", 0, "a whole number from 1 to 9999"),
        ("terms", -3, "a whole number from 1 to 9999"),
        ("terms", 10_000, "a whole number from 1 to 9999"),
        ("terms", "12", "a whole number from 1 to 9999"),
        ("principal", Decimal(0), "a Decimal above zero"),
        ("principal", Decimal(-1), "a Decimal above zero"),
        ("principal", Decimal("NaN"), "a Decimal above zero"),
        ("principal", 1000.0, "a Decimal above zero"),
        ("principal", Decimal("1e16"), "less than 10 to the power of 16"),
        ("principal", Decimal("1000.001"), "at most 2 decimals"),
        ("principal", Decimal("1e-999999"), "at most 2 decimals"),
        ("annual_rate", Decimal("-0.0001"), "a Decimal of zero or more"),
        ("annual_rate", Decimal("Infinity"), "a Decimal of zero or more"),
        ("annual_rate", 0.12, "a Decimal of zero or more"),
        ("annual_rate", Decimal("1e9"), "less than"),
        ("annual_rate", Decimal("1e-999999"), "at most 60 decimals"),
        ("disbursed_on", "2026-01-15", "a date"),
        ("disbursed_on", dt.datetime(2026, 1, 15, tzinfo=dt.UTC), "a date"),
        ("first_due", None, "a date"),
        ("first_due", dt.date(2026, 1, 15), "a date after disbursed_on"),
        ("first_due", dt.date(2026, 1, 14), "a date after disbursed_on"),
        ("frequency", "fortnight", "such as `1 month`"),
        ("frequency", "0 month", "such as `1 month`"),
        ("frequency", "367 day", "a number from 1 to 366"),
        ("frequency", "semimonth", "such as `1 month`"),
        ("frequency", "", "such as `1 month`"),
        ("frequency", 1, "such as `1 month`"),
        ("day_count", "act/366", "one of 30/360, act/360, act/364, act/365, act/act"),
        ("method", "annuity", "one of equal-instalment, equal-principal, bullet"),
        ("rounding", "nearest", "one of half-up, half-even, up, down"),
        ("rounding", ["up"], "one of half-up"),
    ],
)
def test_what_is_refused(field: str, value: object, constraint: str) -> None:
    with pytest.raises(ValueError, match=field) as raised:
        schedule(**{**LOAN, field: value})
    assert isinstance(raised.value, BadInput)
    assert raised.value.field == field
    assert constraint in raised.value.constraint


def test_due_days_beyond_the_calendar() -> None:
    with pytest.raises(BadInput, match="terms: got 9999, expected due days in the years 1 to 9999"):
        schedule(**{**LOAN, "terms": 9999, "frequency": "1 year"})


def test_a_first_period_so_long_that_the_debt_would_grow() -> None:
    with pytest.raises(PaymentBelowInterest, match="at least the interest of period 1") as raised:
        schedule(**{**LOAN, "terms": 60, "annual_rate": Decimal("0.36"), "first_due": dt.date(2030, 1, 15)})
    assert (raised.value.field, raised.value.value) == ("terms", 60)


def test_the_longest_terms_that_are_taken() -> None:
    assert len(schedule(**{**LOAN, "terms": 9999, "annual_rate": Decimal(0)})) == 9999
    assert len(schedule(**{**LOAN, "terms": 1})) == 1


@pytest.mark.parametrize(
    ("drawn", "due", "days"), [("9990-01-01", "9990-06-01", 150), ("0001-01-01", "0001-06-01", 150)]
)
def test_a_short_first_period_at_the_edge_of_the_calendar(drawn: str, due: str, days: int) -> None:
    loan = {"terms": 1, "frequency": "10 year", "day_count": "30/360", "principal": Decimal(1000)}
    dates = {"disbursed_on": dt.date.fromisoformat(drawn), "first_due": dt.date.fromisoformat(due)}
    rows = schedule(**{**LOAN, **loan, **dates, "annual_rate": Decimal("0.36")})
    assert rows[0].interest == days  # 36 percent of 1,000 are one a day
