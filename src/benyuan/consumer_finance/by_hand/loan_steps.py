"""What is done on a cash loan by hand: payments, further draws, extensions, write-offs and recoveries.

Each comes to the morning of its day first. What cannot be is refused, with the most that could have been.
Worked number: where 100.00 is due and 900.00 more is owed, a payment of 100.01 without a kind of early repayment is
refused, the most being 100.00.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from benyuan.consumer_finance.by_hand.loans import Instalment, Loan, at_morning, with_level
from benyuan.consumer_finance.vocabulary import Early, LoanOrder

PARTS = {
    LoanOrder.late_interest_principal: ("late", "interest", "principal"),
    LoanOrder.interest_principal_late: ("interest", "principal", "late"),
    LoanOrder.principal_interest_late: ("principal", "interest", "late"),
}


class Why(StrEnum):
    """Why a step cannot be."""

    not_open = "not_open"
    above_due = "above_due"
    above_owed = "above_owed"
    below_interest = "below_interest"
    not_whole = "not_whole"
    nothing_to_come = "nothing_to_come"
    late = "late"
    not_written_off = "not_written_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Why a step cannot be, and the most that could have been."""

    why: Why
    most_fen: int = 0


def pay(loan: Loan, *, on: dt.date, amount_fen: int, early: Early = Early.none) -> Loan | Refused:
    """A payment on a day, and what becomes of it above what is due."""
    loan = at_morning(loan, day=on)
    if refused := _refused(loan, amount_fen=amount_fen, early=early):
        return refused
    over_fen = amount_fen - loan.due_fen
    if over_fen <= 0:
        return _closed(_spread(loan, amount_fen))
    return _closed(_paid_early(_spread(loan, loan.due_fen), over_fen, early=early))


def hand_back(loan: Loan, *, on: dt.date, amount_fen: int) -> Loan | Refused:
    """The loan is handed back: exactly all that is owed, while nothing is late."""
    loan = at_morning(loan, day=on)
    if not loan.running:
        return Refused(why=Why.not_open)
    if loan.oldest_due_on is not None and loan.oldest_due_on < on:
        return Refused(why=Why.late)
    return pay(loan, on=on, amount_fen=amount_fen, early=Early.whole)


def _refused(loan: Loan, *, amount_fen: int, early: Early) -> Refused | None:
    """In this order: not open, too much in all, not exactly all, too much for what is due, too little for early."""
    if not loan.running:
        return Refused(why=Why.not_open)
    most_fen = loan.due_fen if early is Early.none else loan.owed_fen
    over_fen = amount_fen - loan.due_fen
    if amount_fen > loan.owed_fen:
        return Refused(why=Why.above_owed, most_fen=most_fen)
    if early is Early.whole and amount_fen != loan.owed_fen:
        return Refused(why=Why.not_whole, most_fen=most_fen)
    if early is Early.none and over_fen > 0:
        return Refused(why=Why.above_due, most_fen=most_fen)
    if 0 < over_fen < loan.so_far_fen:
        return Refused(why=Why.below_interest, most_fen=most_fen)
    return None


def _spread(loan: Loan, amount_fen: int) -> Loan:
    """A payment over what is due, part by part in the product's order."""
    due = {"late": loan.late_due_fen, "interest": loan.due_interest_fen, "principal": loan.due_principal_fen}
    paid = {}
    for part in PARTS[loan.terms.order]:
        paid[part] = min(due[part], amount_fen)
        amount_fen -= paid[part]
    return replace(
        loan,
        late_paid_fen=loan.late_paid_fen + paid["late"],
        interest_paid_fen=loan.interest_paid_fen + paid["interest"],
        principal_paid_fen=loan.principal_paid_fen + paid["principal"],
    )


def _paid_early(loan: Loan, over_fen: int, *, early: Early) -> Loan:
    """Interest so far falls due today and is paid first; what is over repays principal that was not due."""
    interest_fen = loan.so_far_fen
    principal_fen = over_fen - interest_fen
    loan = replace(
        _falls_due(loan, principal_fen=principal_fen),
        interest_paid_fen=loan.interest_paid_fen + interest_fen,
        principal_paid_fen=loan.principal_paid_fen + principal_fen,
    )
    return with_level(loan) if early is Early.smaller else loan


def _falls_due(loan: Loan, *, principal_fen: int) -> Loan:
    """Principal that was not due falls due today, and with it the interest of the period so far, rounded."""
    today = Instalment(due_on=loan.day, principal_fen=principal_fen, interest_fen=loan.so_far_fen)
    return replace(
        loan,
        so_far=Fraction(0),
        instalments=(*loan.instalments, today),
        left_fen=loan.left_fen - principal_fen,
    )


def _closed(loan: Loan) -> Loan:
    """Closed, where nothing is owed any more."""
    return replace(loan, closed=loan.owed_fen == 0)


def draw_further(loan: Loan, *, on: dt.date, amount_fen: int) -> Loan | Refused:
    """Further principal, for the terms that are left; the level is found anew."""
    loan = at_morning(loan, day=on)
    if not loan.running:
        return Refused(why=Why.not_open)
    if loan.next_due_on is None:
        return Refused(why=Why.nothing_to_come)
    return with_level(replace(loan, left_fen=loan.left_fen + amount_fen))


def extend(loan: Loan, *, on: dt.date, more_terms: int) -> Loan | Refused:
    """So many more terms in the same rhythm; the level is found anew. Only while nothing is late."""
    loan = at_morning(loan, day=on)
    if not loan.running:
        return Refused(why=Why.not_open)
    if loan.next_due_on is None:
        return Refused(why=Why.nothing_to_come)
    if loan.oldest_due_on is not None and loan.oldest_due_on < on:
        return Refused(why=Why.late)
    return with_level(replace(loan, term_count=loan.term_count + more_terms))


def write_off(loan: Loan, *, on: dt.date) -> Loan | Refused:
    """All that is owed this morning falls due, and stands still from now on."""
    loan = at_morning(loan, day=on)
    if not loan.running:
        return Refused(why=Why.not_open)
    return replace(_falls_due(loan, principal_fen=loan.left_fen), written_off=True)


def recover(loan: Loan, *, on: dt.date, amount_fen: int) -> Loan | Refused:
    """A payment on a loan that was written off, by the product's order."""
    loan = at_morning(loan, day=on)
    if not loan.written_off:
        return Refused(why=Why.not_written_off)
    if amount_fen > loan.owed_fen:
        return Refused(why=Why.above_owed, most_fen=loan.owed_fen)
    return _spread(loan, amount_fen)
