"""Bad input to the lender: an answer that names the field, the value and what it should be, and nothing half done."""

from typing import Any

import msgspec
import pytest

from benyuan.decisions.commands import REGISTRY
from benyuan.engine.why import why
from benyuan.usecases.lending import LENDING
from tests.unit.engine.groups import memory_of
from tests.unit.lending.lenders import (
    ACCOUNT_TERMS,
    CASH,
    LOAN_TERMS,
    OFFER,
    PAY_LATER,
    PLAN,
    Lender,
    lender_in_memory,
)

NOWHERE = 999
DRAWN = {"offer": 1, "purpose": "travel"}
OPEN = {**OFFER, "first_due_on": 20260520, "until": 20260630}
TODAY = {**LOAN_TERMS, "product": CASH, "from_date": 20260502}
PLANNED: dict[str, Any] = {"account": 1, "product": PLAN, "amount_fen": 1_000, "term_count": 3, "rate_ppm": 120_000}


@pytest.fixture(scope="module")
def busy() -> Lender:
    """2 May: a loan is drawn, an offer is open, one has run out; account 1 is in use, 2 is closed, 3 is frozen."""
    lender = lender_in_memory()
    for borrower, line in ((1, 500_000), (2, 1_000), (2, 1_000)):
        lender.do("open_credit_account", borrower=borrower, product=PAY_LATER, line_fen=line)
    lender.do("draw_purchase", account=1, amount_fen=10_000)
    lender.do("close_credit_account", account=2)
    lender.do("freeze_account", account=3, grounds="a case")
    lender.do("offer_loan", on=20260415, **OFFER)
    lender.do("draw_loan", **DRAWN)
    lender.do("offer_loan", **{**OFFER, "amount_fen": 10_000, "until": 20260501})
    lender.do("offer_loan", on=20260502, **{**OFFER, "amount_fen": 10_000, "until": 20260630})
    lender.do("offer_loan", **{**OFFER, "borrower": 2, "amount_fen": 10_000, "until": 20260630})
    lender.do("draw_loan", offer=4, purpose="travel")
    lender.do("repay_loan", loan=2, amount_fen=10_000 + 0, early="whole")
    lender.do("write_off_loan", loan=1)
    return lender


BAD: list[tuple[str, dict[str, Any], str, str]] = [
    ("draw_purchase", {"account": NOWHERE, "amount_fen": 1}, "account", "exists"),
    ("draw_purchase", {"account": 1, "amount_fen": 0}, "amount_fen", "from 1"),
    ("draw_purchase", {"account": 1, "amount_fen": -1}, "amount_fen", "from 1"),
    ("draw_purchase", {"account": 1, "amount_fen": 2**63}, "amount_fen", "from 1"),
    ("draw_purchase", {"account": 1, "amount_fen": 10**11}, "amount_fen", "in its life"),
    ("draw_purchase", {"account": 1, "amount_fen": 1.5}, "amount_fen", "integer"),
    ("draw_purchase", {"account": 1, "amount_fen": 1, "place": "home"}, "place", "cashier"),
    ("draw_purchase", {"account": 1, "amount_fen": 1, "merchant": NOWHERE}, "merchant", "exists"),
    ("draw_purchase", {"account": 2, "amount_fen": 1}, "account", "ended"),
    ("draw_purchase", {"account": 3, "amount_fen": 1}, "account", "frozen"),
    ("repay_account", {"account": NOWHERE, "amount_fen": 1}, "account", "exists"),
    ("repay_account", {"account": 2, "amount_fen": 1}, "account", "ended"),
    ("repay_account", {"account": 1, "amount_fen": 0}, "amount_fen", "from 1"),
    ("close_credit_account", {"account": 2}, "account", "ended"),
    ("close_credit_account", {"account": 1}, "account", "nothing is owed"),
    ("pay_out_credit", {"account": 1, "amount_fen": 1}, "amount_fen", "credit"),
    ("change_credit_line", {"account": 1, "line_fen": 500_001, "agreed": False}, "line_fen", "agreed"),
    ("change_credit_line", {"account": 2, "line_fen": 1}, "account", "ended"),
    ("freeze_account", {"account": NOWHERE, "grounds": "x"}, "account", "exists"),
    ("freeze_borrower", {"borrower": NOWHERE, "grounds": "x"}, "borrower", "exists"),
    ("freeze_account", {"account": 1, "grounds": ""}, "grounds", "1 to 64"),
    ("return_purchase", {"purchase": NOWHERE, "amount_fen": 1}, "purchase", "exists"),
    ("return_purchase", {"purchase": 1, "amount_fen": 1}, "purchase", "exists"),
    ("offer_loan", {**OPEN, "product": PAY_LATER}, "product", "cash loans"),
    ("offer_loan", {**OPEN, "product": PLAN}, "product", "cash loans"),
    ("offer_loan", {**OPEN, "product": NOWHERE}, "product", "exists"),
    ("offer_loan", {**OPEN, "borrower": NOWHERE}, "borrower", "exists"),
    ("offer_loan", {**OPEN, "amount_fen": 0}, "amount_fen", "from 1"),
    ("offer_loan", {**OPEN, "amount_fen": 20_000_001}, "amount_fen", "20000000"),
    ("offer_loan", {**OPEN, "term_count": 0}, "term_count", "from 1"),
    ("offer_loan", {**OPEN, "term_count": 37}, "term_count", "36"),
    ("offer_loan", {**OPEN, "term_count": 10_000}, "term_count", "to 600"),
    ("offer_loan", {**OPEN, "rate_ppm": -1}, "rate_ppm", "from 0"),
    ("offer_loan", {**OPEN, "rate_ppm": 240_001}, "rate_ppm", "240000"),
    ("offer_loan", {**OPEN, "first_due_on": 20260431}, "first_due_on", "exists"),
    ("offer_loan", {**OPEN, "first_due_on": 0}, "first_due_on", "exists"),
    ("offer_loan", {**OPEN, "first_due_on": 2**63 - 1}, "first_due_on", "exists"),
    ("offer_loan", {**OPEN, "first_due_on": 20260502}, "first_due_on", "after 20260502"),
    ("offer_loan", {**OPEN, "until": 20260431}, "until", "exists"),
    ("offer_loan", {**OPEN, "until": 20260501}, "until", "20260502"),
    ("draw_loan", {**DRAWN, "offer": NOWHERE}, "offer", "exists"),
    ("draw_loan", DRAWN, "offer", "not taken up"),
    ("draw_loan", {**DRAWN, "offer": 2}, "offer", "not run out"),
    ("draw_loan", {**DRAWN, "offer": 3, "amount_fen": 9_999}, "amount_fen", "all that was offered"),
    ("draw_loan", {**DRAWN, "offer": 3, "amount_fen": 10_001}, "amount_fen", "all that was offered"),
    ("draw_loan", {**DRAWN, "offer": 3, "partner": NOWHERE, "share_ppm": 300_000}, "partner", "exists"),
    ("draw_loan", {**DRAWN, "offer": 3, "guarantor": NOWHERE}, "guarantor", "exists"),
    ("draw_loan", {**DRAWN, "offer": 3, "share_ppm": 300_000}, "share_ppm", "partner"),
    ("draw_loan", {**DRAWN, "offer": 3, "share_ppm": 1_000_001, "partner": 1}, "share_ppm", "to 1000000"),
    ("draw_loan", {**DRAWN, "offer": 3, "purpose": "a boat"}, "purpose", "one of"),
    ("repay_loan", {"loan": NOWHERE, "amount_fen": 1}, "loan", "exists"),
    ("repay_loan", {"loan": 1, "amount_fen": 1}, "loan", "written off"),
    ("repay_loan", {"loan": 2, "amount_fen": 1}, "loan", "closed"),
    ("write_off_loan", {"loan": 1}, "loan", "written off"),
    ("write_off_loan", {"loan": 2}, "loan", "closed"),
    ("recover_loan", {"loan": 2, "amount_fen": 1}, "loan", "closed"),
    ("recover_loan", {"loan": 1, "amount_fen": 2_000_000}, "amount_fen", "stand on the loan"),
    ("extend_loan", {"loan": 1, "more_terms": 1}, "loan", "written off"),
    ("draw_further", {"loan": 1, "amount_fen": 1}, "loan", "written off"),
    ("repay_loan_earlier", {"loan": 1, "amount_fen": 1, "received_on": 20260420}, "loan", "written off"),
    ("repay_loan_earlier", {"loan": 2, "amount_fen": 1, "received_on": 20260502}, "received_on", "before 20260502"),
    ("repay_loan_earlier", {"loan": 2, "amount_fen": 1, "received_on": 20260431}, "received_on", "exists"),
    ("repay_loan_earlier", {"loan": 2, "amount_fen": 1, "received_on": 20260401}, "received_on", "20260502"),
    ("make_plan", {**PLANNED, "amount_fen": 10_001}, "amount_fen", "billed"),
    ("make_plan", {**PLANNED, "product": CASH}, "product", "a plan"),
    ("make_plan", {**PLANNED, "account": 2}, "account", "ended"),
    ("make_plan", {**PLANNED, "term_count": 37}, "term_count", "offer"),
    ("make_plan", {**PLANNED, "purchase": 1}, "purchase", "exists"),
    ("publish_loan_terms", {**LOAN_TERMS, "product": PAY_LATER, "from_date": 20260502}, "product", "cash loans"),
    ("publish_loan_terms", {**LOAN_TERMS, "product": CASH, "from_date": 20260501}, "from_date", "20260502"),
    ("publish_loan_terms", {**LOAN_TERMS, "product": CASH, "from_date": 20260931}, "from_date", "exists"),
    ("publish_loan_terms", {**LOAN_TERMS, "product": CASH, "from_date": 2**63 - 1}, "from_date", "exists"),
    ("publish_loan_terms", {**TODAY, "least_terms": 37}, "least_terms", "most_terms"),
    ("publish_loan_terms", {**TODAY, "least_fen": 20_000_001}, "least_fen", "most_fen"),
    ("publish_loan_terms", {**LOAN_TERMS, "product": CASH, "most_terms": 10_000}, "most_terms", "to 600"),
    ("publish_account_terms", {**ACCOUNT_TERMS, "product": CASH, "from_date": 20260502}, "product", "pay-later"),
    ("publish_account_terms", {**ACCOUNT_TERMS, "product": PAY_LATER, "statement_day": 29}, "statement_day", "to 28"),
    ("publish_account_terms", {**ACCOUNT_TERMS, "product": PAY_LATER, "from_date": 99_999_999}, "from_date", "exists"),
    ("assess_borrower", {"borrower": NOWHERE, "line_fen": 1}, "borrower", "exists"),
    ("assess_borrower", {"borrower": 1, "line_fen": -1}, "line_fen", "from 0"),
    ("open_credit_account", {"borrower": 1, "product": CASH, "line_fen": 1}, "product", "pay-later"),
    ("open_credit_account", {"borrower": NOWHERE, "product": PAY_LATER, "line_fen": 1}, "borrower", "exists"),
    ("fund_lender", {"lender": 1, "source": "equity", "amount_fen": 10**9 + 1, "paid_back": True}, "amount_fen", ": "),
    ("clear_lender", {"lender": 1, "reference": "x", "received_fen": 10**9}, "received_fen", "on its way"),
    ("set_loss_rate", {**dict.fromkeys(("default_life_ppm", "loss_ppm"), 0), "lender": 1, "from_date": 20260502,
                       "days_from": 0, "default_year_ppm": 1}, "default_life_ppm", "default_year_ppm"),
    ("review_partner", {"partner": 1, "listed_until": 20260431}, "listed_until", "exists"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "field", "says"), BAD)
def test_bad_input(busy: Lender, kind: str, fields: dict[str, Any], field: str, says: str) -> None:
    before = memory_of(busy.group)
    answer = busy.ask(kind, on=20260502, **fields)
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field
    assert says in answer.invalid.text()
    after = memory_of(busy.group)
    assert {name for name in before if before[name] != after[name]} <= {"position", "head", "last_at"}
    assert why(busy.group, answer.position).invalid is not None


@pytest.mark.parametrize("kind", [case.command.kind for case in LENDING])
def test_a_command_of_nothing_is_answered(busy: Lender, kind: str) -> None:
    command = REGISTRY[kind]
    fields: dict[str, Any] = {item.name: None for item in msgspec.structs.fields(command) if item.required}
    if kind == "register_borrower":
        fields["lender"] = 1
    answer = busy.ask(kind, **fields)
    assert answer.invalid is not None
    assert answer.invalid.text()


def test_terms_whose_interest_would_not_fit() -> None:
    lender = lender_in_memory()
    large: dict[str, Any] = {
        **LOAN_TERMS,
        "product": CASH,
        "most_fen": 10**10,
        "day_count": "act/365",
        "late_rate_ppm": 240_000,
    }
    assert lender.ask("publish_loan_terms", **large).accepted
    for beyond in (
        {"late_rate_ppm": 1_000_000},
        {"day_count": "act/act"},
        {"late_on_interest": True, "most_terms": 600},
    ):
        answer = lender.ask("publish_loan_terms", **{**large, **beyond})
        assert answer.invalid is not None
        assert (answer.invalid.field, answer.invalid.value) == ("most_fen", 10**10)


def test_amounts_that_a_plan_does_not_come_in() -> None:
    lender = lender_in_memory()
    lender.do("publish_loan_terms", product=PLAN, **{**LOAN_TERMS, "least_fen": 1_000, "most_fen": 5_000})
    lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
    lender.do("draw_purchase", account=1, amount_fen=10_000)
    lender.on = 20260409
    for amount, comes in ((999, False), (1_000, True), (5_001, False), (5_000, True)):
        answer = lender.ask("make_plan", **{**PLANNED, "amount_fen": amount})
        assert answer.accepted == comes
        assert comes or (answer.invalid is not None and answer.invalid.field == "amount_fen")


def test_a_payment_asked_twice() -> None:
    lender = lender_in_memory()
    lender.do("offer_loan", on=20260415, **OFFER)
    lender.do("draw_loan", **DRAWN)
    lender.on = 20260515
    first = lender.ask("repay_loan", loan=1, amount_fen=91_680, key="once")
    again = lender.ask("repay_loan", loan=1, amount_fen=91_680, key="once")
    other = lender.ask("repay_loan", loan=1, amount_fen=91_680, key="twice")
    assert first.accepted
    assert again.repeated
    assert again.position == first.position
    assert other.invalid is not None, "nothing more is due"
    assert lender.line_used(1) == 1_000_000 - first.results["principal_fen"]


def test_a_payment_above_the_debt_says_what_is_owed() -> None:
    lender = lender_in_memory()
    lender.do("offer_loan", on=20260415, **OFFER)
    lender.do("draw_loan", **DRAWN)
    over = lender.ask("repay_loan", loan=1, amount_fen=1_000_001, early="whole")
    assert over.invalid is not None
    assert "10,000.00 yuan that are owed" in over.invalid.text()
    lender.do("repay_loan", loan=1, amount_fen=1_000_000, early="whole")
    assert lender.ask("repay_loan", loan=1, amount_fen=1).invalid is not None


def test_what_is_paid_above_what_is_owed_stands_to_credit_and_is_paid_out_once() -> None:
    lender = lender_in_memory()
    lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
    lender.do("draw_purchase", account=1, amount_fen=10_000)
    paid = lender.do("repay_account", account=1, amount_fen=10_300)
    assert (paid["credit_fen"], paid["principal_fen"]) == (300, 10_000)
    assert lender.ask("pay_out_credit", account=1, amount_fen=301).invalid is not None
    lender.do("pay_out_credit", account=1, amount_fen=300)
    assert lender.ask("pay_out_credit", account=1, amount_fen=1).invalid is not None


def test_a_frozen_borrower_draws_nothing_and_pays() -> None:
    lender = lender_in_memory()
    lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=500_000)
    lender.do("draw_purchase", account=1, amount_fen=10_000)
    lender.do("offer_loan", on=20260415, **OFFER)
    lender.do("freeze_borrower", borrower=1, grounds="a case")
    for kind, fields in (
        ("draw_purchase", {"account": 1, "amount_fen": 1}),
        ("draw_loan", DRAWN),
        ("offer_loan", OFFER),
        ("open_credit_account", {"borrower": 1, "product": PAY_LATER, "line_fen": 1}),
    ):
        answer = lender.ask(kind, **fields)
        assert answer.invalid is not None
        assert "frozen" in answer.invalid.text()
    lender.do("repay_account", account=1, amount_fen=10_000)
    lender.do("freeze_borrower", borrower=1, frozen=False, grounds="over")
    lender.do("draw_loan", **DRAWN)
