"""A loan folded again from a step on, with one more payment put in its place.

Worked number: 500.00 that arrived on the 10th and were keyed on the 20th are applied on the 10th; what the loan did
after that day is done again, and only the difference of interest is posted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.instalments.changing import draw_further, extend
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.levels import relevelled
from benyuan.consumer_finance.instalments.paying import Ladder, pay
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.vocabulary import EARLY_NUMBER, REPAID, LoanStep

EARLY_OF = {int(step): EARLY_NUMBER[word] for word, step in REPAID.items()}
REFOLDED = frozenset({*EARLY_OF, int(LoanStep.drawn), int(LoanStep.extended)})
"""The steps that can be done again; those that fell due follow by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A step of one loan: its day (yyyymmdd), its kind, its amount in fen, and for a fold the state it left."""

    on: int
    kind: int
    amount_fen: int
    state: LoanState


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What was done on a loan on a day: an amount in fen, or for an extension the terms."""

    on: int
    kind: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Refolded:
    """The steps in order; `misfit` is what could not be done again, with the most that could have been."""

    steps: list[Done]
    misfit: Given | None = None
    most_fen: int = 0


def refold(terms: LoanTerms, state: LoanState, *, given: Sequence[Given], ladder: Ladder, to: int) -> Refolded:
    """One loan, its columns of length one, from a state through what was given in order of day, to the morning of `to`.

    `ladder`: the instalments that had fallen due by the state.
    """
    steps: list[Done] = []
    for each in given:
        state, ladder = _come(terms, state, ladder, on=each.on, steps=steps)
        applied = _applied(terms, state, each, ladder)
        if isinstance(applied, int):
            return Refolded(steps=steps, misfit=each, most_fen=applied)
        state = applied
        steps.append(Done(on=each.on, kind=each.kind, amount_fen=each.amount_fen, state=state))
    _come(terms, state, ladder, on=to, steps=steps)
    return Refolded(steps=steps)


def _come(
    terms: LoanTerms, state: LoanState, ladder: Ladder, *, on: int, steps: list[Done]
) -> tuple[LoanState, Ladder]:
    state, rounds = come_to(terms, state, _one(on))
    for fell in rounds:
        day, amount = int(fell.on[0]), int(fell.amount_fen[0])
        steps.append(Done(on=day, kind=LoanStep.fell_due, amount_fen=amount, state=fell.state))
    return state, Ladder(
        place=np.concatenate([ladder.place, *(fell.place for fell in rounds)]),
        on=np.concatenate([ladder.on, *(fell.on for fell in rounds)]),
        due_total_fen=np.concatenate([ladder.due_total_fen, *(fell.state.due_total_fen for fell in rounds)]),
    )


def _applied(terms: LoanTerms, state: LoanState, each: Given, ladder: Ladder) -> LoanState | int:
    """The state after; or the most that could have been paid, where it does not fit."""
    on, amount = _one(each.on), _one(each.amount_fen)
    if each.kind in EARLY_OF:
        paid = pay(terms, state, on=on, amount_fen=amount, early=_one(EARLY_OF[each.kind]), ladder=ladder)
        if paid.fault[0]:
            return int(paid.most_fen[0])
        return relevelled(terms, paid.state) if paid.relevel[0] else paid.state
    changed = (
        draw_further(terms, state, on=on, amount_fen=amount)
        if each.kind == LoanStep.drawn
        else extend(terms, state, on=on, more_terms=amount)
    )
    return 0 if changed.fault[0] else changed.state


def _one(value: int) -> Ints:
    return np.array([value], np.int64)
