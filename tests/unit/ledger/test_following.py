"""Legs whose amount follows an earlier leg of the chain: from the balance as far as it goes, the rest from the card.

Worked: a wallet holds 5,000 and pays 8,000. The balancing leg moves 5,000, the leg that follows what it left over
takes 3,000 from the card, and each limit leg counts what its money leg moved.
"""

import pytest

from benyuan.ledger import AMOUNT_MAX, AccountFlag, LegFlag, LegStatus
from tests.unit.ledger.books import Answers, Books, LedgerMaker, Leg, hold, leg, on_both, post_hold, void_hold

S = LegStatus
F = LegFlag
pytestmark = on_both
WALLET, SHOP, CARD, WALLET_USE, CARD_USE, OTHER_SIDE = range(1, 7)


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """A bound wallet with 5,000, a card, and a usage account for each."""
    made = Books(make)
    made.account(flags=AccountFlag.debits_must_not_exceed_credits)
    made.accounts(2)
    for _ in range(3):
        made.account(unit=2)
    made.done(leg(SHOP, WALLET, 5_000))
    return made


def moved(debit: int, credit: int, amount: int, follows: int, **fields: int) -> Leg:
    return leg(debit, credit, amount, follows=follows, **fields | {"flags": fields.get("flags", 0) | F.following_moved})


def left(debit: int, credit: int, amount: int, follows: int, **fields: int) -> Leg:
    return leg(debit, credit, amount, follows=follows, **fields | {"flags": fields.get("flags", 0) | F.following_left})


def pay(books: Books, amount: int, wallet_limit: int = AMOUNT_MAX, card_limit: int = AMOUNT_MAX) -> Answers:
    """From the balance as far as it goes, the rest from the card, each under its limit."""
    return books.chain(
        leg(WALLET, SHOP, amount, flags=F.balancing_debit),
        moved(WALLET_USE, OTHER_SIDE, AMOUNT_MAX, 1, ceiling=wallet_limit),
        left(CARD, SHOP, AMOUNT_MAX, 2),
        moved(CARD_USE, OTHER_SIDE, AMOUNT_MAX, 1, ceiling=card_limit),
    )


def test_the_rest_comes_from_the_card(books: Books) -> None:
    posted = pay(books, 8_000)
    assert posted.moved == [5_000, 5_000, 3_000, 3_000]
    assert posted.leg == [2, 3, 4, 5]
    assert [row["amount"] for row in posted.rows] == posted.moved
    assert (books.usage(WALLET_USE), books.usage(CARD_USE)) == (5_000, 3_000)


def test_a_balance_that_suffices_leaves_the_card_alone(books: Books) -> None:
    posted = pay(books, 4_000)
    assert (posted.status, posted.moved, posted.leg) == ([S.created] * 4, [4_000, 4_000, 0, 0], [2, 3, 0, 0])
    assert (len(posted.rows), books.ledger.leg_count, books.figures(CARD)) == (2, 3, (0, 0, 0, 0))


def test_an_empty_balance_puts_all_on_the_card(books: Books) -> None:
    pay(books, 5_000)
    posted = pay(books, 700)
    assert (posted.moved, posted.leg) == ([0, 0, 700, 700], [4, 0, 5, 6])


@pytest.mark.parametrize(("wallet_limit", "card_limit", "faulty"), [(4_999, 3_000, 1), (5_000, 2_999, 3)])
def test_either_limit_stops_the_whole_payment(books: Books, wallet_limit: int, card_limit: int, faulty: int) -> None:
    posted = pay(books, 8_000, wallet_limit, card_limit)
    assert posted.status == [S.exceeds_ceiling if i == faulty else S.linked_event_failed for i in range(4)]
    assert [refused["leg_index"] for refused in posted.refused] == [faulty]
    assert books.figures(WALLET) == (0, 0, 0, 5_000)


def test_both_limits_met_exactly(books: Books) -> None:
    assert pay(books, 8_000, 5_000, 3_000).status == [S.created] * 4


def test_a_limit_of_nothing_does_not_stop_what_moves_nothing(books: Books) -> None:
    assert pay(books, 4_000, card_limit=0).status == [S.created] * 4


def test_the_lesser_of_amount_and_followed_is_asked(books: Books) -> None:
    posted = books.chain(leg(SHOP, CARD, 100), moved(SHOP, CARD, 30, 1), moved(SHOP, CARD, 300, 2))
    assert posted.moved == [100, 30, 100]


def test_what_is_left_over_counts_from_what_was_asked(books: Books) -> None:
    posted = books.chain(
        leg(WALLET, SHOP, 9_000, flags=F.balancing_debit),  # 5,000 of 9,000
        left(WALLET, SHOP, 1_000, 1, flags=F.balancing_debit),  # asks 1,000 of the 4,000 left, moves 0
        left(CARD, SHOP, AMOUNT_MAX, 1),  # of the 1,000 asked, all is left
        left(CARD, SHOP, AMOUNT_MAX, 3),
    )
    assert posted.moved == [5_000, 0, 1_000, 4_000]
    assert posted.leg == [2, 3, 4, 5]


def test_nothing_is_left_of_a_leg_that_moved_all(books: Books) -> None:
    posted = books.chain(leg(SHOP, CARD, 100), left(SHOP, CARD, 50, 1))
    assert (posted.status, posted.moved, posted.leg) == ([S.created] * 2, [100, 0], [2, 0])


def test_following_a_leg_that_was_not_journaled(books: Books) -> None:
    posted = books.chain(leg(SHOP, CARD, 0), moved(SHOP, CARD, 9, 1), moved(SHOP, CARD, 9, 1), left(SHOP, CARD, 9, 1))
    assert (posted.status, posted.moved, posted.leg) == ([S.created] * 4, [0] * 4, [2, 0, 0, 0])


def test_following_asks_nothing_where_its_own_amount_is_nothing(books: Books) -> None:
    assert books.chain(leg(SHOP, CARD, 10), moved(SHOP, CARD, 0, 1)).leg == [2, 0]


def test_following_a_post_and_a_void(books: Books) -> None:
    books.post(hold(SHOP, CARD, 100), hold(SHOP, CARD, 70))
    posted = books.chain(
        post_hold(2, 40),
        moved(WALLET_USE, OTHER_SIDE, AMOUNT_MAX, 1),
        void_hold(3),
        moved(CARD_USE, OTHER_SIDE, AMOUNT_MAX, 1),
    )
    assert posted.moved == [40, 40, 70, 70]


def test_a_post_and_a_void_leave_nothing_over(books: Books) -> None:
    books.post(hold(SHOP, CARD, 100), hold(SHOP, CARD, 70), hold(SHOP, CARD, 50))
    posted = books.chain(
        post_hold(2),
        left(WALLET_USE, OTHER_SIDE, AMOUNT_MAX, 1),
        post_hold(3, 20),
        left(WALLET_USE, OTHER_SIDE, AMOUNT_MAX, 1),
        void_hold(4),
        left(WALLET_USE, OTHER_SIDE, AMOUNT_MAX, 1),
    )
    assert posted.moved == [100, 0, 20, 0, 50, 0]


def test_a_following_hold(books: Books) -> None:
    posted = books.chain(leg(SHOP, CARD, 60), moved(CARD, SHOP, AMOUNT_MAX, 1, flags=F.pending), post_hold(3))
    assert posted.moved == [60, 60, 60]
    nothing = books.chain(leg(SHOP, CARD, 0), moved(CARD, SHOP, 5, 1, flags=F.pending), post_hold(6))
    assert nothing.status == [S.linked_event_failed, S.linked_event_failed, S.pending_transfer_not_found]


def test_a_closing_leg_that_follows_nothing_closes_nothing(books: Books) -> None:
    posted = books.chain(leg(SHOP, CARD, 0), moved(CARD, SHOP, 5, 1, flags=F.pending | F.closing_debit))
    assert (posted.leg, books.flags(CARD)) == ([2, 0], 0)


NOTHING_TO_FOLLOW = leg(SHOP, CARD, 0)


@pytest.mark.parametrize(
    ("follower", "status"),
    [
        (moved(0, SHOP, 5, 1), S.debit_account_id_must_not_be_zero),
        (moved(CARD, SHOP, -5, 1), S.amount_must_not_be_negative),
        (moved(CARD, SHOP, 5, 1, code=0), S.code_must_not_be_zero),
        (moved(CARD, 99, 5, 1), S.credit_account_not_found),
        (moved(CARD, CARD_USE, 5, 1), S.accounts_must_have_the_same_ledger),
        (moved(7, SHOP, 5, 1), S.debit_account_already_closed),
        (moved(SHOP, 7, 5, 1), S.credit_account_already_closed),
        (moved(WALLET, SHOP, 5, 1, ceiling=-1), S.created),
    ],
)
def test_a_leg_that_asks_for_nothing_is_checked_up_to_closed(books: Books, follower: Leg, status: LegStatus) -> None:
    books.account()
    books.done(hold(7, SHOP, 0, flags=F.closing_debit))
    assert books.chain(NOTHING_TO_FOLLOW, follower).status[1] is status


@pytest.mark.parametrize(("follows", "status"), [(1, S.created), (2, S.created), (3, S.followed_leg_not_in_chain)])
def test_only_legs_of_the_same_chain_are_followed(books: Books, follows: int, status: LegStatus) -> None:
    before = leg(SHOP, CARD, 1)
    chain = [one | {"flags": F.linked} for one in (leg(SHOP, CARD, 7), leg(SHOP, CARD, 8))]
    posted = books.post(before, before, *chain, moved(SHOP, CARD, AMOUNT_MAX, follows))
    assert posted.status[-1] is status
    assert posted.moved[-1] == {1: 8, 2: 7, 3: 0}[follows]
