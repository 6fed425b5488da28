"""Holds: posted whole or in part, voided, expired at the very microsecond; and legs that move nothing.

Worked: 30 posted of a hold of 100 leaves 0 pending and 30 posted; the other 70 return.
"""

import pytest

from benyuan.ledger import AMOUNT_MAX, AccountFlag, LegFlag, LegStatus
from tests.unit.ledger.books import (
    NOON,
    SECOND,
    Books,
    LedgerMaker,
    china,
    hold,
    leg,
    linked,
    on_both,
    post_hold,
    void_hold,
)

S = LegStatus
pytestmark = on_both


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """Accounts 1 and 2."""
    made = Books(make)
    made.accounts(2)
    return made


def test_a_hold_reserves(books: Books) -> None:
    books.done(hold(1, 2, 100))
    assert (books.figures(1), books.figures(2)) == ((100, 0, 0, 0), (0, 0, 100, 0))


@pytest.mark.parametrize(("amount", "moved"), [(AMOUNT_MAX, 100), (100, 100), (99, 99), (30, 30), (1, 1), (0, 0)])
def test_post_whole_and_in_part(books: Books, amount: int, moved: int) -> None:
    held = books.done(hold(1, 2, 100, code=7))
    posted = books.post(post_hold(held, amount))
    assert (posted.status, posted.moved, posted.leg) == ([S.created], [moved], [2])
    assert (books.figures(1), books.figures(2)) == ((0, moved, 0, 0), (0, 0, 0, moved))
    row = posted.rows[0]
    assert (row["debit_account"], row["credit_account"], row["amount"], row["code"]) == (1, 2, moved, 7)
    assert (row["pending_id"], row["flags"]) == (held, LegFlag.post_pending_transfer)
    assert (row["debit_after"], row["credit_after"]) == (moved, -moved)
    assert books.status(post_hold(held, amount)) is S.pending_transfer_already_posted
    assert books.status(void_hold(held)) is S.pending_transfer_already_posted


@pytest.mark.parametrize("amount", [0, 100])
def test_void(books: Books, amount: int) -> None:
    held = books.done(hold(1, 2, 100))
    posted = books.post(void_hold(held, amount))
    assert (posted.status, posted.moved) == ([S.created], [100])
    assert (books.figures(1), books.figures(2)) == ((0, 0, 0, 0), (0, 0, 0, 0))
    assert (posted.rows[0]["amount"], posted.rows[0]["debit_after"]) == (100, 0)
    assert books.status(void_hold(held)) is S.pending_transfer_already_voided
    assert books.status(post_hold(held)) is S.pending_transfer_already_voided


def test_a_hold_of_the_largest_amount_is_posted_whole(books: Books) -> None:
    held = books.done(hold(1, 2, AMOUNT_MAX))
    assert books.post(post_hold(held, AMOUNT_MAX)).moved == [AMOUNT_MAX]
    assert books.figures(1) == (0, AMOUNT_MAX, 0, 0)


def test_a_hold_of_the_largest_amount_is_voided_by_naming_it(books: Books) -> None:
    held = books.done(hold(1, 2, AMOUNT_MAX))
    assert books.post(void_hold(held, AMOUNT_MAX)).moved == [AMOUNT_MAX]


def test_a_hold_of_nothing_is_posted_and_voided(books: Books) -> None:
    first, second = books.done(hold(1, 2, 0)), books.done(hold(1, 2, 0))
    assert books.post(post_hold(first), void_hold(second)).moved == [0, 0]
    assert books.status(post_hold(first, 0)) is S.pending_transfer_already_posted


def test_hold_and_post_within_one_chain(books: Books) -> None:
    posted = books.chain(leg(1, 2, 5), hold(1, 2, 100), post_hold(2, 60), leg(1, 2, 5))
    assert (posted.status, posted.moved) == ([S.created] * 4, [5, 100, 60, 5])
    assert books.figures(1) == (0, 70, 0, 0)


def test_hold_post_and_void_within_one_batch(books: Books) -> None:
    posted = books.post(hold(1, 2, 100), post_hold(1), void_hold(1), hold(1, 2, 40), void_hold(3), post_hold(3))
    assert posted.status == [
        *(S.created, S.created, S.pending_transfer_already_posted),
        *(S.created, S.created, S.pending_transfer_already_voided),
    ]


def test_a_failed_chain_leaves_the_hold_open(books: Books) -> None:
    held = books.done(hold(1, 2, 100))
    failed = books.chain(post_hold(held), leg(1, 2, -1))
    assert failed.status == [S.linked_event_failed, S.amount_must_not_be_negative]
    assert books.figures(1) == (100, 0, 0, 0)
    failed = books.chain(void_hold(held), post_hold(held))
    assert failed.status == [S.linked_event_failed, S.pending_transfer_already_voided]
    assert books.status(post_hold(held)) is S.created


def test_a_hold_of_a_failed_chain_does_not_exist_and_never_expires(books: Books) -> None:
    books.chain(hold(1, 2, 100, timeout_s=1), leg(1, 2, -1))
    assert books.status(post_hold(1)) is S.pending_transfer_not_found
    books.done(leg(1, 2, 1), at=NOON + 10 * SECOND)
    assert books.ledger.leg_count == 1
    assert books.figures(1) == (0, 1, 0, 0)


def test_an_id_of_a_failed_chain_is_given_again(books: Books) -> None:
    plain_leg = leg(1, 2, 1)
    posted = books.post(*linked(hold(1, 2, 100), leg(1, 2, -1)), plain_leg, post_hold(1), hold(1, 2, 3), post_hold(2))
    assert posted.status[2:] == [S.created, S.pending_transfer_not_pending, S.created, S.created]
    assert posted.leg == [0, 0, 1, 0, 2, 3]


def test_a_leg_cannot_post_a_later_hold_or_itself(books: Books) -> None:
    posted = books.post(post_hold(1), post_hold(2), hold(1, 2, 1))
    assert posted.status == [S.pending_transfer_not_found, S.pending_transfer_not_found, S.created]


# Expiry


@pytest.mark.parametrize(("early_by", "status"), [(1, S.created), (0, S.pending_transfer_expired)])
def test_a_hold_expires_at_the_very_microsecond(books: Books, early_by: int, status: LegStatus) -> None:
    held = books.done(hold(1, 2, 100, timeout_s=10))
    assert books.status(post_hold(held), at=NOON + 10 * SECOND - early_by) is status
    assert books.figures(1) == ((0, 100, 0, 0) if status is S.created else (0, 0, 0, 0))
    books.now += 100 * SECOND
    again = S.pending_transfer_already_posted if status is S.created else S.pending_transfer_expired
    assert books.status(void_hold(held)) is again


def test_the_row_of_an_expiry(books: Books) -> None:
    books.now = china("2026-03-01T23:59:55")
    held = books.done(hold(1, 2, 100, timeout_s=5, code=7, reference=42, ceiling=500, business_date=20260227))
    posted = books.post(leg(1, 2, 1, reference=43), at=china("2026-03-05T08:00"))
    assert (posted.first_leg, posted.leg) == (2, [3])
    expiry, own = posted.rows
    assert expiry == {
        "debit_account": 1,
        "credit_account": 2,
        "amount": 100,
        "flags": LegFlag.expiry | LegFlag.void_pending_transfer,
        "code": 7,
        "pending_id": held,
        "timeout_s": 0,
        "ceiling": AMOUNT_MAX,
        "at": china("2026-03-02T00:00"),
        "business_date": 20260302,
        "reference": 42,
        "debit_after": 0,
        "credit_after": 0,
        "debit_previous": 1,
        "credit_previous": 1,
    }
    assert (own["debit_previous"], own["debit_after"], own["reference"]) == (2, 1, 43)


def test_expiries_go_by_time_then_by_leg_id_and_stand_when_the_chain_fails(books: Books) -> None:
    timeouts = (5, 3, 5, 3, 9)
    books.post(*(hold(1, 2, 100 + n, timeout_s=seconds) for n, seconds in enumerate(timeouts, start=1)))
    posted = books.post(leg(1, 2, -1), at=NOON + 8 * SECOND)
    assert posted.status == [S.amount_must_not_be_negative]
    assert [row["pending_id"] for row in posted.rows] == [2, 4, 1, 3]
    assert [row["at"] for row in posted.rows] == [NOON + n * SECOND for n in (3, 3, 5, 5)]
    assert (books.figures(1), books.ledger.leg_count) == ((105, 0, 0, 0), 9)


@pytest.mark.parametrize("batches", [1, 7, 40])
def test_many_holds_expire_in_order(books: Books, batches: int) -> None:
    """600 holds with timeouts all over 100 seconds, a third of them resolved before their time."""
    timeouts = [1 + number * 7_919 % 100 for number in range(600)]
    size = -(-len(timeouts) // batches)
    for start in range(0, len(timeouts), size):
        books.post(*(hold(1, 2, 1, timeout_s=seconds) for seconds in timeouts[start : start + size]))
    resolved = range(1, len(timeouts) + 1, 3)
    books.post(*(post_hold(held) if held % 2 else void_hold(held) for held in resolved))
    expiries = []
    for after in range(20, 120, 20):
        posted = books.post(leg(1, 2, -1), at=NOON + after * SECOND)
        expiries += [(row["at"], row["pending_id"]) for row in posted.rows]
    left = set(range(1, len(timeouts) + 1)) - set(resolved)
    assert expiries == sorted((NOON + timeouts[held - 1] * SECOND, held) for held in left)
    assert books.figures(1) == (0, len(resolved) // 2, 0, 0)


def test_expiries_run_before_each_chain_of_a_batch(books: Books) -> None:
    bound = books.account(flags=AccountFlag.debits_must_not_exceed_credits)
    books.done(leg(1, bound, 100))
    legs = [hold(bound, 2, 100, timeout_s=1)] + [
        leg(bound, 2, 60, at=NOON + after) for after in (0, SECOND - 1, SECOND, 2 * SECOND)
    ]
    posted = books.post(*legs)
    assert posted.status == [S.created, S.exceeds_credits, S.exceeds_credits, S.created, S.exceeds_credits]
    assert posted.leg == [2, 0, 0, 4, 0]
    assert posted.rows[1]["flags"] == LegFlag.expiry | LegFlag.void_pending_transfer


def test_expiries_run_before_a_chain_left_open(books: Books) -> None:
    books.done(hold(1, 2, 100, timeout_s=1))
    posted = books.post(leg(1, 2, 1, flags=LegFlag.linked), at=NOON + SECOND)
    assert (posted.status, [row["pending_id"] for row in posted.rows]) == ([S.linked_event_chain_open], [1])
    assert books.figures(1) == (0, 0, 0, 0)


def test_a_post_has_no_ceiling_of_its_own(books: Books) -> None:
    books.post(hold(1, 2, 100, ceiling=500))
    assert books.post(post_hold(1, ceiling=7)).rows[0]["ceiling"] == AMOUNT_MAX


def test_an_empty_batch_expires_nothing(books: Books) -> None:
    books.done(hold(1, 2, 100, timeout_s=1))
    nothing = books.ledger.post(debit_account=[], credit_account=[], amount=[], code=[], at=[])
    assert (len(nothing.status), len(nothing.rows["at"])) == (0, 0)
    assert books.figures(1) == (100, 0, 0, 0)


def test_the_longest_timeout(books: Books) -> None:
    longest = (1 << 32) - 1
    held = books.done(hold(1, 2, 100, timeout_s=longest), at=0)
    books.done(leg(1, 2, 1), at=longest * SECOND - 1)
    assert books.figures(1) == (100, 1, 0, 0)
    assert books.status(post_hold(held), at=longest * SECOND) is S.pending_transfer_expired


def test_a_hold_posted_or_voided_does_not_expire(books: Books) -> None:
    books.post(*(hold(1, 2, 100, timeout_s=5) for _ in range(3)))
    books.post(post_hold(1), void_hold(2))
    assert [row["pending_id"] for row in books.post(leg(1, 2, 1), at=NOON + 5 * SECOND).rows] == [3, 0]


def test_fates_are_remembered_many_batches_later(books: Books) -> None:
    books.accounts(2)
    books.post(hold(1, 2, 10), hold(3, 2, 10), hold(1, 4, 10, timeout_s=1), hold(3, 4, 10))
    books.post(post_hold(1, 4), void_hold(2))
    for number in range(5):
        books.done(leg(1 + number % 3, 4, 1), at=NOON + (1 + number) * SECOND)
    posted = books.post(*(post_hold(held) for held in (1, 2, 3, 4, 5)))
    assert posted.status == [
        S.pending_transfer_already_posted,
        S.pending_transfer_already_voided,
        S.pending_transfer_expired,
        S.created,
        S.pending_transfer_not_pending,
    ]
