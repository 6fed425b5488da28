"""A day on which money of a sale should have gone on is not closed while it waits."""

from typing import Any

import pytest

from benyuan.assurance.protection.suitability import due_releases
from benyuan.decisions.outcomes import Answer
from tests.unit.protection.exits import TERMS, sold_house, waiting_fen
from tests.unit.protection.houses import ON, House, check_refused, check_verified, days_after, digest_of

RELEASED = "cp.house.exit.released"
LAST, DUE, AFTER = days_after(ON, 5), days_after(ON, 6), days_after(ON, 7)
"""The last day on which the sale can be cancelled, that on which its money goes on, and the one after."""


@pytest.fixture
def home() -> House:
    """A sale of 2026-03-10 with five days."""
    return sold_house()


def close(home: House, date: int, *, institution: int = 1) -> Answer:
    """The close of a day, on the morning after."""
    fields: dict[str, Any] = {"institution": institution, "date": date, "statement_fen": 0}
    return home.ask("close_day", on=days_after(date, 1), **fields)


def test_the_last_day_to_cancel_closes_and_the_next_does_not(home: House) -> None:
    assert close(home, LAST).accepted
    check_refused(home, close(home, DUE), RELEASED, sale=1, due=1)
    assert due_releases(home.group, on=DUE) == [1]
    home.do("release_sale", sale=1)
    assert close(home, DUE).accepted
    check_verified(home)


def test_released_on_its_day_nothing_is_asked(home: House) -> None:
    assert close(home, LAST).accepted
    home.do("release_sale", sale=1, on=DUE)
    assert close(home, DUE).accepted


def test_redeemed_shares_take_their_money_on_with_them(home: House) -> None:
    home.do("redeem_investment", sale=1, shares=100, price=10_000, fee_fen=0, on=DUE)
    assert waiting_fen(home) == 0
    assert close(home, DUE).accepted


def test_a_sale_that_was_cancelled_asks_for_nothing(home: House) -> None:
    home.do("cancel_sale", sale=1, on=LAST)
    assert close(home, DUE).accepted


def test_no_later_day_closes_either_and_the_oldest_is_named(home: House) -> None:
    bought = home.of("investment_sale", 1)
    home.sold(amount_fen=600, terms_digest=digest_of(TERMS), on=days_after(ON, 1))
    assert home.of("investment_sale", 2)["cancel_by"] == days_after(bought["cancel_by"], 1)
    check_refused(home, close(home, DUE), RELEASED, sale=1, due=1)
    check_refused(home, close(home, AFTER), RELEASED, sale=1, due=2)
    home.do("release_sale", sale=1)
    check_refused(home, close(home, AFTER), RELEASED, sale=2, due=1)
    home.do("release_sale", sale=2)
    assert close(home, AFTER).accepted
    check_verified(home)


def test_another_institutions_day_closes(home: House) -> None:
    other = home.do("register_institution", name="Another", on=DUE)["institution"]
    assert close(home, DUE, institution=other).accepted
    check_refused(home, close(home, DUE), RELEASED)


def test_a_maker_that_is_suspected_holds_no_day_open(home: House) -> None:
    home.do("suspend_merchant", merchant=1, stop="risk_event", reference="r", on=DUE)
    home.do("release_sale", sale=1)
    assert close(home, DUE).accepted
