"""Columns of days: `yyyymmdd` to days since 1970-01-01 and back, and months later with the last day of a shorter month.

Source of the arithmetic: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil and
civil_from_days. Worked number: 20260501 is day 20,574.
"""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_TO_MARCH_0000 = 719_468  # days from 0000-03-01, so that a leap day ends its year, to 1970-01-01
_ERA_DAYS, _ERA_YEARS = 146_097, 400
_MONTH_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], np.int64)


def day_numbers(yyyymmdd: Ints) -> Ints:
    """Days since 1970-01-01, element by element; the dates must exist."""
    year, month, day = yyyymmdd // 10_000, yyyymmdd // 100 % 100, yyyymmdd % 100
    year = year - (month <= 2)
    era, of_era = year // _ERA_YEARS, year % _ERA_YEARS
    from_march = np.where(month > 2, month - 3, month + 9)
    of_year = (153 * from_march + 2) // 5 + day - 1
    days: Ints = era * _ERA_DAYS + of_era * 365 + of_era // 4 - of_era // 100 + of_year - _TO_MARCH_0000
    return days


def dates_of(days: Ints) -> Ints:
    """`yyyymmdd` of days since 1970-01-01, element by element."""
    day = days + _TO_MARCH_0000
    era, of_era = day // _ERA_DAYS, day % _ERA_DAYS
    year_of_era = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    from_march = (5 * of_year + 2) // 153
    month = np.where(from_march < 10, from_march + 3, from_march - 9)
    year = year_of_era + era * _ERA_YEARS + (month <= 2)
    dates: Ints = year * 10_000 + month * 100 + of_year - (153 * from_march + 2) // 5 + 1
    return dates


def days_later(yyyymmdd: Ints, days: Ints | int) -> Ints:
    """The dates so many days later."""
    return dates_of(day_numbers(yyyymmdd) + days)


def days_between(start: int, end: int) -> int:
    """Days from one date (yyyymmdd) to another."""
    first, last = day_numbers(np.array([start, end], np.int64)).tolist()
    return int(last - first)


def months_later(yyyymmdd: Ints, months: Ints | int) -> Ints:
    """The same day so many months later, or the last day of a shorter month."""
    count = yyyymmdd // 10_000 * 12 + yyyymmdd // 100 % 100 - 1 + months
    year, month = count // 12, count % 12
    day: Ints = np.minimum(yyyymmdd % 100, month_lengths(year, month))
    later: Ints = year * 10_000 + (month + 1) * 100 + day
    return later


def month_lengths(year: Ints, month: Ints) -> Ints:
    """Days in months counted from 0."""
    lengths: Ints = _MONTH_DAYS[month] + ((month == 1) & leap_years(year))
    return lengths


def leap_years(year: Ints) -> NDArray[np.bool_]:
    """Where a year has a 29 February."""
    leap: NDArray[np.bool_] = (year % 4 == 0) & ((year % 100 != 0) | (year % _ERA_YEARS == 0))
    return leap


def are_days(yyyymmdd: Ints) -> NDArray[np.bool_]:
    """Where there is such a day, from year 1 to 9999."""
    year, month, day = yyyymmdd // 10_000, yyyymmdd // 100 % 100, yyyymmdd % 100
    fits = (year >= 1) & (year <= 9_999) & (month >= 1) & (month <= 12) & (day >= 1)
    there: NDArray[np.bool_] = fits & (day <= month_lengths(year, np.where(fits, month - 1, 0)))
    return there
