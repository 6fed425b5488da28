"""Sums of columns that no width bounds: amounts are 64 bits wide, and many of them come to more.

Worked number: twice 2**62 are 2**63, one more than a column holds; added up in halves it is told as it is.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
_HALF, _LOW = 32, (1 << 32) - 1  # tidy: number bits of half a word


def exact_sum(column: Ints) -> int:
    """The sum of a column, whatever its size."""
    return (int((column >> _HALF).sum()) << _HALF) + int((column & _LOW).sum())


__all__ = ["exact_sum"]
