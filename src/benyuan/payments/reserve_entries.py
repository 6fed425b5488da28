"""The reserve's movements entry by entry: as booked against the custodian's statement (Order [2021] No. 1, art. 41).

Two entries match that have the same direction, reference and amount, one of each side; of several alike the first
matches the first. An entry that has no match stays open, and is tried again at every later close.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.clearing.matching import rank_within


class Side(IntEnum):
    """Where an entry stands."""

    book = 1
    statement = 2


class Direction(IntEnum):
    """Which way the money moved, as the reserve sees it."""

    received = 1
    paid = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """`ids` of entries that found their match; and what is left on one side only, received less paid, in fen."""

    ids: NDArray[np.int64]
    only_in_book_fen: int
    only_on_statement_fen: int
    only_in_book: int
    only_on_statement: int


def match_entries(column: Callable[[str], NDArray[np.int64]], *, institution: int, date: int) -> Matched:
    """Match the open entries of an institution up to a day (yyyymmdd); `column` gives the columns of the records."""
    open_now = (column("institution") == institution) & (column("matched_on") == 0) & (column("date") <= date)
    ids = np.flatnonzero(open_now)
    side, direction, amount = (column(name)[ids] for name in ("side", "direction", "amount_fen"))
    alike = np.column_stack([direction, column("reference")[ids], amount])
    _, group = np.unique(alike, axis=0, return_inverse=True)
    group = group.reshape(-1)
    counts = [np.bincount(group[side == one], minlength=len(ids)) for one in Side]
    matched = rank_within(2 * group + (side == Side.book)) < np.minimum(*counts)[group]
    signed = np.where(direction == Direction.received, amount, -amount)
    left = [~matched & (side == one) for one in Side]
    (in_book, on_statement), (book_fen, statement_fen) = (
        [int(np.count_nonzero(part)) for part in left],
        [int(signed[part].sum()) for part in left],
    )
    return Matched(
        ids=ids[matched],
        only_in_book_fen=book_fen,
        only_on_statement_fen=statement_fen,
        only_in_book=in_book,
        only_on_statement=on_statement,
    )
