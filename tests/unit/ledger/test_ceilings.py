"""Ceilings and overflows: at the limit, one under, one over; held amounts count, and the refusing figures are given.

Worked: with 60 used and 30 held a leg of 10 passes a ceiling of 100, and a leg of 11 answers `exceeds_ceiling`.
"""

import pytest

from benyuan.ledger import AMOUNT_MAX, LegFlag, LegStatus
from tests.unit.ledger.books import Books, LedgerMaker, hold, leg, on_both, post_hold, void_hold

S = LegStatus
pytestmark = on_both
USE, OTHER = 1, 2


@pytest.fixture
def books(make: LedgerMaker) -> Books:
    """A usage account with 70 used, 10 given back and 30 held: usage is 90."""
    made = Books(make)
    made.accounts(3)
    made.post(leg(USE, OTHER, 70), leg(OTHER, USE, 10), hold(USE, OTHER, 30))
    return made


@pytest.mark.parametrize("pending", [0, LegFlag.pending])
@pytest.mark.parametrize(
    ("amount", "passes"), [(9, True), (10, True), (11, False), (0, True), (AMOUNT_MAX - 100, False)]
)
def test_under_at_and_over_the_ceiling(books: Books, amount: int, passes: bool, pending: int) -> None:
    posted = books.post(leg(USE, OTHER, amount, ceiling=100, flags=pending))
    assert posted.status == [S.created if passes else S.exceeds_ceiling]
    assert books.usage(USE) == 90 + (amount if passes else 0)


def test_figures_of_the_refusal_are_those_inside_the_chain(books: Books) -> None:
    posted = books.post(
        leg(OTHER, 3, 1),
        *(one | {"flags": LegFlag.linked} for one in (leg(USE, OTHER, 5), leg(OTHER, USE, 2))),
        leg(USE, OTHER, 8, ceiling=100),
        leg(USE, OTHER, 8, ceiling=97),
    )
    assert posted.status == [
        *(S.created, S.linked_event_failed, S.linked_event_failed),
        *(S.exceeds_ceiling, S.exceeds_ceiling),
    ]
    inside = {"debits_pending": 30, "debits_posted": 75, "credits_pending": 0, "credits_posted": 12}
    after = {"debits_pending": 30, "debits_posted": 70, "credits_pending": 0, "credits_posted": 10}
    assert posted.refused == [{"leg_index": 3, "account": USE} | inside, {"leg_index": 4, "account": USE} | after]


def test_a_leg_that_moves_nothing_passes_a_ceiling_already_passed(books: Books) -> None:
    assert books.status(leg(USE, OTHER, 0, ceiling=0)) is S.created
    assert books.status(leg(USE, OTHER, 1, ceiling=0)) is S.exceeds_ceiling


def test_usage_below_nought_gives_room(books: Books) -> None:
    books.done(leg(OTHER, USE, 100))
    assert books.status(leg(USE, OTHER, 11, ceiling=0)) is S.exceeds_ceiling
    assert books.status(leg(USE, OTHER, 10, ceiling=0)) is S.created


def test_pending_credits_give_no_room(books: Books) -> None:
    books.done(hold(OTHER, USE, 50))
    assert books.status(leg(USE, OTHER, 11, ceiling=100)) is S.exceeds_ceiling
    assert books.status(leg(USE, OTHER, 10, ceiling=100)) is S.created


def test_posting_a_hold_ignores_a_ceiling(books: Books) -> None:
    assert books.status(post_hold(3, ceiling=0)) is S.created
    assert books.status(leg(USE, OTHER, 10, ceiling=100)) is S.created


def test_a_voided_hold_gives_its_room_back(books: Books) -> None:
    assert books.chain(void_hold(3), leg(USE, OTHER, 40, ceiling=100)).status == [S.created, S.created]
    assert books.usage(USE) == 100


def test_several_ceilings_share_one_usage_account(books: Books) -> None:
    steps = [(5, 200), (5, 94), (5, 100), (1, 100), (1, 101)]
    posted = books.post(*(leg(USE, OTHER, amount, ceiling=ceiling) for amount, ceiling in steps))
    assert posted.status == [S.created, S.exceeds_ceiling, S.created, S.exceeds_ceiling, S.created]


def test_the_highest_ceiling_is_none(make: LedgerMaker) -> None:
    books = Books(make)
    books.accounts(2)
    assert books.status(leg(USE, OTHER, AMOUNT_MAX, ceiling=AMOUNT_MAX)) is S.created
    assert books.usage(USE) == AMOUNT_MAX


# Overflows, with the figures of the account that would overflow


@pytest.mark.parametrize(
    ("before", "over", "status", "account"),
    [
        (hold(1, 3, 6), hold(1, 2, AMOUNT_MAX - 5), S.overflows_debits_pending, 1),
        (hold(3, 2, 6), hold(1, 2, AMOUNT_MAX - 5), S.overflows_credits_pending, 2),
        (leg(1, 3, 6), leg(1, 2, AMOUNT_MAX - 5), S.overflows_debits_posted, 1),
        (leg(1, 3, 6), hold(1, 2, AMOUNT_MAX - 5), S.overflows_debits_posted, 1),
        (leg(3, 2, 6), leg(1, 2, AMOUNT_MAX - 5), S.overflows_credits_posted, 2),
        (leg(3, 2, 6), hold(1, 2, AMOUNT_MAX - 5), S.overflows_credits_posted, 2),
        (hold(1, 3, 6), leg(1, 2, AMOUNT_MAX - 5), S.overflows_debits, 1),
        (hold(3, 2, 6), leg(1, 2, AMOUNT_MAX - 5), S.overflows_credits, 2),
        (leg(1, 3, AMOUNT_MAX), leg(1, 2, 1), S.overflows_debits_posted, 1),
        (leg(1, 3, AMOUNT_MAX), leg(1, 2, AMOUNT_MAX), S.overflows_debits_posted, 1),
        (hold(1, 3, AMOUNT_MAX), hold(1, 2, AMOUNT_MAX), S.overflows_debits_pending, 1),
    ],
)
def test_overflow(make: LedgerMaker, before: dict[str, int], over: dict[str, int], status: S, account: int) -> None:
    books = Books(make)
    books.accounts(3)
    books.done(before)
    figures = books.figures(account)
    posted = books.post(over)
    assert posted.status == [status]
    assert [tuple(refused.values()) for refused in posted.refused] == [(0, account, *figures)]
    up_to_the_brim = over | {"amount": AMOUNT_MAX - before["amount"]}
    assert books.status(up_to_the_brim) is S.created


def test_following_the_largest_amount_does_not_overflow(make: LedgerMaker) -> None:
    books = Books(make)
    books.accounts(3)
    posted = books.chain(
        leg(1, 2, AMOUNT_MAX, flags=LegFlag.balancing_debit),
        leg(3, 2, AMOUNT_MAX, flags=LegFlag.following_left, follows=1),
        leg(2, 1, AMOUNT_MAX, flags=LegFlag.following_moved, follows=1),
    )
    assert posted.moved == [0, AMOUNT_MAX, AMOUNT_MAX]


def test_plain_refusals_have_no_figures(books: Books) -> None:
    assert books.post(leg(USE, OTHER, -1), leg(USE, USE, 1)).refused == []


def test_legs_of_a_batch_see_one_another(books: Books) -> None:
    posted = books.post(*(leg(USE, OTHER, 3, ceiling=100) for _ in range(5)))
    assert posted.status == [S.created] * 3 + [S.exceeds_ceiling] * 2
    assert [refused["debits_posted"] for refused in posted.refused] == [79, 79]
