"""What bodies have outstanding with others: given or guaranteed, and not paid back or released, on any day.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; CBIRC Order 2022 No. 1, arts. 16, 20, 25. An asset that was bought
for an insurer's funds counts in its own limits only. Worked number: of 100.00 with 30.00 of security taken off 70.00
count; after 60.00 are paid back 40.00 are left, of which 10.00 count.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.governance.related.records import RELATED_EXPOSURE, RELATED_PARTICULAR, RELATED_RETURN
from benyuan.governance.related.vocabulary import FUNDS_NUMBER, Funds
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.ownership.dated import Column
from benyuan.values.sums import exact_sum

Ints: TypeAlias = NDArray[np.int64]
OWN_USE = FUNDS_NUMBER[Funds.own_use]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposures:
    """Columns, a place an exposure: who gave, whom it reaches, whether it is a guarantee, what is left of it in fen.

    `net_fen`: what is left less the security that is taken off. `funds`, `product`, `asset`, `left_out`: as in
    `RELATED_PARTICULAR`, 0 where nothing is told; `transaction`: by which it was given.
    """

    transaction: Ints
    body: Ints
    reaches: Ints
    guarantee: Ints
    left_fen: Ints
    net_fen: Ints
    funds: Ints
    product: Ints
    asset: Ints
    left_out: Ints

    def between(self, givers: Collection[int], receivers: Collection[int], *, net: bool = False) -> int:
        """The finance and guarantees that these have outstanding with those, in fen; `net`: as a bank's limits count.

        Those are less security, and without what is left out.
        """
        wanted = self._among(givers, receivers) & (self.asset == 0)
        return self._sum(wanted & ((self.left_out == 0) | (not net)), net=net)

    def traded(self, givers: Collection[int], receivers: Collection[int]) -> int:
        """All of it, finance and assets, less security."""
        return self._sum(self._among(givers, receivers), net=True)

    def invested(
        self, givers: Collection[int], receivers: Collection[int], *, funds: Collection[int] = (), product: int = 0
    ) -> int:
        """What of these insurers' funds is in those, in fen; of a class of assets, or of one product, where asked."""
        wanted = self._among(givers, receivers) & (self.guarantee == 0) & (self.funds != OWN_USE)
        if funds:
            wanted &= np.isin(self.funds, list(funds))
        return self._sum(wanted & ((self.product == product) | (product == 0)), net=False)

    def guaranteed_outside(self, giver: int, inside: Collection[int]) -> int:
        """A body's guarantees for everybody but these, in fen."""
        wanted = (self.body == giver) & (self.guarantee != 0) & ~np.isin(self.reaches, list(inside))
        return self._sum(wanted, net=False)

    def parties_of(self, givers: Collection[int]) -> list[int]:
        """With whom these bodies have anything outstanding, in order."""
        found: list[int] = np.unique(self.reaches[np.isin(self.body, list(givers)) & (self.left_fen > 0)]).tolist()
        return found

    def products_of(self, givers: Collection[int]) -> list[int]:
        """The products that these bodies hold and of which somebody told, in order."""
        mine = np.isin(self.body, list(givers)) & (self.left_fen > 0) & (self.product != 0)
        found: list[int] = np.unique(self.product[mine]).tolist()
        return found

    def _among(self, givers: Collection[int], receivers: Collection[int]) -> NDArray[np.bool_]:
        return np.isin(self.body, list(givers)) & np.isin(self.reaches, list(receivers))

    def _sum(self, wanted: NDArray[np.bool_], *, net: bool) -> int:
        return exact_sum((self.net_fen if net else self.left_fen)[wanted])


def exposures_of(column: Column, *, on: int, seen: int) -> Exposures:
    """All of them at the end of a day (yyyymmdd), as known at a log position."""
    held = {name: column(RELATED_EXPOSURE, name)[1:] for name in RELATED_EXPOSURE.columns}
    held["reaches"] = ones_of(column, seen=seen).column(held["reaches"])
    left = held["amount_fen"] - returned(column, on=on, seen=seen, count=len(held["body"]))
    there = (held["booked_on"] <= on) & (held["position"] <= seen)
    particulars = {
        name: particular(column, name, held["transaction"])[there] for name in ("funds", "product", "asset", "left_out")
    }
    return Exposures(
        transaction=held["transaction"][there],
        body=held["body"][there],
        reaches=held["reaches"][there],
        guarantee=held["guarantee"][there],
        left_fen=left[there],
        net_fen=net_fen(left, held["covered_fen"])[there],
        **particulars,
    )


def particular(column: Column, name: str, transactions: Ints) -> Ints:
    """What was told of each of these transactions under a name; 0 of those of which nothing was."""
    told: Table = RELATED_PARTICULAR
    numbers, values = column(told, "transaction")[1:], column(told, name)[1:]
    most = int(max(transactions.max(initial=0), numbers.max(initial=0)))
    by_transaction = np.zeros(most + 1, np.int64)
    by_transaction[numbers] = values
    found: Ints = by_transaction[transactions]
    return found


def returned(column: Column, *, on: int, seen: int, count: int) -> Ints:
    """What was paid back of each exposure, in order of their numbers."""
    back = {name: column(RELATED_RETURN, name)[1:] for name in RELATED_RETURN.columns}
    known = (back["returned_on"] <= on) & (back["position"] <= seen)
    sums = np.zeros(count + 1, np.int64)
    np.add.at(sums, back["exposure"][known], back["amount_fen"][known])
    return sums[1:]


def net_fen(left_fen: Ints, covered_fen: Ints) -> Ints:
    """What counts of it: security stays until the end."""
    found: Ints = np.maximum(left_fen - covered_fen, 0)
    return found
