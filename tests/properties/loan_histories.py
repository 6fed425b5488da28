"""Random loans and what happens on them, for the plain engine and the columnar one alike."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from benyuan.consumer_finance.by_hand.loans import Terms
from benyuan.consumer_finance.vocabulary import (
    Early,
    Every,
    LoanMethod,
    LoanOrder,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A loan as it is drawn."""

    terms: Terms
    on: dt.date
    amount_fen: int
    term_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """So many days later something is done, or on the next due day where that is `to_due`.

    `amount` says of what the amount is reckoned, `more_fen` is added to it.
    """

    days: int
    to_due: bool
    kind: str
    amount: str
    more_fen: int
    early: Early
    count: int
    parts: int


AMOUNTS = ("due", "oldest", "oldest", "owed", "part of due", "part of owed", "due and interest so far", "late")
KINDS = ("pay", "pay", "pay", "pay", "look", "draw", "extend", "write off", "recover", "hand back")

days = st.one_of(st.integers(0, 3), st.integers(4, 45), st.integers(46, 200))
rates = st.one_of(st.sampled_from([0, 36_000, 182_500, 240_000]), st.integers(0, 1_000_000))
FIRST, LAST = dt.date(2023, 1, 1), dt.date(2028, 12, 31)
month_ends = st.builds(
    lambda year, month: dt.date(year, month, 1) - dt.timedelta(days=1), st.integers(2024, 2028), st.integers(1, 12)
)


@st.composite
def loans(draw: st.DrawFn) -> Begun:
    on = draw(st.one_of(st.dates(FIRST, LAST), month_ends))
    after = [day for day in (draw(month_ends), draw(st.dates(FIRST, LAST))) if 0 < (day - on).days <= 90]
    first_due = after[0] if after else on + dt.timedelta(days=draw(st.integers(1, 70)))
    every = draw(st.sampled_from(Every))
    terms = Terms(
        method=draw(st.sampled_from(LoanMethod)),
        day_count=draw(st.sampled_from(DayCount)),
        rounding=draw(st.sampled_from(Rounding)),
        every=every,
        count=draw(st.integers(1, {Every.month: 3, Every.week: 8, Every.day: 50}[every])),
        first_due=first_due,
        rate_ppm=draw(rates),
        late_rate_ppm=draw(rates),
        grace_days=draw(st.one_of(st.sampled_from([0, 0, 3]), st.integers(0, 40))),
        late_on_interest=draw(st.booleans()),
        order=draw(st.sampled_from(LoanOrder)),
    )
    amount_fen = draw(st.one_of(st.integers(1, 200), st.integers(1_000, 20_000_000)))
    return Begun(terms=terms, on=on, amount_fen=amount_fen, term_count=draw(st.integers(1, 14)))


events = st.builds(
    Event,
    days=days,
    to_due=st.booleans(),
    kind=st.sampled_from(KINDS),
    amount=st.sampled_from(AMOUNTS),
    more_fen=st.one_of(st.just(0), st.just(0), st.integers(-1, 1), st.integers(-5_000, 50_000)),
    early=st.sampled_from(Early),
    count=st.integers(1, 6),
    parts=st.integers(2, 5),
)
histories = st.lists(events, max_size=9)
