"""What the close measures of a loan that was written off."""

import datetime as dt
from dataclasses import fields, replace

import numpy as np
import pytest

from benyuan.closing.arrow import columns_of, record_batch
from benyuan.closing.measures import measured_loans
from benyuan.consumer_finance.instalments.changing import recover, write_off
from benyuan.consumer_finance.instalments.state import LoanState
from tests.properties.loan_columns import OneLoan, day_of
from tests.unit.consumer_finance.test_worked_loan import BEGUN

OFF = dt.date(2026, 2, 20)


def off() -> OneLoan:
    """The worked loan of the page, never paid, written off 20 days after its first due day."""
    loan = OneLoan.begun(BEGUN)
    loan.come_to(OFF)
    loan.state = write_off(loan.terms, loan.state, on=day_of(OFF)).state
    return loan


def measured(loan: OneLoan, state: LoanState, *, on: int) -> dict[str, int]:
    given = {name: np.ones(1, np.int64) for name in ("id", "borrower", "product")}
    given |= {name: np.zeros(1, np.int64) for name in ("partner", "share_ppm")}
    for record in (loan.terms, state):
        given |= {each.name: getattr(record, each.name) for each in fields(record)}
    return {name: int(column[0]) for name, column in columns_of(measured_loans(record_batch(given), on=on)).items()}


@pytest.mark.parametrize(("on", "days"), [(20260220, 20), (20260501, 90), (20260502, 91)])
def test_a_loan_written_off_counts_its_days_and_owes_nothing(on: int, days: int) -> None:
    loan = off()
    found = measured(loan, loan.state, on=on)
    assert found["days_overdue"] == days
    assert found["interest_ever_fen"] > 0
    owed = ("principal_fen", "interest_owed_fen", "charges_owed_fen", "undrawn_fen", "running")
    assert [found[name] for name in owed] == [0] * len(owed)


def test_one_fen_short_of_whole_it_still_counts_and_recovered_whole_no_more() -> None:
    loan = off()
    most = recover(loan.terms, loan.state, on=day_of(OFF), amount_fen=np.ones(1, np.int64)).most_fen
    for amount, days in ((most - 1, 91), (most, 0)):
        state = recover(loan.terms, replace(loan.state), on=day_of(OFF), amount_fen=amount).state
        assert measured(loan, state, on=20260502)["days_overdue"] == days
