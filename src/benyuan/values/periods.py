"""Periods such as "1 month", "2 week" and "15 day", and the months that lie between dates.

A day of the month that a shorter month does not have becomes its last day, and comes back in the next longer one: the
31st of January is followed, month by month, by the 28th of February and the 31st of March.
"""

import calendar
import datetime as dt
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from benyuan.values.dates import MONTHS_A_YEAR
from benyuan.values.errors import BadInput

DAYS_A_WEEK, DAYS_A_YEAR, WEEKS_A_YEAR = 7, 365, 52
DAYS_AN_EQUAL_MONTH, DAYS_A_SEMIMONTH, SEMIMONTHS_A_YEAR = 30, 15, 24
LAST_DAY = 31
"""The day of the month that stands for its last one, however many it has."""

LONGEST_COUNT = 366
_PERIOD = re.compile(r"(?:([1-9][0-9]{0,2}) )?([a-z]+?)s?")


class Unit(StrEnum):
    """What a period is counted in."""

    DAY = "day"
    WEEK = "week"
    SEMIMONTH = "semimonth"
    MONTH = "month"
    YEAR = "year"


PLAIN_UNITS = (Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A number of days, weeks, semimonths, months or years."""

    count: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.count} {self.unit.value}"

    @property
    def months(self) -> int:
        """Its calendar months; 0 for a period that is counted in days."""
        return self.count * {Unit.MONTH: 1, Unit.YEAR: MONTHS_A_YEAR}.get(self.unit, 0)

    @property
    def days(self) -> int:
        """Its days; 0 for a period that is counted in months."""
        return self.count * {Unit.DAY: 1, Unit.WEEK: DAYS_A_WEEK}.get(self.unit, 0)

    @property
    def a_year(self) -> Fraction:
        """How many of it make a year: of 365 days, of 52 weeks, of 24 semimonths or of 12 months."""
        whole = {
            Unit.DAY: DAYS_A_YEAR,
            Unit.WEEK: WEEKS_A_YEAR,
            Unit.SEMIMONTH: SEMIMONTHS_A_YEAR,
            Unit.MONTH: MONTHS_A_YEAR,
            Unit.YEAR: 1,
        }[self.unit]
        return Fraction(whole, self.count)


def parse_period(text: object, *, field: str, units: Collection[Unit] = PLAIN_UNITS) -> Period:
    """Read "1 month", "2 week", "15 day"; a plural is taken too, and without a number it is one. Raises BadInput."""
    names = ", ".join(unit.value for unit in units)
    constraint = f"a number from 1 to {LONGEST_COUNT} and a unit of {names}, such as `1 month`"
    match = _PERIOD.fullmatch(text) if isinstance(text, str) else None
    if match is None or match.group(2) not in set(units) or int(match.group(1) or 1) > LONGEST_COUNT:
        raise BadInput(field, text, constraint)
    return Period(count=int(match.group(1) or 1), unit=Unit(match.group(2)))


def month_length(date: dt.date) -> int:
    """The number of days of a date's month."""
    return calendar.monthrange(date.year, date.month)[1]


def is_month_end(date: dt.date) -> bool:
    """Whether a date is the last of its month."""
    return date.day == month_length(date)


def months_later(date: dt.date, months: int, *, anchor: int | None = None) -> dt.date:
    """The date `months` months later (earlier when negative), on the day `anchor` of the month or its last day.

    Without an anchor the date's own day. Raises BadInput outside the years 1 to 9999.
    """
    year, month = divmod(date.year * MONTHS_A_YEAR + date.month - 1 + months, MONTHS_A_YEAR)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise BadInput("date", date.isoformat(), f"{months} months later a date in the years 1 to 9999")
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(anchor or date.day, last))


def later(date: dt.date, period: Period, times: int) -> dt.date:
    """The date that many periods later; months keep the date's day. Raises BadInput outside the years 1 to 9999."""
    if period.months:
        return months_later(date, period.months * times)
    try:
        return date + dt.timedelta(days=period.days * times)
    except OverflowError:
        raise BadInput(
            "date", date.isoformat(), f"{times} times {period} later a date in the years 1 to 9999"
        ) from None


def anchor_of(dates: Sequence[dt.date]) -> int | None:
    """The day of the month on which a series of dates stands, where short months moved some: 29, 30 or LAST_DAY.

    None where each date speaks for itself. 31 January and 28 February stand on the last day, as do 30 April and
    30 June.
    """
    day = max((date.day for date in dates), default=0)
    if len(dates) < 2 or day <= 28 or any(date.day != min(day, month_length(date)) for date in dates):
        return None
    return LAST_DAY if all(map(is_month_end, dates)) else day


def whole_months(start: dt.date, end: dt.date) -> int | None:
    """The number of months if `end` lies whole months after `start`, ends of months counted as one day; else None."""
    months = (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month
    clamped = (is_month_end(end) and start.day > end.day) or (is_month_end(start) and end.day > start.day)
    return months if months > 0 and (start.day == end.day or clamped) else None


def months_and_days(start: dt.date, end: dt.date, *, anchor: int | None = None) -> tuple[int, int]:
    """Whole months measured back from `end`, and the days left from `start` on. `end` is not before `start`.

    From 10 February to 1 April: 1 month back to 1 March, and 19 days.
    """
    if anchor is None and (whole := whole_months(start, end)) is not None:
        return whole, 0
    months = max(0, (end.year - start.year) * MONTHS_A_YEAR + end.month - start.month)
    if months and months_later(end, -months, anchor=anchor) < start:
        months -= 1
    return months, (months_later(end, -months, anchor=anchor) - start).days if months else (end - start).days
