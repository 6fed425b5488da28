"""What sales do to what stood before: the close of day, statements, erasing a customer, commands of older versions."""

from pathlib import Path

import numpy as np

from benyuan.assurance.protection.suitability import ill_scored
from benyuan.assurance.retention import erase
from benyuan.decisions.checking import with_defaults
from benyuan.decisions.commands import REGISTRY
from tests.unit.cli.running import answer
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file
from tests.unit.lending.lenders import OFFER
from tests.unit.protection.houses import BEGAN, BORN, IN_WALLET_FEN, LEVEL_3, ON, check_verified, fill, house

GONE = 20361231
"""More than ten years after the customer left."""


def test_a_day_with_sales_closes_with_what_customers_and_merchants_have() -> None:
    home = house(products=3)
    home.tested(1, LEVEL_3)
    home.sold(amount_fen=123_400)
    home.sold(amount_fen=600)
    home.do("cancel_sale", sale=2)
    home.do("close_day", institution=1, date=ON, statement_fen=0, on=20260311)
    row = home.of("closed_day", 1)
    assert row["merchants_fen"] == 123_400
    assert row["wallets_fen"] + row["merchants_fen"] == len(BORN) * IN_WALLET_FEN
    check_verified(home)


def test_a_statement_tells_sales_and_what_came_back(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    home = fill(on_file(path, now=moment(BEGAN)), products=3)
    home.tested(1, LEVEL_3)
    home.sold(amount_fen=123_400)
    home.do("cancel_sale", sale=1)
    home.group.close()
    (told,) = answer("statement", "--wallet", 1, "--database", path)["statements"]
    last = [(one["kind"], one["counterparty"]) for one in told["entries"][-2:]]
    assert last == [("investment", "merchant:1"), ("investment_cancelled", "merchant:1")]


def test_a_statement_of_the_maker_tells_whose_money_came_and_went(tmp_path: Path) -> None:
    path = tmp_path / "house.db"
    home = fill(on_file(path, now=moment(BEGAN)), products=3)
    home.tested(1, LEVEL_3)
    home.sold(amount_fen=123_400)
    home.do("release_sale", sale=1, on=20260316)
    home.do("redeem_investment", sale=1, shares=100_000, price=10_000, fee_fen=0)
    home.do("settle", merchant=1, on=20260317)
    home.do("redeem_investment", sale=1, shares=23_400, price=10_000, fee_fen=0)
    home.do("pay_redemption", redemption=2, source="paid_in", reference="r")
    home.group.close()
    (told,) = answer("statement", "--merchant", 1, "--database", path)["statements"]
    assert [(one["kind"], one["counterparty"]) for one in told["entries"][:2]] == [
        ("investment_released", "wallet:1"),
        ("investment_redeemed", "wallet:1"),
    ]
    (told,) = answer("statement", "--wallet", 1, "--database", path)["statements"]
    assert [(one["kind"], one["counterparty"]) for one in told["entries"][-3:]] == [
        ("investment", "merchant:1"),
        ("investment_redeemed", "merchant:1"),
        ("investment_redeemed_paid_in", "merchant:1"),
    ]


def test_answers_go_when_the_customer_is_erased() -> None:
    home = house(products=0)
    test = home.test(1, LEVEL_3)
    home.do("withdraw", wallet=1, bank_account=2, amount_fen=IN_WALLET_FEN, authentication="two_kinds_with_certificate")
    home.do("close_wallet", wallet=1, bank_account=2)
    assert home.group.payloads.read(test.position) is not None
    home.desk.now = moment(GONE)
    done = erase(home.group, on=GONE, at=None)
    assert done.erased["person"] == 1
    assert home.group.payloads.read(test.position) is None
    assert ill_scored(home.group) == []
    check_verified(home)


def test_commands_of_the_versions_before_are_still_read() -> None:
    offer = with_defaults(
        command=REGISTRY["offer_loan"], columns={name: np.array([item]) for name, item in OFFER.items()}, count=1
    )
    assert (offer["other_debts_fen"].tolist(), offer["inquiry"].tolist()) == ([0], [0])
    assert offer["need_fen"].tolist() == [OFFER["need_fen"]]
    policy = with_defaults(
        command=REGISTRY["set_lending_policy"], columns={"lender": np.array([1]), "within_income": [True]}, count=1
    )
    assert (policy["within_income"], policy["inquiry_days"].tolist()) == ([True], [0])
    told = {"borrower": np.array([1]), "line_fen": np.array([5]), "student": [True], "second_source": [False]}
    assessed = with_defaults(command=REGISTRY["assess_borrower"], columns=told, count=1)
    assert (assessed["student"], assessed["student_evidence"]) == ([True], [""])
    assert with_defaults(command=REGISTRY["inquire"], columns={}, count=1)["debts_fen"].tolist() == [0]
