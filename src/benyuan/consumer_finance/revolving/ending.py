"""The write-off of an account, and what comes in after it.

All that is owed is billed and stands still from that morning on. Worked number: 300.00 billed and 50.00 not yet, with
1.23 of interest, are written off as 350.00 and 1.23; 100.00 that come in later are a recovery.
"""

from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.clocks import denominator
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.accrual import brought_to, unbilled_num
from benyuan.consumer_finance.revolving.allocation import allocated
from benyuan.consumer_finance.revolving.cycle import pay_from_credit
from benyuan.consumer_finance.revolving.paying import counted
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.rounding import rounded
from benyuan.consumer_finance.vocabulary import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What came in was for these parts."""

    fees_fen: Ints
    interest_fen: Ints
    principal_fen: Ints
    state: AccountState


def write_off(terms: AccountTerms, state: AccountState, bought: Bought, *, on: Ints) -> AccountState:
    """Accounts that have come to the morning of `on`: all that is owed is billed; interest in grace is dropped.

    What is written off is the principal, interest and fees of the state after, when credit has paid what it can.
    """
    state = brought_to(terms, state, on)
    owed = state.interest_num + np.where(state.revolving != 0, unbilled_num(terms, state, bought, on), 0)
    interest = rounded(owed, denominator(terms.day_count), terms.rounding)
    nothing = np.zeros_like(interest)
    billed = replace(
        state,
        billed_fen=state.billed_fen + bought.bought_fen - state.bought_billed_fen,
        interest_fen=state.interest_fen + interest,
        interest_made_fen=state.interest_made_fen + interest,
        interest_num=nothing,
        grace_num=nothing,
        bought_billed_fen=bought.bought_fen,
        weight_billed=bought.weight,
        anew_on=nothing,
        due_on=nothing,
        next_on=nothing,
        standing=np.full_like(interest, Standing.written_off),
    )
    return pay_from_credit(terms, billed)


def recover(terms: AccountTerms, state: AccountState, *, amount_fen: Ints) -> Recovered:
    """Payments on accounts that were written off, by the product's order: at most `asked_fen`, and they stay so."""
    parts = allocated(terms, state, amount_fen)
    return Recovered(
        fees_fen=parts.fees_fen,
        interest_fen=parts.interest_fen,
        principal_fen=parts.principal_fen,
        state=counted(parts.state, amount_fen),
    )
