"""The sheet that a borrower saw is made again, and is the one that was confirmed, whatever the terms became since."""

from typing import Any

from benyuan.assurance.lender_books.cost_sheets import SheetShown, sheets_of_account, sheets_of_loan
from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.cost_sheet import account_sheet, digest
from benyuan.consumer_finance.revolving.state import AccountTerms
from tests.unit.lending.lenders import ACCOUNT_TERMS, CASH, LOAN_TERMS, PAY_LATER, Lender, lender_in_memory
from tests.unit.lending.reading import reads
from tests.unit.lending.test_later_sheets import AFTER, FORCE, begun, extended, further, offers_sheet

NAMES = names_of(AccountTerms)


def states(found: list[SheetShown]) -> list[tuple[str, str]]:
    return [(each.kind, each.state) for each in found]


def test_sheet_is_that_of_its_day_though_the_terms_have_changed() -> None:
    lender = begun()
    confirmed = offers_sheet(lender)
    lender.shows(confirmed, offer=1, on=AFTER, seconds=7)
    further(lender, AFTER, cost_sheet=confirmed)
    lender.do("publish_loan_terms", product=CASH, **{**LOAN_TERMS, "from_date": AFTER, "late_rate_ppm": 1})
    found = sheets_of_loan(lender.group, loan=1)
    assert states(found) == [("draw_loan", "none"), ("draw_further", "confirmed")]
    assert [each.digest for each in found] == [confirmed, confirmed]
    shown = lender.of("cost_sheet_shown", 1, "position")
    assert [(each.shown, each.read_seconds) for each in found] == [(0, 0), (shown, 7)]
    assert (found[0].items["amount_fen"], found[0].items["late_rate_ppm"]) == (1_000_000, 360_000)


def test_extension_has_a_sheet_of_its_own() -> None:
    lender = begun(first_fen=1_000_000)
    refused = extended(lender, FORCE)
    assert refused.refusal is not None
    reads(lender, "show_extension_key_facts", borrower=1, loan=1, more_terms=6)
    lender.shows(str(refused.refusal.figures["sheet"]), loan=1)
    assert extended(lender, FORCE, cost_sheet=refused.refusal.figures["sheet"]).accepted
    found = sheets_of_loan(lender.group, loan=1)
    assert states(found) == [("draw_loan", "none"), ("extend_loan", "confirmed")]
    assert [each.items["term_count"] for each in found] == [12, 18]


def test_another_sheet_than_that_of_the_terms_shows() -> None:
    lender = begun(cost_sheet="0123456789abcdef")
    assert states(sheets_of_loan(lender.group, loan=1)) == [("draw_loan", "another")]


def test_plan_and_account_have_theirs() -> None:
    lender = lender_in_memory()
    sheet = sheet_of_account(lender)
    account: dict[str, Any] = {"borrower": 1, "product": PAY_LATER, "line_fen": 500_000}
    reads(lender, "show_account_key_facts", on=FORCE, **account)
    lender.shows(sheet, product=PAY_LATER, on=FORCE)
    lender.do("open_credit_account", **account, cost_sheet=sheet)
    found = sheets_of_account(lender.group, account=1)
    assert states(found) == [("open_credit_account", "confirmed")]
    assert (found[0].items["rate_ppm"], found[0].words["day_count"]) == (ACCOUNT_TERMS["rate_ppm"], "act/365")
    purchase = lender.ask("draw_purchase", account=1, amount_fen=120_000).position
    plan: dict[str, Any] = {"account": 1, "product": 3, "amount_fen": 120_000, "term_count": 3, "rate_ppm": 120_000}
    asked = lender.ask("make_plan", **plan, purchase=purchase).refusal
    assert asked is not None
    reads(lender, "show_plan_key_facts", borrower=1, **plan, purchase=purchase)
    lender.shows(str(asked.figures["sheet"]), plan_of=1)
    lender.do("make_plan", **plan, purchase=purchase, cost_sheet=asked.figures["sheet"])
    assert states(sheets_of_loan(lender.group, loan=1)) == [("make_plan", "confirmed")]


def sheet_of_account(lender: Lender) -> str:
    return digest(account_sheet({name: lender.of("account_terms", 1, name) for name in NAMES}))
