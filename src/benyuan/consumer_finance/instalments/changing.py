"""What changes a loan beside payments: a further draw, more terms, a write-off, and recoveries after it.

Worked number: 1,000.00 is left of a loan of four terms, two are to come and nothing is late; extended by two terms it
is repaid over four.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths, placed, taken, where
from benyuan.consumer_finance.instalments.accrual import brought_to, interest_so_far
from benyuan.consumer_finance.instalments.falling_due import next_due
from benyuan.consumer_finance.instalments.levels import relevelled
from benyuan.consumer_finance.instalments.paying import Paid, PaymentFault, in_order, late_owed
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.vocabulary import Standing


class ChangeFault(IntEnum):
    """Why a loan can't be changed."""

    none = 0
    not_open = 1
    nothing_to_come = 2
    late = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The state that each change leaves; where there is a fault it is the one before, brought to the day."""

    fault: Ints
    state: LoanState


def draw_further(terms: LoanTerms, state: LoanState, *, on: Ints, amount_fen: Ints) -> Changed:
    """Further principal on loans that have come to the morning of `on`; the level is found anew."""
    state = brought_to(terms, state, on)
    fault = _fault(state)
    drawn = replace(state, principal_fen=state.principal_fen + amount_fen, drawn_fen=state.drawn_fen + amount_fen)
    return _changed(terms, state, drawn, fault)


def extend(terms: LoanTerms, state: LoanState, *, on: Ints, more_terms: Ints) -> Changed:
    """So many more terms in the same rhythm, on loans that have come to the morning of `on` with nothing late."""
    state = brought_to(terms, state, on)
    fault = _fault(state)
    late = (fault == ChangeFault.none) & (state.oldest_due_on != 0) & (state.oldest_due_on < on)
    fault = np.where(late, ChangeFault.late, fault)
    return _changed(terms, state, replace(state, terms=state.terms + more_terms), fault)


def write_off(terms: LoanTerms, state: LoanState, *, on: Ints) -> Changed:
    """All that is owed on the morning of `on` falls due, and stands still from then on."""
    so_far = interest_so_far(terms, state, on)
    state = brought_to(terms, state, on)
    nothing = np.zeros_like(so_far)
    amount = state.principal_fen + so_far
    still = replace(
        state,
        principal_fen=nothing,
        due_principal_fen=state.due_principal_fen + state.principal_fen,
        interest_num=nothing,
        interest_made_fen=state.interest_made_fen + so_far,
        due_total_fen=state.due_total_fen + amount,
        oldest_due_on=np.where((state.oldest_due_on == 0) & (amount > 0), on, state.oldest_due_on),
        next_due_on=nothing,
        standing=np.full_like(so_far, Standing.written_off),
    )
    runs = state.standing == Standing.open
    fault = np.where(runs, ChangeFault.none, ChangeFault.not_open)
    return Changed(fault=fault, state=where(runs, still, state))


def recover(terms: LoanTerms, state: LoanState, *, on: Ints, amount_fen: Ints) -> Paid:
    """Payments on loans that were written off, by the product's order; what is left of the debt stays written off."""
    late = late_owed(terms, state, on)
    to_late, to_interest, to_principal = in_order(terms, state, late, amount_fen)
    off = state.standing == Standing.written_off
    most = np.where(off, late + state.due_fen, 0)
    fault = np.select([~off, amount_fen > most], [PaymentFault.not_open, PaymentFault.above_owed], PaymentFault.none)
    recovered = replace(
        state,
        due_principal_fen=state.due_principal_fen - to_principal,
        interest_paid_fen=state.interest_paid_fen + to_interest,
        late_paid_fen=state.late_paid_fen + to_late,
    )
    return Paid(
        late_fen=to_late,
        interest_fen=to_interest,
        principal_fen=to_principal,
        fault=fault.astype(np.int64),
        most_fen=most,
        relevel=np.zeros_like(most),
        state=where(fault == PaymentFault.none, recovered, state),
    )


def _fault(state: LoanState) -> Ints:
    runs: Truths = state.standing == Standing.open
    fault: Ints = np.select(
        [~runs, ~next_due(state)], [ChangeFault.not_open, ChangeFault.nothing_to_come], ChangeFault.none
    ).astype(np.int64)
    return fault


def _changed(terms: LoanTerms, state: LoanState, changed: LoanState, fault: Ints) -> Changed:
    """The changed rows with their level found anew, the others as they were."""
    places = np.flatnonzero(fault == ChangeFault.none)
    rows = relevelled(taken(terms, places), taken(changed, places))
    return Changed(fault=fault, state=placed(state, places, rows))
