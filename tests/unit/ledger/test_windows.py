"""Windows: usage starts again at nought with each day, month or year of China Standard Time.

Worked: 70 used on 31 March; the first leg on 1 April journals a reset of 70 before its own row. A hold that stood
over the turn and is then voided restores nothing.
"""

import pytest

from benyuan.ledger import AMOUNT_MAX, AccountFlag, LegFlag, LegStatus, Window
from tests.unit.ledger.books import (
    SECOND,
    Books,
    LedgerMaker,
    Leg,
    china,
    hold,
    leg,
    on_both,
    post_hold,
    void_hold,
)

S = LegStatus
F = LegFlag
pytestmark = on_both
NEARLY_ALL = AMOUNT_MAX - 5

# Account numbers of the fixture.
RESETS, USE, OTHER = 1, 2, 3
EVE, MORNING = china("2026-03-31T20:00"), china("2026-04-01T09:00")


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """A usage account that turns with the month, at the eve of April, and an account for the other side of legs."""
    made = Books(make, now=EVE)
    made.usage_account(Window.month)
    made.account()
    return made


TURNS = [
    (Window.day, "2026-03-01T23:59:59.999999", "2026-03-02T00:00:00", 20260301, 20260302),
    (Window.day, "2028-02-28T23:59:59.999999", "2028-02-29T00:00:00", 20280228, 20280229),
    (Window.day, "2026-02-28T23:59:59.999999", "2026-03-01T00:00:00", 20260228, 20260301),
    (Window.month, "2026-03-31T23:59:59.999999", "2026-04-01T00:00:00", 202603, 202604),
    (Window.month, "2026-12-31T23:59:59.999999", "2027-01-01T00:00:00", 202612, 202701),
    (Window.calendar_year, "2026-12-31T23:59:59.999999", "2027-01-01T00:00:00", 2026, 2027),
    (Window.calendar_year, "2099-12-31T23:59:59.999999", "2100-01-01T00:00:00", 2099, 2100),
]


@pytest.mark.parametrize(("window", "last", "first", "period", "next_period"), TURNS)
def test_the_turn_is_local_midnight(
    make: LedgerMaker, window: Window, last: str, first: str, period: int, next_period: int
) -> None:
    books = Books(make, now=china(last) - SECOND)
    usage, other = books.usage_account(window)
    books.done(leg(usage, other, 70))
    assert books.status(leg(usage, other, 31, ceiling=100), at=china(last)) is S.exceeds_ceiling
    assert books.period(usage) == period
    posted = books.post(leg(usage, other, 100, ceiling=100), at=china(first))
    assert (posted.status, posted.leg, len(posted.rows)) == ([S.created], [3], 2)
    assert (books.usage(usage), books.period(usage)) == (100, next_period)


@pytest.mark.parametrize(
    ("window", "later"),
    [(Window.day, "2026-03-01T23:00"), (Window.month, "2026-03-31T23:00"), (Window.lifetime, "2999-01-01")],
)
def test_within_the_window_usage_adds_up(make: LedgerMaker, window: Window, later: str) -> None:
    books = Books(make, now=china("2026-03-01T00:00"))
    usage = books.usage_account(window)[0] if window else books.account()
    other = books.account()
    books.done(leg(usage, other, 70))
    assert books.status(leg(usage, other, 31, ceiling=100), at=china(later)) is S.exceeds_ceiling


def test_the_row_of_a_reset(books: Books) -> None:
    books.post(leg(USE, OTHER, 70), hold(USE, OTHER, 5))
    posted = books.post(leg(USE, OTHER, 1, code=9, reference=42, business_date=20260330), at=MORNING)
    reset, own = posted.rows
    assert reset == {
        "debit_account": RESETS,
        "credit_account": USE,
        "amount": 75,
        "flags": F.window_reset,
        "code": 1,
        "pending_id": 0,
        "timeout_s": 0,
        "ceiling": AMOUNT_MAX,
        "at": MORNING,
        "business_date": 20260401,
        "reference": 42,
        "debit_after": 75,
        "credit_after": -5,
        "debit_previous": 0,
        "credit_previous": 2,
    }
    assert (own["debit_previous"], own["business_date"], posted.leg) == (3, 20260330, [4])
    assert books.figures(USE) == (5, 71, 0, 75)


def test_usage_below_nought_is_reset_the_other_way(books: Books) -> None:
    books.done(leg(OTHER, USE, 40))
    reset = books.post(leg(OTHER, USE, 1), at=MORNING).rows[0]
    assert (reset["debit_account"], reset["credit_account"], reset["amount"]) == (USE, RESETS, 40)
    assert books.usage(USE) == -1


def test_a_usage_of_nought_turns_without_a_row(books: Books) -> None:
    books.post(leg(USE, OTHER, 40), leg(OTHER, USE, 40))
    assert len(books.post(leg(USE, OTHER, 1), at=MORNING).rows) == 1
    assert books.period(USE) == 202604


def test_only_a_leg_turns_an_account(books: Books) -> None:
    books.done(leg(USE, OTHER, 70))
    books.done(leg(RESETS, OTHER, 1), at=MORNING)
    assert (books.usage(USE), books.period(USE)) == (70, 202603)


def test_a_leg_of_nought_turns_the_window(books: Books) -> None:
    books.done(leg(USE, OTHER, 70))
    assert len(books.post(leg(USE, OTHER, 0), at=MORNING).rows) == 2


def test_several_periods_are_skipped_in_one_turn(books: Books) -> None:
    books.done(leg(USE, OTHER, 70))
    assert len(books.post(leg(USE, OTHER, 1), at=china("2031-07-15T12:00")).rows) == 2
    assert books.period(USE) == 203107


def test_both_accounts_turn_debit_account_first(make: LedgerMaker) -> None:
    books = Books(make, now=EVE)
    first, first_resets = books.usage_account(Window.day)
    second, second_resets = books.usage_account(Window.month)
    books.done(leg(second, first, 70))
    rows = books.post(leg(first, second, 1), at=MORNING).rows
    assert [(row["debit_account"], row["credit_account"], row["amount"]) for row in rows] == [
        (first, first_resets, 70),
        (second_resets, second, 70),
        (first, second, 1),
    ]


def test_a_leg_against_the_window_account_itself(books: Books) -> None:
    books.done(leg(USE, RESETS, 70))
    books.done(leg(USE, RESETS, 5), at=MORNING)
    assert (books.figures(USE), books.figures(RESETS)) == ((0, 75, 0, 70), (0, 70, 0, 75))


def test_a_failed_chain_undoes_the_turn(books: Books) -> None:
    books.done(leg(USE, OTHER, 70))
    failed = books.chain(leg(USE, OTHER, 1), leg(USE, OTHER, 100, ceiling=100), at=MORNING)
    assert failed.status == [S.linked_event_failed, S.exceeds_ceiling]
    inside = {"debits_pending": 0, "debits_posted": 71, "credits_pending": 0, "credits_posted": 70}
    assert failed.refused == [{"leg_index": 1, "account": USE} | inside]
    assert (failed.rows, books.figures(USE), books.period(USE)) == ([], (0, 70, 0, 0), 202603)
    assert books.chain(leg(USE, OTHER, 1), leg(USE, OTHER, 99, ceiling=100)).status == [S.created, S.created]


def test_a_leg_refused_before_its_accounts_turns_nothing(books: Books) -> None:
    books.done(leg(USE, OTHER, 70))
    assert books.post(leg(USE, 99, 1), at=MORNING).rows == []
    assert books.period(USE) == 202603


def test_following_nothing_turns_nothing(books: Books) -> None:
    books.accounts(1)
    books.done(leg(USE, OTHER, 70))
    posted = books.chain(leg(OTHER, 4, 0), leg(USE, OTHER, 9, flags=F.following_moved, follows=1), at=MORNING)
    assert (posted.leg, len(posted.rows), books.period(USE)) == ([2, 0], 1, 202603)


def test_balancing_sees_the_account_after_its_turn(books: Books) -> None:
    books.done(leg(OTHER, USE, 40))
    posted = books.post(leg(USE, OTHER, 10, flags=F.balancing_debit), at=MORNING)
    assert (posted.moved, len(posted.rows)) == ([0], 2)


def test_the_business_date_does_not_turn_a_window(books: Books) -> None:
    books.done(leg(USE, OTHER, 70))
    assert len(books.post(leg(USE, OTHER, 1, business_date=20260331), at=MORNING).rows) == 2


# A hold does not reach into a new window


@pytest.mark.parametrize(
    ("resolving", "moved"), [(void_hold(2), 30), (post_hold(2), 30), (post_hold(2, 12), 12), (post_hold(2, 0), 0)]
)
def test_a_hold_that_crosses_the_turn_restores_nothing(books: Books, resolving: Leg, moved: int) -> None:
    books.post(leg(USE, OTHER, 70), hold(USE, OTHER, 30))
    posted = books.post(resolving, at=MORNING)
    reset, own = posted.rows
    assert (posted.moved, reset["amount"]) == ([moved], 100)
    assert (own["amount"], own["flags"]) == (moved, resolving["flags"] | F.window_turned)
    assert (own["debit_after"], own["credit_after"]) == (0, -100)
    assert (books.figures(USE), books.usage(USE)) == ((0, 100, 0, 100), 0)
    assert books.figures(OTHER) == (0, 0, 0, 100)
    assert books.status(leg(USE, OTHER, 101, ceiling=100)) is S.exceeds_ceiling
    assert books.status(leg(USE, OTHER, 100, ceiling=100)) is S.created


def test_a_hold_whose_account_turned_earlier(books: Books) -> None:
    books.post(leg(USE, OTHER, 70), hold(USE, OTHER, 30))
    books.done(leg(USE, OTHER, 1), at=MORNING)
    posted = books.post(void_hold(2))
    assert [row["flags"] for row in posted.rows] == [F.void_pending_transfer | F.window_turned]
    assert (books.figures(USE), books.usage(USE)) == ((0, 101, 0, 100), 1)


def test_a_hold_of_the_same_window_is_given_back(books: Books) -> None:
    books.done(leg(USE, OTHER, 70))
    books.post(hold(USE, OTHER, 30), at=MORNING)
    books.done(void_hold(3), at=china("2026-04-30T23:59:59"))
    assert (books.usage(USE), books.figures(USE)) == (0, (0, 70, 0, 70))


def test_an_expiry_after_the_turn_restores_nothing(books: Books) -> None:
    books.post(leg(USE, OTHER, 70), hold(USE, OTHER, 30, timeout_s=5 * 3_600, reference=7))
    rows = books.post(leg(RESETS, OTHER, 1), at=MORNING).rows
    expires_at = china("2026-04-01T01:00")
    assert [(row["flags"], row["at"], row["reference"]) for row in rows] == [
        (F.window_reset, expires_at, 7),
        (F.expiry | F.void_pending_transfer | F.window_turned, expires_at, 7),
        (0, MORNING, 0),
    ]
    assert (books.figures(USE), books.usage(USE)) == ((0, 100, 0, 100), 0)
    assert books.status(void_hold(2)) is S.pending_transfer_expired


@pytest.mark.parametrize(("seconds", "flags"), [(4 * 3_600 - 1, 0), (4 * 3_600, F.window_turned)])
def test_an_expiry_belongs_to_the_window_of_its_own_time(books: Books, seconds: int, flags: int) -> None:
    books.post(leg(USE, OTHER, 70), hold(USE, OTHER, 30, timeout_s=seconds))
    rows = books.post(leg(RESETS, OTHER, 1), at=MORNING).rows
    assert rows[-2]["flags"] == F.expiry | F.void_pending_transfer | flags
    assert books.usage(USE) == (0 if flags else 70)


def test_a_held_credit_lowers_usage_when_it_is_posted_in_whichever_window(books: Books) -> None:
    books.post(leg(USE, OTHER, 70), hold(OTHER, USE, 30))
    posted = books.post(post_hold(2, 10), at=MORNING)
    assert [row["amount"] for row in posted.rows] == [70, 10]
    assert posted.rows[1]["flags"] == F.post_pending_transfer
    assert books.figures(OTHER) == (0, 10, 0, 70)


def test_a_turn_without_a_row_counts_too(books: Books) -> None:
    books.post(hold(USE, OTHER, 30), leg(OTHER, USE, 30))
    assert books.usage(USE) == 0
    posted = books.post(void_hold(1), at=MORNING)
    assert [row["flags"] for row in posted.rows] == [F.void_pending_transfer | F.window_turned]
    assert books.figures(USE) == (0, 30, 0, 30)


def test_an_undone_turn_does_not_count(books: Books) -> None:
    books.post(hold(USE, OTHER, 30))
    books.chain(leg(USE, OTHER, 1), leg(0, 0, 0), at=MORNING)
    assert books.period(USE) == 202603
    posted = books.chain(void_hold(1), leg(0, 0, 0))
    assert posted.status == [S.linked_event_failed, S.debit_account_id_must_not_be_zero]
    assert books.figures(USE) == (30, 0, 0, 0)


def test_a_closing_hold_that_crosses_the_turn_opens_its_account(books: Books) -> None:
    closing = books.done(hold(USE, OTHER, 30, flags=F.closing_debit))
    assert books.status(leg(USE, OTHER, 1), at=MORNING) is S.debit_account_already_closed
    assert (books.figures(USE), books.period(USE)) == ((30, 0, 0, 0), 202603)
    books.done(void_hold(closing))
    assert (books.flags(USE), books.figures(USE)) == (0, (0, 30, 0, 30))


# Resets that would overflow


@pytest.mark.parametrize(
    ("before", "status"),
    [
        (leg(RESETS, OTHER, NEARLY_ALL), S.overflows_debits_posted),
        (hold(RESETS, OTHER, NEARLY_ALL), S.overflows_debits),
    ],
)
def test_a_reset_that_would_overflow_the_window_account_refuses_the_leg(
    books: Books, before: Leg, status: LegStatus
) -> None:
    books.account()
    books.post(before, leg(USE, 4, 6))
    figures = books.figures(RESETS)
    posted = books.chain(leg(4, OTHER, 0), leg(USE, 4, 1), at=MORNING)
    assert posted.status == [S.linked_event_failed, status]
    assert [tuple(refused.values()) for refused in posted.refused] == [(1, RESETS, *figures)]
    assert (posted.rows, books.period(USE), books.usage(USE)) == ([], 202603, 6)


@pytest.mark.parametrize(
    ("before", "status"),
    [
        (leg(OTHER, RESETS, NEARLY_ALL), S.overflows_credits_posted),
        (hold(OTHER, RESETS, NEARLY_ALL), S.overflows_credits),
    ],
)
def test_a_reset_the_other_way_may_overflow_too(books: Books, before: Leg, status: LegStatus) -> None:
    books.account()
    books.post(before, leg(4, USE, 6))
    figures = books.figures(RESETS)
    posted = books.post(leg(4, USE, 1), at=MORNING)
    assert posted.status == [status]
    assert [tuple(refused.values()) for refused in posted.refused] == [(0, RESETS, *figures)]


def test_a_reset_may_overflow_the_usage_account_itself(books: Books) -> None:
    books.account()
    books.post(leg(USE, OTHER, 6), hold(4, USE, NEARLY_ALL))
    posted = books.post(leg(USE, OTHER, 1), at=MORNING)
    assert posted.status == [S.overflows_credits]
    assert [refused["account"] for refused in posted.refused] == [USE]


def test_a_void_is_refused_where_its_reset_would_overflow(books: Books) -> None:
    books.account()
    books.post(leg(RESETS, OTHER, NEARLY_ALL), hold(USE, 4, 6))
    assert books.status(void_hold(2), at=MORNING) is S.overflows_debits_posted
    assert books.figures(USE) == (6, 0, 0, 0)


def test_an_expiry_carries_the_usage_over_instead(books: Books) -> None:
    books.account()
    books.post(leg(RESETS, OTHER, NEARLY_ALL), leg(USE, 4, 2), hold(USE, 4, 4, timeout_s=5 * 3_600))
    rows = books.post(leg(4, OTHER, 0), at=MORNING).rows
    assert rows[0]["flags"] == F.expiry | F.void_pending_transfer | F.window_turned
    assert (len(rows), books.period(USE), books.figures(USE)) == (2, 202604, (0, 6, 0, 0))


def test_a_bound_usage_account_turns(make: LedgerMaker) -> None:
    books = Books(make, now=EVE)
    usage, _ = books.usage_account(Window.month, flags=AccountFlag.debits_must_not_exceed_credits)
    other = books.account()
    books.post(leg(other, usage, 50), leg(usage, other, 20))
    assert books.status(leg(usage, other, 1), at=MORNING) is S.exceeds_credits
    assert books.period(usage) == 202603
    books.done(leg(other, usage, 10))
    assert books.figures(usage) == (0, 50, 0, 60)
