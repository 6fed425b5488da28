"""A cash loan by hand: it walks from night to night, and keeps every instalment that fell due.

docs/algorithms/loans.md says what holds. Worked number: 1,200.00 at 12% a year by 30/360, drawn on 1 January, first due
on 1 February: the first month's interest is 12.00.
"""

import datetime as dt
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from benyuan.consumer_finance.by_hand.days import ONE_DAY, PPM, due_day, fen, night, nights
from benyuan.consumer_finance.vocabulary import (
    Every,
    LoanMethod,
    LoanOrder,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a loan was agreed on. Rates a year, in millionths; a due day every `count` days, weeks or months."""

    method: LoanMethod
    day_count: DayCount
    rounding: Rounding
    every: Every
    count: int
    first_due: dt.date
    rate_ppm: int
    late_rate_ppm: int
    grace_days: int
    late_on_interest: bool
    order: LoanOrder

    @property
    def anchor(self) -> int:
        """The day of the month on which instalments by the month fall due; 0 for other rhythms."""
        return self.first_due.day if self.every is Every.month else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """What fell due on a day."""

    due_on: dt.date
    principal_fen: int
    interest_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loan:
    """A loan at the morning of `day`, and after what was done on it.

    `left_fen`: principal that is not due yet. `so_far`, `late`: the interest of the running period and the late
    interest of the loan's life, exact. `term_count`: all due days; `passed`: how many of them have been.
    """

    terms: Terms
    day: dt.date
    left_fen: int
    level_fen: int
    term_count: int
    passed: int = 0
    so_far: Fraction = Fraction(0)
    late: Fraction = Fraction(0)
    instalments: tuple[Instalment, ...] = ()
    principal_paid_fen: int = 0
    interest_paid_fen: int = 0
    late_paid_fen: int = 0
    closed: bool = False
    written_off: bool = False

    @property
    def running(self) -> bool:
        """Whether interest is made and due days pass."""
        return not self.closed and not self.written_off

    @property
    def due_principal_fen(self) -> int:
        """Principal that fell due and is not paid."""
        return sum(one.principal_fen for one in self.instalments) - self.principal_paid_fen

    @property
    def due_interest_fen(self) -> int:
        """Interest that fell due and is not paid."""
        return sum(one.interest_fen for one in self.instalments) - self.interest_paid_fen

    @property
    def so_far_fen(self) -> int:
        """Interest of the running period, rounded."""
        return fen(self.so_far, rounding=self.terms.rounding)

    @property
    def late_due_fen(self) -> int:
        """Late interest that is not paid."""
        return fen(self.late, rounding=self.terms.rounding) - self.late_paid_fen

    @property
    def interest_ever_fen(self) -> int:
        """All interest but late interest that the loan has made."""
        return sum(one.interest_fen for one in self.instalments) + self.so_far_fen

    @property
    def late_ever_fen(self) -> int:
        """All late interest that the loan has made."""
        return fen(self.late, rounding=self.terms.rounding)

    @property
    def due_fen(self) -> int:
        """All that is due now."""
        return self.late_due_fen + self.due_interest_fen + self.due_principal_fen

    @property
    def owed_fen(self) -> int:
        """All that is owed now."""
        return self.due_fen + self.so_far_fen + self.left_fen

    @property
    def oldest_due_on(self) -> dt.date | None:
        """The due day of the oldest instalment that is not whole paid."""
        paid_fen = self.principal_paid_fen + self.interest_paid_fen
        for one in self.instalments:
            paid_fen -= one.principal_fen + one.interest_fen
            if paid_fen < 0:
                return one.due_on
        return None

    @property
    def next_due_on(self) -> dt.date | None:
        """The next day on which an instalment falls due."""
        return self.due_day(self.passed) if self.left_fen and self.running else None

    def due_day(self, number: int) -> dt.date:
        """The due day `number`, from 0."""
        terms = self.terms
        return due_day(first_due=terms.first_due, every=terms.every, count=terms.count, number=number)


def draw(*, terms: Terms, on: dt.date, amount_fen: int, term_count: int) -> Loan:
    """A new loan of `amount_fen`, drawn on a day before the first due day."""
    return with_level(Loan(terms=terms, day=on, left_fen=amount_fen, level_fen=0, term_count=term_count))


def at_morning(loan: Loan, *, day: dt.date) -> Loan:
    """The loan at the morning of a day: every night before it, and all that fell due up to it."""
    while loan.day < day:
        loan = _after_night(loan)
        if loan.next_due_on == loan.day:
            loan = _fallen_due(loan)
    return loan


def _after_night(loan: Loan) -> Loan:
    """Interest of one night: on what is not due at the loan's rate, on what is due at its own or the late rate."""
    if not loan.running:
        return replace(loan, day=loan.day + ONE_DAY)
    terms = loan.terms
    year = night(day=loan.day, day_count=terms.day_count, anchor=terms.anchor)
    own, late = Fraction(terms.rate_ppm, PPM), Fraction(terms.late_rate_ppm, PPM)
    base = loan.due_principal_fen + (loan.due_interest_fen if terms.late_on_interest else 0)
    oldest = loan.oldest_due_on
    in_grace = oldest is not None and loan.day < oldest + dt.timedelta(days=terms.grace_days)
    return replace(
        loan,
        day=loan.day + ONE_DAY,
        so_far=loan.so_far + loan.left_fen * own * year,
        late=loan.late + base * (own if in_grace else late) * year,
    )


def _fallen_due(loan: Loan) -> Loan:
    """The instalment of this day: the period's interest is rounded, and begins again."""
    interest_fen = loan.so_far_fen
    is_last = loan.passed + 1 == loan.term_count
    part_fen = {
        LoanMethod.equal_instalment: max(0, loan.level_fen - interest_fen),
        LoanMethod.equal_principal: loan.level_fen,
        LoanMethod.bullet: 0,
    }[loan.terms.method]
    principal_fen = loan.left_fen if is_last else min(part_fen, loan.left_fen)
    one = Instalment(due_on=loan.day, principal_fen=principal_fen, interest_fen=interest_fen)
    return replace(
        loan,
        so_far=Fraction(0),
        instalments=(*loan.instalments, one),
        left_fen=loan.left_fen - principal_fen,
        passed=loan.passed + 1,
    )


def with_level(loan: Loan) -> Loan:
    """The level payment, or the level part of principal, for what is left over the terms left."""
    terms_left = loan.term_count - loan.passed
    if loan.terms.method is LoanMethod.bullet or not loan.left_fen or not terms_left:
        return replace(loan, level_fen=0)
    exact = Fraction(loan.left_fen, terms_left)
    if loan.terms.method is LoanMethod.equal_instalment:
        exact = _level_payment(loan)
    return replace(loan, level_fen=fen(exact, rounding=loan.terms.rounding))


def _level_payment(loan: Loan) -> Fraction:
    """(principal + interest of the running period) ÷ (1 + 1/g₂ + 1/(g₂ g₃) + …), g being 1 + a period's interest."""
    terms, rate = loan.terms, Fraction(loan.terms.rate_ppm, PPM)
    dues = [loan.due_day(number) for number in range(loan.passed, loan.term_count)]
    to_first = nights(since=loan.day, until=dues[0], day_count=terms.day_count, anchor=terms.anchor)
    annuity = discount = Fraction(1)
    for begins, ends in pairwise(dues):
        year = nights(since=begins, until=ends, day_count=terms.day_count, anchor=terms.anchor)
        discount /= 1 + rate * year  # tidy: exact
        annuity += discount
    return (loan.left_fen + loan.so_far + loan.left_fen * rate * to_first) / annuity  # tidy: exact
