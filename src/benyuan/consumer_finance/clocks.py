"""Day counts as clocks: between two days lie `clock(b) - clock(a)` units, of which `basis` make a year.

Worked number: by 30/360 from 2026-01-31 to 2026-02-28 are 28 units of 360, by act/365 28 of 365.
"""

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.vocabulary import (
    DAY_COUNT_NUMBER,
)
from benyuan.values.daycount import DayCount
from benyuan.values.days import day_numbers, days_later, leap_years, month_lengths, months_later

PPM = 1_000_000
COMMON_DAYS, LEAP_DAYS = 365, 366  # tidy: number days of a year
WEEK_DAYS = 7
_THIRTY_360 = DAY_COUNT_NUMBER[DayCount.thirty_360.value]
_ACT_ACT = DAY_COUNT_NUMBER[DayCount.act_act.value]
# In the order of `DayCount`.
_BASES = np.array([360, 360, 364, 365, COMMON_DAYS * LEAP_DAYS], np.int64)  # tidy: number days of a year by convention


def basis(day_count: Ints) -> Ints:
    """The units that make a year."""
    bases: Ints = _BASES[day_count]
    return bases


def denominator(day_count: Ints) -> Ints:
    """What a numerator of fen × ppm × units is divided by to become fen."""
    return basis(day_count) * PPM


def clock(day_count: Ints, yyyymmdd: Ints, *, anchor: Ints | int = 0) -> Ints:
    """The clock of each day; any number for date 0.

    `anchor`: the day of the month on which instalments fall due, 0 for none. By 30/360 the last day of a month that is
    too short for it counts as the anchor itself, so that a month from due day to due day has thirty days.
    """
    shown = np.asarray(yyyymmdd, np.int64)
    ticks = day_numbers(shown)
    thirty = day_count == _THIRTY_360
    if thirty.any():
        ticks = np.where(thirty, _thirty_360(shown, anchor), ticks)
    actual = day_count == _ACT_ACT
    if actual.any():
        ticks = np.where(actual, _act_act(shown), ticks)
    return ticks


def _thirty_360(yyyymmdd: Ints, anchor: Ints | int) -> Ints:
    year, month, day = yyyymmdd // 10_000, yyyymmdd // 100 % 100, yyyymmdd % 100  # tidy: number digits of a date
    last = day == month_lengths(year, np.maximum(month, 1) - 1)
    day = np.where(last, np.maximum(day, anchor), day)
    ticks: Ints = 360 * year + 30 * month + np.minimum(day, 30)  # tidy: number months of thirty days
    return ticks


def _act_act(yyyymmdd: Ints) -> Ints:
    """Days in common years weigh 366, days in leap years 365, so a year of either kind weighs the same."""
    year = yyyymmdd // 10_000  # tidy: number digits of a date
    first = day_numbers(year * 10_000 + 101)  # tidy: number the first of January
    of_year = day_numbers(yyyymmdd) - first
    ticks: Ints = year * COMMON_DAYS * LEAP_DAYS + of_year * np.where(leap_years(year), COMMON_DAYS, LEAP_DAYS)
    return ticks


def due_day(*, first_on: Ints, number: Ints, count: Ints, unit: Ints) -> Ints:
    """The day on which instalment `number`, from 1, falls due; `unit` 0: months, 1: weeks, 2: days."""
    steps = (number - 1) * count
    plain = days_later(first_on, steps * np.where(unit == 1, WEEK_DAYS, 1))
    if not (unit == 0).any():
        return plain
    days: Ints = np.where(unit == 0, months_later(first_on, steps), plain)
    return days


def anchor_of(*, first_on: Ints, unit: Ints) -> Ints:
    """The day of the month on which instalments by the month fall due; 0 for other rhythms."""
    day: Ints = np.where(unit == 0, first_on % 100, 0)
    return day
