"""The least net worth of an institution, by slices of the mean daily reserve (PBoC Order [2024] No. 4, arts. 59, 75).

Worked number: a mean of 200 billion yuan asks for 5% of the first 50 billion and 4% of the other 150: 2.5 + 6 = 8.5
billion. A mean that rises above what net worth allows is a breach that shows; it refuses nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.reserve_return import mean_daily_fen
from benyuan.rules.types import Slice
from benyuan.values.dates import Window, add_calendar_days, next_period_on, period_of

NET_WORTH_RATIO = "pay.reserve.networth_ratio"
WHOLE_PPM = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mean:
    """The mean of the reserve at the ends of days, from one day to another, both counted; in fen, rounded up."""

    first_day: int
    last_day: int
    days: int
    fen: int
    whole_year: bool


def mean_reserve(dates: NDArray[np.int64], balances_fen: NDArray[np.int64], *, on: int) -> Mean | None:
    """Over the latest calendar year of which every day is closed; to date, over all closed days, where there is none.

    `dates` are the closed days of one institution, as yyyymmdd in any order, none twice; those after `on` don't count.
    None where there is none.
    """
    order = np.argsort(dates, kind="stable")
    order = order[dates[order] <= on]
    days, balances = dates[order].tolist(), balances_fen[order].tolist()
    if not days:
        return None
    ends = [place for place, day in enumerate(days) if _ends_year(day)]
    if ends:
        year = period_of(Window.CALENDAR_YEAR, days[ends[-1]])
        first = next(place for place, day in enumerate(days) if period_of(Window.CALENDAR_YEAR, day) == year)
        end = ends[-1] + 1
        if _ends_year(add_calendar_days(days[first], -1)) and _unbroken(days[first:end]):
            return _mean(days[first:end], balances[first:end], whole_year=True)
    return _mean(days, balances, whole_year=False)


def least_net_worth_fen(slices: Sequence[Slice], *, mean_fen: int) -> int:
    """The sum over the slices of the part of the mean within each at its rate, in fen, rounded up to the whole fen."""
    uppers = [*(upper.over_fen for _, upper in pairwise(slices)), mean_fen]
    parts = (
        max(min(mean_fen, upper) - each.over_fen, 0) * each.rate_ppm for each, upper in zip(slices, uppers, strict=True)
    )
    return -(-sum(parts) // WHOLE_PPM)


def _mean(days: Sequence[int], balances: Sequence[int], *, whole_year: bool) -> Mean:
    fen = mean_daily_fen(balances)
    return Mean(first_day=days[0], last_day=days[-1], days=len(days), fen=fen, whole_year=whole_year)


def _ends_year(day: int) -> bool:
    return next_period_on(Window.CALENDAR_YEAR, day) == add_calendar_days(day, 1)


def _unbroken(days: Sequence[int]) -> bool:
    return all(add_calendar_days(day, 1) == following for day, following in pairwise(days))
