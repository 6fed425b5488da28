"""A payment on loans: what it is for in the product's order, early repayment, and what stands against it.

Worked number: due are 3.00 of late interest, 20.00 of interest and 80.00 of principal; 50.00 pay 3.00, 20.00 and 27.00
in the order late, interest, principal, and 50.00 of principal where principal comes first.
"""

from dataclasses import dataclass, replace
from enum import IntEnum

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths, where
from benyuan.consumer_finance.instalments.accrual import brought_to, interest_so_far, late_ever
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.vocabulary import EARLY_NUMBER, LOAN_ORDER_NUMBER, Early, LoanOrder, Standing

_LATE_FIRST = LOAN_ORDER_NUMBER[LoanOrder.late_interest_principal.value]
_INTEREST_FIRST = LOAN_ORDER_NUMBER[LoanOrder.interest_principal_late.value]
_SMALLER, _WHOLE, _NOT_EARLY = (EARLY_NUMBER[word.value] for word in (Early.smaller, Early.whole, Early.none))
NO_DAY = np.iinfo(np.int64).max


class PaymentFault(IntEnum):
    """Why a payment can't be taken."""

    none = 0
    above_due = 1
    above_owed = 2
    below_interest = 3
    not_whole = 4
    not_open = 5
    late = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """Instalments that fell due: the place of the loan, the due day, the running total of what had fallen due by it."""

    place: Ints
    on: Ints
    due_total_fen: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """What each payment was for, and the state that it leaves; `most_fen`: the most that could have been taken."""

    late_fen: Ints
    interest_fen: Ints
    principal_fen: Ints
    fault: Ints
    most_fen: Ints
    relevel: Ints
    state: LoanState


def pay(terms: LoanTerms, state: LoanState, *, on: Ints, amount_fen: Ints, early: Ints, ladder: Ladder) -> Paid:
    """Payments on loans that have come to the morning of `on`. Where there is a fault the row's other figures are idle.

    `relevel` is 1 where the level payment is to be found anew.
    """
    so_far, late = interest_so_far(terms, state, on), late_owed(terms, state, on)
    state = brought_to(terms, state, on)
    due_late, due_interest, due_principal = in_order(terms, state, late, amount_fen)
    left = amount_fen - due_late - due_interest - due_principal
    owed = late + state.due_fen + so_far + state.principal_fen
    runs = state.standing == Standing.open
    fault = _fault(runs=runs, left=left, amount=amount_fen, owed=owed, so_far=so_far, early=early)
    goes_early = (left > 0) & (fault == PaymentFault.none)
    early_interest = np.where(goes_early, so_far, 0)
    early_principal = np.where(goes_early, left - so_far, 0)
    paid = replace(
        state,
        principal_fen=state.principal_fen - early_principal,
        due_principal_fen=state.due_principal_fen - due_principal,
        interest_num=np.where(goes_early, 0, state.interest_num),
        interest_made_fen=state.interest_made_fen + early_interest,
        interest_paid_fen=state.interest_paid_fen + due_interest + early_interest,
        late_paid_fen=state.late_paid_fen + due_late,
        due_total_fen=state.due_total_fen + early_interest + early_principal,
    )
    paid = _settled(paid, late_left=late - due_late, ladder=ladder)
    return Paid(
        late_fen=due_late,
        interest_fen=due_interest + early_interest,
        principal_fen=due_principal + early_principal,
        fault=fault,
        most_fen=np.where(runs, np.where(early == _NOT_EARLY, late + state.due_fen, owed), 0),
        relevel=((early == _SMALLER) & goes_early & (paid.principal_fen > 0)).astype(np.int64),
        state=where(fault == PaymentFault.none, paid, state),
    )


def hand_back(terms: LoanTerms, state: LoanState, *, on: Ints, amount_fen: Ints, ladder: Ladder) -> Paid:
    """Loans that are handed back on the morning of `on`: all that is owed, interest of the days in it; nothing late."""
    whole = np.full_like(amount_fen, _WHOLE)
    paid = pay(terms, state, on=on, amount_fen=amount_fen, early=whole, ladder=ladder)
    late = (state.standing == Standing.open) & (state.oldest_due_on != 0) & (state.oldest_due_on < on)
    fault = np.where(late, PaymentFault.late, paid.fault)
    return replace(paid, fault=fault, most_fen=np.where(late, 0, paid.most_fen), state=where(~late, paid.state, state))


def late_owed(terms: LoanTerms, state: LoanState, to: Ints) -> Ints:
    """Late interest before the morning of `to` that is not paid."""
    return late_ever(terms, state, to) - state.late_paid_fen


def in_order(terms: LoanTerms, state: LoanState, late: Ints, amount: Ints) -> tuple[Ints, Ints, Ints]:
    """What of the payment goes into late interest, interest and principal that are due."""
    interest, principal = state.interest_due_fen, state.due_principal_fen
    before_late = np.where(terms.order == _LATE_FIRST, 0, interest + principal)
    before_interest = np.where(terms.order == _LATE_FIRST, late, np.where(terms.order == _INTEREST_FIRST, 0, principal))
    before_principal = np.where(
        terms.order == _LATE_FIRST, late + interest, np.where(terms.order == _INTEREST_FIRST, interest, 0)
    )
    parts = ((before_late, late), (before_interest, interest), (before_principal, principal))
    one, two, three = (np.clip(amount - before, 0, part) for before, part in parts)
    return one, two, three


def _fault(*, runs: Truths, left: Ints, amount: Ints, owed: Ints, so_far: Ints, early: Ints) -> Ints:
    fault: Ints = np.select(
        [
            ~runs,
            amount > owed,
            (early == _WHOLE) & (amount != owed),
            (left > 0) & (early == _NOT_EARLY),
            (left > 0) & (left < so_far),
        ],
        [
            PaymentFault.not_open,
            PaymentFault.above_owed,
            PaymentFault.not_whole,
            PaymentFault.above_due,
            PaymentFault.below_interest,
        ],
        PaymentFault.none,
    ).astype(np.int64)
    return fault


def _settled(state: LoanState, *, late_left: Ints, ladder: Ladder) -> LoanState:
    """The oldest instalment that is still unpaid; and closed, where nothing is owed any more."""
    oldest = np.full(len(state.principal_fen), NO_DAY)
    unpaid = ladder.due_total_fen > state.due_paid_fen[ladder.place]
    np.minimum.at(oldest, ladder.place[unpaid], ladder.on[unpaid])
    nothing = (state.owed_principal_fen == 0) & (state.due_fen == 0) & (late_left == 0)
    over = nothing & (state.standing == Standing.open)
    return replace(
        state,
        oldest_due_on=np.where(state.due_fen == 0, 0, np.minimum(oldest, NO_DAY)),
        next_due_on=np.where(state.principal_fen == 0, 0, state.next_due_on),
        standing=np.where(over, Standing.closed, state.standing),
    )
