"""Random pay-later accounts and what happens on them, for the plain engine and the columnar one alike."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import strategies as st

from benyuan.consumer_finance.by_hand.accounts import Terms
from benyuan.consumer_finance.vocabulary import (
    AccountOrder,
)
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """So many days later something is done. `amount` says of what the amount is reckoned, `more_fen` is added to it."""

    days: int
    kind: str
    amount: str
    more_fen: int
    parts: int
    which: int


KINDS = ("buy", "buy", "buy", "pay", "pay", "pay", "return", "plan", "look", "credit", "write off")
AMOUNTS = ("billed", "billed", "minimum", "missing", "part of billed", "billed and unbilled", "nothing")
rates = st.one_of(st.sampled_from([0, 182_500, 182_500, 240_000]), st.integers(0, 1_000_000))
shares = st.one_of(st.sampled_from([0, 50_000, 100_000, 1_000_000]), st.integers(0, 1_000_000))
floors = st.one_of(st.just(0), st.integers(0, 20_000))

terms = st.builds(
    Terms,
    statement_day=st.one_of(st.sampled_from([1, 28]), st.integers(1, 28)),
    due_days=st.one_of(st.sampled_from([1, 10, 28]), st.integers(1, 28)),
    day_count=st.sampled_from([one for one in DayCount if one is not DayCount.act_act]),
    rounding=st.sampled_from(Rounding),
    rate_ppm=rates,
    floor_fen=floors,
    share_ppm=shares,
    late_floor_fen=floors,
    late_share_ppm=shares,
    order=st.sampled_from(AccountOrder),
)
opened_on = st.dates(dt.date(2023, 1, 1), dt.date(2028, 12, 31))
events = st.builds(
    Event,
    days=st.one_of(st.integers(0, 5), st.integers(6, 40), st.integers(41, 120)),
    kind=st.sampled_from(KINDS),
    amount=st.sampled_from(AMOUNTS),
    more_fen=st.one_of(st.just(0), st.integers(-1, 1), st.integers(0, 300_000), st.integers(-20_000, 200)),
    parts=st.integers(2, 12),
    which=st.integers(0, 20),
)
histories = st.lists(events, max_size=14)
