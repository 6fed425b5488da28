"""The floor of net worth by slices, and the mean of the reserve that it is reckoned from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.payments.net_worth import Mean, least_net_worth_fen, mean_reserve
from benyuan.rules import load_pack
from benyuan.rules.types import Slice
from benyuan.values.dates import add_calendar_days

SLICES = load_pack().value(id="pay.reserve.networth_ratio", on=20260501).slices
BILLION = 100_000_000_000


@pytest.mark.parametrize(
    ("mean_fen", "floor_fen"),
    [
        (0, 0),
        (1, 1),
        (20, 1),
        (21, 2),
        (50 * BILLION, 25 * BILLION // 10),
        (50 * BILLION + 1, 25 * BILLION // 10 + 1),
        (200 * BILLION, 85 * BILLION // 10),
        (500 * BILLION, 175 * BILLION // 10),
        (1_000 * BILLION, 275 * BILLION // 10),
        (1_200 * BILLION, 295 * BILLION // 10),
    ],
)
def test_the_floor(mean_fen: int, floor_fen: int) -> None:
    assert least_net_worth_fen(SLICES, mean_fen=mean_fen) == floor_fen


@given(st.integers(0, 3_000 * BILLION), st.integers(0, 3_000 * BILLION))
def test_more_reserve_never_asks_for_less(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert least_net_worth_fen(SLICES, mean_fen=low) <= least_net_worth_fen(SLICES, mean_fen=high)


def test_one_slice_has_no_end() -> None:
    assert least_net_worth_fen((Slice(over_fen=0, rate_ppm=500_000),), mean_fen=7) == 4


def mean(first: int, count: int, *, on: int = 99991231, balances: list[int] | None = None) -> Mean | None:
    days = [add_calendar_days(first, number) for number in range(count)]
    held = balances or [7] * count
    return mean_reserve(np.array(days, np.int64), np.array(held, np.int64), on=on)


def test_nothing_closed() -> None:
    assert mean(20260101, 0) is None
    assert mean(20260101, 5, on=20251231) is None


@pytest.mark.parametrize(
    ("first", "count", "on", "expected"),
    [
        (20260101, 364, 99991231, (20260101, 20261230, 364, False)),
        (20260101, 365, 99991231, (20260101, 20261231, 365, True)),
        (20260101, 365, 20261230, (20260101, 20261230, 364, False)),
        (20260101, 400, 99991231, (20260101, 20261231, 365, True)),
        (20260102, 400, 99991231, (20260102, 20270205, 400, False)),
        (20240101, 366, 99991231, (20240101, 20241231, 366, True)),
        (20251201, 31 + 365, 99991231, (20260101, 20261231, 365, True)),
        (20250101, 365 + 364, 99991231, (20250101, 20251231, 365, True)),
        (20250101, 365 + 365, 99991231, (20260101, 20261231, 365, True)),
    ],
)
def test_the_latest_whole_year_or_all_to_date(
    first: int, count: int, on: int, expected: tuple[int, int, int, bool]
) -> None:
    found = mean(first, count, on=on)
    assert found is not None
    assert (found.first_day, found.last_day, found.days, found.whole_year) == expected
    assert found.fen == 7


def test_a_year_with_a_hole_is_not_whole() -> None:
    days = [add_calendar_days(20260101, number) for number in range(365) if number != 100]
    found = mean_reserve(np.array(days, np.int64), np.full(len(days), 7, np.int64), on=20261231)
    assert found is not None
    assert (found.days, found.whole_year) == (364, False)


def test_the_order_of_the_rows_does_not_matter() -> None:
    found = mean_reserve(np.array([20260103, 20260101, 20260102]), np.array([9, 1, 4]), on=20260102)
    assert found == Mean(first_day=20260101, last_day=20260102, days=2, fen=3, whole_year=False)
