"""Interest of pay-later accounts as a function of time.

Worked number: 1,000.00 billed and not paid whole, at 0.05% a day, earn 0.50 a night.
"""

from dataclasses import replace

import numpy as np

from benyuan.consumer_finance.clocks import clock, denominator
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.rounding import rounded
from benyuan.consumer_finance.vocabulary import Standing


def brought_to(terms: AccountTerms, state: AccountState, to: Ints) -> AccountState:
    """Interest on billed principal brought to the morning of `to`: owed where revolving, in grace otherwise."""
    added = _earned(terms, state, to)
    return replace(
        state,
        interest_num=state.interest_num + np.where(state.revolving != 0, added, 0),
        grace_num=state.grace_num + np.where(state.revolving != 0, 0, added),
        accrued_to=np.maximum(state.accrued_to, to),
    )


def interest_ever(terms: AccountTerms, state: AccountState, bought: Bought, to: Ints) -> Ints:
    """All interest before the morning of `to` that is owed for certain, billed or not, paid or not; fen."""
    running = _earned(terms, state, to) + unbilled_num(terms, state, bought, to)
    runs = (state.revolving != 0) & (state.standing == Standing.open)
    owed = state.interest_num + np.where(runs, running, 0)
    return state.interest_made_fen + rounded(owed, denominator(terms.day_count), terms.rounding)


def unbilled_num(terms: AccountTerms, state: AccountState, bought: Bought, to: Ints) -> Ints:
    """What purchases since the last statement have earned by the morning of `to`, as a numerator."""
    fen, weight = bought.bought_fen - state.bought_billed_fen, bought.weight - state.weight_billed
    return terms.rate_ppm * (fen * clock(terms.day_count, to) - weight)


def _earned(terms: AccountTerms, state: AccountState, to: Ints) -> Ints:
    units = np.maximum(clock(terms.day_count, to) - clock(terms.day_count, state.accrued_to), 0)
    earned: Ints = np.where(state.standing == Standing.open, state.billed_fen * terms.rate_ppm * units, 0)
    return earned
