"""Key facts shown and confirmed: the text that the terms make, and the borrower's own word, later than the showing."""

from typing import Any

import pytest

from benyuan.consumer_protection.key_facts.loader import templates
from benyuan.usecases import USE_CASES
from benyuan.values.errors import BadInput
from tests.unit.lending.accounts import lender_in_town, purchase
from tests.unit.lending.lenders import ACCOUNT_LINE_FEN, OFFER, PAY_LATER, PLAN, Lender, lender_in_memory
from tests.unit.lending.reading import LENDER_NAME, SECOND, give, made, reads, shows
from tests.unit.protection.customers import check_invalid, check_refused, check_verified, row

ON, WRONG = 20260415, "f" * 64


def offered(**offer: Any) -> Lender:
    """Borrower 1 has offer 1."""
    lender = lender_in_memory()
    lender.do("offer_loan", on=ON, **{**OFFER, **offer})
    return lender


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_shown_is_kept_and_confirmed_once(language: str) -> None:
    lender = offered()
    shown = shows(lender, borrower=1, offer=1, language=language)
    assert shown.accepted
    kept = row(lender, "protection_key_facts", 1)
    assert (kept["version"], kept["confirmed"], kept["rate_ppm"]) == (1, 0, shown.results["annual_rate_ppm"])
    confirmed = give(lender, "confirm_key_facts", borrower=1, key_facts=1)
    assert row(lender, "protection_key_facts", 1)["confirmed"] == confirmed.position
    check_invalid(give(lender, "confirm_key_facts", borrower=1, key_facts=1), "key_facts")
    check_verified(lender)


def test_the_yearly_rate_is_that_of_the_offer_to_the_ppb() -> None:
    lender = offered()
    shows(lender, borrower=1, offer=1)
    cost = lender.of("loan_offer", 1, "cost_ppb")
    figures = lender.group.records.tables["protection_key_facts_figures"]
    assert figures.column("annual_ppb").tolist()[-1] == cost
    assert cost != 180_000_000  # whole fen cost a little more than the nominal rate


@pytest.mark.parametrize("digest", [WRONG, ""])
def test_another_text_on_the_screen_is_not_shown(digest: str) -> None:
    lender = offered()
    fields: dict[str, Any] = {"borrower": 1, "offer": 1, "lender_name": LENDER_NAME, "text_digest": digest}
    check_invalid(give(lender, "show_key_facts", **fields), "text_digest")
    english = made(lender, borrower=1, offer=1, language="en").digest
    check_invalid(give(lender, "show_key_facts", **{**fields, "text_digest": english}), "text_digest")
    assert give(lender, "show_key_facts", **{**fields, "text_digest": english, "language": "en"}).accepted


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"borrower": 2}, "offer"),
        ({"borrower": 9}, "borrower"),
        ({"offer": 9}, "offer"),
        ({"lender_name": "Somebody Else"}, "lender_name"),
        ({"partner": 1}, "partner_name"),
        ({"partner_name": "a bank"}, "partner_name"),
        ({"partner": 1, "partner_name": "another bank"}, "partner_name"),
        ({"guarantor": 1, "guarantor_name": "another bank"}, "guarantor_name"),
        ({"guarantor": 9, "guarantor_name": "a bank"}, "guarantor"),
    ],
)
def test_bad_showings(fields: dict[str, Any], field: str) -> None:
    lender = offered()
    good: dict[str, Any] = {"borrower": 1, "offer": 1, "lender_name": LENDER_NAME, "text_digest": WRONG}
    check_invalid(give(lender, "show_key_facts", **{**good, **fields}), field)
    with pytest.raises(BadInput, match=field):
        made(lender, **{"borrower": 1, "offer": 1, **fields})


def test_an_offer_that_has_run_out_is_not_shown() -> None:
    lender = offered(until=ON)
    assert shows(lender, borrower=1, offer=1).accepted
    late: dict[str, Any] = {"borrower": 1, "offer": 1, "lender_name": LENDER_NAME, "text_digest": WRONG}
    lender.on = ON + 1
    check_invalid(lender.ask("show_key_facts", **late), "offer")


def test_confirmed_a_microsecond_later_and_not_at_the_same_instant() -> None:
    lender = offered()
    at = lender.group.last_at
    shows(lender, borrower=1, offer=1)
    check_refused(
        lender, give(lender, "confirm_key_facts", at=at, borrower=1, key_facts=1), "cp.pbc.confirm", shown_at=at
    )
    assert give(lender, "confirm_key_facts", at=at + 1, borrower=1, key_facts=1).accepted
    check_verified(lender)


def test_only_whom_it_was_shown_to_confirms() -> None:
    lender = offered()
    shows(lender, borrower=1, offer=1)
    check_invalid(give(lender, "confirm_key_facts", borrower=2, key_facts=1), "key_facts")
    check_invalid(give(lender, "confirm_key_facts", borrower=1, key_facts=2), "key_facts")


def test_the_last_confirmation_counts() -> None:
    lender = offered()
    bank: dict[str, Any] = {"partner": 1, "partner_name": "a bank"}
    reads(lender, borrower=1, offer=1)
    reads(lender, borrower=1, offer=1, **bank)
    held = lender.group.records.tables["protection_offer_facts"]
    assert held.rows().tolist() == [[1, 2, 1, 0]]
    check_verified(lender)


def test_two_confirmations_of_one_borrower_in_a_batch() -> None:
    lender = offered()
    shows(lender, borrower=1, offer=1)
    shows(lender, borrower=1, offer=1, language="en")
    at = lender.group.last_at + SECOND
    lender.desk.now = at
    columns = {"borrower": [1, 1], "key_facts": [1, 2]}
    lender.group.execute_columns(kind="confirm_key_facts", columns=columns, client="c", keys=["a", "b"], at=at)
    assert lender.group.records.tables["protection_offer_facts"].rows().tolist() == [[1, 2, 0, 0]]
    check_verified(lender)


def test_facts_of_an_account_have_its_terms_and_line() -> None:
    lender = lender_in_memory()
    number = reads(
        lender, "show_account_key_facts", borrower=1, product=PAY_LATER, line_fen=ACCOUNT_LINE_FEN, language="en"
    )
    text = made(
        lender, "show_account_key_facts", borrower=1, product=PAY_LATER, line_fen=ACCOUNT_LINE_FEN, language="en"
    ).text
    assert text.splitlines()[0] == "# Yearly rate 18.25% (simple interest)"
    assert "1,000.00 yuan owed for 30 days cost 15.00 yuan" in text
    assert "a line of 5,000.00 yuan" in text
    assert lender.group.records.tables["protection_account_facts"].rows().tolist() == [[1, number]]
    named: dict[str, Any] = {"lender_name": LENDER_NAME, "text_digest": WRONG}
    cash: dict[str, Any] = {"borrower": 1, "product": 1, "line_fen": 1, **named}
    check_invalid(give(lender, "show_account_key_facts", **cash), "product")
    check_verified(lender)


def test_facts_of_more_terms_tell_what_is_left() -> None:
    lender = offered()
    lender.do("draw_loan", offer=1, purpose="travel")
    fields: dict[str, Any] = {"borrower": 1, "loan": 1, "more_terms": 6}
    text = made(lender, "show_extension_key_facts", language="en", **fields).text
    assert "18 instalment(s)" in text
    assert "principal of 10,000.00 yuan is not due yet; it runs 6 instalments longer" in text
    number = reads(lender, "show_extension_key_facts", **fields)
    assert lender.group.records.tables["protection_extension_facts"].rows().tolist() == [[1, number]]
    other: dict[str, Any] = {"lender_name": LENDER_NAME, "text_digest": WRONG, **fields, "borrower": 2}
    check_invalid(give(lender, "show_extension_key_facts", **other), "loan")
    check_verified(lender)


def test_facts_of_a_plan_tell_its_instalments() -> None:
    lender = lender_in_town()
    bought = purchase(lender, account=1)
    fields: dict[str, Any] = {
        "borrower": 1,
        "account": 1,
        "product": PLAN,
        "amount_fen": 6_000,
        "term_count": 3,
        "rate_ppm": 120_000,
        "purchase": bought,
    }
    text = made(lender, "show_plan_key_facts", language="en", **fields).text
    assert text.splitlines()[0] == "# Yearly rate 12.00% (simple interest)"
    number = reads(lender, "show_plan_key_facts", **fields)
    assert lender.group.records.tables["protection_plan_facts"].rows().tolist() == [[1, number]]
    other: dict[str, Any] = {"lender_name": LENDER_NAME, "text_digest": WRONG, **fields}
    check_invalid(give(lender, "show_plan_key_facts", **{**other, "borrower": 2}), "account")
    check_invalid(give(lender, "show_plan_key_facts", **{**other, "product": PAY_LATER}), "product")
    check_verified(lender)


def test_every_sort_has_a_document() -> None:
    for template in templates().values():
        shown = {case.sort.value for case in USE_CASES.values() if hasattr(case, "sort") and hasattr(case, "whole")}
        assert shown <= set(template.documents)
