"""Dated facts: the latest that has begun, as far as it was known."""

import numpy as np
import pytest

from benyuan.parties.ownership.dated import in_force

ROWS = {
    "owner": np.array([1, 1, 2, 1], np.int64),
    "owned": np.array([9, 9, 9, 9], np.int64),
    "from_date": np.array([20200101, 20260701, 20210101, 20260701], np.int64),
    "position": np.array([10, 20, 30, 40], np.int64),
}


@pytest.mark.parametrize(
    ("on", "seen", "places"),
    [
        (20191231, 99, []),
        (20200101, 99, [0]),
        (20260630, 99, [0, 2]),
        (20260701, 99, [3, 2]),
        (20260701, 39, [1, 2]),
        (20260701, 19, [0]),
        (20260701, 9, []),
    ],
)
def test_the_latest_that_has_begun_and_was_known(on: int, seen: int, places: list[int]) -> None:
    assert in_force(ROWS, key=("owner", "owned"), on=on, seen=seen).tolist() == places
