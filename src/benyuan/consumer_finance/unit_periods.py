"""Unit-periods: the interval that a loan's flows have in common, and how far apart two dates are in it.

Serves Regulation Z, 12 CFR 1026, Appendix J (b)(3) to (5); the other methods use the same interval as "the period".
Worked number: paid on 1 April for an advance of 10 February, in months: 1 unit-period and 19 of 30 days.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from benyuan.consumer_finance.flows import Flows
from benyuan.values.dates import MONTHS_A_YEAR
from benyuan.values.errors import BadInput
from benyuan.values.periods import (
    DAYS_A_SEMIMONTH,
    DAYS_A_WEEK,
    DAYS_A_YEAR,
    DAYS_AN_EQUAL_MONTH,
    SEMIMONTHS_A_YEAR,
    WEEKS_A_YEAR,
    Period,
    Unit,
    months_and_days,
    months_later,
    parse_period,
    whole_months,
)

FORTNIGHT = 2 * DAYS_A_WEEK
SEMIMONTHS = range(13, 18)  # tidy: number the days that half a month can have
SEMIMONTH = Period(count=1, unit=Unit.SEMIMONTH)
_CALENDAR_FIRST = (Unit.YEAR, Unit.MONTH, Unit.SEMIMONTH, Unit.WEEK, Unit.DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A unit-period, and whether the flows have it in common or it is only their average."""

    period: Period
    common: bool


def unit_period_of(flows: Flows, given: str | None) -> Found:
    """The unit-period that is given, or the one that the dates have. Raises BadInput for one longer than a year."""
    if given is None:
        return found_in(flows)
    period = parse_period(given, field="unit_period", units=tuple(Unit))
    if period.a_year < 1 or (period.unit is Unit.SEMIMONTH and period.count > 1):
        raise BadInput("unit_period", given, "at most a year; a semimonth alone, not several")
    return Found(period=period, common=True)


def found_in(flows: Flows) -> Found:
    """The unit-period by the dates alone, (b)(4).

    One advance and one payment: the time between them, at most a year. Else the interval that occurs most often, the
    shorter where two do equally; where none occurs twice, the standard interval next to the average.
    """
    if is_single(flows):
        return Found(period=_term(flows.begins_on, max(flows.advance_days[0], flows.payment_days[0])), common=True)
    intervals = [*_intervals(flows, flows.advance_days), *_intervals(flows, flows.payment_days)]
    holders: dict[Period, set[int]] = {}
    for number, names in enumerate(intervals):
        for name in names:
            holders.setdefault(name, set()).add(number)
    common = [name for name, held in holders.items() if len(held) > 1 and not _is_shadow(name, holders)]
    if common:
        best = min(common, key=lambda name: (-len(holders[name]), nominal_days(name)))
        return Found(period=best, common=True)
    return Found(period=_nearest_standard(flows), common=False)


def is_single(flows: Flows) -> bool:
    """Whether there is one advance and one payment, on different days."""
    return len(flows.advance_days) == len(flows.payment_days) == 1 and flows.advance_days != flows.payment_days


def _term(start: dt.date, end: dt.date) -> Period:
    months, days = whole_months(start, end), (end - start).days
    if months is not None and months < MONTHS_A_YEAR:
        return Period(count=months, unit=Unit.MONTH)
    if months is not None or days >= DAYS_A_YEAR:
        return Period(count=1, unit=Unit.YEAR)
    return Period(count=days, unit=Unit.DAY)


def _intervals(flows: Flows, days: Sequence[dt.date]) -> Iterator[list[Period]]:
    """Each interval between days of one kind, the beginning among them, by every name that it can bear."""
    all_days = sorted({flows.begins_on, *days})
    for number, (start, end) in enumerate(pairwise(all_days)):
        names = _plain_names(start, end)
        if (end - start).days in SEMIMONTHS and _is_half(all_days, number):
            names.append(SEMIMONTH)
        yield names


def _plain_names(start: dt.date, end: dt.date) -> list[Period]:
    names = []
    months, days = whole_months(start, end), (end - start).days
    if months is not None and months <= MONTHS_A_YEAR:
        year = months == MONTHS_A_YEAR
        names.append(Period(count=1 if year else months, unit=Unit.YEAR if year else Unit.MONTH))
    if days % DAYS_A_WEEK == 0 and days <= WEEKS_A_YEAR * DAYS_A_WEEK:
        names.append(Period(count=days // DAYS_A_WEEK, unit=Unit.WEEK))
    elif days <= DAYS_A_YEAR:
        names.append(Period(count=days, unit=Unit.DAY))
    return names


def _is_half(days: Sequence[dt.date], number: int) -> bool:
    """Whether an interval and the one beside it make a month; two of fourteen days are two weeks each."""
    for first in (number - 1, number):
        if first >= 0 and first + 2 < len(days):
            one, two = days[first + 1] - days[first], days[first + 2] - days[first + 1]
            if whole_months(days[first], days[first + 2]) == 1 and (one.days, two.days) != (FORTNIGHT, FORTNIGHT):
                return True
    return False


def _is_shadow(name: Period, holders: dict[Period, set[int]]) -> bool:
    """Whether a name only repeats a calendar's: 31 days in intervals that are all months."""
    rank = _CALENDAR_FIRST.index(name.unit)
    return any(
        _CALENDAR_FIRST.index(other.unit) < rank and holders[name] <= held
        for other, held in holders.items()
        if other != name
    )


def nominal_days(period: Period) -> int:
    """A period's days with equal months of 30 and a year of 365."""
    if period.unit is Unit.SEMIMONTH:
        return DAYS_A_SEMIMONTH
    if period.months == MONTHS_A_YEAR:
        return DAYS_A_YEAR
    return period.days or DAYS_AN_EQUAL_MONTH * period.months


def _nearest_standard(flows: Flows) -> Period:
    lengths = [
        (end - start).days
        for days in (flows.advance_days, flows.payment_days)
        for start, end in pairwise(sorted({flows.begins_on, *days}))
    ]
    average = Fraction(sum(lengths), max(1, len(lengths)))
    return min(_standard_intervals(), key=lambda period: (abs(nominal_days(period) - average), nominal_days(period)))


def _standard_intervals() -> Iterator[Period]:
    """A day, weeks, a semimonth, months, up to a year, (b)(3)(iii)."""
    yield Period(count=1, unit=Unit.DAY)
    yield SEMIMONTH
    yield from (Period(count=count, unit=Unit.MONTH) for count in range(1, MONTHS_A_YEAR))
    yield Period(count=1, unit=Unit.YEAR)
    yield from (Period(count=count, unit=Unit.WEEK) for count in range(1, WEEKS_A_YEAR + 1))


def units_between(start: dt.date, end: dt.date, *, unit: Period, anchor: int | None) -> tuple[int, Fraction]:
    """Whole unit-periods and the fraction left, (b)(5): measured back from `end`, odd days at the beginning.

    Thirty odd days of a month are a whole one: the factor is the same, and so must the place be.
    """
    whole, part = _units(start, end, unit=unit, anchor=anchor)
    return whole + part // 1, part % 1


def _units(start: dt.date, end: dt.date, *, unit: Period, anchor: int | None) -> tuple[int, Fraction]:
    if unit.unit is Unit.SEMIMONTH or unit.months > 1:
        if unit.months == MONTHS_A_YEAR:
            return _years(start, end, anchor=anchor)
        months, days = months_and_days(start, end, anchor=anchor)
        length = nominal_days(unit)
        whole, rest = divmod(DAYS_AN_EQUAL_MONTH * months + days, length)
        return whole, Fraction(rest, length)
    if unit.months == 1:
        months, days = months_and_days(start, end, anchor=anchor)
        return months, Fraction(days, DAYS_AN_EQUAL_MONTH)
    whole, rest = divmod((end - start).days, unit.days)
    return whole, Fraction(rest, unit.days)


def _years(start: dt.date, end: dt.date, *, anchor: int | None) -> tuple[int, Fraction]:
    months, days = months_and_days(start, end, anchor=anchor)
    years, rest = divmod(months, MONTHS_A_YEAR)
    if days == 0:
        return years, Fraction(rest, MONTHS_A_YEAR)
    begins = months_later(end, -years * MONTHS_A_YEAR, anchor=anchor)
    return years, Fraction((begins - start).days, DAYS_A_YEAR)


def years_between(start: dt.date, end: dt.date, *, unit: Unit, anchor: int | None, leap: bool) -> Fraction:
    """Years from `start` to `end`: whole years, months or weeks back from `end`, then days; less than nought if before.

    Directive (EU) 2023/2225, Annex III, part I, remark (c): the days are parts of the year that ends where they end, of
    365 days or, where `leap`, of 366 if a 29th of February lies in it.
    """
    if end < start:
        return -years_between(end, start, unit=unit, anchor=None, leap=leap)
    whole, begins = Fraction(0), end
    if unit is Unit.WEEK:
        weeks = (end - start).days // DAYS_A_WEEK
        whole, begins = Fraction(weeks, WEEKS_A_YEAR), end - dt.timedelta(days=DAYS_A_WEEK * weeks)
    elif unit in (Unit.MONTH, Unit.YEAR):
        months, days = months_and_days(start, end, anchor=anchor)
        if days and unit is Unit.YEAR:
            months -= months % MONTHS_A_YEAR
        whole = Fraction(months, MONTHS_A_YEAR)
        begins = months_later(end, -months, anchor=anchor) if days else start
    days_left = (begins - start).days
    return whole + Fraction(days_left, _days_of_year_to(begins) if leap and days_left else DAYS_A_YEAR)


def _days_of_year_to(date: dt.date) -> int:
    if date.year == dt.MINYEAR:
        return DAYS_A_YEAR
    return (date - months_later(date, -MONTHS_A_YEAR)).days


def semimonths(start: dt.date, end: dt.date, *, anchor: int | None) -> Fraction:
    """Years between two dates in semimonths of 15 days."""
    whole, part = units_between(start, end, unit=SEMIMONTH, anchor=anchor)
    return (whole + part) / SEMIMONTHS_A_YEAR  # tidy: exact
