"""The values of the reference ledger: accounts, legs, journal rows and holds, all immutable; and its answers.

A worked number: an account with posted debits of 70, pending debits of 30 and posted credits of 40 has a usage of
70 + 30 − 40 = 60 and shows 70 − 40 = 30 after its last row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from benyuan.ledger.flags import NO_CEILING, AccountFlag, LegFlag
from benyuan.ledger.statuses import AccountStatus, LegStatus


@dataclass(frozen=True, slots=True)
class Balances:
    """The four balances of an account, or sums or changes of them."""

    debits_pending: int = 0
    debits_posted: int = 0
    credits_pending: int = 0
    credits_posted: int = 0

    def __add__(self, other: Balances) -> Balances:
        return Balances(
            self.debits_pending + other.debits_pending,
            self.debits_posted + other.debits_posted,
            self.credits_pending + other.credits_pending,
            self.credits_posted + other.credits_posted,
        )

    @property
    def debits(self) -> int:
        return self.debits_posted + self.debits_pending

    @property
    def credits(self) -> int:
        return self.credits_posted + self.credits_pending

    @property
    def usage(self) -> int:
        return self.debits - self.credits_posted

    @property
    def net(self) -> int:
        """Posted debits less posted credits: what a journal row shows after it."""
        return self.debits_posted - self.credits_posted


@dataclass(frozen=True, slots=True)
class Account:
    """One account; `last_leg` is its latest journal row, 0 before the first."""

    book: int
    unit: int
    code: int
    flags: int = 0
    window: int = 0
    window_account: int = 0
    balances: Balances = Balances()
    period: int = 0
    last_leg: int = 0

    def has(self, flag: AccountFlag) -> bool:
        return bool(self.flags & flag)


@dataclass(frozen=True, slots=True)
class Leg:
    """One leg as a caller gives it."""

    debit_account: int
    credit_account: int
    amount: int
    code: int
    at: int
    flags: int = 0
    pending_id: int = 0
    timeout_s: int = 0
    ceiling: int = NO_CEILING
    follows: int = 0
    business_date: int = 0
    reference: int = 0

    def has(self, flag: LegFlag) -> bool:
        return bool(self.flags & flag)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the journal; its leg id is its place there, from 1."""

    debit_account: int
    credit_account: int
    amount: int
    flags: int
    code: int
    pending_id: int
    timeout_s: int
    ceiling: int
    at: int
    business_date: int
    reference: int
    debit_after: int = 0
    credit_after: int = 0
    debit_previous: int = 0
    credit_previous: int = 0

    def has(self, flag: LegFlag) -> bool:
        return bool(self.flags & flag)

    @property
    def accounts(self) -> tuple[int, int]:
        return self.debit_account, self.credit_account


class Fate(Enum):
    """What became of a hold."""

    open = None
    posted = LegStatus.pending_transfer_already_posted
    voided = LegStatus.pending_transfer_already_voided
    expired = LegStatus.pending_transfer_expired


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold: the periods of its two accounts when it was made, when it expires (None: never), its fate."""

    periods: tuple[int, int]
    expires_at: int | None
    fate: Fate = Fate.open


@dataclass(frozen=True, slots=True)
class Done:
    """What a posted leg asked and moved, and its leg id (0 where it is not journaled)."""

    asked: int
    moved: int
    leg: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A status that applies, and the account whose balance is the reason (0: none)."""

    status: LegStatus
    account: int = 0


class RefusedError(Exception):
    """Ends the work on a chain; carries the fault, and the figures of its account at that moment."""

    def __init__(self, fault: Fault, balances: Balances) -> None:
        super().__init__(fault.status.name)
        self.fault = fault
        self.balances = balances


@dataclass(slots=True)
class Made:
    """The answer to `create_accounts`."""

    status: list[AccountStatus] = field(default_factory=list)
    account: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Refused:
    """The figures of the account that refused a chain, one entry a chain."""

    leg_index: list[int] = field(default_factory=list)
    account: list[int] = field(default_factory=list)
    debits_pending: list[int] = field(default_factory=list)
    debits_posted: list[int] = field(default_factory=list)
    credits_pending: list[int] = field(default_factory=list)
    credits_posted: list[int] = field(default_factory=list)

    def add(self, leg_index: int, account: int, balances: Balances) -> None:
        self.leg_index.append(leg_index)
        self.account.append(account)
        self.debits_pending.append(balances.debits_pending)
        self.debits_posted.append(balances.debits_posted)
        self.credits_pending.append(balances.credits_pending)
        self.credits_posted.append(balances.credits_posted)


@dataclass(slots=True)
class Posted:
    """The answer to `post`; row i of `rows` has leg id `first_leg` + i."""

    first_leg: int
    status: list[LegStatus] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    leg: list[int] = field(default_factory=list)
    refused: Refused = field(default_factory=Refused)
    rows: dict[str, list[int]] = field(default_factory=dict)

    def add_posted(self, chain: Sequence[Done]) -> None:
        self.status += [LegStatus.created] * len(chain)
        self.moved += [done.moved for done in chain]
        self.leg += [done.leg for done in chain]

    def add_failed(self, size: int, place: int, status: LegStatus) -> None:
        self.status += [status if i == place else LegStatus.linked_event_failed for i in range(size)]
        self.moved += [0] * size
        self.leg += [0] * size


@dataclass(frozen=True, slots=True)
class BalanceColumns:
    """The answer to `balances`."""

    debits_pending: list[int]
    debits_posted: list[int]
    credits_pending: list[int]
    credits_posted: list[int]
    flags: list[int]
    period: list[int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an account's history."""

    leg: int
    debit_account: int
    credit_account: int
    amount: int
    flags: int
    code: int
    pending_id: int
    at: int
    business_date: int
    reference: int
    balance_after: int


@dataclass(frozen=True, slots=True)
class TrialBalanceLine:
    """The sums over the accounts of one code in one book and unit."""

    book: int
    unit: int
    code: int
    accounts: int
    debits_pending: int
    debits_posted: int
    credits_pending: int
    credits_posted: int
