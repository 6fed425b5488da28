"""The level payment is exact until it is rounded once, so a whole one stays whole in every mode."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from benyuan.consumer_finance.by_hand.loans import draw
from benyuan.consumer_finance.instalments.levels import annuity_factor
from benyuan.consumer_finance.vocabulary import (
    DAY_COUNT_NUMBER,
    EVERY_NUMBER,
    Every,
    LoanMethod,
    LoanOrder,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding
from tests.properties.loan_columns import drawn
from tests.properties.loan_histories import Begun
from tests.unit.consumer_finance.test_worked_loan import TERMS

WHOLE = Begun(
    terms=replace(
        TERMS,
        method=LoanMethod.equal_instalment,
        day_count=DayCount.thirty_360,
        first_due=dt.date(2026, 2, 15),
        rate_ppm=240_000,
        order=LoanOrder.late_interest_principal,
    ),
    on=dt.date(2026, 1, 15),
    amount_fen=505_000,
    term_count=2,
)


@pytest.mark.parametrize("rounding", Rounding)
def test_a_whole_level_payment_is_what_it_is_in_every_mode(rounding: Rounding) -> None:
    """505,000 fen at 2% a month over two months: 505,000 × 1.02² ÷ 2.02 = 260,100."""
    begun = replace(WHOLE, terms=replace(WHOLE.terms, rounding=rounding))
    plain = draw(terms=begun.terms, on=begun.on, amount_fen=begun.amount_fen, term_count=begun.term_count)
    assert plain.level_fen == 260_100
    assert int(drawn(begun).level_fen[0]) == 260_100


def test_thirty_years_of_months_are_reckoned_exactly() -> None:
    factor = annuity_factor(
        rate_ppm=240_000,
        day_count=DAY_COUNT_NUMBER[DayCount.thirty_360],
        first_due_on=20260215,
        every=1,
        every_unit=EVERY_NUMBER[Every.month],
        number=1,
        left=360,
    )
    growth = Fraction(102, 100)
    assert factor == 1 / sum((1 / growth**n for n in range(360)), Fraction(0))
