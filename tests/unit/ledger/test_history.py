"""Looking back: an account's rows newest first, its balance after a leg or on a business date, and trial balances.

Worked: after legs of 10, 20 and 30 the balance at position 2 is 30, whatever came later.
"""

import pytest

from benyuan.ledger import LegFlag, LegStatus, Window
from tests.unit.ledger.books import (
    BALANCES,
    Answers,
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

F = LegFlag
pytestmark = on_both
WALLET, SHOP, BANK, RESETS, USE, OTHER = range(1, 7)


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """Three days of legs, holds and a window that turns; late entries on the last day."""
    made = Books(make, now=china("2026-03-30T12:00"))
    made.account(code=10)
    made.account(code=20)
    made.account(code=10)
    made.account(unit=2, code=30)
    made.account(unit=2, code=31, window=Window.month, window_account=RESETS)
    made.account(unit=2, code=30)
    made.post(  # 1 to 4
        leg(BANK, WALLET, 100, reference=7),
        *linked(leg(WALLET, SHOP, 30), leg(USE, OTHER, 30)),
        *linked(leg(WALLET, SHOP, 99), leg(USE, OTHER, 99, ceiling=100)),
        hold(WALLET, SHOP, 40, timeout_s=3_600),
    )
    made.post(hold(WALLET, BANK, 15), hold(USE, OTHER, 15), at=china("2026-03-31T12:00"))  # 5 the expiry, 6, 7
    made.post(  # 8, 9 the reset, 10, 11
        post_hold(6, 5),
        void_hold(7),
        leg(BANK, WALLET, 200, business_date=20260331),
        at=china("2026-04-01T12:00"),
    )
    return made


def test_history_newest_first(books: Books) -> None:
    history = books.history(WALLET)
    assert [entry["leg"] for entry in history] == [11, 8, 6, 5, 4, 2, 1]
    assert [entry["balance_after"] for entry in history] == [-265, -65, -70, -70, -70, -70, -100]
    assert history[-1] == {
        "leg": 1,
        "debit_account": BANK,
        "credit_account": WALLET,
        "amount": 100,
        "flags": 0,
        "code": 1,
        "pending_id": 0,
        "at": china("2026-03-30T12:00"),
        "business_date": 20260330,
        "reference": 7,
        "balance_after": -100,
    }


def test_history_shows_expiries_and_resets(books: Books) -> None:
    assert [(entry["flags"], entry["amount"]) for entry in books.history(USE)] == [
        (F.void_pending_transfer | F.window_turned, 15),
        (F.window_reset, 45),
        (F.pending, 15),
        (0, 30),
    ]
    assert books.history(WALLET)[3]["flags"] == F.expiry | F.void_pending_transfer


def test_history_in_pages(books: Books) -> None:
    whole = books.history(WALLET)
    first = books.history(WALLET, limit=3)
    second = books.history(WALLET, before=first[-1]["leg"], limit=3)
    third = books.history(WALLET, before=second[-1]["leg"], limit=3)
    assert first + second + third == whole
    assert books.history(WALLET, before=1) == []
    assert books.history(WALLET, limit=1) == whole[:1]
    assert books.history(WALLET, before=1_000) == whole


def test_an_untouched_account_has_no_history(books: Books) -> None:
    untouched = books.account()
    assert books.history(untouched) == []
    assert books.balance_at(untouched, position=5) == (0, 0, 0, 0)
    assert books.balance_at(untouched, business_date=20260401) == (0, 0, 0, 0)


def test_balance_at_a_position(books: Books) -> None:
    assert [books.balance_at(WALLET, position=leg_id) for leg_id in (0, 1, 3, 4, 5, 7, 8, 9)] == [
        (0, 0, 0, 0),
        (0, 0, 0, 100),
        (0, 30, 0, 100),
        (40, 30, 0, 100),
        (0, 30, 0, 100),
        (15, 30, 0, 100),
        (0, 35, 0, 100),
        (0, 35, 0, 100),
    ]
    assert [books.balance_at(USE, position=leg_id) for leg_id in (7, 8, 9, 10)] == [
        (15, 30, 0, 0),
        (15, 30, 0, 0),
        (15, 30, 0, 45),
        (0, 45, 0, 45),
    ]


def test_balance_at_the_last_position_is_the_balance_now(books: Books) -> None:
    for account in range(1, 7):
        assert books.balance_at(account, position=books.ledger.leg_count) == books.figures(account)
        assert books.balance_at(account, business_date=20260401) == books.figures(account)


def test_balance_on_a_business_date_counts_late_entries(books: Books) -> None:
    days = (20260329, 20260330, 20260331, 20260401, 20991231)
    assert [books.balance_at(WALLET, business_date=day) for day in days] == [
        (0, 0, 0, 0),
        (0, 30, 0, 100),
        (15, 30, 0, 300),
        (0, 35, 0, 300),
        (0, 35, 0, 300),
    ]


def test_a_balance_is_asked_for_at_one_point(books: Books) -> None:
    with pytest.raises(ValueError, match="position"):
        books.balance_at(WALLET)
    with pytest.raises(ValueError, match="position"):
        books.balance_at(WALLET, position=1, business_date=20260401)


def test_trial_balance_by_unit_and_code(books: Books) -> None:
    assert books.trial_balance(book=1) == [
        (1, 10, 2, 0, 335, 0, 305),
        (1, 20, 1, 0, 0, 0, 30),
        (2, 30, 2, 0, 45, 0, 45),
        (2, 31, 1, 0, 45, 0, 45),
    ]
    assert books.trial_balance(book=1, unit=1) == books.trial_balance(book=1)[:2]
    assert books.trial_balance(book=2) == books.trial_balance(book=1, unit=9) == []


def test_trial_balance_at_a_position(books: Books) -> None:
    assert books.trial_balance(book=1, position=3) == [
        (1, 10, 2, 0, 130, 0, 100),
        (1, 20, 1, 0, 0, 0, 30),
        (2, 30, 2, 0, 0, 0, 30),
        (2, 31, 1, 0, 30, 0, 0),
    ]
    assert books.trial_balance(book=1, position=books.ledger.leg_count) == books.trial_balance(book=1)


def test_trial_balances_add_up_to_nought(books: Books) -> None:
    first, second = (books.account(book=2, code=code) for code in (10, 20))
    books.post(leg(first, second, 77), hold(first, second, 33))
    for position in range(books.ledger.leg_count + 1):
        for book, unit in ((1, 1), (1, 2), (2, 1)):
            lines = books.trial_balance(book=book, unit=unit, position=position)
            debits_pending, debits_posted, credits_pending, credits_posted = (
                sum(line[3 + i] for line in lines) for i in range(len(BALANCES))
            )
            assert (debits_pending, debits_posted) == (credits_pending, credits_posted)


def test_trial_balance_of_sums_past_the_largest_balance(make: LedgerMaker) -> None:
    books = Books(make)
    accounts = books.accounts(4)
    most = (1 << 63) - 1
    posted: Answers = books.post(leg(accounts[0], accounts[1], most), leg(accounts[2], accounts[3], most))
    assert posted.status == [LegStatus.created] * 2
    assert books.trial_balance(book=1) == [(1, 1, 4, 0, 2 * most, 0, 2 * most)]
