"""Payments on accounts, returns of purchases, and what a plan takes over.

Worked number: 100.00 are billed and 130.00 come in: 30.00 are the customer's credit, which the next statement uses.
"""

from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.clocks import clock
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.accrual import brought_to
from benyuan.consumer_finance.revolving.allocation import allocated
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms


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


def pay(terms: AccountTerms, state: AccountState, *, on: Ints, amount_fen: Ints) -> Received:
    """Payments on accounts that have come to the morning of `on`."""
    state = brought_to(terms, state, on)
    parts = allocated(terms, state, amount_fen)
    none = np.zeros_like(amount_fen)
    return Received(
        fees_fen=parts.fees_fen,
        interest_fen=parts.interest_fen,
        principal_fen=parts.principal_fen,
        credit_fen=parts.left_fen,
        unbilled_fen=none,
        unbilled_weight=none,
        state=_counted(replace(parts.state, credit_fen=state.credit_fen + parts.left_fen), amount_fen),
    )


def give_back(terms: AccountTerms, state: AccountState, *, on: Ints, amount_fen: Ints, bought_on: Ints) -> Received:
    """Returns of purchases: out of what is unbilled where the purchase still is, else against billed principal.

    Interest that an unbilled purchase bore before interest began anew is in the numerator, and leaves it.
    """
    state = brought_to(terms, state, on)
    unbilled = bought_on > state.stated_on
    principal = np.where(unbilled, 0, np.minimum(amount_fen, state.billed_fen))
    credit = np.where(unbilled, 0, amount_fen - principal)
    none = np.zeros_like(amount_fen)
    out: Ints = np.where(unbilled, amount_fen, 0)
    began = clock(terms.day_count, bought_on)
    bears: Ints = np.where(state.anew_on > bought_on, clock(terms.day_count, state.anew_on), began)
    left = replace(
        state,
        billed_fen=state.billed_fen - principal,
        credit_fen=state.credit_fen + credit,
        interest_num=state.interest_num - out * terms.rate_ppm * (bears - began),
    )
    return Received(
        fees_fen=none,
        interest_fen=none,
        principal_fen=principal,
        credit_fen=credit,
        unbilled_fen=out,
        unbilled_weight=out * bears,
        state=_counted(left, amount_fen - out),
    )


def _counted(state: AccountState, amount_fen: Ints) -> AccountState:
    """What came in counts against the minimum, and against what was missing."""
    missing = np.maximum(state.missing_fen - amount_fen, 0)
    return replace(
        state,
        paid_since_fen=state.paid_since_fen + amount_fen,
        missing_fen=missing,
        oldest_due_on=np.where(missing == 0, 0, state.oldest_due_on),
    )
