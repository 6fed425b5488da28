"""To whom which sheet of costs was shown last, and when: looked up for a whole batch at once.

Source: 金规〔2026〕2号. A showing is found by a number that is made of the borrower's and the sheet's; whose it is and
which sheet is then read from its row, so that two that share a number by chance are never taken for one another.
Worked number: shown at 10:00:00 and again at 10:00:30, the time to read runs from 10:00:30.
"""

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import SHEET_SHOWN
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books

STEP = np.uint64(0x9E3779B97F4A7C15)  # tidy: number an odd number whose multiples lie far apart


def marks_of(borrowers: Ints, sheets: Ints) -> Ints:
    """One number of 63 bits for each borrower and sheet together."""
    mixed = sheets.astype(np.uint64) ^ (borrowers.astype(np.uint64) * STEP)
    return (mixed >> np.uint64(1)).astype(np.int64)


def last_shown(batch: Batch, books: Books, borrowers: Ints) -> dict[str, Ints]:
    """The facts `shown`, the last showing of the sheet that each command names, and `shown_at`; 0 where there is none.

    `borrowers`: to whom it must have been shown, one a command.
    """
    sheets = batch.text_numbers("cost_sheet")
    found = books.last_with(SHEET_SHOWN, "mark", marks_of(borrowers, sheets))
    to, which = (books.column(SHEET_SHOWN, name)[found] for name in ("borrower", "sheet"))
    shown = np.where((to == borrowers) & (which == sheets), found, 0)
    return {"shown": shown, "shown_at": books.column(SHEET_SHOWN, "at")[shown]}
