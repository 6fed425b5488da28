"""An account folded again from its last statement, with one more payment put in its place.

Worked number: 300.00 that arrived on the 12th and were keyed on the 20th are applied on the 12th; what was done after
that day is done again, and interest of the nights since then is on 300.00 less.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from benyuan.consumer_finance.clocks import clock
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.revolving.cycle import come_to
from benyuan.consumer_finance.revolving.paying import give_back, pay, used_for_purchase
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought
from benyuan.consumer_finance.vocabulary import AccountStep

BOUGHT = 0
NOTED = (AccountStep.stated, AccountStep.fell_due)
"""Steps of the end of a day; all others come before them. They follow by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was done on an account on a day: an `AccountStep`, or a purchase as `BOUGHT`.

    `bought_on`: the day of the purchase that is returned or made a plan. `position`: of its command, 0 for a step that
    followed by itself.
    """

    on: int
    kind: int
    amount_fen: int
    position: int
    bought_on: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step as it is now."""

    given: Given
    state: AccountState


@dataclass(frozen=True, slots=True, kw_only=True)
class Refolded:
    """The steps in order, the state and the totals at the end; `misfit`: what could not be done again."""

    steps: list[Done]
    state: AccountState
    bought: Bought
    misfit: Given | None = None


def refold(terms: AccountTerms, state: AccountState, *, given: Sequence[Given], to: int) -> Refolded:
    """One account, its columns of length one, from the state of a statement through what was given, to a morning."""
    bought = Bought(bought_fen=state.bought_billed_fen, weight=state.weight_billed)
    steps: list[Done] = []
    for each in given:
        state = _come(terms, state, bought, on=each.on, steps=steps)
        applied = _applied(terms, state, bought, each)
        if applied is None:
            return Refolded(steps=steps, state=state, bought=bought, misfit=each)
        before, (state, bought) = state, applied
        if each.kind != BOUGHT:
            steps.append(Done(given=each, state=state))
        elif (used := before.credit_fen - state.credit_fen).any():
            from_credit = replace(each, kind=AccountStep.bought_from_credit, amount_fen=int(used[0]))
            steps.append(Done(given=from_credit, state=state))
    state = _come(terms, state, bought, on=to, steps=steps)
    return Refolded(steps=steps, state=state, bought=bought)


def _come(terms: AccountTerms, state: AccountState, bought: Bought, *, on: int, steps: list[Done]) -> AccountState:
    state, rounds = come_to(terms, state, bought, _one(on))
    for turned in rounds:
        noted = Given(on=int(turned.on[0]), kind=turned.kind, amount_fen=int(turned.amount_fen[0]), position=0)
        steps.append(Done(given=noted, state=turned.state))
    return state


def _applied(
    terms: AccountTerms, state: AccountState, bought: Bought, each: Given
) -> tuple[AccountState, Bought] | None:
    """State and totals after; nothing where it does not fit."""
    on, amount = _one(each.on), _one(each.amount_fen)
    if each.kind == BOUGHT:
        state, used = used_for_purchase(state, amount)
        return state, _more(bought, amount - used, (amount - used) * clock(terms.day_count, on))
    if each.kind == AccountStep.credit_paid_out:
        return replace(state, credit_fen=state.credit_fen - amount), bought
    if each.kind == AccountStep.repaid:
        got = pay(terms, state, bought, on=on, amount_fen=amount)
    else:
        got = give_back(terms, state, bought, on=on, amount_fen=amount, bought_on=_one(each.bought_on))
        if each.kind == AccountStep.planned and got.freed_fen[0] != each.amount_fen:
            return None
    return got.state, _more(bought, -got.unbilled_fen, -got.unbilled_weight)


def _more(bought: Bought, fen: Ints, weight: Ints) -> Bought:
    return Bought(bought_fen=bought.bought_fen + fen, weight=bought.weight + weight)


def _one(value: int) -> Ints:
    return np.array([value], np.int64)
