"""What bodies have outstanding with others: given or guaranteed, and not paid back or released, on any day.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; CBIRC Order 2022 No. 1, art. 16. Worked number: of 100.00 with
30.00 of security taken off 70.00 count; after 60.00 are paid back 40.00 are left, of which 10.00 count.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.governance.related.records import RELATED_EXPOSURE, RELATED_RETURN
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.ownership.dated import Column
from benyuan.values.sums import exact_sum

Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposures:
    """Columns, a place an exposure: who gave, whom it reaches, whether it is a guarantee, what is left of it in fen.

    `net_fen`: what is left less the security that is taken off.
    """

    body: Ints
    reaches: Ints
    guarantee: Ints
    left_fen: Ints
    net_fen: Ints

    def between(
        self, givers: Collection[int], receivers: Collection[int], *, net: bool = False, guarantees: bool = False
    ) -> int:
        """What these have outstanding with those, in fen."""
        wanted = np.isin(self.body, list(givers)) & np.isin(self.reaches, list(receivers))
        return self._sum(wanted & ((self.guarantee != 0) | (not guarantees)), net=net)

    def guaranteed_outside(self, giver: int, inside: Collection[int]) -> int:
        """A body's guarantees for everybody but these, in fen."""
        wanted = (self.body == giver) & (self.guarantee != 0) & ~np.isin(self.reaches, list(inside))
        return self._sum(wanted, net=False)

    def parties_of(self, giver: int) -> list[int]:
        """With whom a body has anything outstanding, in order."""
        found: list[int] = np.unique(self.reaches[(self.body == giver) & (self.left_fen > 0)]).tolist()
        return found

    def _sum(self, wanted: NDArray[np.bool_], *, net: bool) -> int:
        return exact_sum((self.net_fen if net else self.left_fen)[wanted])


def exposures_of(column: Column, *, on: int, seen: int) -> Exposures:
    """All of them at the end of a day (yyyymmdd), as known at a log position."""
    held = {name: column(RELATED_EXPOSURE, name)[1:] for name in RELATED_EXPOSURE.columns}
    held["reaches"] = ones_of(column, seen=seen).column(held["reaches"])
    left = held["amount_fen"] - returned(column, on=on, seen=seen, count=len(held["body"]))
    there = (held["booked_on"] <= on) & (held["position"] <= seen)
    return Exposures(
        body=held["body"][there],
        reaches=held["reaches"][there],
        guarantee=held["guarantee"][there],
        left_fen=left[there],
        net_fen=net_fen(left, held["covered_fen"])[there],
    )


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
