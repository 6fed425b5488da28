"""Day counts: the part of a year between two dates, exactly, as a fraction.

| name | days counted | a year has |
| `30/360` | 30 a month; a 31st counts as the 30th (30E/360 of the ISDA definitions, 4.16(g)) | 360 |
| `act/360`, `act/364`, `act/365` | those of the calendar | 360, 364, 365 |
| `act/act` | those in leap years and those in other years apart (ISDA, 4.16(b)) | 366 and 365 |

Worked number: from 2023-12-01 to 2024-02-01 act/act is 31/365 + 31/366, act/365 is 62/365, 30/360 is 60/360.
"""

import calendar
import datetime as dt
from enum import StrEnum
from fractions import Fraction

from benyuan.values.periods import DAYS_AN_EQUAL_MONTH

_YEAR_OF_MONTHS = 360


class DayCount(StrEnum):
    """How days become parts of a year."""

    thirty_360 = "30/360"
    act_360 = "act/360"
    act_364 = "act/364"
    act_365 = "act/365"
    act_act = "act/act"


_DENOMINATORS = {DayCount.act_360: 360, DayCount.act_364: 364, DayCount.act_365: 365}


def year_fraction(start: dt.date, end: dt.date, *, day_count: DayCount) -> Fraction:
    """The part of a year from `start` to `end`, the first day left out and the last one counted."""
    match day_count:
        case DayCount.thirty_360:
            return Fraction(_days_of_equal_months(start, end), _YEAR_OF_MONTHS)
        case DayCount.act_act:
            return _years_to(end) - _years_to(start)
        case _:
            return Fraction((end - start).days, _DENOMINATORS[day_count])


def year_fraction_of_months(months: int) -> Fraction:
    """Whole months by 30/360: each is 30 days of 360."""
    return Fraction(DAYS_AN_EQUAL_MONTH * months, _YEAR_OF_MONTHS)


def _days_of_equal_months(start: dt.date, end: dt.date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return DAYS_AN_EQUAL_MONTH * months + min(end.day, DAYS_AN_EQUAL_MONTH) - min(start.day, DAYS_AN_EQUAL_MONTH)


def _years_to(date: dt.date) -> Fraction:
    """Years since the beginning of the calendar; each day is the 365th or 366th part of its own."""
    days = 366 if calendar.isleap(date.year) else 365
    return date.year + Fraction(date.timetuple().tm_yday - 1, days)
