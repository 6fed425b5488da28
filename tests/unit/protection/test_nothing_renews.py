"""Nothing that a customer has renews or extends itself, so the rule on renewals (State Council Order 778) waits."""

import re

from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.events import TABLES
from benyuan.usecases import USE_CASES
from tests.unit.lending.lenders import ACCOUNT_LINE_FEN, OFFER, PAY_LATER, lender_in_memory
from tests.unit.protection.customers import TEXT

RENEWS = re.compile(r"renew|roll_?over|auto_?extend|subscri")

OF_FIRMS = {"related_framework.renews", "sign_framework.renews"}
"""Agreements of related firms, of which a new one names the one that it takes the place of."""


def test_no_command_and_no_record_speaks_of_renewal() -> None:
    fields = {f"{kind}.{name}" for kind in USE_CASES for name in REGISTRY[kind].__struct_fields__}
    columns = {f"{table.name}.{column}" for table in TABLES.values() for column in table.columns}
    assert {name for name in fields | columns if RENEWS.search(name)} == OF_FIRMS


def test_what_finds_them_would() -> None:
    assert RENEWS.search("membership.renews_on")
    assert RENEWS.search("renew_membership.fee_fen")


def test_days_that_pass_lengthen_nothing() -> None:
    lender = lender_in_memory()
    lender.do("open_credit_account", borrower=1, product=PAY_LATER, line_fen=ACCOUNT_LINE_FEN)
    lender.do("offer_loan", on=20260401, **{**OFFER, "until": 20260403, "term_count": 2, "first_due_on": 20260405})
    lender.do("offer_loan", on=20260401, **{**OFFER, "until": 20260403, "term_count": 2, "first_due_on": 20260405})
    lender.do("draw_loan", offer=1, purpose="travel")
    choice = {"to": "marketing", "place": "app", "text_digest": TEXT, "until": 20260403}
    lender.do("give_consent_to", borrower=1, **choice)
    stood = {
        ("loan_offer", "until"): 20260403,
        ("loan", "term_count"): 2,
        ("credit_account", "line_fen"): ACCOUNT_LINE_FEN,
        ("credit_account", "terms"): 1,
        ("protection_choice", "until"): 20260403,
    }
    lender.close(through=20260508, on=20260509)
    for (table, column), value in stood.items():
        assert lender.of(table, 1, column) == value
    assert (lender.loan_state(1, "terms"), lender.loan_state(1, "next_due_on")) == (2, 0)
    late = lender.ask("draw_loan", offer=2, purpose="travel")
    assert late.invalid is not None
    assert late.invalid.field == "offer"
