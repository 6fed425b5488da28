"""What must not be got through by a file of commands, however it is written: sales, credit at the cashier, contacts.

One house that sells and lends, founded by files; then each attempt is a line of its own, and what stops it is named.
"""

import hashlib
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benyuan.parties.check_digits import mod_11_2
from benyuan.simulate.identities import credit_code, someone
from tests.unit.cli.running import answer, benyuan, lines
from tests.unit.lending.lenders import ACCOUNT_TERMS
from tests.unit.protection.houses import LEVEL_3, PAPER, PRODUCT

FOUNDED = "2026-02-02T09:00:00+08:00"
NUMBERS = count(1)
TERMS = "You may lose what you put in."
BORN = {1: 19860101, 2: 20080601}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def number_of(person: int) -> str:
    body = f"110101{BORN[person]}{person * 2 + 100:03d}"
    return body + mod_11_2(body)


def founding() -> Iterator[dict[str, Any]]:
    """Two people who are investors, the second 17 years old; products of levels 1 and 4."""
    yield {"kind": "register_merchant", "institution": 1, "kind_of_merchant": "firm", "code": credit_code(1)}
    for person in BORN:
        shown = {**someone(person), "number": number_of(person), "document": "resident_id"}
        yield {"kind": "register_person", "institution": 1, **shown}
        yield {"kind": "bind_bank_account", "person": person, "mandate": True}
        yield {"kind": "open_wallet", "person": person, "wallet_class": "III", "channels": 5}
        yield {"kind": "top_up", "wallet": person, "bank_account": person + 1, "amount_fen": 1_000_000}
        yield {"kind": "register_investor", "person": person}
    for product, level in ((1, 1), (2, 4)):
        rated = {"maker_level": level, "seller_level": level, "sort": "investment", "name": f"product {product}"}
        yield {"kind": "register_product", **PRODUCT, **rated}
        terms = {"product": product, "from_date": 20260202, "text": TERMS, "digest": digest(TERMS)}
        yield {"kind": "publish_product_terms", **terms}
        yield {"kind": "approve_product", "product": product, "terms": product, "minutes": PAPER}
    for person in BORN:
        tested = {"questionnaire": 1, "answers": LEVEL_3, "answered_on": 20260202, "assets_fen": 1_000_000}
        yield {"kind": "test_suitability", **tested, **shown_as(person)}
        for product in (1, 2):
            yield {"kind": "give_opinion", "person": person, "product": product, "opinion": PAPER}
            yield {"kind": "show_terms", "person": person, "product": product, "terms_digest": digest(TERMS)}


def lending() -> Iterator[dict[str, Any]]:
    """A lender with two borrowers, of whom the first has bought for 1,000.00 and paid nothing since."""
    yield {"kind": "register_lender", "name": "lender"}
    licensed = {"from_date": 20260202, "holds": True, "number": "L1"}
    yield {"kind": "record_lender_standing", "lender": 1, **licensed}
    policy = {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": 10**8}
    yield {"kind": "set_lending_policy", "lender": 1, "from_date": 20260202, **policy}
    figures = {"tier1_fen": 10**9, "net_capital_fen": 10**9}
    yield {"kind": "record_lender_figures", "lender": 1, "from_date": 20260202, **figures}
    rates = {"days_from": 0, "default_year_ppm": 0, "default_life_ppm": 0, "loss_ppm": 0}
    yield {"kind": "set_loss_rate", "lender": 1, "from_date": 20260202, **rates}
    yield {"kind": "make_credit_product", "lender": 1, "kind_of_product": "pay_later"}
    yield {"kind": "publish_account_terms", "product": 1, **ACCOUNT_TERMS, "from_date": 20260202}
    for borrower in (1, 2):
        yield {"kind": "register_borrower", "lender": 1, **someone(borrower)}
        income = {"monthly_fen": 10**8, "evidence": PAPER, "from_date": 20260202}
        yield {"kind": "record_income", "borrower": borrower, **income}
        yield {"kind": "assess_borrower", "borrower": borrower, "line_fen": 1_000_000}
        yield {"kind": "open_credit_account", "borrower": borrower, "product": 1, "line_fen": 500_000}
    yield {"kind": "draw_purchase", "account": 1, "amount_fen": 100_000}


def shown_as(person: int) -> dict[str, Any]:
    return {"institution": 1, "person": person, "document": "resident_id", "number": number_of(person)}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("hostile")
    database = directory / "group.db"
    assert benyuan("init", "--database", database, "--from", "2026-02-02").exit_code == 0
    rows = [{**row, "at": FOUNDED} for row in (*founding(), *lending())]
    told = directory / "answers.jsonl"
    done = answer("run", lines(directory / "founding.jsonl", rows), "--database", database, "--out", told)
    assert done["accepted"] == len(rows)
    return database


def tried(database: Path, kind: str, at: str, **fields: Any) -> str:
    """The rule or the field that stops one line of a file; `accepted` where nothing does."""
    told = database.with_name(f"told-{next(NUMBERS)}.jsonl")
    row = {"kind": kind, "at": f"{at}+08:00", **fields}
    answer("run", lines(database.with_suffix(".jsonl"), [row]), "--database", database, "--out", told, "--ahead")
    said = json.loads(told.read_text())
    fault = said.get("refusal") or said.get("invalid") or {}
    return str(fault.get("rule") or fault.get("rule_id") or fault.get("field") or said["outcome"])


def sale(person: int, product: int, **fields: Any) -> dict[str, Any]:
    money = {"wallet": person, "amount_fen": 1_000, "authentication": "two_kinds_with_certificate"}
    return {"product": product, "terms_digest": digest(TERMS), **money, **shown_as(person), **fields}


def test_nothing_unsuitable_is_sold_and_nothing_to_minors(home: Path) -> None:
    sell = "sell_investment"
    assert tried(home, sell, "2026-02-03T10:00:00", **sale(1, 2)) == "suit.no_mismatch"
    assert tried(home, sell, "2026-02-03T10:00:00", **sale(1, 2, recommended=True)) == "suit.bans"
    assert tried(home, sell, "2026-02-03T10:00:00", **sale(1, 2, own_choice=PAPER)) == "suit.no_mismatch"
    assert tried(home, sell, "2026-02-03T10:00:00", **sale(1, 1, terms_digest=digest("forged"))) == "suit.told"
    forged = {"person": 1, "product": 1, "terms_digest": digest("forged")}
    assert tried(home, "show_terms", "2026-02-03T10:00:00", **forged) == "suit.told"
    assert tried(home, sell, "2026-02-03T10:00:00", **sale(2, 1)) == "suit.minor"
    assert tried(home, sell, "2026-02-03T10:00:00", **sale(2, 1, number=number_of(1))) == "person"
    assert tried(home, sell, "2026-02-03T10:00:00", **sale(1, 1)) == "accepted"
    guardian = {"person": 2, "product": 1, "consent": PAPER}
    assert tried(home, "consent_as_guardian", "2026-02-03T10:00:01", **guardian, authority="") == "authority"


def test_no_complaint_stays_open_and_no_call_comes_by_night(home: Path) -> None:
    complaint = {"person": 1, "channel": "app", "product": "payment", "issue": "price", "words": "it was not agreed"}
    passed = {"way": "pbc-branch", "received_on": 20260304, "passed_on": 20260304}
    assert tried(home, "take_customer_complaint", "2026-03-04T10:00:00", **complaint, **passed) == "accepted"
    more = {"complaint": 1, "reason": "complex", "words": "the other bank is slow", "approved": True, "told": True}
    longest = "cp.pbc.complaint.extended"
    assert tried(home, "extend_complaint", "2026-03-19T10:00:00", **more, until=20260504) == longest
    assert tried(home, "extend_complaint", "2026-03-19T10:00:00", **more, until=20260503) == "accepted"
    assert tried(home, "extend_complaint", "2026-05-03T10:00:00", **more) == longest

    night = {"borrower": 1, "account": 1, "means": "call", "debt_named": True, "effective": True}
    assert tried(home, "record_contact", "2026-06-01T22:00:00", **night) == "coll.hours"
    for minute in (10, 11, 12):
        assert tried(home, "record_contact", f"2026-06-02T10:{minute}:00", **night) == "accepted"
    assert tried(home, "record_contact", "2026-06-02T10:13:00", **night) == "coll.calls"
    assert tried(home, "record_contact", "2026-06-02T10:13:00", **night, zone=540) == "cp.house.debtor.zone"
    assert tried(home, "record_contact", "2026-06-02T21:59:59", **{**night, "means": "letter"}) == "accepted"
    assert tried(home, "record_contact", "2026-06-03T07:59:59", **night) == "coll.hours"


def test_no_credit_at_the_cashier_from_the_day_on(home: Path) -> None:
    bought = {"account": 2, "amount_fen": 1_000}
    till = {"institution": 1, "options": "balance, pay-later", "equal_display": True}
    assert tried(home, "show_cashier", "2026-09-29T23:59:59", **till) == "accepted"
    before = tried(home, "draw_purchase", "2026-09-29T23:59:59", **bought, place="cashier")
    assert before != "mkt.psp_no_loan_option", "what stops it is the sheet of costs, which was not shown"
    chosen = {**till, "preselected": "pay-later"}
    assert tried(home, "show_cashier", "2026-09-29T23:59:59", **chosen) == "pay.choice.fair_display"
    for kind, row in (("show_cashier", till), ("draw_purchase", {**bought, "place": "cashier"})):
        assert tried(home, kind, "2026-09-30T00:00:00", **row) == "mkt.psp_no_loan_option"
    assert tried(home, "draw_purchase", "2026-09-30T00:00:00", **bought) == "mkt.psp_no_loan_option", "left unsaid"
    own = {**bought, "place": "lender"}
    assert tried(home, "draw_purchase", "2026-09-30T00:00:00", **own, preselected=True) == "cp.nfra.free_choice"
