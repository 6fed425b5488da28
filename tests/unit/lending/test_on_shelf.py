"""Nothing is lent, and no wallet opened, by a product that the register holds unapproved or suspended."""

import hashlib
from pathlib import Path
from typing import Any

import pytest

from benyuan.assurance.protection.suitability import products
from benyuan.decisions.outcomes import Answer
from benyuan.engine import codec, group
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from benyuan.usecases.protection.suitability.register_product import ProductFields
from tests.unit.engine.groups import on_file
from tests.unit.lending.lenders import (
    ACCOUNT_LINE_FEN,
    CASH,
    OFFER,
    PAY_LATER,
    PLAN,
    Lender,
    found_lender,
    lender_in_memory,
)

APPROVAL, REVIEW = "cp.nfra.product_approval", "cp.nfra.product_review"
SORTS = {CASH: "cash-loan", PAY_LATER: "pay-later", PLAN: "plan"}
WORDS = {"name": "n", "maker": "Benyuan", "seller": "Benyuan", "target": "adults", "fees": "18% a year"}


def put_on_register(lender: Lender, product: int) -> int:
    fields: dict[str, Any] = {
        **WORDS,
        "sort": SORTS[product],
        "lender": 1,
        "ref": product,
        "partners": "a bank; an insurer",
    }
    return int(lender.do("register_product", **fields)["product"])


def publish(lender: Lender, shelf: int, *, text: str, from_date: int = 0) -> int:
    made = hashlib.sha256(text.encode()).hexdigest()
    fields: dict[str, Any] = {"product": shelf, "text": text, "digest": made, "from_date": from_date or lender.on}
    return int(lender.do("publish_product_terms", **fields)["terms"])


def approve(lender: Lender, shelf: int, terms: int) -> None:
    lender.do("approve_product", product=shelf, terms=terms, minutes="a" * 64)


def approved(lender: Lender, product: int) -> int:
    shelf = put_on_register(lender, product)
    approve(lender, shelf, publish(lender, shelf, text=f"terms of {product}"))
    return shelf


def rule_of(answer: Answer) -> str:
    assert answer.refusal is not None, answer
    return answer.refusal.rule_id


def opening(lender: Lender) -> Answer:
    return lender.ask("open_credit_account", borrower=1, product=PAY_LATER, line_fen=ACCOUNT_LINE_FEN)


def lent_by(lender: Lender, product: int) -> Answer:
    """The first thing that is lent by a product."""
    if product == CASH:
        return lender.ask("offer_loan", **OFFER)
    if product == PAY_LATER:
        return opening(lender)
    purchase = lender.ask("draw_purchase", account=1, amount_fen=120_000)
    plan: dict[str, Any] = {"account": 1, "product": PLAN, "amount_fen": 120_000, "term_count": 3, "rate_ppm": 120_000}
    return lender.ask("make_plan", **plan, purchase=purchase.position)


@pytest.mark.parametrize("product", SORTS)
def test_product_on_the_register_is_approved_first(product: int) -> None:
    lender = lender_in_memory()
    if product == PLAN:
        opening(lender)
    shelf = put_on_register(lender, product)
    answer = lent_by(lender, product)
    assert rule_of(answer) == APPROVAL
    assert answer.refusal is not None
    assert answer.refusal.figures["product"] == shelf
    approve(lender, shelf, publish(lender, shelf, text="terms"))
    assert lent_by(lender, product).outcome.name == "accepted"


@pytest.mark.parametrize("product", SORTS)
def test_suspended_product_lends_nothing_until_it_is_resumed(product: int) -> None:
    lender = lender_in_memory()
    if product == PLAN:
        opening(lender)
    shelf = approved(lender, product)
    lender.do("suspend_product", product=shelf)
    refused = lent_by(lender, product).invalid
    assert refused is not None
    assert "suspended on the register" in refused.constraint
    lender.do("resume_product", product=shelf)
    assert lent_by(lender, product).outcome.name == "accepted"


def test_version_that_nobody_approved_stops_it_from_its_first_day() -> None:
    lender = lender_in_memory()
    shelf = approved(lender, CASH)
    second = publish(lender, shelf, text="dearer", from_date=20260405)
    assert lender.ask("offer_loan", on=20260404, **OFFER).outcome.name == "accepted"
    answer = lender.ask("offer_loan", on=20260405, **OFFER)
    assert rule_of(answer) == REVIEW
    assert answer.refusal is not None
    assert answer.refusal.figures["terms"] == second
    approve(lender, shelf, second)
    assert lender.ask("offer_loan", **OFFER).outcome.name == "accepted"


def test_offer_and_account_of_before_draw_nothing_by_a_suspended_product() -> None:
    lender = lender_in_memory()
    shelves = [approved(lender, product) for product in (CASH, PAY_LATER)]
    offer = lender.do("offer_loan", **OFFER)["offer"]
    opening(lender)
    for shelf in shelves:
        lender.do("suspend_product", product=shelf)
    draw = lender.ask("draw_loan", offer=offer, purpose="travel")
    purchase = lender.ask("draw_purchase", account=1, amount_fen=100)
    assert [answer.invalid and answer.invalid.field for answer in (draw, purchase)] == ["offer", "account"]
    for shelf in shelves:
        lender.do("resume_product", product=shelf)
    lender.do("draw_loan", offer=offer, purpose="travel")
    lender.do("draw_purchase", account=1, amount_fen=100)


def test_what_is_on_no_register_is_lent_unless_the_policy_says_otherwise() -> None:
    assert lender_in_memory().ask("offer_loan", **OFFER).outcome.name == "accepted"
    lender = lender_in_memory(registered_only=True)
    assert rule_of(lender.ask("offer_loan", **OFFER)) == APPROVAL
    assert rule_of(opening(lender)) == APPROVAL
    approved(lender, CASH)
    assert lender.ask("offer_loan", **OFFER).outcome.name == "accepted"
    assert rule_of(opening(lender)) == APPROVAL


def test_product_is_registered_once_and_as_what_it_is() -> None:
    lender = lender_in_memory()
    put_on_register(lender, CASH)
    fields: dict[str, Any] = {**WORDS, "lender": 1}
    again = lender.ask("register_product", **fields, sort="cash-loan", ref=CASH)
    other = lender.ask("register_product", **fields, sort="cash-loan", ref=PLAN)
    assert [answer.invalid and answer.invalid.field for answer in (again, other)] == ["ref", "ref"]


def test_partners_stand_on_the_register() -> None:
    lender = lender_in_memory()
    put_on_register(lender, CASH)
    assert products(lender.group, on=lender.on)[0]["partners"] == "a bank; an insurer"


def test_log_is_decided_again() -> None:
    lender = lender_in_memory()
    shelf = approved(lender, CASH)
    lender.do("offer_loan", **OFFER)
    lender.do("suspend_product", product=shelf)
    lender.ask("offer_loan", **OFFER)
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)


def without_partners(columns: Any) -> dict[str, Any]:
    return codec.thin_columns({name: column for name, column in columns.items() if name != "partners"})


def test_product_registered_before_there_were_partners_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as old:
        old.setattr(ProductFields, "version", 1)
        old.setattr(group, "thin_columns", without_partners)
        lender = found_lender(on_file(tmp_path / "group.db"))
        approved(lender, CASH)
        lender.group.close()
    assert ProductFields.version == 2
    again = Lender(on_file(tmp_path / "group.db"))
    assert [row["partners"] for row in products(again.group, on=again.on)] == [""]
    assert again.ask("offer_loan", **OFFER).outcome.name == "accepted"
