"""What the ledger answers, as columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Created:
    """For each account asked for: its `AccountStatus`, and its id (0 where it was not created)."""

    status: NDArray[np.uint8]
    account: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Refused:
    """Each chain that a bound, a ceiling or an overflow stopped.

    The leg at fault, what it would have moved, and the refusing account's balances at that moment.
    """

    leg_index: NDArray[np.int64]
    account: NDArray[np.int64]
    amount: NDArray[np.int64]
    debits_pending: NDArray[np.int64]
    debits_posted: NDArray[np.int64]
    credits_pending: NDArray[np.int64]
    credits_posted: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Posted:
    """For each leg asked for: its `LegStatus`, what it moved and its id (0 where refused or not journaled).

    `journal` holds every row that the batch wrote, expiries and window resets included, in order; the id of its first
    row is `first_leg`.
    """

    status: NDArray[np.uint8]
    moved: NDArray[np.int64]
    leg: NDArray[np.int64]
    refused: Refused
    first_leg: int
    journal: NDArray[Any]

    @property
    def rows(self) -> Mapping[str, NDArray[Any]]:
        """The journal rows as columns."""
        return {name: self.journal[name] for name in self.journal.dtype.names or ()}


@dataclass(frozen=True, slots=True)
class Balances:
    """The four balances of each account asked for, in minor units, with its flags and its window's period."""

    debits_pending: NDArray[np.int64]
    debits_posted: NDArray[np.int64]
    credits_pending: NDArray[np.int64]
    credits_posted: NDArray[np.int64]
    flags: NDArray[np.uint8]
    period: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Balance:
    """The four balances of one account, in minor units."""

    debits_pending: int = 0
    debits_posted: int = 0
    credits_pending: int = 0
    credits_posted: int = 0

    @property
    def posted(self) -> int:
        """Posted debits less posted credits."""
        return self.debits_posted - self.credits_posted

    @property
    def usage(self) -> int:
        """What a ceiling is held against: debits, pending too, less posted credits."""
        return self.debits_posted + self.debits_pending - self.credits_posted


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of an account's history; `balance_after` is its posted debits less its posted credits after the row."""

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
    """The sums of the four balances of one kind of account in one book and unit."""

    book: int
    unit: int
    code: int
    accounts: int
    debits_pending: int
    debits_posted: int
    credits_pending: int
    credits_posted: int
