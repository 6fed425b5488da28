"""Wallets without a trade since they were opened (银发〔2016〕261号, item 一（六）)."""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books
from benyuan.payments.records import WALLET


def idle_wallets(books: Books, *, institution: int, on: int) -> NDArray[np.int64]:
    """The open wallets of an institution whose months have ended by a day and that have never moved."""
    due, account = books.column(WALLET, "idle_due_on"), books.column(WALLET, "account")
    ended = (due != 0) & (due <= on) & (books.column(WALLET, "institution") == institution)
    ended &= (books.column(WALLET, "idle") == 0) & (books.column(WALLET, "closed_on") == 0)
    places = np.flatnonzero(ended)
    return places[~books.has_moved(account[places])]
