"""A numerator becomes fen: half up, half to even, up, down; what is left over is dropped.

Worked number: 5 over 2 is 3 half up, 2 half to even, 3 up and 2 down.
"""

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.vocabulary import (
    ROUNDING_NUMBER,
)
from benyuan.values.rounding import Rounding

_HALF_UP, _HALF_EVEN, _UP = (
    ROUNDING_NUMBER[word.value] for word in (Rounding.half_up, Rounding.half_even, Rounding.up)
)


def rounded(numerator: Ints, denominator: Ints, mode: Ints) -> Ints:
    """Fen, by each row's own mode; numerators are not negative."""
    whole, rest = numerator // denominator, numerator % denominator
    above = rest > denominator - rest
    half = rest == denominator - rest
    adds = np.where(
        mode == _HALF_UP,
        above | half,
        np.where(mode == _HALF_EVEN, above | (half & (whole % 2 == 1)), (mode == _UP) & (rest > 0)),
    )
    fen: Ints = whole + adds
    return fen


def share_of(total: Ints, share_ppm: Ints) -> Ints:
    """A partner's part of a running total, rounded down; the lender's own is the rest."""
    part: Ints = total // 1_000_000 * share_ppm + total % 1_000_000 * share_ppm // 1_000_000
    return part
