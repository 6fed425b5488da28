"""The cycle of an account: statements at the end of their day, due days that pass; an account comes to a morning.

A statement of the end of *s* and a due day *u* are taken note of on the mornings after, in the order of these mornings;
where both fall on one morning the due day comes first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.clocks import PPM, clock, denominator
from benyuan.consumer_finance.columns import Ints, placed, taken
from benyuan.consumer_finance.revolving.accrual import brought_to, unbilled_num
from benyuan.consumer_finance.revolving.allocation import allocated
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.rounding import rounded
from benyuan.consumer_finance.vocabulary import (
    ROUNDING_NUMBER,
    AccountStep,
    Standing,
)
from benyuan.values.days import days_later, months_later
from benyuan.values.rounding import Rounding

_HALF_UP, _UP = ROUNDING_NUMBER[Rounding.half_up.value], ROUNDING_NUMBER[Rounding.up.value]
MONTH = 100  # in yyyymmdd, one month


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """One round of steps of one kind: the places of the accounts, the day of each, its amount, the state it left.

    The day of a step is the statement day or the due day itself; it is taken note of the morning after.
    """

    kind: AccountStep
    place: Ints
    on: Ints
    amount_fen: Ints
    state: AccountState


def first_statement_on(opened_on: Ints, statement_day: Ints) -> Ints:
    """The first statement day on or after the day of opening."""
    same_month = opened_on // MONTH * MONTH + statement_day
    first: Ints = np.where(same_month >= opened_on, same_month, months_later(same_month, 1))
    return first


def come_to(terms: AccountTerms, state: AccountState, bought: Bought, to: Ints) -> tuple[AccountState, list[Turned]]:
    """The accounts on the morning of `to`, and the steps on the way.

    Where there are steps on the way, no purchase of the first `next_on` or later is in `bought`: come to that morning
    before such a purchase is added, or take the totals as they stood.
    """
    rounds: list[Turned] = []
    for turned in _rounds(terms, state, bought, to):
        state = placed(state, turned.place, turned.state)
        rounds.append(turned)
    return state, rounds


def _rounds(terms: AccountTerms, state: AccountState, bought: Bought, to: Ints) -> Iterator[Turned]:
    while True:
        waiting = (state.standing == Standing.open) & (state.next_on != 0) & (state.next_on <= to)
        if not waiting.any():
            return
        passes = waiting & (state.due_on != 0) & (days_later(np.where(waiting, state.due_on, to), 1) == state.next_on)
        for kind, chosen in ((AccountStep.fell_due, passes), (AccountStep.stated, waiting & ~passes)):
            places = np.flatnonzero(chosen)
            if len(places):
                turned = _turn(kind, taken(terms, places), taken(state, places), taken(bought, places), places)
                state = placed(state, places, turned.state)
                yield turned


def _turn(kind: AccountStep, terms: AccountTerms, state: AccountState, bought: Bought, places: Ints) -> Turned:
    on = days_later(state.next_on, -1)
    if kind is AccountStep.fell_due:
        left = pass_due_day(terms, state, bought)
        amount = left.fees_made_fen - state.fees_made_fen
    else:
        left = make_statement(terms, state, bought)
        amount = left.stated_fen
    return Turned(kind=kind, place=places, on=on, amount_fen=amount, state=left)


def next_note(terms: AccountTerms, state: AccountState) -> Ints:
    """The morning after the next statement day or due day, whichever is first."""
    month = state.stated_on // MONTH * MONTH
    statement = days_later(months_later(month + terms.statement_day, 1), 1)
    due = np.where(state.due_on != 0, days_later(np.where(state.due_on != 0, state.due_on, statement), 1), statement)
    earliest: Ints = np.minimum(due, statement)
    return earliest


def make_statement(terms: AccountTerms, state: AccountState, bought: Bought) -> AccountState:
    """The statement that is taken note of on the morning of `next_on`."""
    to = state.next_on
    missing = np.maximum(state.missing_fen - state.interest_fen - state.fees_fen, 0)
    state = brought_to(terms, state, to)
    new, new_num = bought.bought_fen - state.bought_billed_fen, unbilled_num(terms, state, bought, to)
    revolving = state.revolving != 0
    owed = state.interest_num + np.where(revolving, new_num, 0)
    interest = rounded(owed, denominator(terms.day_count), terms.rounding)
    state = replace(
        state,
        billed_fen=state.billed_fen + new,
        interest_fen=state.interest_fen + interest,
        interest_made_fen=state.interest_made_fen + interest,
        interest_num=np.zeros_like(interest),
        grace_num=np.where(revolving, 0, state.grace_num + new_num),
        bought_billed_fen=bought.bought_fen,
        weight_billed=bought.weight,
        anew_on=np.zeros_like(interest),
        stated_on=days_later(to, -1),
        paid_since_fen=np.zeros_like(interest),
    )
    state = pay_from_credit(terms, state)
    asked = state.asked_fen
    missing = np.minimum(missing, state.billed_fen)
    share = rounded(state.billed_fen * terms.minimum_ppm, np.full_like(asked, PPM), np.full_like(asked, _UP))
    minimum = np.maximum(share + state.interest_fen + state.fees_fen + missing, terms.minimum_floor_fen)
    state = replace(
        state,
        stated_fen=asked,
        grace_num=np.where(asked > 0, state.grace_num, 0),
        missing_fen=np.where(asked > 0, state.missing_fen, 0),
        oldest_due_on=np.where(asked > 0, state.oldest_due_on, 0),
        minimum_fen=np.minimum(asked, minimum),
        due_on=np.where(asked > 0, days_later(state.stated_on, terms.due_days), 0),
        revolving=np.where(asked > 0, state.revolving, 0),
    )
    return replace(state, next_on=next_note(terms, state))


def pay_from_credit(terms: AccountTerms, state: AccountState) -> AccountState:
    """The customer's credit pays what is billed, as far as it goes."""
    parts = allocated(terms, state, state.credit_fen)
    return replace(
        parts.state,
        credit_fen=parts.left_fen,
        used_principal_fen=state.used_principal_fen + parts.principal_fen,
        used_interest_fen=state.used_interest_fen + parts.interest_fen,
        used_fees_fen=state.used_fees_fen + parts.fees_fen,
    )


def pass_due_day(terms: AccountTerms, state: AccountState, bought: Bought) -> AccountState:
    """The due day has passed at the morning of `next_on`.

    Where everything was paid and the account was revolving, what new purchases have earned stays owed, and they are in
    grace from now on.
    """
    due, to = state.due_on, state.next_on
    state = brought_to(terms, state, to)
    whole = state.asked_fen == 0
    ends = whole & (state.revolving != 0)
    short = np.maximum(state.minimum_fen - state.paid_since_fen, 0)
    short = np.where(whole, 0, np.minimum(short, state.asked_fen))
    share = rounded(short * terms.late_fee_ppm, np.full_like(short, PPM), np.full_like(short, _HALF_UP))
    fee = np.where(short > 0, np.minimum(np.maximum(share, terms.late_fee_floor_fen), short), 0)
    earned = np.where(ends, unbilled_num(terms, state, bought, to), np.where(whole, 0, state.grace_num))
    begins_anew = bought.weight - (bought.bought_fen - state.bought_billed_fen) * clock(terms.day_count, to)
    state = replace(
        state,
        interest_num=state.interest_num + earned,
        grace_num=np.zeros_like(short),
        weight_billed=np.where(ends, begins_anew, state.weight_billed),
        anew_on=np.where(ends, to, state.anew_on),
        revolving=np.where(whole, 0, 1),
        fees_fen=state.fees_fen + fee,
        fees_made_fen=state.fees_made_fen + fee,
        missing_fen=short + fee,
        oldest_due_on=np.where(short == 0, 0, np.where(state.oldest_due_on == 0, due, state.oldest_due_on)),
        due_on=np.zeros_like(due),
    )
    return replace(state, next_on=next_note(terms, state))
