"""Fees that merchants pay: a rate of each payment, by the plan that they have agreed to.

Worked number: 0.38% of 12.50 yuan is 4.75 fen, which is rounded half up to 5 fen. A refund gives the fee back in
proportion where the plan says so: of that, 5.00 yuan refunded give 2 fen back, and the other 7.50 the other 3.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

WHOLE_PPM = 1_000_000

FEE_TERMS = Table(name="fee_terms", columns=("owner", "from_date", "returned"), dated="from_date")
"""Whether a plan gives the fee back with what is refunded, from a day on."""
FEE_RETURNED = Table(name="fee_returned", columns=("fee_fen",), keyed=True)
"""What has gone back of a payment's fee."""
WITHDRAWAL_FEE = Table(
    name="withdrawal_fee", columns=("owner", "from_date", "rate_ppm", "free_each_fen"), dated="from_date"
)
"""What an institution takes of withdrawals from a day on; one of no more than `free_each_fen` is free."""
WITHDRAWAL_FEES_PUBLISHED = folds("withdrawal_fees_published", table=WITHDRAWAL_FEE, adds=True)
PAYMENT_FEE = Table(name="payment_fee", columns=("fee_fen",), command="pay")

FEE_TERMS_PUBLISHED = folds("fee_terms_published", table=FEE_TERMS, adds=True)
FEE_RETURN_BEGUN = folds("fee_return_begun", table=FEE_RETURNED, adds=True)
FEE_RETURN_ADDED = folds("fee_return_added", table=FEE_RETURNED, adds=False)


def fee_fen(amount_fen: NDArray[np.int64], rate_ppm: NDArray[np.int64]) -> NDArray[np.int64]:
    """The fee on each amount, in fen, rounded half up; in two parts, so that no product leaves 64 bits."""
    whole, rest = np.divmod(amount_fen, WHOLE_PPM)
    return np.asarray(whole * rate_ppm + (rest * rate_ppm + WHOLE_PPM // 2) // WHOLE_PPM, np.int64)


def fee_share_fen(*, fee_fen: int, of_fen: int, paid_fen: int) -> int:
    """The share of a fee that belongs to a part of the payment, rounded half up; of all of it, the whole fee."""
    return (2 * fee_fen * of_fen + paid_fen) // (2 * paid_fen) if paid_fen else 0


def withdrawal_fee_fen(
    amount_fen: NDArray[np.int64], *, rate_ppm: NDArray[np.int64], free_each_fen: NDArray[np.int64]
) -> NDArray[np.int64]:
    """The fee of each withdrawal; a small one is free. Of 0.1%, with 1,000.00 free: 1,000.01 costs 1.00."""
    return np.where(amount_fen <= free_each_fen, 0, fee_fen(amount_fen, rate_ppm))
