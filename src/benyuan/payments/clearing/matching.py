"""Transactions of the book against lines of the clearing house's file, in columns.

A line and a transaction pair that have the same reference of ours and direction: first those of equal amounts, the
first with the first where several are alike; then, of what is left, those whose amounts differ. Worked number: of one
order over 100.00 and two lines that name it, over 99.00 and 100.00, the second line matches and the first is left.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Transactions or lines, one a row: shapes (n,). `order`: the log position of our command; 0: none is named.

    `id`: the line's own log position, or the number of the item whose row it is; `on`: the day of booking or clearing.
    """

    order: Column
    direction: Column
    amount_fen: Column
    on: Column
    id: Column

    def __len__(self) -> int:
        return len(self.order)

    def chosen(self, which: NDArray[np.bool_] | Column) -> "Side":
        """Some of the rows: a mask, or places in order."""
        return Side(**{name: getattr(self, name)[which] for name in NAMES})

    def joined(self, other: "Side") -> "Side":
        """These rows, then those of another."""
        return Side(**{name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in NAMES})

    def summed(self, direction: int) -> int:
        """The amounts of one direction, in fen."""
        return int(self.amount_fen[self.direction == direction].sum())


NAMES = ("order", "direction", "amount_fen", "on", "id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Places of pairs, equal in length two by two, and of what is left on either side."""

    same_book: Column
    same_file: Column
    other_book: Column
    other_file: Column
    left_book: Column
    left_file: Column


def paired(book: Side, file: Side, *, able: NDArray[np.bool_] | None = None) -> Pairs:
    """Pair both sides; `able`: which of the file's rows may find a partner, all where it is not given."""
    count = len(book)
    _, order = np.unique(np.concatenate([book.order, file.order]), return_inverse=True)
    _, way = np.unique(np.concatenate([book.direction, file.direction]), return_inverse=True)
    values, amount = np.unique(np.concatenate([book.amount_fen, file.amount_fen]), return_inverse=True)
    reference = order.reshape(-1) * 2 + way.reshape(-1)
    _, alike = np.unique(reference * max(len(values), 1) + amount.reshape(-1), return_inverse=True)
    alike = alike.reshape(-1)
    named = np.concatenate([book.order, file.order]) > 0
    if able is not None:
        named[count:] &= able
    in_book, in_file = np.flatnonzero(named[:count]), np.flatnonzero(named[count:])
    same_book, same_file = _two_by_two(alike, in_book, in_file + count)
    in_book, in_file = np.setdiff1d(in_book, same_book), np.setdiff1d(in_file, same_file - count)
    other_book, other_file = _two_by_two(reference, in_book, in_file + count)
    return Pairs(
        same_book=same_book,
        same_file=same_file - count,
        other_book=other_book,
        other_file=other_file - count,
        left_book=_rest(count, same_book, other_book),
        left_file=_rest(len(file), same_file - count, other_file - count),
    )


def _two_by_two(group: Column, one: Column, other: Column) -> tuple[Column, Column]:
    """Of the places `one` and `other` those that are the k-th of the same group on either side."""
    ranks = [rank_within(group[one]), rank_within(group[other])]
    most = int(max(ranks[0].max(initial=0), ranks[1].max(initial=0))) + 1
    numbers, others = (group[places] * most + rank for places, rank in zip((one, other), ranks, strict=True))
    _, left, right = np.intersect1d(numbers, others, assume_unique=True, return_indices=True)
    return one[left], other[right]


def _rest(count: int, *taken: Column) -> Column:
    left = np.ones(count, np.bool_)
    for places in taken:
        left[places] = False
    return np.flatnonzero(left)


def rank_within(groups: Column) -> Column:
    """For each place, how many earlier places have the same group."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    begins = np.flatnonzero(np.concatenate([np.ones(min(1, len(ordered)), np.bool_), ordered[1:] != ordered[:-1]]))
    ranks = np.zeros(len(groups), np.int64)
    lengths = np.diff(np.concatenate([begins, np.array([len(ordered)])]))
    ranks[order] = np.arange(len(ordered)) - np.repeat(begins, lengths)
    return ranks
