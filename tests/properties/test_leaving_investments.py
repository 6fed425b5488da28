"""Whatever is sold, cancelled, given back and paid: money is conserved, and nobody gives back more than they hold."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benyuan.consumer_protection.suitability.chart import InvestorOwn, SaleOwn
from benyuan.decisions.facts import MONEY
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from tests.unit.engine.groups import words_unkept
from tests.unit.protection.houses import ASSETS_FEN, LEVEL_3, House, days_after, digest_of, house

TERMS = "Terms with a fee."
PEOPLE = (1, 5)
PAR, FEE_PPM, FEE_DAYS, WHOLE_PPM = 10_000, 7_500, 9, 1_000_000
Step = tuple[str, Any]
RIGHT = 0.9
"""How often price and fee are those that hold."""

KINDS: tuple[str, ...] = ("sell", "days", "redeem") * 3 + ("cancel", "pay") * 2
KINDS += ("release", "settle", "price", "suspend", "resume", "resume")
PARTS = (("of", 2), ("of", 2), ("of", 1), ("of", 3), ("over", 1), ("just", 1), ("just", 333_333))


def thrown(dice: Random) -> Step:
    """One thing that happens; one seed for all of them is quicker than a draw for each field, and more varied."""
    kind = dice.choice(KINDS)
    fields: Any = {
        "sell": (dice.choice(PEOPLE), dice.choice((1, 99_999, 1_000_000, 2_000_000, 3_000_000))),
        "days": dice.choice((1, 5, 6, 7)),
        "redeem": (dice.randrange(3), dice.choice(PARTS), dice.random() < RIGHT),
        "pay": (dice.randrange(3), dice.choice(("receipts", "paid_in"))),
        "price": dice.choice((1, 9_999, 10_001, 15_000, 70_000)),
    }.get(kind, dice.randrange(3))
    return kind, fields


def rows_of(home: House, table: str) -> list[dict[str, int]]:
    """All rows of a table, by the names of their columns."""
    held = home.group.records.tables[table]
    return [dict(zip(("id", *held.table.columns), row.tolist(), strict=True)) for row in held.rows()]


class Played:
    """A house to which a history happens, and what people would write down of it by hand."""

    def __init__(self) -> None:
        self.home: House = house(products=2)
        self.home.published(2, TERMS, from_date=self.home.on, exit_fee_ppm=FEE_PPM, exit_fee_days=FEE_DAYS)
        for person in PEOPLE:
            self.home.tested(person, LEVEL_3)
        self.price = PAR

    def happens(self, kind: str, fields: Any) -> None:
        """One thing of the history, and what must hold after it."""
        home = self.home
        if kind == "days":
            home.on = days_after(home.on, fields)
            return
        if kind == "sell":
            person, amount = fields
            answer = home.sell(person, 2, amount, terms_digest=digest_of(TERMS))
        elif kind == "redeem":
            answer = home.send("redeem_investment", **self._redemption(*fields))
        elif kind == "pay":
            redemption = self._one_of("investment_redemption", fields[0])
            answer = home.send("pay_redemption", redemption=redemption, source=fields[1], reference="r")
        elif kind == "settle":
            answer = home.send("settle", merchant=1)
        elif kind == "price":
            answer = home.send("publish_product_price", product=2, from_date=home.on, price=fields)
            self.price = fields if answer.accepted else self.price
        elif kind in ("suspend", "resume"):
            answer = home.send(f"{kind}_product", product=2)
        else:
            answer = home.send(f"{kind}_sale", sale=self._one_of("investment_sale", fields))
        assert why(home.group, answer.position).text() if answer.accepted or answer.refusal else answer.invalid
        self.check()

    def _one_of(self, table: str, place: int) -> int:
        """One of the rows, counted back from the last."""
        count = self.home.count(table)
        return count - place % max(count, 1) if count else 1

    def _redemption(self, place: int, part: tuple[str, int], shown: bool) -> dict[str, int]:
        """A part of what is held, or more; at the price and the fee that hold, or not."""
        sale, held = self._one_of("investment_sale", place), self.home.group.records.tables
        there = sale <= held["investment_sale"].count
        sold_on = int(held["investment_sale"].column("sold_on")[sale]) if there else self.home.on
        holding = rows_of(self.home, "investment_holding")[sale - 1] if there else {"shares": 1, "redeemed_shares": 0}
        left = holding["shares"] - holding["redeemed_shares"]
        word, number = part
        asked = max({"of": left // number, "over": left + number, "just": number}[word], 1)
        gross = asked * self.price // PAR
        fee = gross * FEE_PPM // WHOLE_PPM if days_after(sold_on, FEE_DAYS) > self.home.on else 0
        return {"sale": sale, "shares": asked, "price": self.price, "fee_fen": fee + (not shown)}

    def _holds(self, account: int) -> int:
        found = self.home.group.ledger.balance(account)
        return found.credits_posted - found.debits_posted

    def check(self) -> None:
        """Both units add up to nought; each sale's accounts, and what its wallet paid and got, are as by its rows."""
        home = self.home
        by_unit: dict[int, int] = {}
        for line in home.group.ledger.trial_balance(book=1):
            by_unit[line.unit] = by_unit.get(line.unit, 0) + line.debits_posted - line.credits_posted
        assert by_unit[MONEY] == 0
        assert not any(by_unit.values())
        sales, redemptions = rows_of(home, "investment_sale"), rows_of(home, "investment_redemption")
        holdings = {row["id"]: row for row in rows_of(home, "investment_holding")}
        spent = dict.fromkeys(PEOPLE, 0)
        counted = dict.fromkeys(PEOPLE, 0)
        for sale in sales:
            holding, person = holdings[sale["id"]], sale["person"]
            mine = [each for each in redemptions if each["sale"] == sale["id"]]
            gone = sum(each["shares"] for each in mine)
            left = 0 if sale["cancelled_on"] else holding["shares"] - gone
            waits = 0 if sale["cancelled_on"] or holding["released_on"] else sale["amount_fen"]
            assert not (sale["cancelled_on"] and mine)
            assert left >= 0
            assert -self._holds(holding["first_account"] + SaleOwn.held) == left
            assert self._holds(holding["first_account"] + SaleOwn.waiting) == waits
            back = sale["amount_fen"] if sale["cancelled_on"] else sum(each["paid_fen"] for each in mine)
            spent[person] += sale["amount_fen"] - back
            cost = sale["amount_fen"] * gone // holding["shares"]
            counted[person] += 0 if sale["cancelled_on"] else sale["amount_fen"] - cost
        for each in redemptions:
            assert 0 <= each["paid_fen"] <= each["net_fen"] == each["gross_fen"] - each["fee_fen"]
            assert (each["paid_on"] != 0) == (each["paid_fen"] == each["net_fen"])
        for person in PEOPLE:
            assert home.desk.of_wallet(person) == ASSETS_FEN - spent[person]
            assert self._counted(person) == counted[person]
        assert home.desk.of_merchant(1) >= 0

    def _counted(self, person: int) -> int:
        held = self.home.group.records.tables["investor"]
        [place] = np.flatnonzero(held.ids() == person).tolist()
        return -self._holds(int(held.column("first_usage")[place]) + InvestorOwn.bought)


def check(seed: int, *, count: int) -> Played:
    """So many things that happen, and the log decided again."""
    played, dice = Played(), Random(seed)
    for _ in range(count):
        played.happens(*thrown(dice))
    group = played.home.group
    report = verify(group.store, vault=group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(group.store))
    return played


@settings(max_examples=5)
@given(st.integers(0, 2**32 - 1))
def test_random_exits(seed: int) -> None:
    assert check(seed, count=50).home.count("shelf_product") == 2


def test_the_dice_reach_every_way_out() -> None:
    home = check(5, count=150).home
    sales, redemptions = rows_of(home, "investment_sale"), rows_of(home, "investment_redemption")
    assert any(row["cancelled_on"] for row in sales)
    assert any(row["duty"] for row in redemptions)
    assert any(row["paid_by"] for row in redemptions)
    assert any(row["left_shares"] == 0 for row in redemptions)


@pytest.mark.soak
@settings(max_examples=500)
@given(st.integers(0, 2**32 - 1))
def test_soak_random_exits(seed: int) -> None:
    assert check(seed, count=150).home.count("shelf_product") == 2
