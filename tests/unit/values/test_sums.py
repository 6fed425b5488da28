"""Sums that no width bounds."""

import numpy as np
import pytest

from benyuan.values.sums import exact_sum


@pytest.mark.parametrize(
    "values", [[], [1, -2], [2**63 - 1] * 3, [-(2**63)] * 3, [2**32 - 1, 2**32, -1], [2**63 - 1, -(2**63)]]
)
def test_a_sum_is_what_it_is(values: list[int]) -> None:
    assert exact_sum(np.array(values, np.int64)) == sum(values)
