"""Days in China, one by one and in columns, and the periods they fall in."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.values import (
    BadInput,
    Window,
    add_calendar_days,
    from_yyyymmdd,
    local_day,
    local_days,
    next_period_on,
    parse_yyyymmdd,
    period_of,
    periods_of,
    to_yyyymmdd,
)
from benyuan.values.dates import END_AT_US, FIRST_AT_US, add_months, day_begins_at, day_ends_at

INSTANTS = st.integers(min_value=FIRST_AT_US, max_value=END_AT_US - 1)
DATES = st.dates()
CHINA = dt.timezone(dt.timedelta(hours=8))


def at_us(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("1970-01-01T00:00:00+00:00", 19700101),
        ("2026-04-30T15:59:59+00:00", 20260430),
        ("2026-04-30T16:00:00+00:00", 20260501),
        ("2024-02-28T16:00:00+00:00", 20240229),
        ("2023-12-31T16:00:00+00:00", 20240101),
        ("1969-12-31T15:59:59+00:00", 19691231),
    ],
)
def test_local_day(instant: str, day: int) -> None:
    assert local_day(at_us(instant)) == day


def test_last_microsecond_of_a_day() -> None:
    midnight = at_us("2026-04-30T16:00:00+00:00")
    assert local_day(midnight - 1) == 20260430


@given(st.lists(INSTANTS, max_size=50))
def test_columns_equal_the_scalar(instants: list[int]) -> None:
    days = local_days(np.array(instants, dtype=np.int64))
    assert days.dtype == np.int32
    assert days.tolist() == [local_day(instant) for instant in instants]


@given(st.datetimes(timezones=st.just(CHINA)))
def test_agrees_with_the_standard_library(moment: dt.datetime) -> None:
    epoch = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    assert local_day((moment - epoch) // dt.timedelta(microseconds=1)) == to_yyyymmdd(moment.date())


@pytest.mark.parametrize("instant", [FIRST_AT_US - 1, END_AT_US, -(2**63), 2**63 - 1])
def test_instants_without_a_day(instant: int) -> None:
    with pytest.raises(BadInput):
        local_day(instant)
    with pytest.raises(BadInput):
        local_days(np.array([0, instant], dtype=np.int64))


@pytest.mark.parametrize("instant", [FIRST_AT_US, END_AT_US - 1])
def test_edges_have_a_day(instant: int) -> None:
    assert local_days(np.array([instant], dtype=np.int64)).tolist() == [local_day(instant)]


@given(DATES)
def test_yyyymmdd_round_trip(date: dt.date) -> None:
    assert from_yyyymmdd(to_yyyymmdd(date)) == date
    assert parse_yyyymmdd(date.isoformat()) == to_yyyymmdd(date)


@pytest.mark.parametrize("day", [0, 20260230, 20261301, 20260100, -20260101, 100000101])
def test_days_that_do_not_exist(day: int) -> None:
    with pytest.raises(BadInput):
        from_yyyymmdd(day)


@pytest.mark.parametrize("text", ["20260501", "2026-5-1", "2026-02-30", "2026-05-01T00:00", "", "2026-W18-5"])
def test_texts_that_are_no_date(text: str) -> None:
    with pytest.raises(BadInput):
        parse_yyyymmdd(text)


@pytest.mark.parametrize(
    ("window", "period", "turns_on"),
    [
        (Window.DAY, 20261231, 20270101),
        (Window.MONTH, 202612, 20270101),
        (Window.CALENDAR_YEAR, 2026, 20270101),
        (Window.LIFETIME, 0, None),
    ],
)
def test_periods(window: Window, period: int, turns_on: int | None) -> None:
    assert period_of(window, 20261231) == period
    assert next_period_on(window, 20261231) == turns_on


@given(st.sampled_from(Window), st.lists(DATES, max_size=20))
def test_period_columns_equal_the_scalar(window: Window, dates: list[dt.date]) -> None:
    days = [to_yyyymmdd(date) for date in dates]
    assert periods_of(window, np.array(days, dtype=np.int32)).tolist() == [period_of(window, day) for day in days]


@given(st.sampled_from([Window.DAY, Window.MONTH, Window.CALENDAR_YEAR]), st.dates(max_value=dt.date(9998, 12, 31)))
def test_a_period_ends_where_the_next_begins(window: Window, date: dt.date) -> None:
    day = to_yyyymmdd(date)
    turns_on = next_period_on(window, day)
    assert turns_on is not None
    assert period_of(window, add_calendar_days(turns_on, -1)) == period_of(window, day)
    assert period_of(window, turns_on) != period_of(window, day)


def test_calendar_days() -> None:
    assert add_calendar_days(20240228, 2) == 20240301
    assert add_calendar_days(20240301, -1) == 20240229
    with pytest.raises(BadInput):
        add_calendar_days(99991231, 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (20260501, 6, 20261101),
        (20260831, 6, 20270228),
        (20240229, 12, 20250228),
        (20240229, 48, 20280229),
        (20261231, 1, 20270131),
        (20270131, -2, 20261130),
        (20261123, -12, 20251123),
        (20240229, -12, 20230228),
        (20260630, -25, 20240530),
        (20260115, 0, 20260115),
    ],
)
def test_months_later(day: int, months: int, later: int) -> None:
    assert add_months(day, months) == later


def test_months_beyond_the_years() -> None:
    with pytest.raises(BadInput, match="months"):
        add_months(99991201, 1)
    with pytest.raises(BadInput, match="months"):
        add_months(10101, -1)


@given(st.dates())
def test_a_day_begins_and_ends(date: dt.date) -> None:
    day = to_yyyymmdd(date)
    begin, end = day_begins_at(day), day_ends_at(day)
    assert local_day(begin) == local_day(end - 1) == day
    assert begin == FIRST_AT_US or local_day(begin - 1) < day
    assert end == END_AT_US or local_day(end) > day
