"""Dates are int32 `yyyymmdd`; an instant is microseconds since 1970-01-01 UTC.

A business day is the day in China Standard Time, UTC+8 all year round (the summer time of 1986 to 1991 is left out:
nothing here reaches back to it). Worked number: 2026-04-30T16:00:00Z is 1777564800000000 µs and local day 20260501.
"""

import calendar
import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from benyuan.values.days import dates_of
from benyuan.values.errors import BadInput

_US_PER_HOUR = 3_600_000_000
_US_PER_DAY = 24 * _US_PER_HOUR
_CST_OFFSET_US = 8 * _US_PER_HOUR
_EPOCH_ORDINAL = dt.date(1970, 1, 1).toordinal()

# The instants whose local day lies in the years 1 to 9999, half-open.
FIRST_AT_US = (dt.date.min.toordinal() - _EPOCH_ORDINAL) * _US_PER_DAY - _CST_OFFSET_US
END_AT_US = (dt.date.max.toordinal() + 1 - _EPOCH_ORDINAL) * _US_PER_DAY - _CST_OFFSET_US
_INSTANT = "microseconds since the epoch whose day in UTC+8 is in the years 1 to 9999"

_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Window(StrEnum):
    """The stretch of time over which a limit adds up."""

    DAY = "day"
    MONTH = "month"
    CALENDAR_YEAR = "calendar_year"
    LIFETIME = "lifetime"


MONTHS_A_YEAR = 12
MINUTES_AN_HOUR = 60


def to_yyyymmdd(date: dt.date) -> int:
    """2026-05-01 as 20260501."""
    return date.year * 10_000 + date.month * 100 + date.day


def from_yyyymmdd(yyyymmdd: int) -> dt.date:
    """20260501 as a date. Raises BadInput where there is no such day."""
    year, month, day = yyyymmdd // 10_000, yyyymmdd // 100 % 100, yyyymmdd % 100
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        raise BadInput("date", yyyymmdd, "a day that exists, as yyyymmdd") from None


def is_day(yyyymmdd: int) -> bool:
    """Whether there is such a day in the years 1 to 9999."""
    try:
        from_yyyymmdd(yyyymmdd)
    except BadInput:
        return False
    return True


def parse_yyyymmdd(text: str, *, field: str = "date") -> int:
    """Read "2026-05-01" as 20260501. Raises BadInput for any other form and for a day that does not exist."""
    if _TEXT.fullmatch(text) is None:
        raise BadInput(field, text, "a date as YYYY-MM-DD")
    try:
        return to_yyyymmdd(dt.date.fromisoformat(text))
    except ValueError:
        raise BadInput(field, text, "a day that exists") from None


def add_calendar_days(yyyymmdd: int, days: int) -> int:
    """The date `days` calendar days later (earlier when negative). Raises BadInput outside the years 1 to 9999."""
    try:
        return to_yyyymmdd(from_yyyymmdd(yyyymmdd) + dt.timedelta(days=days))
    except OverflowError:
        raise BadInput("days", days, "a result in the years 1 to 9999") from None


def add_hours(at_us: int, hours: int) -> int:
    """The instant `hours` hours later, microseconds since the epoch."""
    return at_us + hours * _US_PER_HOUR


def add_months(yyyymmdd: int, months: int) -> int:
    """The date `months` calendar months later: the same day of the month, or the last where it has fewer days.

    Raises BadInput outside the years 1 to 9999.
    """
    date = from_yyyymmdd(yyyymmdd)
    year, month = divmod(date.year * MONTHS_A_YEAR + date.month - 1 + months, MONTHS_A_YEAR)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise BadInput("months", months, "a result in the years 1 to 9999")
    last = calendar.monthrange(year, month + 1)[1]
    return to_yyyymmdd(dt.date(year, month + 1, min(date.day, last)))


def local_day(at_us: int) -> int:
    """The day in China of an instant, as yyyymmdd. The readable reference of `local_days`.

    Unit: microseconds since the epoch, UTC. Raises BadInput outside the years 1 to 9999.
    """
    if not FIRST_AT_US <= at_us < END_AT_US:
        raise BadInput("at_us", at_us, _INSTANT)
    ordinal = (at_us + _CST_OFFSET_US) // _US_PER_DAY + _EPOCH_ORDINAL
    return to_yyyymmdd(dt.date.fromordinal(ordinal))


def day_begins_at(yyyymmdd: int) -> int:
    """The first instant of a day in China, microseconds since the epoch, UTC. Raises BadInput for no such day.

    20260501 gives 1777564800000000.
    """
    return (from_yyyymmdd(yyyymmdd).toordinal() - _EPOCH_ORDINAL) * _US_PER_DAY - _CST_OFFSET_US


def day_ends_at(yyyymmdd: int) -> int:
    """The first instant after a day in China. Raises BadInput for no such day."""
    return day_begins_at(yyyymmdd) + _US_PER_DAY


def china_time(at_us: int) -> str:
    """An instant as the time in China, such as 2026-05-01 09:00:00. Raises BadInput outside the years 1 to 9999."""
    if not FIRST_AT_US <= at_us < END_AT_US:
        raise BadInput("at_us", at_us, _INSTANT)
    days, of_day = divmod(at_us + _CST_OFFSET_US, _US_PER_DAY)
    seconds, rest = divmod(of_day, 1_000_000)
    clock = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return f"{_day_text(days)} {clock}.{rest:06d}" if rest else f"{_day_text(days)} {clock}"


@lru_cache(maxsize=512)
def _day_text(days: int) -> str:
    """A day counted from 1970-01-01; remembered, for a statement has many times of one day."""
    return str(dt.date.fromordinal(days + _EPOCH_ORDINAL))


def local_days(at_us: NDArray[np.int64]) -> NDArray[np.int32]:
    """The days in China of a column of instants, as yyyymmdd; equal to `local_day` element by element.

    Shape (n,) to (n,). Raises BadInput outside the years 1 to 9999.
    """
    if at_us.size and not (int(at_us.min()) >= FIRST_AT_US and int(at_us.max()) < END_AT_US):
        raise BadInput("at_us", (int(at_us.min()), int(at_us.max())), _INSTANT)
    day = (at_us + _CST_OFFSET_US) // _US_PER_DAY
    if day.size and day.min() == day.max():  # as in nearly every batch
        return np.full(day.shape, local_day(int(at_us.flat[0])), np.int32)
    yyyymmdd: NDArray[np.int32] = dates_of(day).astype(np.int32)
    return yyyymmdd


def period_of(window: Window, yyyymmdd: int) -> int:
    """The period that a day falls in: 20260501, 202605 or 2026; a lifetime has one period, 0."""
    match window:
        case Window.DAY:
            return yyyymmdd
        case Window.MONTH:
            return yyyymmdd // 100
        case Window.CALENDAR_YEAR:
            return yyyymmdd // 10_000
        case Window.LIFETIME:
            return 0


def periods_of(window: Window, yyyymmdd: NDArray[np.int32]) -> NDArray[np.int32]:
    """`period_of` over a column of days, shape (n,) to (n,)."""
    match window:
        case Window.DAY:
            return yyyymmdd
        case Window.MONTH:
            return yyyymmdd // np.int32(100)
        case Window.CALENDAR_YEAR:
            return yyyymmdd // np.int32(10_000)
        case Window.LIFETIME:
            return np.zeros_like(yyyymmdd)


def next_period_on(window: Window, yyyymmdd: int) -> int | None:
    """The first day on which a limit used on `yyyymmdd` starts at nought again; None for a lifetime.

    By calendar year, 20260501 gives 20270101.
    """
    match window:
        case Window.DAY:
            return add_calendar_days(yyyymmdd, 1)
        case Window.MONTH:
            return add_calendar_days(yyyymmdd // 100 * 100 + 1, 31) // 100 * 100 + 1
        case Window.CALENDAR_YEAR:
            return (yyyymmdd // 10_000 + 1) * 10_000 + 101
        case Window.LIFETIME:
            return None
