"""The loan that docs/algorithms/loans.md works out, by hand and in columns."""

import datetime as dt

from benyuan.consumer_finance.by_hand import loan_steps as by_hand
from benyuan.consumer_finance.by_hand.loans import Loan, Terms, at_morning, draw
from benyuan.consumer_finance.vocabulary import (
    Early,
    Every,
    LoanMethod,
    LoanOrder,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding
from tests.properties.loan_columns import OneLoan, check_payment, check_same
from tests.properties.loan_histories import Begun
from tests.unit.consumer_finance.worked_tables import Row, day_of, fen_of, table, yuan

TERMS = Terms(
    method=LoanMethod.equal_instalment,
    day_count=DayCount.act_365,
    rounding=Rounding.half_up,
    every=Every.month,
    count=1,
    first_due=dt.date(2026, 1, 31),
    rate_ppm=146_000,
    late_rate_ppm=219_000,
    grace_days=3,
    late_on_interest=False,
    order=LoanOrder.late_interest_principal,
)
BEGUN = Begun(terms=TERMS, on=dt.date(2025, 12, 31), amount_fen=300_000, term_count=4)


def shown(day: str, what: str, amount: str, loan: Loan) -> Row:
    """A row of the table: what was done, and what is owed after it."""
    owed = (loan.late_due_fen, loan.due_interest_fen, loan.due_principal_fen, loan.so_far_fen, loan.left_fen)
    return (day, what, amount, *(yuan(part) for part in owed))


def test_the_worked_loan() -> None:
    head, rows = table("loans.md", "A loan worked out")
    assert head[:3] == ("day", "what", "amount")
    plain = draw(terms=TERMS, on=BEGUN.on, amount_fen=BEGUN.amount_fen, term_count=BEGUN.term_count)
    loan = OneLoan.begun(BEGUN)
    assert rows[0] == shown("2025-12-31", "drawn", "3,000.00", plain)
    for row in rows[1:]:
        day, what, amount = day_of(row[0]), row[1], row[2]
        owed_before = plain.due_principal_fen + plain.due_interest_fen
        plain = at_morning(plain, day=day)
        loan.come_to(day)
        if what.startswith("paid"):
            early = Early.whole if what == "paid whole" else Early.none
            after = by_hand.pay(plain, on=day, amount_fen=fen_of(amount), early=early)
            check_payment(loan.pay(on=day, amount_fen=fen_of(amount), early=early), after, plain)
            assert isinstance(after, Loan)
            plain = after
        else:
            assert plain.due_principal_fen + plain.due_interest_fen - owed_before == fen_of(amount)
        assert row == shown(row[0], what, amount, plain)
        check_same(loan.terms, loan.state, plain)
    assert plain.closed
