"""What open disputes hold of merchants' money, by the day of the payment, and what was advanced for them.

Worked number: a merchant took 300.00 yesterday and 200.00 today, and a dispute holds 50.00 of today's: yesterday's
300.00 are still its own to be paid out, for what is held is not of them.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books
from benyuan.payments.records import DISPUTE, MERCHANT
from benyuan.payments.vocabulary import DISPUTE_OUTCOME_NUMBER, DisputeOutcome


def held_since(books: Books, merchants: NDArray[np.int64], *, date: int) -> NDArray[np.int64]:
    """What open disputes hold of each merchant, of payments made after a day (yyyymmdd), in fen."""
    wanted = (books.column(DISPUTE, "outcome") == 0) & (books.column(DISPUTE, "paid_on") > date)
    held = np.zeros(len(books.column(MERCHANT, "account")), np.int64)
    np.add.at(held, books.column(DISPUTE, "merchant")[wanted], books.column(DISPUTE, "held_fen")[wanted])
    return held[np.where(merchants < len(held), merchants, 0)]


def advanced_since(books: Books, merchants: NDArray[np.int64], *, date: int) -> NDArray[np.int64]:
    """What was advanced for each merchant after a day (yyyymmdd), in fen: it came in, and went straight on."""
    wanted = books.column(DISPUTE, "decided_on") > date
    advanced = np.zeros(len(books.column(MERCHANT, "account")), np.int64)
    np.add.at(advanced, books.column(DISPUTE, "merchant")[wanted], books.column(DISPUTE, "advanced_fen")[wanted])
    return advanced[np.where(merchants < len(advanced), merchants, 0)]


def released_after(books: Books, days: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which merchants were given back, after a day of each (yyyymmdd), what a dispute had held."""
    kept = DISPUTE_OUTCOME_NUMBER[DisputeOutcome.for_merchant.value]
    last = np.zeros(len(days), np.int64)
    wanted = (books.column(DISPUTE, "outcome") == kept) & (books.column(DISPUTE, "held_fen") > 0)
    np.maximum.at(last, books.column(DISPUTE, "merchant")[wanted], books.column(DISPUTE, "decided_on")[wanted])
    return np.asarray(last > days, np.bool_)
