"""The columnar engine of loans, driven one loan at a time, and its state beside that of the plain engine."""

import datetime as dt
from dataclasses import dataclass, field, replace

import numpy as np

from benyuan.consumer_finance.by_hand.loan_steps import Refused, Why
from benyuan.consumer_finance.by_hand.loans import Loan, Terms
from benyuan.consumer_finance.clocks import denominator
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.instalments.accrual import brought_to, interest_ever, interest_so_far, late_ever
from benyuan.consumer_finance.instalments.changing import Changed, ChangeFault
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.levels import relevelled
from benyuan.consumer_finance.instalments.paying import Ladder, Paid, PaymentFault, hand_back, pay
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.vocabulary import (
    DAY_COUNT_NUMBER,
    EARLY_NUMBER,
    EVERY_NUMBER,
    LOAN_ORDER_NUMBER,
    METHOD_NUMBER,
    ROUNDING_NUMBER,
    Early,
    Standing,
)
from benyuan.values.dates import to_yyyymmdd
from tests.properties.loan_histories import Begun

FAULTS = {
    Why.not_open: PaymentFault.not_open,
    Why.not_written_off: PaymentFault.not_open,
    Why.above_due: PaymentFault.above_due,
    Why.above_owed: PaymentFault.above_owed,
    Why.below_interest: PaymentFault.below_interest,
    Why.not_whole: PaymentFault.not_whole,
    Why.late: PaymentFault.late,
}
CHANGE_FAULTS = {
    Why.not_open: ChangeFault.not_open,
    Why.nothing_to_come: ChangeFault.nothing_to_come,
    Why.late: ChangeFault.late,
}


def ints(*values: int) -> Ints:
    return np.array(values, np.int64)


def day_of(day: dt.date) -> Ints:
    return ints(to_yyyymmdd(day))


def terms_of(terms: Terms) -> LoanTerms:
    return LoanTerms(
        rate_ppm=ints(terms.rate_ppm),
        late_rate_ppm=ints(terms.late_rate_ppm),
        late_on_interest=ints(int(terms.late_on_interest)),
        grace_days=ints(terms.grace_days),
        method=ints(METHOD_NUMBER[terms.method]),
        day_count=ints(DAY_COUNT_NUMBER[terms.day_count]),
        rounding=ints(ROUNDING_NUMBER[terms.rounding]),
        every=ints(terms.count),
        every_unit=ints(EVERY_NUMBER[terms.every]),
        order=ints(LOAN_ORDER_NUMBER[terms.order]),
        first_due_on=day_of(terms.first_due),
    )


def drawn(begun: Begun) -> LoanState:
    zero = {name: ints(0) for name in LoanState.__slots__}
    set_out = {
        "principal_fen": ints(begun.amount_fen),
        "drawn_fen": ints(begun.amount_fen),
        "terms": ints(begun.term_count),
        "next_number": ints(1),
        "next_due_on": day_of(begun.terms.first_due),
        "accrued_to": day_of(begun.on),
        "standing": ints(Standing.open),
    }
    return relevelled(terms_of(begun.terms), LoanState(**{**zero, **set_out}))


@dataclass(slots=True)
class OneLoan:
    """One loan in columns, with the instalments that fell due."""

    terms: LoanTerms
    state: LoanState
    rungs: list[tuple[int, int]] = field(default_factory=list)

    @classmethod
    def begun(cls, begun: Begun) -> "OneLoan":
        return cls(terms=terms_of(begun.terms), state=drawn(begun))

    def come_to(self, day: dt.date) -> None:
        self.state, rounds = come_to(self.terms, self.state, day_of(day))
        self.rungs += [(int(one.on[0]), int(one.state.due_total_fen[0])) for one in rounds]

    def come_in_hops(self, *, since: dt.date, until: dt.date, days: int) -> None:
        """To a morning by way of others, each so many days later, with interest brought to each."""
        whole = (until - since).days
        for number in [*range(days, whole, days), whole]:
            day = since + dt.timedelta(days=number)
            self.come_to(day)
            self.state = brought_to(self.terms, self.state, day_of(day))

    @property
    def ladder(self) -> Ladder:
        on, total = zip(*self.rungs, strict=True) if self.rungs else ((), ())
        return Ladder(place=np.zeros(len(on), np.int64), on=ints(*on), due_total_fen=ints(*total))

    def pay(self, *, on: dt.date, amount_fen: int, early: Early) -> Paid:
        paid = pay(
            self.terms,
            self.state,
            on=day_of(on),
            amount_fen=ints(amount_fen),
            early=ints(EARLY_NUMBER[early]),
            ladder=self.ladder,
        )
        self.state = relevelled(self.terms, paid.state) if paid.relevel[0] else paid.state
        return paid

    def hand_back(self, *, on: dt.date, amount_fen: int) -> Paid:
        paid = hand_back(self.terms, self.state, on=day_of(on), amount_fen=ints(amount_fen), ladder=self.ladder)
        self.state = paid.state
        return paid

    def change(self, changed: Changed) -> int:
        self.state = changed.state
        return int(changed.fault[0])


def check_payment(paid: Paid, plain: Loan | Refused, before: Loan) -> None:
    """The same fault with the same most; or the same parts."""
    if isinstance(plain, Refused):
        assert int(paid.fault[0]) == FAULTS[plain.why]
        assert int(paid.most_fen[0]) == plain.most_fen
        return
    assert int(paid.fault[0]) == PaymentFault.none
    parts = (paid.late_fen[0], paid.interest_fen[0], paid.principal_fen[0])
    assert parts == (
        plain.late_paid_fen - before.late_paid_fen,
        plain.interest_paid_fen - before.interest_paid_fen,
        plain.principal_paid_fen - before.principal_paid_fen,
    )


def check_change(fault: int, plain: Loan | Refused) -> None:
    assert fault == (CHANGE_FAULTS[plain.why] if isinstance(plain, Refused) else ChangeFault.none)


def check_same(terms: LoanTerms, state: LoanState, plain: Loan, *, place: int = 0) -> None:
    """Every figure of a loan, on the morning of the plain one's day."""
    on = np.full(len(state.terms), to_yyyymmdd(plain.day))
    standing = Standing.written_off if plain.written_off else Standing.closed if plain.closed else Standing.open
    shown = {
        "principal": state.principal_fen,
        "due principal": state.due_principal_fen,
        "due interest": state.interest_due_fen,
        "so far": interest_so_far(terms, state, on),
        "interest ever": interest_ever(terms, state, on),
        "late ever": late_ever(terms, state, on),
        "late paid": state.late_paid_fen,
        "interest paid": state.interest_paid_fen,
        "terms": state.terms,
        "standing": state.standing,
        "next due": state.next_due_on,
    }
    meant = {
        "principal": plain.left_fen,
        "due principal": plain.due_principal_fen,
        "due interest": plain.due_interest_fen,
        "so far": plain.so_far_fen,
        "interest ever": plain.interest_ever_fen,
        "late ever": plain.late_ever_fen,
        "late paid": plain.late_paid_fen,
        "interest paid": plain.interest_paid_fen,
        "terms": plain.term_count,
        "standing": standing,
        "next due": to_yyyymmdd(plain.next_due_on) if plain.next_due_on else 0,
    }
    if not plain.written_off:
        shown["oldest"] = state.oldest_due_on
        meant["oldest"] = to_yyyymmdd(plain.oldest_due_on) if plain.oldest_due_on else 0
    if plain.left_fen:
        shown["level"], meant["level"] = state.level_fen, plain.level_fen
        shown["number"], meant["number"] = state.next_number, plain.passed + 1
    assert {name: int(column[place]) for name, column in shown.items()} == meant
    check_exact(terms, state, plain, place=place)


def check_exact(terms: LoanTerms, state: LoanState, plain: Loan, *, place: int) -> None:
    """The fractions behind the fen, where interest still runs."""
    if plain.running:
        there = brought_to(terms, state, np.full(len(state.terms), to_yyyymmdd(plain.day)))
        whole = int(denominator(terms.day_count)[place])
        assert int(there.interest_num[place]) == plain.so_far * whole
        assert int(there.late_made_fen[place]) * whole + int(there.late_num[place]) == plain.late * whole


def without_day(state: LoanState) -> LoanState:
    """The state, but for the day that interest was last brought to."""
    return replace(state, accrued_to=np.zeros_like(state.terms))
