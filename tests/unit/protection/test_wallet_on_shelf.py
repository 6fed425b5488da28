"""An institution's wallet that is on the register is approved, and not suspended, before another one is opened."""

from typing import Any

from benyuan.decisions.outcomes import Answer
from tests.unit.protection.houses import ON, House, digest_of, house

WALLET: dict[str, Any] = {
    "sort": "wallet",
    "institution": 1,
    "name": "wallet",
    "maker": "Benyuan Pay",
    "seller": "Benyuan Pay",
    "target": "adults",
    "fees": "none",
}


def opened(home: House) -> Answer:
    return home.ask("open_wallet", person=1, wallet_class="II", channels=5)


def published(home: House, product: int, *, from_date: int = ON) -> int:
    text = f"terms from {from_date}"
    made = {"text": text, "digest": digest_of(text), "from_date": from_date}
    return int(home.do("publish_product_terms", product=product, **made)["terms"])


def test_wallet_on_no_register_is_opened_as_before() -> None:
    assert opened(house()).accepted


def test_wallet_on_the_register_waits_for_its_approval() -> None:
    home = house()
    product = home.do("register_product", **WALLET)["product"]
    terms = published(home, product)
    refused = opened(home).refusal
    assert refused is not None
    assert refused.rule_id == "cp.pbc.prior_review"
    home.do("approve_product", product=product, terms=terms, minutes="a")
    assert opened(home).accepted


def test_suspended_wallet_is_not_opened() -> None:
    home = house()
    product = home.do("register_product", **WALLET)["product"]
    home.do("approve_product", product=product, terms=published(home, product), minutes="a")
    home.do("suspend_product", product=product)
    assert opened(home).invalid is not None
    home.do("resume_product", product=product)
    assert opened(home).accepted


def test_wallet_is_registered_once() -> None:
    home = house()
    home.do("register_product", **WALLET)
    again = home.ask("register_product", **WALLET).invalid
    assert again is not None
    assert again.field == "institution"
