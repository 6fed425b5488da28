"""The return on the reserve of a month, from the days that were closed (PBoC Order [2021] No. 1, art. 46).

Worked number: days that end with 100.00, 100.00 and 100.01 yuan in the reserve have a mean of 100.01, rounded up to the
whole fen.
"""

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.payments.reserve_return import mean_daily_fen
from benyuan.values.dates import Window, add_calendar_days, from_yyyymmdd, next_period_on
from benyuan.values.errors import BadInput


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A closed day as it stood at its end: dates as yyyymmdd, sums in fen."""

    date: int
    wallets_fen: int
    merchants_fen: int
    clearing_in_fen: int
    clearing_out_fen: int
    own_fen: int
    fees_fen: int
    reserve_fen: int
    statement_fen: int
    difference_fen: int
    unexplained_fen: int
    shortfall_fen: int


class MonthlyReturn(msgspec.Struct, frozen=True, kw_only=True):
    """The month's days, and what follows from them; `end_fen` is None until its last day is closed.

    `mean_fen`: of the reserve by the book over the days that are closed, rounded up to the whole fen.
    `missing`: the days that are not closed, as first and last day of each stretch.
    """

    institution: int
    month: int
    last_day: int
    days_closed: int
    days_missing: int
    missing: tuple[tuple[int, int], ...]
    mean_fen: int
    end_fen: int | None
    days_with_difference: int
    largest_difference_fen: int
    days_short: int
    largest_shortfall_fen: int
    days: tuple[Day, ...]


def last_day_of(month: int) -> int:
    """The last day of a month (yyyymm). Raises BadInput for no such month."""
    first = month * 100 + 1
    try:
        from_yyyymmdd(first)
    except (BadInput, OverflowError):
        raise BadInput("month", month, "a month that exists, as yyyymm") from None
    following = next_period_on(Window.MONTH, first)
    return add_calendar_days(following or first, -1)


def monthly_return(columns: Mapping[str, NDArray[np.int64]], *, institution: int, month: int) -> MonthlyReturn | None:
    """The return of a month (yyyymm) from the columns of the closed days; None where no day of it is closed.

    Raises BadInput for no such month. The difference and the shortfall that are named are the largest of the month, by
    their absolute amounts.
    """
    last = last_day_of(month)
    places = np.flatnonzero((columns["institution"] == institution) & (columns["date"] // 100 == month))
    days = sorted((_day(columns, place) for place in places.tolist()), key=lambda day: day.date)
    if not days:
        return None
    missing = sorted(set(range(month * 100 + 1, last + 1)) - {day.date for day in days})
    return MonthlyReturn(
        institution=institution,
        month=month,
        last_day=last,
        days_closed=len(days),
        days_missing=len(missing),
        missing=_stretches(missing),
        mean_fen=mean_daily_fen([day.reserve_fen for day in days]),
        end_fen=days[-1].reserve_fen if days[-1].date == last else None,
        days_with_difference=sum(day.difference_fen != 0 for day in days),
        largest_difference_fen=max((day.difference_fen for day in days), key=abs),
        days_short=sum(day.shortfall_fen != 0 for day in days),
        largest_shortfall_fen=max(day.shortfall_fen for day in days),
        days=tuple(days),
    )


def _day(columns: Mapping[str, NDArray[np.int64]], place: int) -> Day:
    return Day(**{name: int(columns[name][place]) for name in Day.__struct_fields__})


def _stretches(days: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Days of one month as stretches: 1, 2, 3 and 30 are 1 to 3 and 30 to 30."""
    firsts = [day for day in days if day - 1 not in days]
    lasts = [day for day in days if day + 1 not in days]
    return tuple(zip(firsts, lasts, strict=True))
