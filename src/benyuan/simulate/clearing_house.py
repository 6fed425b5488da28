"""The clearing house's file of single transactions, made from the orders that reach it and not from the ledger.

It makes four mistakes, each on the first day from its number on that has a line, so that there is something to find: it
leaves a line out and brings it the next day; it takes 1.00 yuan too little and makes it good the next day; it names the
wrong order; it writes a line twice and pays it once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.vocabulary import ReserveDirection

LEFT_OUT, SHORT, MISNAMED, TWICE = range(4)
MISTAKES_FROM = (6, 10, 14, 18)
"""For each mistake the number of the day from which on it is made."""
SHORT_FEN = 100
NO_ORDER = 1
"""The log position of a command that moves no money."""
MISTAKEN_FROM_FEN = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The file's lines: shapes (n,), amounts in fen. `order`: the ID of the command, as the house was told it."""

    direction: list[str]
    order: NDArray[np.int64]
    amount_fen: NDArray[np.int64]
    reference: list[str]


@dataclass(slots=True, kw_only=True)
class _Orders:
    """Orders that have reached the house, or lines that it will write."""

    paid: NDArray[np.bool_]
    order: NDArray[np.int64]
    amount_fen: NDArray[np.int64]


class ClearingHouse:
    """Orders since the last settlement, and the lines of the last one."""

    def __init__(self) -> None:
        self._orders: list[_Orders] = []
        self._lines = _together([])
        self._reference = ""
        self._mistakes = 0

    def take(self, direction: ReserveDirection, *, orders: NDArray[np.int64], amounts_fen: NDArray[np.int64]) -> None:
        """Orders of one direction; those over nothing move nothing."""
        moved = amounts_fen > 0
        paid = np.full(int(moved.sum()), direction is ReserveDirection.paid)
        self._orders.append(_Orders(paid=paid, order=orders[moved], amount_fen=amounts_fen[moved]))

    def settle(self, *, number: int, reference: str) -> tuple[int, int]:
        """Write the lines of all orders; returns what is left for the next settlement, in and out, in fen."""
        lines, self._orders = _together(self._orders), []
        self._reference = reference
        wanted = np.flatnonzero(~lines.paid & (lines.amount_fen >= MISTAKEN_FROM_FEN))
        if len(wanted) and self._mistakes < len(MISTAKES_FROM) and number >= MISTAKES_FROM[self._mistakes]:
            lines = self._mistaken(lines, int(wanted[-1]), self._mistakes)
            self._mistakes += 1
        self._lines = lines
        left = _together(self._orders)
        return int(left.amount_fen[~left.paid].sum()), int(left.amount_fen[left.paid].sum())

    def file(self) -> Lines:
        """The lines of the last settlement, once."""
        lines, self._lines = self._lines, _together([])
        words = [ReserveDirection.received.value, ReserveDirection.paid.value]
        return Lines(
            direction=[words[paid] for paid in lines.paid.tolist()],
            order=lines.order,
            amount_fen=lines.amount_fen,
            reference=[f"{self._reference[-8:]}-{line}" for line in range(1, len(lines.order) + 1)],
        )

    def _mistaken(self, lines: _Orders, place: int, mistake: int) -> _Orders:
        """The lines with a mistake at one of them."""
        one = _chosen(lines, np.array([place]))
        if mistake == LEFT_OUT:
            self._orders.append(one)
            return _chosen(lines, np.delete(np.arange(len(lines.order)), place))
        if mistake == SHORT:
            lines.amount_fen[place] -= SHORT_FEN
            one.amount_fen[:] = SHORT_FEN
            self._orders.append(one)
        if mistake == MISNAMED:
            lines.order[place] = NO_ORDER
        return _together([lines, one]) if mistake == TWICE else lines


def _chosen(orders: _Orders, places: NDArray[np.int64]) -> _Orders:
    return _Orders(paid=orders.paid[places], order=orders.order[places], amount_fen=orders.amount_fen[places])


def _together(parts: list[_Orders]) -> _Orders:
    return _Orders(
        paid=np.concatenate([np.zeros(0, np.bool_), *(part.paid for part in parts)]),
        order=np.concatenate([np.zeros(0, np.int64), *(part.order for part in parts)]),
        amount_fen=np.concatenate([np.zeros(0, np.int64), *(part.amount_fen for part in parts)]),
    )
