"""The accounts of a command as they stood just before it, on a ledger of their own, to try its legs on.

Only accounts that a leg is held against by a ceiling or a bound are walked back; the others start at nought. An account
that the command would open is none yet: its number is 0 here, and a new one of the scratch ledger stands for it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.group import Group
from benyuan.ledger import AMOUNT_MAX, NO_CEILING, AccountFlag, Ledger, LegFlag
from benyuan.ledger.history import balance_before
from benyuan.ledger.kernel.windows import local_day, period_of

BOUNDS = 6
STATED_ELSEWHERE = LegFlag.balancing_debit | LegFlag.balancing_credit | LegFlag.following_moved | LegFlag.following_left
SIDES = {
    "debit_account": AccountFlag.debits_must_not_exceed_credits,
    "credit_account": AccountFlag.credits_must_not_exceed_debits,
}
"""The bound that holds an account back on a side of a leg, in the order in which the ledger looks."""
UNBOUND = AMOUNT_MAX
BALANCES = ("debits_pending", "debits_posted", "credits_pending", "credits_posted")


@dataclass(frozen=True, slots=True)
class Trial:
    """For each leg what it would move, the usage of its debit account before the command, and what there was for it.

    `available`: what the bound that stops the leg, or the tighter one, left just before it; `UNBOUND` without a bound.
    """

    moved: NDArray[np.int64]
    used: NDArray[np.int64]
    available: NDArray[np.int64]


class Moment:
    """The state just before a command: after leg `before`."""

    def __init__(self, *, group: Group, before: int) -> None:
        self._group = group
        self._before = before

    def trial(self, legs: NDArray[Any]) -> Trial:
        """Try the legs of one command, with no ceiling or bound to stop them."""
        if len(legs) == 0:
            return Trial(*(np.zeros(0, np.int64),) * 3)
        ids = np.unique(np.concatenate([legs["debit_account"], legs["credit_account"]]))
        ids = np.union1d(ids, self._group.ledger.state.accounts["window_account"][ids])
        ids = ids[ids > 0]
        held = set(legs["debit_account"][legs["ceiling"] != NO_CEILING].tolist())
        held |= set(legs["debit_account"][(legs["flags"] & LegFlag.balancing_debit) != 0].tolist())
        for side, bounded in self._bounded_sides(legs).items():
            held |= set(legs[side][bounded].tolist())
        new = {side: _unopened(legs, side) for side in SIDES}
        scratch = self._scratch(ids, held, new=self._like(legs, new))
        numbers = np.zeros(int(ids.max()) + 1 if len(ids) else 1, np.int64)
        numbers[ids] = np.arange(1, len(ids) + 1)
        tried = legs.copy()
        tried["debit_account"] = numbers[legs["debit_account"]]
        tried["credit_account"] = numbers[legs["credit_account"]]
        first = len(ids) + 1
        for side, places in new.items():
            tried[side][places] = first + np.arange(len(places))
            first += len(places)
        tried["ceiling"] = NO_CEILING
        _give_back(tried)
        before = scratch.state.accounts[:first].copy()
        posted = scratch.post_records(tried)
        available = _available(before, tried, posted.moved, self._bounded_sides(legs))
        return Trial(posted.moved, self._usage(scratch, tried, posted.journal), available)

    def _bounded_sides(self, legs: NDArray[Any]) -> dict[str, NDArray[np.bool_]]:
        """Legs of a stated amount that the debited account's balance holds back, and those that the credited one's."""
        flags = self._group.ledger.state.accounts["flags"]
        stated = (legs["flags"] & STATED_ELSEWHERE) == 0
        return {side: np.asarray(stated & ((flags[legs[side]] & bound) != 0)) for side, bound in SIDES.items()}

    def _like(self, legs: NDArray[Any], new: dict[str, NDArray[np.intp]]) -> list[int]:
        """For each account that is not there yet the one on the other side of its leg, 0 where that is new too."""
        other = {"debit_account": "credit_account", "credit_account": "debit_account"}
        return [int(account) for side, places in new.items() for account in legs[other[side]][places]]

    def _scratch(self, ids: NDArray[np.int64], held: set[int], *, new: list[int]) -> Ledger:
        """A ledger of these accounts alone, in order; then new ones, in the books of those that they are like."""
        scratch = Ledger()
        scratch.state.make_room(accounts=len(ids) + len(new))
        numbers = {int(account): place for place, account in enumerate(ids.tolist(), 1)}
        for account, place in numbers.items():
            record = self._group.ledger.state.accounts[account].copy()
            record["flags"] &= ~np.uint8(BOUNDS)
            record["window_account"] = numbers.get(int(record["window_account"]), 0)
            self._set_back(record, account if account in held else 0)
            scratch.state.accounts[place] = record
        for place, like in enumerate(new, len(ids) + 1):
            record = self._group.ledger.state.accounts[like or 1].copy()
            record["flags"], record["window"], record["window_account"] = 0, 0, 0
            self._set_back(record, 0)
            scratch.state.accounts[place] = record
        scratch.state.counts[0] = len(ids) + len(new)
        return scratch

    def _set_back(self, record: Any, account: int) -> None:
        """Give a record the balances and the period of the moment; nought for an account that is not held."""
        last = int(record["last_leg"])
        record["last_leg"], record["period"] = 0, 0
        for name in BALANCES:
            record[name] = 0
        if not account:
            return
        journal = self._group.reader
        now = self._group.ledger.balance(account)
        balance = balance_before(journal=journal, account=account, last=last, now=now, position=self._before)
        for name in BALANCES:
            record[name] = getattr(balance, name)
        newest = self._group.ledger.newest_before(account, leg=self._before + 1)
        if newest:
            first, columns = journal.columns(leg=newest, names=("at",))
            record["period"] = period_of(int(record["window"]), local_day(int(columns["at"][newest - first])))

    @staticmethod
    def _usage(scratch: Ledger, legs: NDArray[Any], journal: NDArray[Any]) -> NDArray[np.int64]:
        """Usage of each leg's debit account before it, windows turned: what it is now less what the legs added."""
        balances = scratch.balances(legs["debit_account"])
        usage = balances.debits_posted + balances.debits_pending - balances.credits_posted
        plain = journal[(journal["flags"] & LegFlag.window_reset) == 0]
        added = np.zeros(scratch.account_count + 1, np.int64)
        np.add.at(added, plain["debit_account"], plain["amount"])
        return np.asarray(usage - added[legs["debit_account"]], np.int64)


def _unopened(legs: NDArray[Any], side: str) -> NDArray[np.intp]:
    """Legs whose account on a side is not there yet; those that post or void a hold take theirs from it."""
    of_hold = (legs["flags"] & (LegFlag.post_pending_transfer | LegFlag.void_pending_transfer)) != 0
    return np.flatnonzero((legs[side] == 0) & ~of_hold)


def _available(
    before: NDArray[Any], legs: NDArray[Any], moved: NDArray[np.int64], bounded: dict[str, NDArray[np.bool_]]
) -> NDArray[np.int64]:
    """What each leg finds: the accounts as they stood before the command, and the legs of it before this one."""
    left = {
        "debit_account": (before["credits_posted"] - before["debits_posted"] - before["debits_pending"]).tolist(),
        "credit_account": (before["debits_posted"] - before["credits_posted"] - before["credits_pending"]).tolist(),
    }
    found = np.full(len(legs), UNBOUND, np.int64)
    for place, (leg, amount) in enumerate(zip(legs, moved.tolist(), strict=True)):
        there = [left[side][leg[side]] for side in SIDES if bounded[side][place]]
        found[place] = next((rest for rest in there if amount > rest), min(there, default=UNBOUND))
        for side, other in (("debit_account", "credit_account"), ("credit_account", "debit_account")):
            left[side][leg[side]] -= amount
            if not leg["flags"] & LegFlag.pending:
                left[other][leg[side]] += amount
    return found


def _give_back(legs: NDArray[Any]) -> None:
    """Voids as plain legs the other way round: the holds are not on this ledger, and usage comes out the same."""
    voids = (legs["flags"] & LegFlag.void_pending_transfer) != 0
    debits = legs["debit_account"][voids]
    legs["debit_account"][voids] = legs["credit_account"][voids]
    legs["credit_account"][voids] = debits
    legs["flags"][voids] &= np.uint16(LegFlag.linked)
    legs["pending_id"][voids] = 0


__all__ = ["UNBOUND", "Moment", "Trial"]
