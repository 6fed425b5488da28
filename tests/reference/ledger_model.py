"""The ledger of `docs/reference/ledger.md`, written to be read: slow, plain, and sharing no code with the kernel.

Accounts, holds and journal rows are immutable values in dicts and a list; a failed chain is undone by going back to
the dicts as they were. Every change of a balance is the effect of one journal row, so the four balances are a fold of
the journal. Checks are generators that yield each fault in order of precedence; the first one is the answer.

Worked: a hold of 100 moves `debits_pending` of its debit account to 100; posting 30 of it brings `debits_pending` to 0
and `debits_posted` to 30, and what is left over, 70, returns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, fields, replace

from benyuan.ledger.flags import ACCOUNT_FLAGS_OF_USERS, AMOUNT_MAX, AccountFlag, LegFlag, Window
from benyuan.ledger.statuses import AccountStatus, LegStatus
from tests.reference.ledger_parts import (
    FOLLOWING,
    RESOLVING,
    SECOND,
    Column,
    asked_amount,
    chains,
    check_business_dates,
    check_times,
    contradiction_faults,
    expiry_row,
    new_account,
    period_of,
    records,
    reset_row,
    row_of,
    shape_faults,
)
from tests.reference.ledger_values import (
    Account,
    BalanceColumns,
    Balances,
    Done,
    Entry,
    Fate,
    Fault,
    Hold,
    Leg,
    Made,
    Posted,
    RefusedError,
    Row,
    TrialBalanceLine,
)

BALANCE_BOUNDS = AccountFlag.debits_must_not_exceed_credits | AccountFlag.credits_must_not_exceed_debits


class Model:
    """The reference ledger: the kernel's interface over plain Python values."""

    def __init__(self) -> None:
        self.accounts: dict[int, Account] = {}
        self.holds: dict[int, Hold] = {}
        self.journal: list[Row] = []
        self.last_at = 0

    @property
    def account_count(self) -> int:
        return len(self.accounts)

    @property
    def leg_count(self) -> int:
        return len(self.journal)

    # -- accounts

    def create_accounts(self, **columns: Column) -> Made:
        """Create accounts, chain by chain; columns are ints or lists of book, unit, code, flags and so on."""
        batch = [new_account(**record) for record in records(columns)]
        made = Made()
        for chain in chains([account.flags for account in batch]):
            self._create_chain([batch[i] for i in chain], made)
        return made

    def _create_chain(self, chain: Sequence[Account], made: Made) -> None:
        """Create all accounts of a chain, or none and say why."""
        before = dict(self.accounts)
        fault = self._first_fault(chain)
        if fault:
            self.accounts = before
            place, status = fault
            made.status += [status if i == place else AccountStatus.linked_event_failed for i in range(len(chain))]
            made.account += [0] * len(chain)
        else:
            made.status += [AccountStatus.created] * len(chain)
            made.account += range(len(before) + 1, len(self.accounts) + 1)

    def _first_fault(self, chain: Sequence[Account]) -> tuple[int, AccountStatus] | None:
        """Create the accounts of a chain up to the first fault: its place and status."""
        if chain[-1].has(AccountFlag.linked):
            return len(chain) - 1, AccountStatus.linked_event_chain_open
        for place, account in enumerate(chain):
            for status in self._account_faults(account):
                return place, status
            self.accounts[len(self.accounts) + 1] = replace(account, flags=account.flags & ~int(AccountFlag.linked))
        return None

    def _account_faults(self, account: Account) -> Iterator[AccountStatus]:
        if account.flags & ~int(ACCOUNT_FLAGS_OF_USERS):
            yield AccountStatus.reserved_flag
        turns = account.window != Window.lifetime and account.flags & AccountFlag.credits_must_not_exceed_debits
        if account.flags & BALANCE_BOUNDS == BALANCE_BOUNDS or turns:
            yield AccountStatus.flags_are_mutually_exclusive
        if account.book == 0:
            yield AccountStatus.book_must_not_be_zero
        if account.unit == 0:
            yield AccountStatus.unit_must_not_be_zero
        if account.code == 0:
            yield AccountStatus.code_must_not_be_zero
        if account.window not in list(Window) or (account.window == Window.lifetime and account.window_account != 0):
            yield AccountStatus.window_must_be_known
        if account.window != Window.lifetime:
            yield from self._window_account_faults(account)

    def _window_account_faults(self, account: Account) -> Iterator[AccountStatus]:
        other = self.accounts.get(account.window_account)
        if other is None:
            yield AccountStatus.window_account_not_found
            return
        if (other.book, other.unit) != (account.book, account.unit):
            yield AccountStatus.accounts_must_have_the_same_ledger
        if other.window != Window.lifetime or other.has(BALANCE_BOUNDS):
            yield AccountStatus.window_account_must_not_turn

    # -- batches and chains

    def post(self, **columns: Column) -> Posted:
        """Post a batch of legs, chain by chain; columns are ints or lists of the fields of `Leg`."""
        batch = [Leg(**record) for record in records(columns)]
        places = list(chains([leg.flags for leg in batch]))
        check_times([batch[chain[0]].at for chain in places], not_before=self.last_at)
        check_business_dates(batch)
        posted = Posted(first_leg=self.leg_count + 1)
        for chain in places:
            at = batch[chain[0]].at
            self.last_at = at
            self._expire_until(at)
            self._post_chain([replace(batch[i], at=at) for i in chain], chain[0], posted)
        rows = self.journal[posted.first_leg - 1 :]
        posted.rows = {column.name: [getattr(row, column.name) for row in rows] for column in fields(Row)}
        return posted

    def _post_chain(self, chain: Sequence[Leg], first_index: int, posted: Posted) -> None:
        """Post all legs of a chain, or none and say why."""
        if chain[-1].has(LegFlag.linked):
            posted.add_failed(len(chain), len(chain) - 1, LegStatus.linked_event_chain_open)
            return
        accounts, holds, leg_count = dict(self.accounts), dict(self.holds), self.leg_count
        done: list[Done] = []
        try:
            for leg in chain:
                done.append(self._post_leg(leg, done))
            posted.add_posted(done)
        except RefusedError as refusal:
            self.accounts, self.holds = accounts, holds
            del self.journal[leg_count:]
            posted.add_failed(len(chain), len(done), refusal.fault.status)
            if refusal.fault.account:
                posted.refused.add(first_index + len(done), refusal.fault.account, refusal.balances)

    # -- legs

    def _post_leg(self, leg: Leg, before: Sequence[Done]) -> Done:
        self._refuse_first(shape_faults(leg, place=len(before)))
        if leg.has(RESOLVING):
            return self._resolve_hold(leg)
        self._refuse_first(self._accounts_faults(leg))
        asked = asked_amount(leg, before)
        if asked == 0 and leg.has(FOLLOWING):
            self._refuse_first(self._closed_faults(leg.debit_account, leg.credit_account))
            return Done(asked=0, moved=0, leg=0)
        return self._transfer(leg, asked)

    def _transfer(self, leg: Leg, asked: int) -> Done:
        """A leg that moves an amount or holds it."""
        self._turn_both(leg.debit_account, leg.credit_account, at=leg.at, reference=leg.reference)
        self._refuse_first(self._closed_faults(leg.debit_account, leg.credit_account))
        moved = self._balanced(leg, asked)
        self._refuse_first(self._balance_faults(leg, moved))
        number = self._enter(row_of(leg, amount=moved))
        if leg.has(LegFlag.pending):
            periods = (self.accounts[leg.debit_account].period, self.accounts[leg.credit_account].period)
            self.holds[number] = Hold(periods, leg.at + leg.timeout_s * SECOND if leg.timeout_s else None)
            self._set_closed(self.journal[number - 1], closed=True)
        return Done(asked, moved, number)

    def _resolve_hold(self, leg: Leg) -> Done:
        """A leg that posts or voids a hold; it leaves nothing over."""
        self._refuse_first(self._hold_faults(leg))
        made = self.journal[leg.pending_id - 1]
        self._turn_both(*made.accounts, at=leg.at, reference=leg.reference)
        voids = leg.has(LegFlag.void_pending_transfer)
        if not voids:
            self._refuse_first(self._closed_faults(*made.accounts))
        moved = made.amount if voids or leg.amount == AMOUNT_MAX else leg.amount
        number = self._release(row_of(leg, amount=moved, made=made), Fate.voided if voids else Fate.posted)
        return Done(asked=moved, moved=moved, leg=number)

    def _refuse_first(self, faults: Iterable[Fault]) -> None:
        for fault in faults:
            raise RefusedError(fault, self.accounts[fault.account].balances if fault.account else Balances())

    def _accounts_faults(self, leg: Leg) -> Iterator[Fault]:
        debit, credit = self.accounts.get(leg.debit_account), self.accounts.get(leg.credit_account)
        if debit is None:
            yield Fault(LegStatus.debit_account_not_found)
        if credit is None:
            yield Fault(LegStatus.credit_account_not_found)
        if debit and credit and (debit.book, debit.unit) != (credit.book, credit.unit):
            yield Fault(LegStatus.accounts_must_have_the_same_ledger)

    def _hold_faults(self, leg: Leg) -> Iterator[Fault]:
        if not 1 <= leg.pending_id <= self.leg_count:
            yield Fault(LegStatus.pending_transfer_not_found)
        elif leg.pending_id not in self.holds:
            yield Fault(LegStatus.pending_transfer_not_pending)
        else:
            yield from contradiction_faults(leg, self.journal[leg.pending_id - 1])
            fate = self.holds[leg.pending_id].fate
            if fate.value is not None:
                yield Fault(fate.value)

    def _closed_faults(self, debit_account: int, credit_account: int) -> Iterator[Fault]:
        if self.accounts[debit_account].has(AccountFlag.closed):
            yield Fault(LegStatus.debit_account_already_closed)
        if self.accounts[credit_account].has(AccountFlag.closed):
            yield Fault(LegStatus.credit_account_already_closed)

    def _balanced(self, leg: Leg, asked: int) -> int:
        """What a leg that asks so much moves."""
        debit, credit = self.accounts[leg.debit_account].balances, self.accounts[leg.credit_account].balances
        room_of_debit = debit.credits_posted - debit.debits if leg.has(LegFlag.balancing_debit) else asked
        room_of_credit = credit.debits_posted - credit.credits if leg.has(LegFlag.balancing_credit) else asked
        return max(0, min(asked, room_of_debit, room_of_credit))

    def _balance_faults(self, leg: Leg, moved: int) -> Iterator[Fault]:
        debit, credit = self.accounts[leg.debit_account], self.accounts[leg.credit_account]
        if leg.has(LegFlag.pending):
            yield from self._pending_overflows(leg.debit_account, leg.credit_account, moved)
        yield from self._posted_overflows(leg.debit_account, leg.credit_account, moved)
        bound = AccountFlag.debits_must_not_exceed_credits
        if debit.has(bound) and debit.balances.debits + moved > debit.balances.credits_posted:
            yield Fault(LegStatus.exceeds_credits, leg.debit_account)
        bound = AccountFlag.credits_must_not_exceed_debits
        if credit.has(bound) and credit.balances.credits + moved > credit.balances.debits_posted:
            yield Fault(LegStatus.exceeds_debits, leg.credit_account)
        if moved > 0 and debit.balances.usage + moved > leg.ceiling:
            yield Fault(LegStatus.exceeds_ceiling, leg.debit_account)

    def _pending_overflows(self, debit_account: int, credit_account: int, amount: int) -> Iterator[Fault]:
        if self.accounts[debit_account].balances.debits_pending + amount > AMOUNT_MAX:
            yield Fault(LegStatus.overflows_debits_pending, debit_account)
        if self.accounts[credit_account].balances.credits_pending + amount > AMOUNT_MAX:
            yield Fault(LegStatus.overflows_credits_pending, credit_account)

    def _posted_overflows(self, debit_account: int, credit_account: int, amount: int) -> Iterator[Fault]:
        debit, credit = self.accounts[debit_account].balances, self.accounts[credit_account].balances
        if debit.debits_posted + amount > AMOUNT_MAX:
            yield Fault(LegStatus.overflows_debits_posted, debit_account)
        if credit.credits_posted + amount > AMOUNT_MAX:
            yield Fault(LegStatus.overflows_credits_posted, credit_account)
        if debit.debits + amount > AMOUNT_MAX:
            yield Fault(LegStatus.overflows_debits, debit_account)
        if credit.credits + amount > AMOUNT_MAX:
            yield Fault(LegStatus.overflows_credits, credit_account)

    # -- windows

    def _turn_both(self, debit_account: int, credit_account: int, *, at: int, reference: int) -> None:
        for account in (debit_account, credit_account):
            self._refuse_first(self._turn(account, at, reference))

    def _turn(self, number: int, at: int, reference: int) -> list[Fault]:
        """Begin the period of `at`; the overflows that keep its usage from going back to 0, in order."""
        account = self.accounts[number]
        period, usage = period_of(account.window, at), account.balances.usage
        if period <= account.period:
            return []
        self.accounts[number] = replace(account, period=period)
        if usage == 0:
            return []
        reset = reset_row(number, account.window_account, usage, at, reference)
        faults = list(self._posted_overflows(*reset.accounts, reset.amount))
        if not faults:
            self._enter(reset)
        return faults

    # -- holds

    def _expire_until(self, at: int) -> None:
        """Give back every hold whose time has come, earliest first, ties by leg id."""
        due = [
            (hold.expires_at, number)
            for number, hold in self.holds.items()
            if hold.fate is Fate.open and hold.expires_at is not None and hold.expires_at <= at
        ]
        for expires_at, number in sorted(due):
            made = self.journal[number - 1]
            for account in made.accounts:
                self._turn(account, expires_at, made.reference)
            self._release(expiry_row(number, made, expires_at), Fate.expired)

    def _release(self, row: Row, fate: Fate) -> int:
        """End a hold by a post, void or expiry row; the id of that row."""
        hold, made = self.holds[row.pending_id], self.journal[row.pending_id - 1]
        self.holds[row.pending_id] = replace(hold, fate=fate)
        if fate is not Fate.posted:
            self._set_closed(made, closed=False)
        if hold.periods[0] != self.accounts[made.debit_account].period:
            row = replace(row, flags=row.flags | LegFlag.window_turned)
        return self._enter(row)

    def _set_closed(self, made: Row, *, closed: bool) -> None:
        """Close or open again the accounts that a closing hold names."""
        for flag, number in (
            (LegFlag.closing_debit, made.debit_account),
            (LegFlag.closing_credit, made.credit_account),
        ):
            if made.has(flag):
                account = self.accounts[number]
                flags = account.flags & ~int(AccountFlag.closed) | (AccountFlag.closed if closed else 0)
                self.accounts[number] = replace(account, flags=int(flags))

    # -- the journal

    def _enter(self, row: Row) -> int:
        """Add a row to the journal and its effect to the balances; its leg id."""
        number = self.leg_count + 1
        previous = {account: self.accounts[account].last_leg for account in row.accounts}
        for account, change in self._effect(row).items():
            known = self.accounts[account]
            self.accounts[account] = replace(known, balances=known.balances + change, last_leg=number)
        self.journal.append(
            replace(
                row,
                flags=int(row.flags),
                debit_after=self.accounts[row.debit_account].balances.net,
                credit_after=self.accounts[row.credit_account].balances.net,
                debit_previous=previous[row.debit_account],
                credit_previous=previous[row.credit_account],
            )
        )
        return number

    def _effect(self, row: Row) -> dict[int, Balances]:
        """What a row adds to the balances of its two accounts."""
        pending, posted = 0, row.amount
        if row.has(LegFlag.pending):
            pending, posted = row.amount, 0
        elif row.has(RESOLVING):
            held = self.journal[row.pending_id - 1].amount
            pending = -held
            if row.has(LegFlag.window_turned):
                posted = held
            elif row.has(LegFlag.void_pending_transfer):
                posted = 0
        return {
            row.debit_account: Balances(debits_pending=pending, debits_posted=posted),
            row.credit_account: Balances(credits_pending=pending, credits_posted=posted),
        }

    # -- reading

    def balances(self, ids: Sequence[int]) -> BalanceColumns:
        """The balances, flags and periods of accounts as they are now."""
        accounts = [self.accounts[number] for number in ids]
        return BalanceColumns(
            debits_pending=[account.balances.debits_pending for account in accounts],
            debits_posted=[account.balances.debits_posted for account in accounts],
            credits_pending=[account.balances.credits_pending for account in accounts],
            credits_posted=[account.balances.credits_posted for account in accounts],
            flags=[account.flags for account in accounts],
            period=[account.period for account in accounts],
        )

    def history(self, account: int, before: int | None = None, limit: int = 50) -> list[Entry]:
        """The rows on an account, newest first, those before leg id `before` only."""
        numbered = reversed(list(enumerate(self.journal, start=1)))
        rows = [(n, row) for n, row in numbered if account in row.accounts and (before is None or n < before)]
        return [
            Entry(
                leg=n,
                debit_account=row.debit_account,
                credit_account=row.credit_account,
                amount=row.amount,
                flags=row.flags,
                code=row.code,
                pending_id=row.pending_id,
                at=row.at,
                business_date=row.business_date,
                reference=row.reference,
                balance_after=row.debit_after if account == row.debit_account else row.credit_after,
            )
            for n, row in rows[:limit]
        ]

    def balance_at(self, account: int, *, position: int | None = None, business_date: int | None = None) -> Balances:
        """The balances after leg id `position`, or from all rows dated `business_date` or earlier."""
        if (position is None) == (business_date is None):
            raise ValueError("give a position or a business date")
        rows = self.journal[:position]
        dated = [row for row in rows if business_date is None or row.business_date <= business_date]
        return self._fold(dated)[account]

    def trial_balance(
        self, *, book: int, unit: int | None = None, position: int | None = None
    ) -> list[TrialBalanceLine]:
        """The sums of a book's balances by unit and code, now or after leg id `position`."""
        folded = self._fold(self.journal[:position])
        members: defaultdict[tuple[int, int], list[Balances]] = defaultdict(list)
        for number, account in self.accounts.items():
            if account.book == book and unit in {None, account.unit}:
                members[account.unit, account.code].append(folded[number])
        return [
            TrialBalanceLine(book, unit, code, len(balances), *astuple(sum(balances, Balances())))
            for (unit, code), balances in sorted(members.items())
        ]

    def _fold(self, rows: Iterable[Row]) -> defaultdict[int, Balances]:
        balances: defaultdict[int, Balances] = defaultdict(Balances)
        for row in rows:
            for account, change in self._effect(row).items():
                balances[account] += change
        return balances
