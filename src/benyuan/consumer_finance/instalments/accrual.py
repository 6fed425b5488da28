"""Interest of loans as a function of time: brought to a morning, and read off at any later one without a step.

Worked number: 10,000.00 yuan at 18.25% a year by act/365 make 5.00 yuan a night, 1,000,000 × 182,500 over 365,000,000.
"""

from dataclasses import replace

import numpy as np

from benyuan.consumer_finance.clocks import anchor_of, clock, denominator
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.rounding import rounded
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.values.days import days_later


def brought_to(terms: LoanTerms, state: LoanState, to: Ints) -> LoanState:
    """Both kinds of interest brought to the morning of `to`, which is no later than the next due day."""
    late = state.late_num + _late_added(terms, state, to)
    whole = denominator(terms.day_count)
    return replace(
        state,
        interest_num=state.interest_num + _interest_added(terms, state, to),
        late_made_fen=state.late_made_fen + late // whole,
        late_num=late % whole,
        accrued_to=np.maximum(state.accrued_to, to),
    )


def interest_so_far(terms: LoanTerms, state: LoanState, to: Ints) -> Ints:
    """The running period's interest before the morning of `to`, rounded; fen."""
    return rounded(state.interest_num + _interest_added(terms, state, to), denominator(terms.day_count), terms.rounding)


def interest_ever(terms: LoanTerms, state: LoanState, to: Ints) -> Ints:
    """All interest before the morning of `to`, paid or not; `to` is no later than the next due day."""
    return state.interest_made_fen + interest_so_far(terms, state, to)


def late_ever(terms: LoanTerms, state: LoanState, to: Ints) -> Ints:
    """All late interest before the morning of `to`, paid or not."""
    added = state.late_num + _late_added(terms, state, to)
    return state.late_made_fen + rounded(added, denominator(terms.day_count), terms.rounding)


def _interest_added(terms: LoanTerms, state: LoanState, to: Ints) -> Ints:
    runs = state.standing == Standing.open
    units = _clock(terms, to) - _clock(terms, state.accrued_to)
    added: Ints = np.where(runs, state.principal_fen * terms.rate_ppm * np.maximum(units, 0), 0)
    return added


def _late_added(terms: LoanTerms, state: LoanState, to: Ints) -> Ints:
    """The loan's own rate in the days of grace, the late rate after them."""
    late = (state.standing == Standing.open) & (state.oldest_due_on != 0)
    if not late.any():
        return np.zeros(len(late), np.int64)
    start, end = _clock(terms, state.accrued_to), _clock(terms, to)
    grace_over = days_later(np.where(late, state.oldest_due_on, to), terms.grace_days)
    between = np.clip(_clock(terms, grace_over), start, np.maximum(start, end))
    base = state.due_principal_fen + np.where(terms.late_on_interest != 0, state.interest_due_fen, 0)
    weighted = terms.rate_ppm * (between - start) + terms.late_rate_ppm * np.maximum(end - between, 0)
    added: Ints = np.where(late, base * weighted, 0)
    return added


def _clock(terms: LoanTerms, yyyymmdd: Ints) -> Ints:
    """The loan's clock, by its due day of the month."""
    anchor = anchor_of(first_on=terms.first_due_on, unit=terms.every_unit)
    return clock(terms.day_count, yyyymmdd, anchor=anchor)
