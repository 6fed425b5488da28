"""Parts of a whole: reached at the figure and not before, what is missing, and how a share is shown."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.values.shares import missing_to, reaches, share_text

THIRDS = Fraction(2, 3)
WHOLE = st.integers(min_value=1, max_value=10**18)


@pytest.mark.parametrize(
    ("part", "reached", "missing"), [(199, False, 1), (200, True, 0), (201, True, 0), (0, False, 200)]
)
def test_two_thirds_of_three_hundred(part: int, reached: bool, missing: int) -> None:
    assert (reaches(part, 300, THIRDS), missing_to(part, 300, THIRDS)) == (reached, missing)


@pytest.mark.parametrize(
    ("part", "whole", "text"), [(2, 3, "66.66%"), (0, 7, "0.00%"), (7, 7, "100.00%"), (1, 20_001, "0.00%")]
)
def test_shares_are_shown_rounded_down(part: int, whole: int, text: str) -> None:
    assert share_text(part, whole) == text


@given(part=st.integers(min_value=0, max_value=10**18), whole=WHOLE, of=st.integers(1, 99), to=st.integers(1, 99))
def test_what_is_missing_is_enough_and_not_too_much(part: int, whole: int, of: int, to: int) -> None:
    figure = Fraction(min(of, to), max(of, to))
    missing = missing_to(part, whole, figure)
    assert reaches(part + missing, whole, figure)
    assert missing == 0 or not reaches(part + missing - 1, whole, figure)
