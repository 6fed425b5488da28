"""The row of an owner that counts on a day, whatever the owners' numbers and in whatever order the days came."""

from typing import Any

import numpy as np
import pytest

from benyuan.decisions.facts import Table
from benyuan.engine.records import LEAST_OWNERS, OWNERS_PER_ROW, TableColumns

DATED = Table(name="rates", columns=("owner", "from_date", "rate"), dated="from_date")
FAR = 10**12
DAYS = range(8)


@pytest.mark.parametrize("most", [3, 200, OWNERS_PER_ROW * LEAST_OWNERS])
@pytest.mark.parametrize("sizes", [[1], [5, 0, 5], [40, 300, 7], [LEAST_OWNERS, 3]])
def test_latest_row_up_to_the_day(most: int, sizes: list[int]) -> None:
    made, held, rows = np.random.default_rng(most + len(sizes)), TableColumns(DATED), np.zeros((1, 2), np.int64)
    for size in sizes:
        owners = np.where(made.random(size) < 0.1, FAR + made.integers(0, 3, size), made.integers(0, most, size))
        dates = made.integers(1, len(DAYS) - 1, size)
        first = held.next_id
        columns: dict[str, Any] = {"id": np.arange(first, first + size), "owner": owners, "from_date": dates}
        held.add({**columns, "rate": owners * 10 + dates})
        rows = np.vstack([rows, np.column_stack([owners, dates])])
        asked = np.array([*range(-1, 12), most - 1, most, FAR, FAR + 1, FAR + 9], np.int64)
        for on in DAYS:
            assert held.places(asked, on=on).tolist() == [by_hand(rows, owner, on) for owner in asked.tolist()]


def by_hand(rows: Any, owner: int, on: int) -> int:
    """The last of the latest day."""
    mine = [(date, place) for place, (of, date) in enumerate(rows.tolist()) if place and of == owner and date <= on]
    return max(mine, default=(0, 0))[1]


def test_none_of_an_empty_table() -> None:
    assert TableColumns(DATED).places(np.array([0, 1, FAR], np.int64), on=9).tolist() == [0, 0, 0]
