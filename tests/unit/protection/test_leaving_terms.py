"""Prices and terms of leaving as they are published; and sales from before there were any."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from benyuan.assurance.protection.sale_life import sale_life
from benyuan.consumer_protection.suitability.chart import InvestorLeg, InvestorOwn
from benyuan.consumer_protection.suitability.facts import Truths
from benyuan.consumer_protection.suitability.records import INVESTMENT_HELD
from benyuan.decisions.checking import with_defaults
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.usecases.protection.suitability.sell_investment import SellInvestment
from tests.unit.protection.exits import (
    BOUGHT_FEN,
    EXIT,
    PAR,
    PAST,
    TERMS,
    against_means,
    priced,
    sold_house,
)
from tests.unit.protection.houses import (
    IN_WALLET_FEN,
    LEVEL_3,
    ON,
    House,
    check_refused,
    days_after,
    digest_of,
    house,
)


@pytest.fixture
def home() -> House:
    """Person 1 has bought for 10,000.00."""
    return sold_house()


def test_shares_are_bought_at_the_price_of_the_day_and_rounded_down(home: House) -> None:
    priced(home, 30_000, on=days_after(ON, 1))
    sold = home.sold(amount_fen=100_000, terms_digest=digest_of(TERMS))
    assert (sold["shares"], sold["price"]) == (33_333, 30_000)
    nothing = home.sell(amount_fen=2, terms_digest=digest_of(TERMS))
    assert nothing.invalid is not None
    assert home.sold(amount_fen=3, terms_digest=digest_of(TERMS))["shares"] == 1
    home.do("cancel_sale", sale=2)
    assert home.desk.of_wallet(1) == IN_WALLET_FEN - BOUGHT_FEN - 3


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"from_date": ON - 1}, "from_date"),
        ({"from_date": 20260230}, "from_date"),
        ({"price": 0}, "price"),
        ({"product": 99}, "product"),
    ],
)
def test_prices_that_make_no_sense(home: House, fields: dict[str, Any], field: str) -> None:
    answer = home.send("publish_product_price", **{"product": 3, "from_date": ON, "price": PAR, **fields})
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


def test_a_day_has_one_price(home: House) -> None:
    priced(home, 10_100, on=PAST)
    again = home.ask("publish_product_price", product=3, from_date=PAST, price=9_900)
    assert again.invalid is not None
    priced(home, 10_200, on=days_after(PAST, 1))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"exit_fee_ppm": 1}, "exit_fee_days"),
        ({"exit_fee_days": 1}, "exit_fee_days"),
        ({"exit_fee_ppm": 1_000_001, "exit_fee_days": 1}, "exit_fee_ppm"),
        ({"pay_days": 91}, "pay_days"),
    ],
)
def test_terms_of_leaving_that_make_no_sense(home: House, fields: dict[str, int], field: str) -> None:
    asked = {"product": 3, "from_date": ON, "text": "x", "digest": digest_of("x")}
    answer = home.send("publish_product_terms", **{**asked, **fields})
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


def test_only_what_is_sold_in_shares_has_a_price_or_a_fee(home: House) -> None:
    plain: dict[str, Any] = {"sort": "wallet", "institution": 1, "name": "w", "maker": "m", "seller": "m"}
    home.do("register_product", **plain, target="t", fees="f")
    priced_wallet = home.ask("publish_product_price", product=4, from_date=ON, price=PAR)
    assert priced_wallet.invalid is not None
    asked: dict[str, Any] = {"product": 4, "from_date": ON, "text": "x", "digest": digest_of("x"), "pay_days": 1}
    assert home.ask("publish_product_terms", **asked).invalid is not None


def test_terms_of_the_version_before_say_nothing_of_leaving() -> None:
    before = with_defaults(
        command=REGISTRY["publish_product_terms"], columns={"product": np.array([3]), "from_date": [ON]}, count=1
    )
    assert {name: list(before[name]) for name in EXIT} == {name: [0] for name in EXIT}


def test_a_sale_from_before_shares_were_booked_is_cancelled_out_of_what_the_maker_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home = house(products=3)
    home.tested(1, LEVEL_3)
    with monkeypatch.context() as before:
        before.setattr(SellInvestment, "legs", _legs_of_before)
        before.setattr(SellInvestment, "accounts", UseCase.accounts)
        before.setattr(SellInvestment, "record", _record_of_before)
        home.sold(amount_fen=BOUGHT_FEN)
        home.sold(amount_fen=100_000)
    assert home.desk.of_merchant(1) == BOUGHT_FEN + 100_000
    for kind, fields in (
        ("redeem_investment", {"sale": 1, "shares": 1, "price": PAR, "fee_fen": 0}),
        ("release_sale", {"sale": 1}),
    ):
        unbooked = home.send(kind, **fields)
        assert unbooked.invalid is not None
    home.do("cancel_sale", sale=2)
    assert (home.desk.of_wallet(1), against_means(home)) == (IN_WALLET_FEN - BOUGHT_FEN, BOUGHT_FEN)
    home.do("settle", merchant=1, on=days_after(ON, 1))
    check_refused(home, home.ask("cancel_sale", sale=1), "pay.reserve.no_misuse", available_fen=0, asked_fen=BOUGHT_FEN)
    life = sale_life(home.group, sale=1)
    assert life is not None
    assert [step["what"] for step in life["steps"]] == ["sold"]


def _legs_of_before(self: SellInvestment, case: Case, goes_on: Truths) -> Legs:
    facts, amount = case.facts, case.batch.integers("amount_fen")
    table = LegTable(at=case.batch.at, reference=case.batch.position)
    wallet, merchant = facts["wallet_account"], facts["merchant_account"]
    table.add(where=goes_on, debit=wallet, credit=merchant, amount=amount, code=LegCode.investment)
    control = facts["institution_first_account"] + Own.usage_control
    bought = facts["investor_first_usage"] + InvestorOwn.bought
    table.add(where=goes_on, debit=bought, credit=control, amount=amount, code=InvestorLeg.bought)
    return table.build()


def _record_of_before(
    self: SellInvestment, decided: Decided, *, record: Callable[..., Recorded] = SellInvestment.record
) -> Recorded:
    made = record(self, decided)
    return Recorded(results={}, events=[each for each in made.events if each.kind != INVESTMENT_HELD])
