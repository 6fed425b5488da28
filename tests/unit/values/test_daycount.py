"""Day counts, periods and roundings: the published definitions, and the exact values between them."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.values import BadInput
from benyuan.values.daycount import DayCount, year_fraction
from benyuan.values.periods import (
    LAST_DAY,
    Period,
    Unit,
    anchor_of,
    months_and_days,
    months_later,
    parse_period,
    whole_months,
)
from benyuan.values.rounding import Rounding, has_decimals, rounded

DATES = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2090, 1, 1))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "end", "day_count", "years"),
    [
        # act/act of the note of ISDA, "EMU and market conventions: recent developments", of 1998
        ("2003-11-01", "2004-05-01", DayCount.act_act, Fraction(61, 365) + Fraction(121, 366)),
        ("1999-02-01", "1999-07-01", DayCount.act_act, Fraction(150, 365)),
        ("1999-07-01", "2000-07-01", DayCount.act_act, Fraction(184, 365) + Fraction(182, 366)),
        ("1999-07-30", "2000-01-30", DayCount.act_act, Fraction(155, 365) + Fraction(29, 366)),
        ("2000-01-30", "2000-06-30", DayCount.act_act, Fraction(152, 366)),
        ("2026-01-31", "2026-02-28", DayCount.thirty_360, Fraction(28, 360)),  # 30E/360 makes no month end of February
        ("2026-02-28", "2026-03-31", DayCount.thirty_360, Fraction(32, 360)),
        ("2026-01-15", "2027-01-15", DayCount.thirty_360, Fraction(1)),
        ("2026-01-01", "2026-01-31", DayCount.act_360, Fraction(30, 360)),
        ("2026-01-01", "2026-12-31", DayCount.act_364, Fraction(1)),
        ("2024-01-01", "2025-01-01", DayCount.act_365, Fraction(366, 365)),
    ],
)
def test_published_day_counts(start: str, end: str, day_count: DayCount, years: Fraction) -> None:
    assert year_fraction(day(start), day(end), day_count=day_count) == years


@given(DATES, DATES, DATES, st.sampled_from([each for each in DayCount if each is not DayCount.thirty_360]))
def test_time_adds_up(one: dt.date, two: dt.date, three: dt.date, day_count: DayCount) -> None:
    start, middle, end = sorted((one, two, three))
    parts = year_fraction(start, middle, day_count=day_count) + year_fraction(middle, end, day_count=day_count)
    assert parts == year_fraction(start, end, day_count=day_count)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("1 month", Period(count=1, unit=Unit.MONTH)),
        ("month", Period(count=1, unit=Unit.MONTH)),
        ("2 weeks", Period(count=2, unit=Unit.WEEK)),
        ("15 day", Period(count=15, unit=Unit.DAY)),
        ("366 days", Period(count=366, unit=Unit.DAY)),
        ("1 year", Period(count=1, unit=Unit.YEAR)),
    ],
)
def test_periods_are_read(text: str, period: Period) -> None:
    assert parse_period(text, field="frequency") == period


@pytest.mark.parametrize(
    "text", ["", "1", "1  month", "01 month", "-1 month", "1 Month", "1 quarter", "367 days", None]
)
def test_periods_that_are_not(text: object) -> None:
    with pytest.raises(BadInput, match="frequency"):
        parse_period(text, field="frequency")


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2026-01-15", "2026-02-15", 1),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-02-28", "2026-03-31", 1),
        ("2024-02-29", "2025-02-28", 12),
        ("2026-01-31", "2026-02-27", None),
        ("2026-01-15", "2026-01-15", None),
        ("2026-02-15", "2026-01-15", None),
    ],
)
def test_whole_months(start: str, end: str, months: int | None) -> None:
    assert whole_months(day(start), day(end)) == months


@pytest.mark.parametrize(
    ("dates", "anchor"),
    [
        (["2026-01-31", "2026-02-28", "2026-03-31"], LAST_DAY),
        (["2026-01-30", "2026-02-28", "2026-03-30"], 30),
        (["2024-01-29", "2024-02-29", "2025-02-28"], 29),
        (["2026-01-28", "2026-02-28"], None),
        (["2026-01-31", "2026-02-27"], None),
        (["2026-01-31"], None),
        ([], None),
    ],
)
def test_the_day_on_which_a_series_stands(dates: list[str], anchor: int | None) -> None:
    assert anchor_of([day(text) for text in dates]) == anchor


@given(DATES, DATES)
def test_months_and_days_lead_back_to_the_start(one: dt.date, two: dt.date) -> None:
    start, end = sorted((one, two))
    months, days = months_and_days(start, end)
    assert days <= 30
    if whole_months(start, end) is None:
        assert months_later(end, -months) - dt.timedelta(days=days) == start
    else:
        assert days == 0


def test_months_beyond_the_calendar() -> None:
    with pytest.raises(BadInput, match="years 1 to 9999"):
        months_later(dt.date(9999, 12, 1), 1)


@pytest.mark.parametrize(
    ("amount", "half_up", "half_even", "up", "down"),
    [
        ("2.125", "2.13", "2.12", "2.13", "2.12"),
        ("2.135", "2.14", "2.14", "2.14", "2.13"),
        ("2.1200001", "2.12", "2.12", "2.13", "2.12"),
        ("-2.125", "-2.13", "-2.12", "-2.13", "-2.12"),
        ("2.12", "2.12", "2.12", "2.12", "2.12"),
        ("-0.001", "0.00", "0.00", "-0.01", "0.00"),
    ],
)
def test_roundings(amount: str, half_up: str, half_even: str, up: str, down: str) -> None:
    modes = (Rounding.half_up, Rounding.half_even, Rounding.up, Rounding.down)
    found = [str(rounded(Fraction(amount), decimals=2, rounding=mode)) for mode in modes]
    assert found == [half_up, half_even, up, down]


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9), st.sampled_from(Rounding)
)
def test_rounding_is_pythons_own_for_what_a_decimal_holds(amount: Decimal, mode: Rounding) -> None:
    named = {"half-up": "ROUND_HALF_UP", "half-even": "ROUND_HALF_EVEN", "up": "ROUND_UP", "down": "ROUND_DOWN"}
    assert rounded(Fraction(amount), decimals=2, rounding=mode) == amount.quantize(Decimal("0.01"), named[mode.value])


@pytest.mark.parametrize(
    ("amount", "decimals", "whole"),
    [
        ("1.23", 2, True),
        ("1.230", 2, True),
        ("1.234", 2, False),
        ("1e5", 0, True),
        ("0.1", 0, False),
        ("1e-99999", 8, False),
        ("0e-99999", 0, True),
    ],
)
def test_decimals_that_an_amount_has(amount: str, decimals: int, whole: bool) -> None:
    assert has_decimals(Decimal(amount), decimals=decimals) is whole
