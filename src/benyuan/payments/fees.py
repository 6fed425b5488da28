"""Fees that merchants pay: a rate of each payment, by the plan that they have agreed to.

Worked number: 0.38% of 12.50 yuan is 4.75 fen, which is rounded half up to 5 fen. A refund gives no fee back.
"""

import numpy as np
from numpy.typing import NDArray

WHOLE_PPM = 1_000_000


def fee_fen(amount_fen: NDArray[np.int64], rate_ppm: NDArray[np.int64]) -> NDArray[np.int64]:
    """The fee on each amount, in fen, rounded half up; in two parts, so that no product leaves 64 bits."""
    whole, rest = np.divmod(amount_fen, WHOLE_PPM)
    return np.asarray(whole * rate_ppm + (rest * rate_ppm + WHOLE_PPM // 2) // WHOLE_PPM, np.int64)
