"""Rows found by a column's value, sorted or not, whatever the values are and however the column grew."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benyuan.engine.records import LEAST_REST, ColumnIndex

LEAST, MOST = int(np.iinfo(np.int64).min), int(np.iinfo(np.int64).max)
VALUES = [LEAST, -1, 0, 1, 5, MOST - 1, MOST]


@pytest.mark.parametrize("sizes", [[0], [1, 0, 3], [LEAST_REST], [LEAST_REST + 1, 7, 300], [10, 3 * LEAST_REST, 10]])
def test_first_last_and_every_row(sizes: list[int]) -> None:
    made = np.random.default_rng(len(sizes))
    index, column = ColumnIndex(), np.zeros(1, np.int64)
    for size in sizes:
        column = np.append(column, made.choice(np.array([*VALUES[:-2], MOST]), size))
        index.cover(column)
        rows = {value: np.flatnonzero(column[1:] == value) + 1 for value in VALUES}
        assert {value: index.every(value) for value in VALUES} == {
            value: found.tolist() for value, found in rows.items()
        }
        firsts = [int(found[0]) if value and len(found) else 0 for value, found in rows.items()]
        asked: NDArray[np.int64] = np.array(VALUES, np.int64)
        assert index.first(asked).tolist() == firsts
        lasts = [int(found[-1]) if value and len(found) else 0 for value, found in rows.items()]
        assert index.last(asked).tolist() == lasts
