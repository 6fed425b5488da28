"""The ledger: accounts and legs in, statuses and balances out; `docs/reference/ledger.md` is its specification.

It lives in memory and hands every row it writes to a journal; `benyuan.storage` has one that lasts.
One worked example: a wallet that holds 50.00 pays 80.00, "from the balance as far as it goes, the rest from the card".
Leg one asks 8000 fen of the wallet with `balancing_debit` and moves 5000; leg two, linked, follows what leg one left
over and moves 3000 from the card's clearing account.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.ledger.answers import Balance, Balances, Created, Entry, Posted, Refused, TrialBalanceLine
from benyuan.ledger.columns import Column, check_times, fill_business_dates, integers, records
from benyuan.ledger.flags import NO_CEILING
from benyuan.ledger.history import (
    Movements,
    balance_before,
    balance_on,
    effects_after,
    entries,
    movements_known_later,
    movements_since,
)
from benyuan.ledger.journal import Journal, MemoryJournal
from benyuan.ledger.kernel import FOLDED, Counter, Workspace, fold_rows, post_legs, table_of
from benyuan.ledger.kernel.accounts import create_accounts
from benyuan.ledger.layout import ACCOUNT, ANSWER, HOLD, LEG, REFUSED, ROW
from benyuan.ledger.resolutions import known_holds
from benyuan.ledger.state import RESOLVING, LedgerState
from benyuan.ledger.walking import AccountRows, newest_before, rows_at, rows_back

BALANCE_FIELDS = ("debits_pending", "debits_posted", "credits_pending", "credits_posted")
PENDING = 2
TWO_PHASE = RESOLVING | PENDING
ROWS_A_LEG = 3
UNDO_A_LEG = 6
HALF = 32
KEY_BITS = 16


class Ledger:
    """Double-entry accounts with chains, holds, ceilings and windows."""

    def __init__(self, *, journal: Journal | None = None, state: LedgerState | None = None) -> None:
        self.journal: Journal = journal if journal is not None else MemoryJournal()
        self.state = state if state is not None else LedgerState()

    @property
    def account_count(self) -> int:
        """How many accounts stand; their ids are 1 to this."""
        return self.state.account_count

    @property
    def leg_count(self) -> int:
        """How many legs are journaled; their ids are 1 to this."""
        return self.state.leg_count

    @property
    def last_at(self) -> int:
        """The time of the last chain, microseconds since 1970 UTC."""
        return self.state.last_at

    def create_accounts(
        self,
        *,
        book: Column,
        unit: Column,
        code: Column,
        flags: Column = 0,
        window: Column = 0,
        window_account: Column = 0,
    ) -> Created:
        """Create accounts from columns of one length (single integers are repeated); ids are given in order.

        Errors: ValueError where a column holds anything but integers of its width.
        """
        asked = records(
            dtype=ACCOUNT,
            columns={
                "book": book,
                "unit": unit,
                "code": code,
                "flags": flags,
                "window": window,
                "window_account": window_account,
            },
        )
        return self.create_account_records(asked)

    def create_account_records(self, asked: NDArray[Any]) -> Created:
        """Create accounts from records of the `ACCOUNT` layout."""
        status = np.zeros(len(asked), np.uint8)
        ids = np.zeros(len(asked), np.int64)
        state = self.state
        state.make_room(accounts=len(asked))
        before = state.account_count
        state.counts[Counter.accounts] = create_accounts(state.accounts, before, asked, status, ids)
        if state.account_count > before:
            state.created_since(before)
        return Created(status=status, account=ids)

    def post(
        self,
        *,
        debit_account: Column,
        credit_account: Column,
        amount: Column,
        code: Column,
        at: Column,
        flags: Column = 0,
        pending_id: Column = 0,
        timeout_s: Column = 0,
        ceiling: Column = NO_CEILING,
        follows: Column = 0,
        business_date: Column = 0,
        reference: Column = 0,
    ) -> Posted:
        """Post legs given as columns of one length (single integers are repeated).

        Amounts and ceilings in minor units, `at` in microseconds since 1970 UTC, never going back.
        Errors: ValueError names the column and the value that is no integer of its width, or the time that goes back.
        """
        legs = records(
            dtype=LEG,
            columns={
                "debit_account": debit_account,
                "credit_account": credit_account,
                "amount": amount,
                "code": code,
                "at": at,
                "flags": flags,
                "pending_id": pending_id,
                "timeout_s": timeout_s,
                "ceiling": ceiling,
                "follows": follows,
                "business_date": business_date,
                "reference": reference,
            },
        )
        return self.post_records(legs)

    def post_records(self, legs: NDArray[Any]) -> Posted:
        """Post legs given as records of the `LEG` layout; see `post`."""
        check_times(at=legs["at"], flags=legs["flags"], last_at=self.state.last_at)
        fill_business_dates(legs)
        workspace = self._workspace(legs)
        first_leg = self.state.leg_count + 1
        table = workspace.table()
        post_legs(table.ctypes.data)
        posted = self._answer(workspace, first_leg)
        self.state.touched(posted.journal)
        if len(legs):
            self.state.last_at = int(legs["at"][-1])
        self.state.forget_closed_holds(posted.journal["flags"])
        self.journal.append(first_leg=first_leg, rows=posted.journal)
        return posted

    def fold(self, rows: NDArray[Any]) -> int:
        """Fold journal rows that have been posted before; returns how many fitted what the rows before them left.

        The journal is not written.
        """
        return self.fold_columns({name: rows[name] for name in FOLDED})

    def fold_columns(self, columns: Mapping[str, NDArray[Any]]) -> int:
        """As `fold`, from the `FOLDED` columns of the rows."""
        state, flags = self.state, columns["flags"]
        state.make_room(holds=int(np.count_nonzero(flags & PENDING)))
        table = self._room_for(np.zeros(0, LEG), np.zeros(0, ROW)).table()
        where = table_of(columns)
        folded = int(fold_rows(table.ctypes.data, where.ctypes.data, len(flags)))
        done = {name: column[:folded] for name, column in columns.items()}
        state.touched(done)
        state.expiries_stale = state.expiries_stale or bool((flags & TWO_PHASE).any())
        if folded:
            state.last_at = max(state.last_at, int(columns["at"][folded - 1]))
        state.forget_closed_holds(done["flags"])
        return folded

    def balances(self, ids: Column) -> Balances:
        """The balances of these accounts.

        Errors: KeyError names the first id that no account has; ValueError what is no integer.
        """
        wanted = np.atleast_1d(integers(field="account", column=ids, dtype=np.dtype(np.int64)))
        unknown = wanted[(wanted < 1) | (wanted > self.account_count)]
        if len(unknown):
            raise KeyError(f"no account {int(unknown[0])}")
        found = self.state.accounts[wanted]
        return Balances(**{name: found[name] for name in (*BALANCE_FIELDS, "flags", "period")})

    def balance(self, account: int) -> Balance:
        """The balance of one account. Errors: KeyError."""
        found = self.balances([account])
        return Balance(**{name: int(getattr(found, name)[0]) for name in BALANCE_FIELDS})

    def history(self, account: int, *, before: int | None = None, limit: int = 50) -> list[Entry]:
        """Up to `limit` rows of an account, newest first, of those with a leg id under `before`. Errors: KeyError."""
        self.balances([account])
        last = int(self.state.accounts[account]["last_leg"])
        if before is not None and before <= last:
            last = self.newest_before(account, leg=before)
        return entries(journal=self.journal, account=account, last=last, limit=limit)

    def balance_at(self, account: int, *, position: int | None = None, business_date: int | None = None) -> Balance:
        """The balance after leg `position`, or that of all rows dated up to `business_date` (yyyymmdd), late ones too.

        Errors: KeyError for an unknown account; ValueError unless exactly one of the two is given.
        """
        if (position is None) == (business_date is None):
            raise ValueError("balance_at: give position or business_date, one of them")
        now = self.balance(account)
        last = int(self.state.accounts[account]["last_leg"])
        if position is not None:
            return balance_before(journal=self.journal, account=account, last=last, now=now, position=position)
        return balance_on(journal=self.journal, account=account, last=last, now=now, date=business_date or 0)

    def movements_since(self, date: int) -> Iterator[Movements]:
        """What was posted after the end of a day (yyyymmdd), block by block from the newest back."""
        return movements_since(journal=self.journal, last=self.leg_count, date=date)

    def movements_dated_after(self, date: int) -> Iterator[Movements]:
        """What is dated after a day (yyyymmdd), block by block from the newest back; no row is dated after it was made.

        So what stands now less these is the balance of a business date, of all accounts at once.
        """
        return movements_since(journal=self.journal, last=self.leg_count, date=date, dated=True)

    def movements_known_later(self, *, leg: int, date: int) -> Iterator[Movements]:
        """What was posted after a leg and is dated up to a day (yyyymmdd), block by block from the newest back."""
        return movements_known_later(journal=self.journal, last=self.leg_count, leg=leg, date=date)

    def newest_before(self, account: int, *, at: int | None = None, leg: int | None = None) -> int:
        """The account's newest row posted before an instant (microseconds since 1970 UTC) or before a leg; 0: none.

        Errors: KeyError for an unknown account; ValueError unless exactly one of the two is given.
        """
        if (at is None) == (leg is None):
            raise ValueError("newest_before: give at or leg, one of them")
        self.balances([account])
        last = int(self.state.accounts[account]["last_leg"])
        return newest_before(journal=self.journal, account=account, last=last, legs=self.leg_count, at=at, leg=leg)

    def rows_back(self, account: int, *, last: int, stop: int) -> Iterator[AccountRows]:
        """The account's rows from its row `last` back to those above `stop`, in columns, newest block first."""
        return rows_back(journal=self.journal, account=account, last=last, stop=stop)

    def rows_at(self, account: int, *, leg: int, stop: int) -> AccountRows:
        """The account's rows in the block of its row `leg`, up to this and above `stop`."""
        return rows_at(journal=self.journal, account=account, leg=leg, stop=stop)

    def trial_balance(
        self, *, book: int, unit: int | None = None, position: int | None = None
    ) -> list[TrialBalanceLine]:
        """Sums of balances by unit and code of account, now or as they stood after leg `position`."""
        accounts = self.state.accounts[1 : self.account_count + 1]
        mine = accounts["book"] == book
        if unit is not None:
            mine &= accounts["unit"] == unit
        chosen = np.flatnonzero(mine)
        figures = {name: column[chosen] for name, column in self._all_balances(position).items()}
        keys = accounts["unit"][chosen].astype(np.int64) << KEY_BITS | accounts["code"][chosen]
        lines = []
        for key in np.unique(keys).tolist():
            of_key = keys == key
            sums = {name: _sum(column[of_key]) for name, column in figures.items()}
            count = int(np.count_nonzero(of_key))
            code = key & ((1 << KEY_BITS) - 1)
            lines.append(TrialBalanceLine(book=book, unit=key >> KEY_BITS, code=code, accounts=count, **sums))
        return lines

    def _all_balances(self, position: int | None) -> dict[str, NDArray[np.int64]]:
        """The four balances of every account, now or after leg `position`; place n is that of account n + 1."""
        balances = {name: self.state.accounts[name][1 : self.account_count + 1] for name in BALANCE_FIELDS}
        if position is None:
            return balances
        past = {name: column.copy() for name, column in balances.items()}
        for rows, pending, posted in effects_after(journal=self.journal, last=self.leg_count, position=position):
            for side in ("debit", "credit"):
                places = rows[f"{side}_account"] - 1
                np.subtract.at(past[f"{side}s_pending"], places, pending)
                np.subtract.at(past[f"{side}s_posted"], places, posted)
        return past

    def _workspace(self, legs: NDArray[Any]) -> Workspace:
        """Room for what posting these legs may write: a leg, two resets, and the same for each expiry."""
        count = len(legs)
        state = self.state
        if state.expiries_stale:
            state.rebuild_expiries()
        holding = int(np.count_nonzero(legs["flags"] & PENDING))
        state.make_room(holds=holding)
        expiring = 0
        if count:
            expiring = state.due(int(legs["at"][-1])) + int(np.count_nonzero(legs["timeout_s"]))
        return self._room_for(legs, np.empty(ROWS_A_LEG * (count + expiring), ROW))

    def _room_for(self, legs: NDArray[Any], rows: NDArray[Any]) -> Workspace:
        state, count = self.state, len(legs)
        state.counts[Counter.rows] = 0
        state.counts[Counter.refused] = 0
        return Workspace(
            accounts=state.accounts,
            holds=state.holds,
            expiries=state.expiries,
            known=self._known_holds(legs),
            legs=legs,
            answers=np.zeros(count, ANSWER),
            rows=rows,
            refused=np.empty(count, REFUSED),
            undo=np.empty(UNDO_A_LEG * (count + 1), ACCOUNT),
            undo_ids=np.empty(UNDO_A_LEG * (count + 1), np.int64),
            undo_holds=np.empty(count, np.int64),
            counts=state.counts,
        )

    def _known_holds(self, legs: NDArray[Any]) -> NDArray[Any]:
        """The journaled legs that this batch wants to resolve and that are not open holds any more, or never were."""
        resolving = legs["pending_id"][(legs["flags"] & RESOLVING) != 0]
        if len(resolving) == 0:
            return np.zeros(0, HOLD)
        state = self.state
        named = np.unique(resolving)
        named = named[(named > 0) & (named <= self.leg_count) & ~state.has_holds(named)]
        return known_holds(journal=self.journal, named=named, accounts=state.accounts, legs=self.leg_count)

    def _answer(self, workspace: Workspace, first_leg: int) -> Posted:
        counts = workspace.counts
        refused = workspace.refused[: int(counts[Counter.refused])].copy()
        return Posted(
            status=workspace.answers["status"].copy(),
            moved=workspace.answers["moved"].copy(),
            leg=workspace.answers["leg"].copy(),
            refused=Refused(**{name: refused[name] for name in REFUSED.names or ()}),
            first_leg=first_leg,
            journal=workspace.rows[: int(counts[Counter.rows])],
        )


def _sum(balances: NDArray[np.int64]) -> int:
    """The exact sum: halves are summed apart, for the whole may pass 64 bits."""
    return (int((balances >> HALF).sum()) << HALF) + int((balances & ((1 << HALF) - 1)).sum())
