"""The ledger's memory: accounts, open holds and the heap of expiries, in arrays that grow."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.ledger.kernel.workspace import Counter
from benyuan.ledger.layout import ACCOUNT, EXPIRY, HOLD, HOLD_OPEN
from benyuan.ledger.memory import zeros

PAGE_BITS = 12
PAGE = 1 << PAGE_BITS
"""Accounts a page: the unit in which balances are saved."""

SMALLEST = 1024
RESOLVING = 12

Rows: TypeAlias = NDArray[Any] | Mapping[str, NDArray[Any]]
"""Journal rows as records, or as columns by name."""


def grown(array: NDArray[Any], needed: int) -> NDArray[Any]:
    """The array itself, or a copy with room for `needed` and an eighth more."""
    if needed <= len(array):
        return array
    larger = zeros(max(SMALLEST, needed + needed // 8), array.dtype)
    larger[: len(array)] = array
    return larger


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A part of a ledger's state, kept so that it can be brought back."""

    ids: NDArray[np.int64]
    accounts: NDArray[Any]
    holds: NDArray[Any]
    expiries: NDArray[Any]
    counts: NDArray[np.int64]
    last_at: int


class LedgerState:
    """Mutable arrays behind a ledger; `counts` is laid out by `Counter`, `ended` counts the closed ones of `holds`.

    `went_back`: how often it was brought back to a checkpoint.
    """

    def __init__(self) -> None:
        self.accounts: NDArray[Any] = np.zeros(SMALLEST, ACCOUNT)
        self.holds: NDArray[Any] = np.zeros(0, HOLD)
        self.expiries: NDArray[Any] = np.zeros(0, EXPIRY)
        self.counts: NDArray[np.int64] = np.zeros(len(Counter), np.int64)
        self.counts[Counter.next_leg] = 1
        self.last_at = 0
        self.expiries_stale = False
        self.went_back = 0
        self.ended = 0
        self.dirty: NDArray[np.bool_] = np.zeros(1, np.bool_)

    @property
    def account_count(self) -> int:
        """How many accounts there are; their ids are 1 to this."""
        return int(self.counts[Counter.accounts])

    @property
    def leg_count(self) -> int:
        """How many legs are journaled; their ids are 1 to this."""
        return int(self.counts[Counter.next_leg]) - 1

    def make_room(self, *, accounts: int = 0, holds: int = 0) -> None:
        """Room for so many more accounts and holds, and for the expiries of all holds."""
        self.accounts = grown(self.accounts, self.account_count + 1 + accounts)
        self.holds = grown(self.holds, int(self.counts[Counter.holds]) + holds) if holds else self.holds
        self.expiries = grown(self.expiries, int(self.counts[Counter.expiries]) + holds) if holds else self.expiries
        pages = (len(self.accounts) - 1) // PAGE + 1
        if pages > len(self.dirty):
            self.dirty = np.concatenate([self.dirty, np.zeros(pages - len(self.dirty), np.bool_)])

    def checkpoint(self, legs: NDArray[Any]) -> "Checkpoint":
        """What posting these legs may change: their accounts and windows, due holds and their accounts, the counts."""
        count = int(self.counts[Counter.holds])
        holds = self.holds[:count].copy()
        ending = holds[self._may_end(holds, legs)]
        named = [legs["debit_account"], legs["credit_account"], ending["debit_account"], ending["credit_account"]]
        ids = np.unique(np.concatenate(named))
        ids = ids[(ids > 0) & (ids <= self.account_count)]
        ids = np.union1d(ids, self.accounts["window_account"][ids])
        expiries = self.expiries[: int(self.counts[Counter.expiries])].copy()
        return Checkpoint(ids, self.accounts[ids], holds, expiries, self.counts.copy(), self.last_at)

    @staticmethod
    def _may_end(holds: NDArray[Any], legs: NDArray[Any]) -> NDArray[np.bool_]:
        """The holds that are due by the last of these legs, or that one of them names."""
        until = int(legs["at"].max()) if len(legs) else 0
        ending: NDArray[np.bool_] = (holds["expires_at"] != 0) & (holds["expires_at"] <= until)
        if len(holds):
            named = legs["pending_id"][legs["pending_id"] != 0]
            places = np.searchsorted(holds["leg"], named)
            ending[places[places < len(holds)]] = True  # or one beside it, of a leg that is no hold here
        return ending

    def go_back(self, to: "Checkpoint") -> None:
        """Bring back what stood at the checkpoint; accounts created since are gone."""
        self.accounts[to.ids] = to.accounts
        self.accounts[int(to.counts[Counter.accounts]) + 1 : self.account_count + 1] = np.zeros(1, ACCOUNT)
        self.counts[:] = to.counts
        self.holds[: len(to.holds)] = to.holds
        self.expiries[: len(to.expiries)] = to.expiries
        self.last_at = to.last_at
        self.expiries_stale = True
        self.went_back += 1

    def created_since(self, before: int) -> None:
        """Mark the pages of the accounts created after the first `before`."""
        self.dirty[(before + 1) // PAGE : self.account_count // PAGE + 1] = True

    def touched(self, rows: Rows) -> None:
        """Mark the pages of the accounts that these rows move."""
        self.dirty[rows["debit_account"] >> PAGE_BITS] = True  # a division would take four times as long
        self.dirty[rows["credit_account"] >> PAGE_BITS] = True

    def has_holds(self, legs: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which of these legs are holds in memory: the open ones, and some that were closed not long ago."""
        held = self.holds["leg"][: int(self.counts[Counter.holds])]
        if len(held) == 0:
            return np.zeros(len(legs), np.bool_)
        places = np.searchsorted(held, legs)
        places[places == len(held)] = 0
        there: NDArray[np.bool_] = held[places] == legs
        return there

    def forget_closed_holds(self, flags: NDArray[np.uint16]) -> None:
        """Count the holds that rows with these flags end; drop all that have ended once they are the greater part."""
        self.ended += int(np.count_nonzero(flags & RESOLVING))
        count = int(self.counts[Counter.holds])
        if count < SMALLEST or self.ended * 2 <= count:
            return
        still_open = self.holds[:count]["state"] == HOLD_OPEN
        remaining = int(still_open.sum())
        if remaining * 2 < count:
            self.holds[:remaining] = self.holds[:count][still_open]
            self.counts[Counter.holds] = remaining
        self.ended = int(self.counts[Counter.holds]) - remaining

    def due(self, at: int) -> int:
        """How many entries of the heap of expiries are due by a time, microseconds since 1970 UTC."""
        waiting = self.expiries["at"][: int(self.counts[Counter.expiries])]
        return int(np.count_nonzero(waiting <= at)) if len(waiting) and waiting[0] <= at else 0

    def open_holds(self) -> NDArray[Any]:
        """A copy of the holds that are open, in order of id."""
        holds = self.holds[: int(self.counts[Counter.holds])]
        still_open: NDArray[Any] = holds[holds["state"] == HOLD_OPEN].copy()
        return still_open

    def rebuild_expiries(self) -> None:
        """The heap of expiries from the open holds, as after a fold."""
        holds = self.open_holds()
        timed = holds[holds["expires_at"] != 0]
        heap = [(int(hold["expires_at"]), int(hold["leg"])) for hold in timed]
        heapq.heapify(heap)
        self.expiries = grown(np.zeros(0, EXPIRY), len(heap) + 1)
        self.expiries[: len(heap)] = np.array(heap, EXPIRY) if heap else np.zeros(0, EXPIRY)
        self.counts[Counter.expiries] = len(heap)
        self.expiries_stale = False
