"""Old legs that a batch wants to resolve once more: how each hold ended, or that the leg never held anything.

Closed holds are not kept in memory, so the row that ended one is looked for in the journal, for all of a batch at once.
Two searches take turns, a block each: on through the blocks from the oldest hold, which is quick for one that ended
soon after it was made, and back along the links of its two accounts, which is quick where these have few rows since.
Worked: of 100,000 holds on one account, each posted a batch later, the first is found in the second block.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.ledger.journal import Journal
from benyuan.ledger.layout import HOLD, HOLD_EXPIRED, HOLD_OPEN, HOLD_POSTED, HOLD_VOIDED, NOT_A_HOLD
from benyuan.ledger.walking import LINKS, Columns, along_links, by_block

PENDING, POST, VOID, EXPIRY = 2, 4, 8, 1024
FIELDS = ("debit_account", "credit_account", "amount", "reference", "flags", "code")
ENDS = ("pending_id", "flags")


def known_holds(*, journal: Journal, named: NDArray[np.int64], accounts: NDArray[Any], legs: int) -> NDArray[Any]:
    """These journaled legs, each once and in order, none of them an open hold, in the `HOLD` layout.

    `legs`: how many are journaled.
    """
    known = np.zeros(len(named), HOLD)
    known["leg"] = named
    for places, first, columns in by_block(journal, named, FIELDS):
        for name in FIELDS:
            known[name][places] = columns[name][named[places] - first]
    held = np.flatnonzero(known["flags"] & PENDING)
    known["state"] = NOT_A_HOLD
    known["state"][held] = _states(journal, known[held], accounts, legs)
    return known


class _Sought:
    """Holds in order of id, and of each the state that it ended in, `HOLD_OPEN` until that is found."""

    def __init__(self, legs: NDArray[np.int64]) -> None:
        self.legs = legs
        self.states = np.full(len(legs), HOLD_OPEN, np.uint8)
        self._oldest = 0

    def note(self, columns: Columns) -> None:
        """Take from a block which of the holds it ends."""
        rows = np.flatnonzero(columns["flags"] & (POST | VOID))
        rows = rows[np.isin(columns["pending_id"][rows], self.legs)]
        flags = columns["flags"][rows]
        ended = np.where(flags & POST, HOLD_POSTED, np.where(flags & EXPIRY, HOLD_EXPIRED, HOLD_VOIDED))
        self.states[np.searchsorted(self.legs, columns["pending_id"][rows])] = ended

    def oldest(self) -> int | None:
        """The place of the oldest hold whose end has not been found."""
        while self._oldest < len(self.legs) and self.states[self._oldest] != HOLD_OPEN:
            self._oldest += 1
        return self._oldest if self._oldest < len(self.legs) else None


def _states(journal: Journal, holds: NDArray[Any], accounts: NDArray[Any], legs: int) -> NDArray[np.uint8]:
    """How these holds ended."""
    sought = _Sought(holds["leg"])
    forward, of = 1, -1
    back: Iterator[Columns] = iter(())
    while (place := sought.oldest()) is not None:
        hold = holds[place]
        if place != of:
            of, back = place, _back(journal, hold, accounts)
        forward = max(forward, int(hold["leg"]))
        if forward <= legs:
            forward, columns = journal.columns(leg=forward, names=ENDS)
            sought.note(columns)
            forward += len(columns["flags"])
        earlier = next(back, None)
        if earlier is not None:
            sought.note(earlier)
        assert earlier is not None or forward <= legs or sought.oldest() != place, (
            f"leg {hold['leg']} is a hold that is neither open nor resolved"
        )
    return sought.states


def _back(journal: Journal, hold: Any, accounts: NDArray[Any]) -> Iterator[Columns]:
    """The blocks in which the hold's accounts have rows after it, newest first, of the two accounts in turn."""
    ways = [
        along_links(
            journal=journal,
            account=int(account),
            last=int(accounts[int(account)]["last_leg"]),
            stop=int(hold["leg"]),
            names=(*LINKS, *ENDS),
        )
        for account in (hold["debit_account"], hold["credit_account"])
    ]
    for step in zip(*ways, strict=False):  # the one that has no more blocks has shown all rows that can be the end
        for _, columns, _ in step:
            yield columns
