"""What cards alone paid stands on a wallet's statement where it is asked for, and moves no balance."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from benyuan.assurance.statements import (
    EVERYTHING,
    Entry,
    Party,
    Period,
    Search,
    Statement,
    card_entries,
    holder_of,
    page_of,
    whole,
)
from benyuan.payments.vocabulary import DisputeOutcome, DisputeReason
from benyuan.usecases.decide_dispute import DecideDispute
from benyuan.usecases.open_dispute import OpenDispute
from benyuan.usecases.refund import Refund
from tests.unit.engine.groups import HOUR, IN_WALLET_FEN, Desk, pay, town

MAY = Period(first_day=20260501, last_day=20260531)


@pytest.fixture
def desk() -> Iterator[Desk]:
    """80.00 of which the balance's 100.00 pay all; then 50.00, of which 20.00 by balance; then 7.00 by card alone."""
    made = town()
    made.done(pay(8_000, bank_account=3), pay(5_000, bank_account=3, merchant=2), pay(700, bank_account=3))
    with closing(made.group):
        yield made


def statement(desk: Desk, wallet: int = 1, search: Search = EVERYTHING, period: Period = MAY) -> Statement:
    holder = holder_of(desk.group, kind="wallet", id=wallet)
    entries = card_entries(desk.group, holder, period=period, search=search)
    return Statement(group=desk.group, holder=holder, period=period, search=search, by_card=entries)


def told(entries: Iterator[Entry] | list[Entry]) -> list[tuple[str, int, int, int]]:
    return [(each.kind, each.out_fen - each.in_fen, each.by_card_fen, each.balance_fen) for each in entries]


def test_in_their_order_with_the_balance_as_it_stays(desk: Desk) -> None:
    assert told(statement(desk).entries()) == [
        ("top_up", -IN_WALLET_FEN, 0, 10_000),
        ("payment", 8_000, 0, 2_000),
        ("payment", 2_000, 0, 0),
        ("payment_from_card", 0, 3_000, 0),
        ("payment_from_card", 0, 700, 0),
    ]


def test_the_sums_are_those_of_the_balance(desk: Desk) -> None:
    made = whole(statement(desk), institution_name="x")
    assert (made.listed.entries, made.listed.in_fen, made.listed.out_fen) == (5, 10_000, 10_000)
    assert made.is_whole
    assert made.statement.opening_fen + made.listed.in_fen - made.listed.out_fen == made.statement.closing_fen


def test_another_wallet_has_none_of_it(desk: Desk) -> None:
    assert told(statement(desk, wallet=2).entries()) == [("top_up", -IN_WALLET_FEN, 0, 10_000)]


def test_refunds_to_the_card(desk: Desk) -> None:
    payment = desk.one(pay(400, bank_account=3)).position
    desk.done(Refund(payment=payment, amount_fen=100))
    desk.done(OpenDispute(payment=payment, amount_fen=300, reason=DisputeReason.duplicate))
    desk.done(DecideDispute(dispute=1, outcome=DisputeOutcome.for_customer, reference="x"))
    assert told(list(statement(desk).entries())[-3:]) == [
        ("payment_from_card", 0, 400, 0),
        ("refund_to_card", 0, 100, 0),
        ("dispute_refund_to_card", 0, 300, 0),
    ]


@pytest.mark.parametrize("limit", range(1, 7))
def test_pages_put_together_are_the_whole(desk: Desk, limit: int) -> None:
    everything, before, found = list(statement(desk).entries()), None, list[Entry]()
    while True:
        page = page_of(statement(desk), institution_name="x", limit=limit, before=before)
        found = [*page.entries(), *found]
        before = page.next_before
        if before is None:
            break
    assert found == everything


@pytest.mark.parametrize(
    ("search", "amounts"),
    [
        (Search(kinds=("payment_from_card",)), [3_000, 700]),
        (Search(kinds=("payment",)), []),
        (Search(least_fen=701), [3_000]),
        (Search(most_fen=700), [700]),
        (Search(counterparty=Party("merchant", 2)), [3_000]),
    ],
)
def test_searched_like_every_other_entry(desk: Desk, search: Search, amounts: list[int]) -> None:
    made = statement(desk, search=search)
    found = list(made.entries())
    assert [each.by_card_fen for each in found if each.by_card_fen] == amounts
    assert made.found().entries == len(found)


def test_only_those_of_the_period(desk: Desk) -> None:
    desk.now += 31 * 24 * HOUR
    desk.done(pay(900, bank_account=3))
    june = Period(first_day=20260601, last_day=20260630)
    assert told(statement(desk, period=june).entries()) == [("payment_from_card", 0, 900, 0)]
    assert len(list(statement(desk).entries())) == 5


def test_before_the_first_entry_the_balance_is_nought() -> None:
    desk = town()
    with closing(desk.group):
        early = Period(first_day=20260101, last_day=20260430)
        assert list(statement(desk, period=early).entries()) == []
