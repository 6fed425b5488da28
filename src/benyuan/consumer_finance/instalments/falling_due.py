"""Instalments fall due: a loan comes to a morning with every due day up to it past, one step for each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.clocks import denominator, due_day
from benyuan.consumer_finance.columns import Ints, Truths, placed, taken
from benyuan.consumer_finance.instalments.accrual import brought_to
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.rounding import rounded
from benyuan.consumer_finance.vocabulary import METHOD_NUMBER, LoanMethod, Standing

_LEVEL_PAYMENT = METHOD_NUMBER[LoanMethod.equal_instalment.value]
_LEVEL_PRINCIPAL = METHOD_NUMBER[LoanMethod.equal_principal.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class FellDue:
    """One round of due days: the places of the loans, the day of each, what fell due, the state that was left."""

    place: Ints
    on: Ints
    amount_fen: Ints
    state: LoanState


def next_due(state: LoanState) -> Truths:
    """Where there is an instalment to come."""
    coming: Truths = (state.standing == Standing.open) & (state.next_due_on != 0)
    return coming


def come_to(terms: LoanTerms, state: LoanState, to: Ints) -> tuple[LoanState, list[FellDue]]:
    """The loans on the morning of `to`, and the steps on the way, round by round."""
    rounds: list[FellDue] = []
    for fell in _rounds(terms, state, to):
        state = placed(state, fell.place, fell.state)
        rounds.append(fell)
    return state, rounds


def _rounds(terms: LoanTerms, state: LoanState, to: Ints) -> Iterator[FellDue]:
    places = np.flatnonzero(next_due(state) & (state.next_due_on <= to))
    part = taken(state, places)
    while len(places):
        on = part.next_due_on
        before = part.due_total_fen
        part = fall_due(taken(terms, places), part)
        yield FellDue(place=places, on=on, amount_fen=part.due_total_fen - before, state=part)
        goes_on = np.flatnonzero(next_due(part) & (part.next_due_on <= to[places]))
        places, part = places[goes_on], taken(part, goes_on)


def fall_due(terms: LoanTerms, state: LoanState) -> LoanState:
    """The next instalment falls due on its day. `due_step` becomes -1: the step that this makes."""
    on = state.next_due_on
    state = brought_to(terms, state, on)
    interest = rounded(state.interest_num, denominator(terms.day_count), terms.rounding)
    principal = _principal_part(terms, state, interest)
    amount, number = principal + interest, state.next_number + 1
    left = state.principal_fen - principal
    coming = due_day(first_on=terms.first_due_on, number=number, count=terms.every, unit=terms.every_unit)
    return replace(
        state,
        principal_fen=left,
        due_principal_fen=state.due_principal_fen + principal,
        interest_num=np.zeros_like(interest),
        interest_made_fen=state.interest_made_fen + interest,
        due_total_fen=state.due_total_fen + amount,
        due_step=np.full_like(on, -1),
        oldest_due_on=np.where((state.oldest_due_on == 0) & (amount > 0), on, state.oldest_due_on),
        next_number=number,
        next_due_on=np.where(left > 0, coming, 0),
    )


def _principal_part(terms: LoanTerms, state: LoanState, interest: Ints) -> Ints:
    part = np.where(
        terms.method == _LEVEL_PAYMENT,
        np.maximum(state.level_fen - interest, 0),
        np.where(terms.method == _LEVEL_PRINCIPAL, state.level_fen, 0),
    )
    last = state.next_number >= state.terms
    principal: Ints = np.where(last, state.principal_fen, np.minimum(part, state.principal_fen))
    return principal
