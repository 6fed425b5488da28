"""Payments on accounts, returns of purchases, what a plan takes over, purchases that a credit pays.

Money that comes in pays what is billed, then what is unbilled: a purchase less from that day on; only the rest is the
customer's credit. So nobody bears interest on money that the lender holds. Worked number: 100.00 are billed, 20.00 are
not yet, and 130.00 come in: 10.00 are the customer's credit.
"""

from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.clocks import clock
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.accrual import brought_to
from benyuan.consumer_finance.revolving.allocation import allocated
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came in was for these parts; `unbilled_fen` and `unbilled_weight` leave the running totals of purchases."""

    fees_fen: Ints
    interest_fen: Ints
    principal_fen: Ints
    credit_fen: Ints
    unbilled_fen: Ints
    unbilled_weight: Ints
    state: AccountState

    @property
    def freed_fen(self) -> Ints:
        """Principal, billed or not, that is owed no more."""
        return self.principal_fen + self.unbilled_fen


def pay(terms: AccountTerms, state: AccountState, bought: Bought, *, on: Ints, amount_fen: Ints) -> Received:
    """Payments on accounts that have come to the morning of `on`."""
    state = brought_to(terms, state, on)
    parts = allocated(terms, state, amount_fen)
    unbilled = np.minimum(parts.left_fen, bought.bought_fen - state.bought_billed_fen)
    credit = parts.left_fen - unbilled
    return Received(
        fees_fen=parts.fees_fen,
        interest_fen=parts.interest_fen,
        principal_fen=parts.principal_fen,
        credit_fen=credit,
        unbilled_fen=unbilled,
        unbilled_weight=unbilled * clock(terms.day_count, on),
        state=counted(replace(parts.state, credit_fen=state.credit_fen + credit), amount_fen),
    )


def give_back(
    terms: AccountTerms, state: AccountState, bought: Bought, *, on: Ints, amount_fen: Ints, bought_on: Ints
) -> Received:
    """Returns of purchases: out of what is unbilled where the purchase still is, else money for principal.

    Interest that an unbilled purchase bore goes out of where it was put, the running totals and, before interest began
    anew, the numerator; neither goes below nothing, though a payment has lessened what the purchases bear.
    """
    state = brought_to(terms, state, on)
    none = np.zeros_like(amount_fen)
    unbilled = bought.bought_fen - state.bought_billed_fen
    undo = bought_on > state.stated_on
    undone = np.where(undo, np.minimum(unbilled, amount_fen), 0)
    rest = amount_fen - undone
    principal = np.minimum(rest, state.billed_fen)
    paid = np.minimum(rest - principal, unbilled - undone)
    credit = rest - principal - paid
    began, today = clock(terms.day_count, bought_on), clock(terms.day_count, on)
    bears: Ints = np.where(state.anew_on > bought_on, clock(terms.day_count, state.anew_on), began)
    weight = bought.weight - state.weight_billed
    earned = np.maximum(unbilled * today - weight - np.where(undo, amount_fen * (today - bears), 0), 0)
    before = np.where(undo, amount_fen * terms.rate_ppm * (bears - began), 0)
    left = replace(
        state,
        billed_fen=state.billed_fen - principal,
        credit_fen=state.credit_fen + credit,
        interest_num=np.maximum(state.interest_num - before, 0),
    )
    return Received(
        fees_fen=none,
        interest_fen=none,
        principal_fen=principal,
        credit_fen=credit,
        unbilled_fen=undone + paid,
        unbilled_weight=weight - ((unbilled - undone - paid) * today - earned),
        state=counted(left, np.where(undo, 0, amount_fen)),
    )


def used_for_purchase(state: AccountState, amount_fen: Ints) -> tuple[AccountState, Ints]:
    """What the customer's credit pays of a purchase at once, and the state after; only the rest is bought on credit."""
    used = np.minimum(state.credit_fen, amount_fen)
    return (
        replace(state, credit_fen=state.credit_fen - used, used_principal_fen=state.used_principal_fen + used),
        used,
    )


def counted(state: AccountState, amount_fen: Ints) -> AccountState:
    """What came in counts against the minimum, and against what was missing."""
    missing = np.maximum(state.missing_fen - amount_fen, 0)
    return replace(
        state,
        paid_since_fen=state.paid_since_fen + amount_fen,
        missing_fen=missing,
        oldest_due_on=np.where(missing == 0, 0, state.oldest_due_on),
    )
