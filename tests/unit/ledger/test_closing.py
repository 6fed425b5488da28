"""Closing an account by a hold, and opening it again by voiding that hold or letting it expire.

Worked: while a closing hold of 0 stands, a leg on the account answers `debit_account_already_closed`.
"""

import pytest

from benyuan.ledger import AccountFlag, LegFlag, LegStatus
from tests.unit.ledger.books import NOON, SECOND, Books, LedgerMaker, hold, leg, on_both, post_hold, void_hold

S = LegStatus
F = LegFlag
pytestmark = on_both
OLD, SHOP, BANK = 1, 2, 3


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """An account with 100 credited and 30 held."""
    made = Books(make)
    made.accounts(3)
    made.post(leg(BANK, OLD, 100), hold(OLD, SHOP, 30))
    return made


def test_a_closed_account_takes_no_legs(books: Books) -> None:
    books.done(hold(OLD, SHOP, 0, flags=F.closing_debit))
    assert books.flags(OLD) == AccountFlag.closed
    assert books.flags(SHOP) == 0
    assert books.status(leg(OLD, SHOP, 0)) is S.debit_account_already_closed
    assert books.status(leg(SHOP, OLD, 1)) is S.credit_account_already_closed
    assert books.status(hold(OLD, SHOP, 1)) is S.debit_account_already_closed
    assert books.status(post_hold(2)) is S.debit_account_already_closed
    assert books.status(post_hold(3)) is S.debit_account_already_closed
    assert books.status(hold(OLD, SHOP, 0, flags=F.closing_debit)) is S.debit_account_already_closed
    assert books.status(leg(BANK, SHOP, 1)) is S.created


def test_voiding_another_hold_does_not_open_it(books: Books) -> None:
    books.done(hold(OLD, SHOP, 0, flags=F.closing_debit))
    assert books.status(void_hold(2)) is S.created
    assert books.figures(OLD) == (0, 0, 0, 100)
    assert books.flags(OLD) == AccountFlag.closed


def test_voiding_the_closing_hold_opens_it(books: Books) -> None:
    closing = books.done(hold(OLD, SHOP, 0, flags=F.closing_debit))
    assert books.status(void_hold(closing)) is S.created
    assert books.flags(OLD) == 0
    assert books.status(leg(OLD, SHOP, 1)) is S.created


def test_expiry_of_the_closing_hold_opens_it(books: Books) -> None:
    books.done(hold(SHOP, OLD, 0, flags=F.closing_credit, timeout_s=10))
    assert books.status(leg(OLD, SHOP, 1), at=NOON + 10 * SECOND - 1) is S.debit_account_already_closed
    assert books.status(leg(OLD, SHOP, 1), at=NOON + 10 * SECOND) is S.created
    assert books.flags(OLD) == 0


def test_a_hold_on_a_closed_account_expires(books: Books) -> None:
    books.post(hold(OLD, SHOP, 50, timeout_s=10), hold(OLD, SHOP, 0, flags=F.closing_debit))
    books.done(leg(BANK, SHOP, 1), at=NOON + 10 * SECOND)
    assert books.figures(OLD) == (30, 0, 0, 100)
    assert books.flags(OLD) == AccountFlag.closed


def test_one_hold_closes_both_accounts(books: Books) -> None:
    closing = books.done(hold(OLD, SHOP, 0, flags=F.closing_debit | F.closing_credit))
    assert (books.flags(OLD), books.flags(SHOP)) == (AccountFlag.closed, AccountFlag.closed)
    assert books.status(leg(BANK, SHOP, 1)) is S.credit_account_already_closed
    books.done(void_hold(closing))
    assert (books.flags(OLD), books.flags(SHOP)) == (0, 0)


def test_sweep_and_close_in_one_chain(books: Books) -> None:
    sweep = leg(OLD, BANK, 1_000, flags=F.balancing_debit)
    posted = books.chain(void_hold(2), sweep, hold(OLD, BANK, 0, flags=F.closing_debit))
    assert (posted.status, posted.moved) == ([S.created] * 3, [30, 100, 0])
    assert (books.figures(OLD), books.flags(OLD)) == ((0, 100, 0, 100), AccountFlag.closed)


def test_closing_counts_within_its_own_chain_and_is_undone_with_it(books: Books) -> None:
    posted = books.chain(hold(OLD, SHOP, 0, flags=F.closing_debit), leg(OLD, SHOP, 1))
    assert posted.status == [S.linked_event_failed, S.debit_account_already_closed]
    assert books.flags(OLD) == 0
    assert books.status(leg(OLD, SHOP, 1)) is S.created


def test_opening_is_undone_with_its_chain(books: Books) -> None:
    closing = books.done(hold(OLD, SHOP, 0, flags=F.closing_debit))
    assert books.chain(void_hold(closing), leg(OLD, SHOP, 1), leg(0, 0, 0)).status[2] is not S.created
    assert books.flags(OLD) == AccountFlag.closed
    assert books.chain(void_hold(closing), leg(OLD, SHOP, 1)).status == [S.created, S.created]


def test_bounds_and_closed_stand_side_by_side(make: LedgerMaker) -> None:
    books = Books(make)
    bound, shop = books.account(flags=AccountFlag.debits_must_not_exceed_credits), books.account()
    closing = books.done(hold(bound, shop, 0, flags=F.closing_debit))
    assert books.flags(bound) == AccountFlag.debits_must_not_exceed_credits | AccountFlag.closed
    books.done(void_hold(closing))
    assert books.flags(bound) == AccountFlag.debits_must_not_exceed_credits
