"""Terms whose numerators would not fit into 64 bits are told from those that do, at the very limit."""

import datetime as dt

import numpy as np
import pytest

from benyuan.consumer_finance.clocks import clock, denominator
from benyuan.consumer_finance.fitting import BELOW, most_nights, numerators_fit, purchases_fit
from benyuan.consumer_finance.vocabulary import (
    DAY_COUNT_NUMBER,
)
from benyuan.values.dates import add_calendar_days
from benyuan.values.daycount import DayCount


@pytest.mark.parametrize(
    ("owed_fen", "day_count", "nights"),
    [
        (20_000_000, DayCount.act_365, 1_921_535),
        (20_000_000, DayCount.act_act, 5_250),
        (1_000_000_000, DayCount.act_365, 38_430),
        (1_000_000_000, DayCount.act_act, 105),
    ],
)
def test_the_most_nights(owed_fen: int, day_count: DayCount, nights: int) -> None:
    assert most_nights(owed_fen=owed_fen, rate_ppm=240_000, day_count=day_count) == nights
    assert numerators_fit(owed_fen=owed_fen, rate_ppm=240_000, nights=nights, day_count=day_count)
    assert not numerators_fit(owed_fen=owed_fen, rate_ppm=240_000, nights=nights + 1, day_count=day_count)


@pytest.mark.parametrize("day_count", DayCount)
@pytest.mark.parametrize("begins", [20230131, 20240228, 20260227, 20271231])
@pytest.mark.parametrize("nights", [1, 2, 31, 365, 1_000])
def test_what_fits_is_reckoned_without_overflow(day_count: DayCount, begins: int, nights: int) -> None:
    counted = np.array([DAY_COUNT_NUMBER[day_count]])
    ends = add_calendar_days(begins, nights)
    units = clock(counted, np.array([ends])) - clock(counted, np.array([begins]))
    carried = denominator(counted) - 1
    most_fen = BELOW // (1_000_000 * nights)
    while not numerators_fit(owed_fen=most_fen, rate_ppm=1_000_000, nights=nights, day_count=day_count):
        most_fen = most_fen * 99 // 100
    in_columns = np.array([most_fen]) * 1_000_000 * units + carried
    assert int(in_columns[0]) == most_fen * 1_000_000 * int(units[0]) + int(carried[0])


def test_purchases_of_a_life() -> None:
    until = dt.date(2100, 1, 1)
    assert purchases_fit(ever_fen=300_000_000_000, rate_ppm=240_000, until=until, day_count=DayCount.act_365)
    assert not purchases_fit(ever_fen=320_000_000_000, rate_ppm=240_000, until=until, day_count=DayCount.act_365)
    assert purchases_fit(ever_fen=1_000_000_000, rate_ppm=240_000, until=until, day_count=DayCount.thirty_360)
    assert not purchases_fit(ever_fen=33_000_000_000, rate_ppm=0, until=until, day_count=DayCount.act_act)
    assert not purchases_fit(ever_fen=200_000_000_000_000, rate_ppm=0, until=until, day_count=DayCount.act_365)
