"""Balancing legs and balance bounds: never more than the other side covers, pending amounts counted too.

Worked: of an account with 100 credited, 30 debited and 20 held a balancing debit of 80 moves 50 and leaves 30 over.
"""

from collections.abc import Callable

import pytest

from benyuan.ledger import AMOUNT_MAX, AccountFlag, LegFlag, LegStatus
from tests.unit.ledger.books import Books, LedgerMaker, Leg, hold, leg, on_both, post_hold, void_hold

S = LegStatus
F = LegFlag
pytestmark = on_both
WALLET, SHOP, BANK = 1, 2, 3


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """A wallet with 100 credited, 30 debited and 20 held: 50 are free."""
    made = Books(make)
    made.accounts(3)
    made.post(leg(BANK, WALLET, 100), leg(WALLET, SHOP, 30), hold(WALLET, SHOP, 20))
    return made


@pytest.mark.parametrize(("asked", "moved"), [(49, 49), (50, 50), (51, 50), (80, 50), (AMOUNT_MAX, 50), (0, 0)])
def test_balancing_debit(books: Books, asked: int, moved: int) -> None:
    posted = books.post(leg(WALLET, SHOP, asked, flags=F.balancing_debit))
    assert (posted.status, posted.moved, posted.leg) == ([S.created], [moved], [4])
    assert (posted.rows[0]["amount"], posted.rows[0]["flags"]) == (moved, F.balancing_debit)
    assert books.figures(WALLET) == (20, 30 + moved, 0, 100)


@pytest.mark.parametrize(("asked", "moved"), [(49, 49), (51, 50), (AMOUNT_MAX, 50), (0, 0)])
def test_balancing_credit(make: LedgerMaker, asked: int, moved: int) -> None:
    books = Books(make)
    books.accounts(3)
    books.post(leg(WALLET, BANK, 100), leg(SHOP, WALLET, 30), hold(SHOP, WALLET, 20))
    assert books.post(leg(SHOP, WALLET, asked, flags=F.balancing_credit)).moved == [moved]
    assert books.figures(WALLET) == (0, 100, 20, 30 + moved)


def test_both_sides_bound_the_amount(books: Books) -> None:
    both = F.balancing_debit | F.balancing_credit
    assert books.post(leg(WALLET, BANK, AMOUNT_MAX, flags=both)).moved == [50]
    books.post(leg(BANK, WALLET, 100))
    assert books.figures(BANK) == (0, 200, 0, 50)
    assert books.post(leg(WALLET, BANK, 70, flags=both)).moved == [70]
    books.post(leg(SHOP, BANK, 75))
    assert books.post(leg(WALLET, BANK, 70, flags=both)).moved == [5]


def test_an_overdrawn_account_moves_nothing_and_is_journaled(books: Books) -> None:
    books.done(leg(WALLET, SHOP, 60))
    posted = books.post(leg(WALLET, SHOP, 10, flags=F.balancing_debit))
    assert (posted.status, posted.moved, posted.leg) == ([S.created], [0], [5])
    assert posted.rows[0]["amount"] == 0


def test_a_balancing_hold_is_posted_whole_by_its_reduced_amount(books: Books) -> None:
    held = books.done(hold(WALLET, SHOP, 80, flags=F.balancing_debit))
    assert books.figures(WALLET) == (70, 30, 0, 100)
    assert books.status(post_hold(held, 51)) is S.exceeds_pending_transfer_amount
    assert books.status(void_hold(held, 80)) is S.exceeds_pending_transfer_amount
    assert books.post(post_hold(held)).moved == [50]


def test_pending_credits_cover_nothing(books: Books) -> None:
    books.done(hold(BANK, WALLET, 1000))
    assert books.post(leg(WALLET, SHOP, 80, flags=F.balancing_debit)).moved == [50]


@pytest.mark.parametrize("hold_or_move", [leg, hold])
@pytest.mark.parametrize(("amount", "status"), [(49, S.created), (50, S.created), (51, S.exceeds_credits)])
def test_debits_must_not_exceed_credits(
    make: LedgerMaker, hold_or_move: Callable[..., Leg], amount: int, status: LegStatus
) -> None:
    books = Books(make)
    wallet, shop = books.account(flags=AccountFlag.debits_must_not_exceed_credits), books.account()
    books.post(leg(shop, wallet, 100), leg(wallet, shop, 30), hold(wallet, shop, 20))
    posted = books.post(hold_or_move(wallet, shop, amount))
    assert posted.status == [status]
    figures = {"debits_pending": 20, "debits_posted": 30, "credits_pending": 0, "credits_posted": 100}
    assert posted.refused == ([] if status is S.created else [{"leg_index": 0, "account": wallet} | figures])


@pytest.mark.parametrize("hold_or_move", [leg, hold])
@pytest.mark.parametrize(("amount", "status"), [(49, S.created), (50, S.created), (51, S.exceeds_debits)])
def test_credits_must_not_exceed_debits(
    make: LedgerMaker, hold_or_move: Callable[..., Leg], amount: int, status: LegStatus
) -> None:
    books = Books(make)
    vault, shop = books.account(flags=AccountFlag.credits_must_not_exceed_debits), books.account()
    books.post(leg(vault, shop, 100), leg(shop, vault, 30), hold(shop, vault, 20))
    posted = books.post(hold_or_move(shop, vault, amount))
    assert posted.status == [status]
    figures = {"debits_pending": 0, "debits_posted": 100, "credits_pending": 20, "credits_posted": 30}
    assert posted.refused == ([] if status is S.created else [{"leg_index": 0, "account": vault} | figures])


def test_a_balancing_leg_never_breaks_the_bound(make: LedgerMaker) -> None:
    books = Books(make)
    wallet, shop = books.account(flags=AccountFlag.debits_must_not_exceed_credits), books.account()
    books.post(leg(shop, wallet, 100))
    posted = books.chain(
        leg(wallet, shop, 70, flags=F.balancing_debit),
        leg(wallet, shop, 70, flags=F.balancing_debit),
        leg(wallet, shop, 70, flags=F.balancing_debit),
    )
    assert (posted.status, posted.moved) == ([S.created] * 3, [70, 30, 0])


def test_what_a_hold_held_may_be_used_within_the_same_chain(make: LedgerMaker) -> None:
    books = Books(make)
    wallet, shop = books.account(flags=AccountFlag.debits_must_not_exceed_credits), books.account()
    books.post(leg(shop, wallet, 100), hold(wallet, shop, 100))
    assert books.chain(leg(wallet, shop, 1), void_hold(2)).status[0] is S.exceeds_credits
    assert books.chain(post_hold(2, 40), leg(wallet, shop, 60)).status == [S.created, S.created]
