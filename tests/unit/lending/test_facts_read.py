"""From 2026-08-01 nothing is drawn, opened, planned or extended before the key facts of exactly that were confirmed."""

import re
from typing import Any

import pytest

from benyuan.consumer_finance.cost_sheet import LOAN_TERMS, OFFERED, account_sheet, digest, extended_sheet, loan_sheet
from benyuan.decisions.outcomes import Answer
from benyuan.engine.why import why
from benyuan.values.money import fen_from_yuan
from tests.unit.engine.dated import moment
from tests.unit.lending.accounts import lender_in_town, purchase
from tests.unit.lending.lenders import ACCOUNT_TERMS, OFFER, PAY_LATER, PLAN, READING, Lender, lender_in_memory
from tests.unit.lending.reading import give, reads, shows
from tests.unit.protection.customers import check_invalid, check_refused, check_verified

BEFORE, FORCE = 20260731, 20260801
RULE = "cp.house.key_facts"
BANK: dict[str, Any] = {"partner": 1, "partner_name": "a bank"}
LINE: dict[str, Any] = {"borrower": 1, "product": PAY_LATER, "line_fen": 500_000}


def offered(on: int, **offer: Any) -> Lender:
    lender = lender_in_memory()
    lender.do("offer_loan", on=on, **{**OFFER, "first_due_on": 20260915, "until": 20260910, **offer})
    return lender


def terms_of(lender: Lender, number: int = 1) -> dict[str, int]:
    return {name: lender.of("loan_terms", number, name) for name in LOAN_TERMS}


def read_sheet(lender: Lender, costs: str, *, on: int = 0, borrower: int = 1, **of: int) -> dict[str, Any]:
    """The sheet of costs is shown, on a day or a second after the last command, and read for long enough."""
    at = moment(on) if on else 0
    assert give(lender, "show_cost_sheet", at=at, borrower=borrower, cost_sheet=costs, **of).accepted
    lender.wait(READING)
    return {"cost_sheet": costs, "at": lender.not_before}


def sheet(lender: Lender, offer: int = 1, *, on: int = 0) -> dict[str, Any]:
    shown = {name: lender.of("loan_offer", offer, name) for name in OFFERED}
    return read_sheet(lender, digest(loan_sheet(shown, terms_of(lender))), on=on, offer=offer)


def draws(lender: Lender, *, offer: int = 1, **draw: Any) -> Answer:
    return give(lender, "draw_loan", offer=offer, purpose="travel", **{**sheet(lender, offer), **draw})


def test_nothing_is_asked_on_the_day_before() -> None:
    assert draws(offered(BEFORE)).accepted


def test_from_the_day_of_force_a_draw_asks_for_them() -> None:
    lender = offered(FORCE)
    check_refused(lender, draws(lender), RULE, confirmed=0)
    shows(lender, borrower=1, offer=1)
    check_refused(lender, draws(lender), RULE, confirmed=0)
    give(lender, "confirm_key_facts", borrower=1, key_facts=1)
    assert draws(lender).accepted
    check_verified(lender)


def test_what_was_confirmed_before_the_day_holds_on() -> None:
    lender = offered(BEFORE)
    reads(lender, borrower=1, offer=1)
    lender.on = FORCE
    assert give(lender, "draw_loan", offer=1, purpose="travel", **sheet(lender, on=FORCE)).accepted


def test_of_this_offer_and_no_other() -> None:
    lender = offered(FORCE)
    lender.do("offer_loan", **{**OFFER, "first_due_on": 20260915, "until": 20260910, "amount_fen": 999_999})
    reads(lender, borrower=1, offer=2)
    check_refused(lender, draws(lender, offer=1), RULE)
    assert draws(lender, offer=2).accepted


@pytest.mark.parametrize(
    ("shown", "drawn", "good"),
    [
        ({}, {"partner": 1, "share_ppm": 300_000}, False),
        (BANK, {}, False),
        (BANK, {"partner": 1, "share_ppm": 300_000}, True),
        ({"guarantor": 1, "guarantor_name": "a bank"}, {}, False),
        ({"guarantor": 1, "guarantor_name": "a bank"}, {"guarantor": 1}, True),
        ({}, {"guarantor": 1}, False),
    ],
)
def test_with_who_stands_in_them_and_nobody_else(shown: dict[str, Any], drawn: dict[str, Any], good: bool) -> None:
    lender = offered(FORCE)
    number = reads(lender, borrower=1, offer=1, **shown)
    answer = draws(lender, **drawn)
    if good:  # the ledger refuses it: there are no other loans that it could be a share of
        checks = why(lender.group, answer.position).checks
        assert [check.outcome for check in checks if check.rule_id == RULE] == ["passed"]
    else:
        check_refused(lender, answer, RULE, confirmed=number)


def sheet_of_account(lender: Lender, *, terms: int = 1) -> str:
    columns = lender.group.records.tables["account_terms"].table.columns[1:]
    return digest(account_sheet({name: lender.of("account_terms", terms, name) for name in columns}))


def opens(lender: Lender, **fields: Any) -> Answer:
    asked = {**LINE, **fields}
    read = read_sheet(lender, sheet_of_account(lender), borrower=asked["borrower"], product=asked["product"])
    return give(lender, "open_credit_account", **asked, **read)


def test_an_account_is_opened_before_the_day_without() -> None:
    lender = lender_in_memory()
    assert lender.ask("open_credit_account", on=BEFORE, **LINE).accepted


def test_an_account_is_opened_on_its_own_terms_and_line() -> None:
    lender = lender_in_memory()
    lender.on = FORCE
    reads(lender, "show_account_key_facts", on=FORCE, **LINE)
    check_refused(lender, opens(lender, borrower=2), RULE, confirmed=0)
    check_refused(lender, opens(lender, line_fen=500_001), RULE, confirmed=1)
    assert opens(lender).accepted
    check_verified(lender)


def test_a_second_account_is_not_opened_on_what_was_confirmed_for_the_first() -> None:
    lender = lender_in_memory()
    lender.on = FORCE
    reads(lender, "show_account_key_facts", on=FORCE, **LINE)
    read = read_sheet(lender, sheet_of_account(lender), product=PAY_LATER)
    asked = {**LINE, "cost_sheet": read["cost_sheet"]}
    columns = {name: [value] * 2 for name, value in asked.items()}
    first, second = lender.group.execute_columns(
        kind="open_credit_account", columns=columns, client="desk", keys=["a", "b"], at=read["at"]
    )
    assert first.accepted
    check_refused(lender, second, RULE, confirmed=0)
    reads(lender, "show_account_key_facts", **LINE)
    assert give(lender, "open_credit_account", **asked).accepted
    check_verified(lender)


def test_an_account_asks_anew_when_its_terms_have_moved_on() -> None:
    lender = lender_in_memory()
    lender.on = BEFORE
    lender.do("publish_account_terms", product=PAY_LATER, **{**ACCOUNT_TERMS, "from_date": 20260802})
    reads(lender, "show_account_key_facts", on=FORCE, **LINE)
    read = read_sheet(lender, sheet_of_account(lender, terms=2), on=20260802, product=PAY_LATER)
    answer = give(lender, "open_credit_account", **LINE, **read)
    check_refused(lender, answer, RULE, confirmed=1)


def extends(lender: Lender, *, more: int) -> Answer:
    names = ("principal_fen", "terms", "next_number", "next_due_on")
    state = {name: lender.loan_state(1, name) for name in names}
    state["terms"] += more
    after = extended_sheet({"rate_ppm": lender.of("loan", 1, "rate_ppm")}, state, terms_of(lender))
    return give(lender, "extend_loan", loan=1, more_terms=more, **read_sheet(lender, digest(after), loan=1))


def test_more_terms_ask_for_their_own() -> None:
    lender = offered(BEFORE)
    assert draws(lender).accepted
    assert extends(lender, more=1).accepted
    fields: dict[str, Any] = {"borrower": 1, "loan": 1, "more_terms": 5}
    number = reads(lender, "show_extension_key_facts", on=FORCE, **fields)
    check_refused(lender, extends(lender, more=4), RULE, confirmed=number)
    lender.do("repay_loan", loan=1, amount_fen=100_000, early="smaller")
    check_refused(lender, extends(lender, more=5), RULE, confirmed=number)
    reads(lender, "show_extension_key_facts", **fields)
    assert extends(lender, more=5).accepted
    check_verified(lender)


def test_a_plan_asks_for_its_own() -> None:
    lender = lender_in_town()
    read = read_sheet(lender, sheet_of_account(lender), on=FORCE, account=1)
    assert give(lender, "confirm_cost_sheet", account=1, **read).accepted
    plan: dict[str, Any] = {"account": 1, "product": PLAN, "amount_fen": 50_000, "term_count": 3, "rate_ppm": 120_000}
    plan["purchase"] = purchase(lender, on=FORCE)
    costs = loan_sheet({**plan, "first_due_on": 20260828, "cost_ppb": 120_000_000}, terms_of(lender, 2))
    read = read_sheet(lender, digest(costs), plan_of=1)
    asked = {**plan, "cost_sheet": read["cost_sheet"]}
    check_refused(lender, give(lender, "make_plan", at=read["at"], **asked), RULE, confirmed=0)
    number = reads(lender, "show_plan_key_facts", borrower=1, **{**plan, "amount_fen": 49_999})
    check_refused(lender, give(lender, "make_plan", **asked), RULE, confirmed=number)
    reads(lender, "show_plan_key_facts", borrower=1, **plan)
    assert give(lender, "make_plan", **asked).accepted
    check_refused(lender, give(lender, "make_plan", **asked), RULE, confirmed=0)
    check_verified(lender)


def test_what_was_confirmed_for_a_loan_that_has_ended_or_a_plan_of_nothing_makes_no_figures() -> None:
    lender = offered(BEFORE)
    assert draws(lender).accepted
    reads(lender, "show_extension_key_facts", on=FORCE, borrower=1, loan=1, more_terms=5)
    lender.do("hand_back_loan", loan=1, amount_fen=_owed(lender))
    check_invalid(give(lender, "extend_loan", loan=1, more_terms=5, cost_sheet="0" * 16), "loan")
    town = lender_in_town()
    plan: dict[str, Any] = {"account": 1, "product": PLAN, "amount_fen": 60_000, "term_count": 3, "rate_ppm": 120_000}
    plan["purchase"] = purchase(town)
    reads(town, "show_plan_key_facts", borrower=1, **plan)
    check_invalid(give(town, "make_plan", at=moment(FORCE), **{**plan, "product": 9}), "product")


def _owed(lender: Lender) -> int:
    """What the loan asks for on its second day, by what a wrong amount is told."""
    answer = lender.ask("hand_back_loan", loan=1, amount_fen=1)
    assert answer.invalid is not None
    found = re.search(r"exactly the ([0-9,.]+) yuan", answer.invalid.constraint)
    assert found is not None
    return fen_from_yuan(found[1].replace(",", ""))
