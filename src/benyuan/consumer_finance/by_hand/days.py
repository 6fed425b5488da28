"""Nights, due days and rounding, as docs/algorithms/loans.md says them; dates are datetime.date, interest is exact.

Worked number: the night of 30 January is no part of a year by 30/360, and that of 28 February 2026 is 3/360.
"""

import calendar
import datetime as dt
from fractions import Fraction

from benyuan.consumer_finance.vocabulary import (
    Every,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding

PPM = 1_000_000
ONE_DAY = dt.timedelta(days=1)
MONTHS_A_YEAR = 12  # tidy: number the calendar's
DAYS_A_WEEK = 7
DAYS_OF_ALL = {
    DayCount.thirty_360: 360,  # tidy: number the day count's own year
    DayCount.act_360: 360,  # tidy: number the day count's own year
    DayCount.act_364: 364,  # tidy: number the day count's own year
    DayCount.act_365: 365,  # tidy: number the day count's own year
}


def night(*, day: dt.date, day_count: DayCount, anchor: int = 0) -> Fraction:
    """The night from `day` to the next, as part of a year; `anchor`: the due day of the month, 0 for none."""
    if day_count is DayCount.act_act:
        return Fraction(1, 366 if calendar.isleap(day.year) else 365)  # tidy: number days of a year
    days = _thirty_day(day + ONE_DAY, anchor) - _thirty_day(day, anchor) if day_count is DayCount.thirty_360 else 1
    return Fraction(days, DAYS_OF_ALL[day_count])


def _thirty_day(day: dt.date, anchor: int) -> int:
    """A number for a day in years of twelve months of thirty days; the 31st is one with the 30th.

    The last day of a month that has no day `anchor` stands for it.
    """
    stands_for = max(day.day, anchor) if (day + ONE_DAY).day == 1 else day.day
    return 360 * day.year + 30 * day.month + min(stands_for, 30)  # tidy: number twelve months of thirty days


def nights(*, since: dt.date, until: dt.date, day_count: DayCount, anchor: int = 0) -> Fraction:
    """All nights from the one of `since` to the one before `until`, as part of a year."""
    count = (until - since).days
    days = (since + dt.timedelta(days=n) for n in range(count))
    return sum((night(day=day, day_count=day_count, anchor=anchor) for day in days), Fraction(0))


def due_day(*, first_due: dt.date, every: Every, count: int, number: int) -> dt.date:
    """The due day `number`, the first being 0: every `count` days, weeks or months after `first_due`."""
    steps = count * number
    if every is Every.day:
        return first_due + dt.timedelta(days=steps)
    if every is Every.week:
        return first_due + dt.timedelta(days=steps * DAYS_A_WEEK)
    years, month = divmod(first_due.month - 1 + steps, MONTHS_A_YEAR)
    year = first_due.year + years
    return dt.date(year, month + 1, min(first_due.day, calendar.monthrange(year, month + 1)[1]))


def fen(amount: Fraction, *, rounding: Rounding) -> int:
    """Whole fen of an exact amount of at least 0."""
    whole = amount.numerator // amount.denominator
    rest = amount - whole
    half = Fraction(1, 2)
    up = {
        Rounding.down: False,
        Rounding.up: rest > 0,
        Rounding.half_up: rest >= half,
        Rounding.half_even: rest > half or (rest == half and whole % 2 == 1),
    }
    return whole + 1 if up[rounding] else whole
