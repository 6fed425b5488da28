"""A house with a sale that can be left, and what the tests of leaving ask of it."""

from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.chart import InvestorOwn, SaleOwn
from benyuan.decisions.outcomes import Answer
from benyuan.payments.chart import Own
from tests.unit.protection.houses import (
    LEVEL_3,
    ON,
    House,
    days_after,
    digest_of,
    house,
)

BOUGHT_FEN = 1_000_000
PAST = days_after(ON, 6)
"""The first day on which a sale of `ON` can't be cancelled."""
FEE_PPM, FEE_DAYS, PAY_DAYS = 5_000, 30, 3
TERMS = "Terms with a fee of 0.5% for less than 30 days, paid within 3."
EXIT = {"exit_fee_ppm": FEE_PPM, "exit_fee_days": FEE_DAYS, "pay_days": PAY_DAYS}
PAR = 10_000
CANCEL_BY, FIRST, HELD, SHOWN = (f"cp.house.exit.{name}" for name in ("cancel_by", "cancel_first", "held", "as_shown"))


def sold_house() -> House:
    """The house on 2026-03-10; product 3 costs 0.5% for leaving within 30 days; person 1 has bought for 10,000.00."""
    made = house(products=3)
    made.published(3, TERMS, from_date=ON, **EXIT)
    made.tested(1, LEVEL_3)
    made.sold(amount_fen=BOUGHT_FEN, terms_digest=digest_of(TERMS))
    return made


def redeem(home: House, shares: int, *, sale: int = 1, price: int = PAR, fee_fen: int = 0, **fields: Any) -> Answer:
    """Shares given back, at a price and a fee that were shown."""
    return home.ask("redeem_investment", sale=sale, shares=shares, price=price, fee_fen=fee_fen, **fields)


def redeemed(home: House, shares: int, **fields: Any) -> dict[str, int]:
    """The same, which must be accepted; its results."""
    answer = redeem(home, shares, **fields)
    assert answer.accepted, (answer.refusal, answer.invalid)
    return dict(answer.results)


def priced(home: House, price: int, *, on: int) -> None:
    """Product 3 has a price from a day on."""
    home.do("publish_product_price", product=3, from_date=on, price=price, on=on)


def held_shares(home: House, sale: int = 1) -> int:
    """By the ledger."""
    first = int(home.group.records.tables["investment_holding"].column("first_account")[sale])
    found = home.group.ledger.balance(first + SaleOwn.held)
    return found.debits_posted - found.credits_posted


def waiting_fen(home: House, sale: int = 1) -> int:
    """What waits of a sale, by the ledger."""
    first = int(home.group.records.tables["investment_holding"].column("first_account")[sale])
    found = home.group.ledger.balance(first + SaleOwn.waiting)
    return found.credits_posted - found.debits_posted


def against_means(home: House, person: int = 1) -> int:
    """What counts of somebody's purchases."""
    held = home.group.records.tables["investor"]
    [place] = np.flatnonzero(held.ids() == person).tolist()
    found = home.group.ledger.balance(int(held.column("first_usage")[place]) + InvestorOwn.bought)
    return found.debits_posted - found.credits_posted


def own_fen(home: House, own: Own) -> int:
    """What one of the institution's own accounts has, debits less credits."""
    first = int(home.group.records.tables["institution"].column("first_account")[1])
    return home.desk.balance(first + own)


def money(home: House) -> tuple[int, int, int]:
    """What the wallet, the maker and the sale's own account have."""
    return home.desk.of_wallet(1), home.desk.of_merchant(1), waiting_fen(home)
