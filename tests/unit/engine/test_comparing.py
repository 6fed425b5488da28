"""Rows compared in blocks are compared as they are one by one."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.engine import comparing
from benyuan.engine.comparing import first_difference

ROW = st.tuples(st.integers(-2, 2), st.integers(-2, 2))


@given(st.lists(ROW, max_size=9), st.data(), st.integers(1, 4))
def test_the_first_difference_is_that_of_a_plain_walk(rows: list[Any], data: st.DataObject, block: int) -> None:
    other = data.draw(st.one_of(st.just(rows), st.lists(ROW, max_size=9), st.just(rows[:-1]), st.just([*rows, (9, 9)])))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(comparing, "COMPARED_AT_ONCE", block)
        found = first_difference(np.array(rows, np.int64).reshape(-1, 2), iter(other))
    length = max(len(rows), len(other))
    pairs = zip(rows + [None] * (length - len(rows)), other + [None] * (length - len(other)), strict=True)
    assert found == next((pair for pair in pairs if pair[0] != pair[1]), None)


@pytest.mark.parametrize("odd", [1.5, "1", None, 1 << 70])
def test_a_value_that_is_no_integer_differs(odd: Any) -> None:
    rows = np.array([[1, 2], [3, 4]], np.int64)
    assert first_difference(rows, [(1, 2), (3, odd)]) == ((3, 4), (3, odd))
