"""Where a body's trial balance comes from: a return by its file, with its document, or a book of this ledger.

Worked value: `what` "bank.xlsx", `source` "audited accounts (20270315)"; without a document the source is "invented".
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import msgspec

from benyuan.holding_company.consolidation.entries import Entries
from benyuan.parties.bodies.sources import INVENTED


class TrialBalanceOf(msgspec.Struct, frozen=True, kw_only=True):
    """The trial balance of `body`: the file or book that it is in, and its document with its day, or "invented"."""

    body: int
    what: str
    source: str


def invented_bodies(bodies: Iterable[int], sources: Collection[TrialBalanceOf]) -> set[int]:
    """Those of the bodies whose trial balance has no document."""
    documented = {each.body for each in sources if each.source != INVENTED}
    return set(bodies) - documented


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """Trial balances with where each comes from."""

    entries: Entries
    sources: tuple[TrialBalanceOf, ...]

    @property
    def files(self) -> int:
        """How many there were, by the numbers that they were sent under."""
        return int(self.entries.sent.max(initial=0))
