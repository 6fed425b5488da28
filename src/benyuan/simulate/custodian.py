"""The clearing house and the custodian bank as they see it: sums of the orders that reach them, kept here alone.

The house's file of single transactions is made from the same orders, mistakes and all (`clearing_house`).
Nothing is read from the ledger: what is owed both ways and what stands in the reserve follow from the answers to
single commands, and what a merchant is paid out from the sales it made. So when the day's statement agrees with the
book, two sums that were kept apart agree. Worked number: 100.00 topped up and 30.00 of it paid and settled make
100.00 owed in and 30.00 owed out, and after the next morning's clearing a reserve of 70.00.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.vocabulary import ReserveDirection
from benyuan.simulate.clearing_house import ClearingHouse


class Custodian:
    """Orders since the last clearing, the reserve, and what each merchant has coming; all in fen.

    `statement`: the reserve's movements since the last statement, as (direction, reference, fen).
    """

    def __init__(self, *, merchants: int) -> None:
        self.owed_in_fen = 0
        self.owed_out_fen = 0
        self.reserve_fen = 0
        self.fees_fen = 0
        self.statement: list[tuple[str, str, int]] = []
        self.house = ClearingHouse()
        self._due_fen = np.zeros(merchants, np.int64)

    def debit_cards(self, amounts_fen: NDArray[np.int64], *, orders: NDArray[np.int64]) -> None:
        """Bank accounts are debited: the clearing house owes the money. `orders`: IDs of the commands."""
        self.owed_in_fen += int(amounts_fen.sum())
        self.house.take(ReserveDirection.received, orders=orders, amounts_fen=amounts_fen)

    def pay_out(self, amounts_fen: NDArray[np.int64], *, orders: NDArray[np.int64]) -> None:
        """Money is on its way to bank accounts."""
        self.owed_out_fen += int(amounts_fen.sum())
        self.house.take(ReserveDirection.paid, orders=orders, amounts_fen=amounts_fen)

    def sell(self, merchant: NDArray[np.int64], amounts_fen: NDArray[np.int64]) -> None:
        """Merchants, counted from 0, have sold for so much; below nought: refunded."""
        np.add.at(self._due_fen, merchant, amounts_fen)

    def hold(self, merchant: int, amount_fen: int) -> int:
        """Take as much of an amount from what a merchant has coming as there is; returns how much."""
        held = min(amount_fen, int(self._due_fen[merchant]))
        self._due_fen[merchant] -= held
        return held

    def give_back(self, merchant: int, amount_fen: int) -> None:
        """What was held is the merchant's again."""
        self._due_fen[merchant] += amount_fen

    def earn(self, fees_fen: NDArray[np.int64]) -> None:
        """The institution has earned fees."""
        self.fees_fen += int(fees_fen.sum())

    def take_fees(self, *, orders: NDArray[np.int64]) -> None:
        """All fees earned are on their way out."""
        self.pay_out(np.array([self.fees_fen]), orders=orders)
        self.fees_fen = 0

    def has_due(self) -> NDArray[np.bool_]:
        """Which merchants have something coming."""
        due: NDArray[np.bool_] = self._due_fen > 0
        return due

    def settle(self, merchant: NDArray[np.int64], *, orders: NDArray[np.int64]) -> None:
        """These merchants are paid what they have coming."""
        self.pay_out(self._due_fen[merchant], orders=orders)
        self._due_fen[merchant] = 0

    def clear(self, *, reference: str, number: int = 0) -> tuple[int, int]:
        """What is owed moves, in and then out, under the clearing house's reference; returns both.

        `number`: that of the day, by which the house makes its mistakes; what it leaves out it owes on.
        """
        left_in, left_out = self.house.settle(number=number, reference=reference)
        moved = self.owed_in_fen - left_in, self.owed_out_fen - left_out
        self.reserve_fen += moved[0] - moved[1]
        self.owed_in_fen, self.owed_out_fen = left_in, left_out
        ways = zip((ReserveDirection.received.value, ReserveDirection.paid.value), moved, strict=True)
        self.statement += [(way, reference, fen) for way, fen in ways if fen]
        return moved

    def state(self) -> list[tuple[str, str, int]]:
        """The statement, which begins anew."""
        stated, self.statement = self.statement, []
        return stated
