"""What a schedule promises is what falls due: the same instalments, to the fen, where nothing happens in between."""

import datetime as dt
from decimal import Decimal

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.drawing import first_state
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.state import LoanTerms
from benyuan.consumer_finance.schedule import PaymentBelowInterest, schedule
from benyuan.consumer_finance.vocabulary import (
    DAY_COUNT_NUMBER,
    EVERY_NUMBER,
    METHOD_NUMBER,
    ROUNDING_NUMBER,
    Every,
    LoanMethod,
)
from benyuan.values.dates import to_yyyymmdd
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding

PPM = 1_000_000


def one(value: int) -> Ints:
    return np.array([value], np.int64)


@given(
    principal=st.integers(100, 20_000_000),
    rate_ppm=st.integers(0, 360_000),
    terms=st.integers(1, 36),
    method=st.sampled_from(list(LoanMethod)),
    day_count=st.sampled_from(list(DayCount)),
    rounding=st.sampled_from(list(Rounding)),
    every=st.sampled_from([(1, Every.month), (3, Every.month), (2, Every.week), (15, Every.day)]),
    drawn_on=st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31)),
    stub=st.integers(1, 60),
)
def test_the_same_instalments(
    principal: int,
    rate_ppm: int,
    terms: int,
    method: LoanMethod,
    day_count: DayCount,
    rounding: Rounding,
    every: tuple[int, Every],
    drawn_on: dt.date,
    stub: int,
) -> None:
    count, unit = every
    first_due = drawn_on + dt.timedelta(days=stub)
    # By 30/360 a schedule takes a first month that begins on the 31st for a whole one; the loan's clock, due on
    # another day of the month, counts its days.
    assume(day_count is not DayCount.thirty_360 or (drawn_on.day <= 28 and first_due.day <= 28))
    try:
        promised = schedule(
            principal=Decimal(principal),
            annual_rate=Decimal(rate_ppm) / PPM,
            terms=terms,
            frequency=f"{count} {unit.value}",
            method=method.value,
            day_count=day_count.value,
            rounding=rounding.value,
            disbursed_on=drawn_on,
            first_due=first_due,
            decimals=0,
        )
    except PaymentBelowInterest:
        assume(False)
        raise
    loan = LoanTerms(
        rate_ppm=one(rate_ppm),
        late_rate_ppm=one(0),
        late_on_interest=one(0),
        grace_days=one(0),
        method=one(METHOD_NUMBER[method.value]),
        day_count=one(DAY_COUNT_NUMBER[day_count.value]),
        rounding=one(ROUNDING_NUMBER[rounding.value]),
        every=one(count),
        every_unit=one(EVERY_NUMBER[unit.value]),
        order=one(0),
        first_due_on=one(to_yyyymmdd(first_due)),
    )
    drawn = one(to_yyyymmdd(drawn_on))
    state = first_state(loan, on=drawn, amount_fen=one(principal), terms_count=one(terms))
    _, rounds = come_to(loan, state, one(to_yyyymmdd(promised[-1].due)))
    fell = [(int(each.on[0]), int(each.amount_fen[0]), int(each.state.principal_fen[0])) for each in rounds]
    expected = [(to_yyyymmdd(row.due), int(row.payment), int(row.balance)) for row in promised]
    while len(expected) > len(fell) and expected[-1][1:] == (0, 0):
        expected.pop()  # a schedule lists instalments of nothing; a loan that is paid has none
    assert fell == expected
