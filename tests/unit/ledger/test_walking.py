"""An account's rows in columns: the same as its history row by row, however blocks are cut, with holds and expiries.

Worked: after legs of 10, 20 and 30 the newest row before the third is the second, and it moved 20.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.ledger import Ledger
from tests.unit.ledger.books import NOON, SECOND, Leg, hold, leg, post_hold, void_hold

ACCOUNTS = 4
Step = tuple[int, int, int, int, int]

steps = st.tuples(
    st.integers(1, ACCOUNTS), st.integers(1, ACCOUNTS), st.integers(0, 50), st.integers(0, 5), st.integers(0, 2)
)


def asked(step: Step, *, legs: int) -> Leg:
    """A leg, a hold that may expire, or what settles an earlier leg if that is a hold."""
    debit, credit, amount, sort, _ = step
    if sort == 3:
        return hold(debit, credit, amount, timeout_s=amount % 3)
    if sort == 4:
        return post_hold(max(1, legs - amount % 5))
    if sort == 5:
        return void_hold(max(1, legs - amount % 5))
    return leg(debit, credit, amount)


def posted(batches: list[list[Step]]) -> Ledger:
    """A ledger after batches, whose legs come seconds apart or at one time."""
    ledger, at = Ledger(), NOON
    ledger.create_accounts(book=[1] * ACCOUNTS, unit=1, code=1)
    for batch in batches:
        rows: list[Leg] = []
        for step in batch:
            at += step[4] * SECOND
            rows.append({"flags": 0, "pending_id": 0, "timeout_s": 0, **asked(step, legs=ledger.leg_count), "at": at})
        ledger.post(**{name: [row[name] for row in rows] for name in rows[0]})
    return ledger


def newest_by_history(ledger: Ledger, account: int, **point: int) -> int:
    found = [
        entry.leg
        for entry in ledger.history(account, limit=10_000)
        if all((entry.at if name == "at" else entry.leg) < value for name, value in point.items())
    ]
    return found[0] if found else 0


@given(st.lists(st.lists(steps, min_size=1, max_size=8), max_size=12))
def test_the_same_rows_as_history(batches: list[list[Step]]) -> None:
    ledger = posted(batches)
    for account in range(1, ACCOUNTS + 1):
        entries = ledger.history(account, limit=10_000)
        last = entries[0].leg if entries else 0
        walked: list[tuple[int, ...]] = []
        for rows in ledger.rows_back(account, last=last, stop=0):
            columns = (rows.leg, rows.at, rows.business_date, rows.code, rows.other, rows.after, rows.reference)
            walked += reversed(list(zip(*(column.tolist() for column in columns), strict=True)))
        assert walked == [
            (
                *(one.leg, one.at, one.business_date, one.code),
                one.credit_account if one.debit_account == account else one.debit_account,
                *(one.balance_after, one.reference),
            )
            for one in entries
        ]


@given(st.lists(st.lists(steps, min_size=1, max_size=8), max_size=12))
def test_what_rows_move_adds_up(batches: list[list[Step]]) -> None:
    ledger = posted(batches)
    for account in range(1, ACCOUNTS + 1):
        after = 0
        for rows in reversed(list(ledger.rows_back(account, last=ledger.newest_before(account, leg=1 << 40), stop=0))):
            for moved, stands in zip(rows.moved.tolist(), rows.after.tolist(), strict=True):
                after += moved
                assert after == stands
        assert after == ledger.balance(account).posted


@given(st.lists(st.lists(steps, min_size=1, max_size=8), max_size=12), st.integers(0, 60), st.integers(-1, 60))
def test_the_newest_before_a_point(batches: list[list[Step]], leg_id: int, seconds: int) -> None:
    ledger = posted(batches)
    at = NOON + seconds * SECOND
    for account in range(1, ACCOUNTS + 1):
        assert ledger.newest_before(account, leg=leg_id) == newest_by_history(ledger, account, leg=leg_id)
        assert ledger.newest_before(account, at=at) == newest_by_history(ledger, account, at=at)


@given(st.lists(st.lists(steps, min_size=1, max_size=8), max_size=12), st.integers(0, 30))
def test_a_walk_stops_above_a_leg(batches: list[list[Step]], stop: int) -> None:
    ledger = posted(batches)
    for account in range(1, ACCOUNTS + 1):
        last = ledger.newest_before(account, leg=1 << 40)
        found = [leg for rows in ledger.rows_back(account, last=last, stop=stop) for leg in rows.leg.tolist()]
        assert sorted(found) == [e.leg for e in reversed(ledger.history(account, limit=10_000)) if e.leg > stop]


@pytest.mark.parametrize("point", [{}, {"at": 1, "leg": 1}])
def test_one_point_is_given(point: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="one of them"):
        posted([]).newest_before(1, **point)


def test_an_unknown_account_has_no_rows() -> None:
    with pytest.raises(KeyError):
        posted([]).newest_before(9, leg=1)
