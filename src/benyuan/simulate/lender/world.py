"""What the lender's simulation knows: who borrows what on which day, who pays, and the ids that the group gave."""

from dataclasses import dataclass, field

import numpy as np

from benyuan.simulate.lender.borrowers import Borrowers, Ints
from benyuan.simulate.tickets import Tickets


def nobody() -> Ints:
    """No ids yet."""
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments:
    """One row a payment that a client really made, in order of day; `client` counts from 0."""

    client: Ints
    day: Ints
    amount_fen: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class CashLoans:
    """One row a loan that is asked for, in order of day; `habit` 0 pays on the due day, 1 late, 2 never again."""

    client: Ints
    day: Ints
    amount_fen: Ints
    terms: Ints
    rate_ppm: Ints
    habit: Ints


@dataclass(slots=True, kw_only=True)
class LenderWorld:
    """Ids are columns by client or merchant, 0 where there is none. `due`: loans by the day on which they pay."""

    borrowers: Borrowers
    tickets: Tickets
    payments: Payments
    cash_loans: CashLoans
    merchants: int
    draw: np.random.Generator
    lender: int = 0
    institution: int = 0
    merchant: Ints = field(default_factory=nobody)
    borrower: Ints = field(default_factory=nobody)
    account: Ints = field(default_factory=nobody)
    due: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
