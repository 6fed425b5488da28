"""Showing a sheet of costs: of what, to whom, when; and what a draw makes of it from 2026-08-01 on."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import pytest

from benyuan.assurance.lender_books.cost_sheets import sheets_of_account, sheets_of_loan
from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.cost_sheet import LOAN_TERMS, OFFERED, account_sheet, digest, loan_sheet
from benyuan.consumer_finance.revolving.state import AccountTerms
from benyuan.decisions.commands import REGISTRY, Command
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import verify
from benyuan.engine.why import why
from benyuan.usecases import USE_CASES
from benyuan.usecases.lending.confirm_cost_sheet import ConfirmCostSheet
from benyuan.usecases.lending.draw_loan import DrawLoan
from tests.unit.lending.lenders import CASH, OFFER, PAY_LATER, Lender, lender_in_memory
from tests.unit.lending.reading import reads

BEFORE, FORCE = 20260731, 20260801
LATER = {"first_due_on": 20260915, "until": 20260910}
ACCOUNT: dict[str, Any] = {"borrower": 1, "product": PAY_LATER, "line_fen": 500_000}
SHEET, READ = "cost.sheet", "cost.sheet.online"


def offered(**policy: Any) -> Lender:
    """The same is offered to borrowers 1 and 2 on the day of force."""
    lender = lender_in_memory(**policy)
    for borrower in (1, 2):
        lender.do("offer_loan", on=FORCE, **{**OFFER, **LATER, "borrower": borrower})
        reads(lender, borrower=borrower, offer=borrower)
    return lender


def sheet_of(lender: Lender, offer: int = 1) -> str:
    terms = {name: lender.of("loan_terms", lender.of("loan_offer", offer, "terms"), name) for name in LOAN_TERMS}
    return digest(loan_sheet({name: lender.of("loan_offer", offer, name) for name in OFFERED}, terms))


def sheet_of_account(lender: Lender) -> str:
    return digest(account_sheet({name: lender.of("account_terms", 1, name) for name in names_of(AccountTerms)}))


def drawn(lender: Lender, offer: int = 1, **told: Any) -> Answer:
    return lender.ask("draw_loan", offer=offer, purpose="travel", **told)


def check(lender: Lender, answer: Answer, rule: str, **figures: Any) -> None:
    """Refused by the rule, with these figures among its own; and `why` says so."""
    assert answer.refusal is not None, answer
    assert answer.refusal.rule_id == rule
    assert {name: answer.refusal.figures[name] for name in figures} == figures
    assert rule in why(lender.group, answer.position).text()


def check_log(lender: Lender) -> None:
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)


def test_row_of_its_own_says_of_what_and_when() -> None:
    lender = offered()
    made = lender.do("show_cost_sheet", borrower=2, offer=2, cost_sheet=sheet_of(lender))
    row = {name: lender.of("cost_sheet_shown", made["shown"], name) for name in ("borrower", "what", "number", "at")}
    assert row == {"borrower": 2, "what": 1, "number": 2, "at": lender.group.last_at}
    check_log(lender)


def test_sheet_of_another_borrower_though_the_same_is_none() -> None:
    lender = offered()
    sheet = sheet_of(lender)
    assert sheet == sheet_of(lender, 2)
    lender.shows(sheet, borrower=2, offer=2)
    check(lender, drawn(lender, cost_sheet=sheet), SHEET, confirmed=sheet, sheet=sheet, shown=0)
    assert drawn(lender, 2, cost_sheet=sheet).accepted
    check_log(lender)


def test_digest_of_the_refusal_sent_back_at_once_is_refused() -> None:
    lender = offered()
    refused = drawn(lender)
    assert refused.refusal is not None
    check(lender, drawn(lender, cost_sheet=refused.refusal.figures["sheet"]), SHEET, shown=0)


def test_last_showing_counts() -> None:
    lender = offered()
    sheet = sheet_of(lender)
    lender.shows(sheet, offer=1, seconds=4)
    check(lender, drawn(lender, cost_sheet=sheet), READ, read_seconds=4, least_seconds=5)
    lender.shows(sheet, offer=1, seconds=4)
    check(lender, drawn(lender, cost_sheet=sheet), READ, read_seconds=4)
    lender.wait(1)
    assert drawn(lender, cost_sheet=sheet).accepted
    assert [(each.state, each.read_seconds) for each in sheets_of_loan(lender.group, loan=1)] == [("confirmed", 5)]
    check_log(lender)


@pytest.mark.parametrize("reading_seconds", [0, 1])
def test_never_at_the_moment_of_the_showing_whatever_the_policy(reading_seconds: int) -> None:
    lender = offered(reading_seconds=reading_seconds)
    sheet = sheet_of(lender)
    lender.shows(sheet, offer=1, seconds=0)
    check(lender, drawn(lender, cost_sheet=sheet), READ, read_seconds=0, least_seconds=1)
    lender.wait(1)
    assert drawn(lender, cost_sheet=sheet).accepted


def test_one_batch_of_a_draw_with_its_sheet_shown_and_one_without() -> None:
    lender = offered()
    sheet = sheet_of(lender)
    lender.shows(sheet, offer=1)
    columns = {"offer": [1, 2], "purpose": ["travel"] * 2, "cost_sheet": [sheet] * 2}
    answers = lender.group.execute_columns(
        kind="draw_loan", columns=columns, client="desk", keys=["a", "b"], at=lender.not_before
    )
    assert [answer.accepted for answer in answers] == [True, False]
    check_log(lender)


def test_account_is_opened_on_the_sheet_of_its_product() -> None:
    lender = lender_in_memory()
    sheet = sheet_of_account(lender)
    reads(lender, "show_account_key_facts", on=FORCE, **ACCOUNT)
    check(lender, lender.ask("open_credit_account", on=FORCE, **ACCOUNT, cost_sheet=sheet), SHEET)
    lender.shows(sheet, product=PAY_LATER)
    assert lender.ask("open_credit_account", **ACCOUNT, cost_sheet=sheet).accepted
    assert lender.ask("draw_purchase", account=1, amount_fen=1).accepted


def test_account_opened_before_with_a_digest_that_nobody_showed_has_confirmed_none() -> None:
    lender = lender_in_memory()
    lender.do("open_credit_account", on=BEFORE, **ACCOUNT, cost_sheet=sheet_of_account(lender))
    check(lender, lender.ask("draw_purchase", on=FORCE, account=1, amount_fen=1), SHEET)
    lender.shows(sheet_of_account(lender), account=1)
    lender.do("confirm_cost_sheet", account=1, cost_sheet=sheet_of_account(lender))
    assert lender.ask("draw_purchase", account=1, amount_fen=1).accepted
    check_log(lender)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "borrower"),
        ({"offer": 1, "product": PAY_LATER}, "borrower"),
        ({"offer": 2}, "offer"),
        ({"offer": 99}, "offer"),
        ({"account": 1, "borrower": 2}, "account"),
        ({"plan_of": 1, "borrower": 2}, "plan_of"),
        ({"loan": 1}, "loan"),
        ({"product": CASH}, "product"),
        ({"borrower": 99, "offer": 1}, "borrower"),
        ({"offer": 1, "cost_sheet": "0" * 16}, "cost_sheet"),
        ({"account": 1, "cost_sheet": "0" * 16}, "cost_sheet"),
        ({"product": PAY_LATER, "cost_sheet": "0" * 16}, "cost_sheet"),
        ({"plan_of": 1, "cost_sheet": "0" * 15}, "cost_sheet"),
        ({"plan_of": 1, "cost_sheet": "0" * 17}, "cost_sheet"),
        ({"plan_of": 1, "cost_sheet": "F" * 16}, "cost_sheet"),
    ],
)
def test_what_makes_no_sense_is_not_shown(fields: dict[str, Any], field: str) -> None:
    lender = offered()
    reads(lender, "show_account_key_facts", **ACCOUNT)
    lender.do("open_credit_account", **ACCOUNT, cost_sheet=_shown_account(lender))
    lender.do("offer_loan", **{**OFFER, **LATER, "borrower": 2})
    reads(lender, borrower=2, offer=3)
    other = lender.do("draw_loan", offer=3, purpose="travel", cost_sheet=_shown(lender, 3, borrower=2))
    assert other["loan"] == 1
    answer = lender.ask("show_cost_sheet", **{"borrower": 1, "cost_sheet": sheet_of(lender), **fields})
    assert answer.invalid is not None, answer
    assert answer.invalid.field == field


def _shown_account(lender: Lender) -> str:
    sheet = sheet_of_account(lender)
    lender.shows(sheet, product=PAY_LATER)
    return sheet


def _shown(lender: Lender, offer: int, *, borrower: int) -> str:
    sheet = sheet_of(lender, offer)
    lender.shows(sheet, offer=offer, borrower=borrower)
    return sheet


class DrawOfBefore(Command, frozen=True, kw_only=True):
    """The first version: the lender tells for how long the sheet was read."""

    kind: ClassVar[str] = "draw_loan"
    offer: int
    purpose: str
    destination: str = "bank-account"
    amount_fen: int = 0
    paid_out_fen: int = 0
    partner: int = 0
    share_ppm: int = 0
    guarantor: int = 0
    cost_sheet: str = ""
    read_seconds: int = 0
    rate_shown: bool = True


class ConfirmationOfBefore(Command, frozen=True, kw_only=True):
    """The first version, the same."""

    kind: ClassVar[str] = "confirm_cost_sheet"
    account: int
    cost_sheet: str
    read_seconds: int


@contextmanager
def before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draws and confirmations are of their first versions, and no showing is asked for."""
    with monkeypatch.context() as old:
        for made, case in ((DrawOfBefore, DrawLoan), (ConfirmationOfBefore, ConfirmCostSheet)):
            old.setitem(REGISTRY, made.kind, made)
            old.setattr(case, "command", made)
            old.setattr(case, "gates", ())
        old.setattr(ConfirmCostSheet, "faults", lambda *_: {})
        yield


def test_draws_and_confirmations_of_before_are_read_and_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    lender = offered()
    with before(monkeypatch):
        told = {"cost_sheet": sheet_of(lender), "read_seconds": 9}
        position = lender.do("draw_loan", offer=1, purpose="travel", **told)["position"]
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 1)
    opened = lender.group.reader.at_position(position)
    assert (opened.block.version, opened.batch().row(0)["read_seconds"]) == (1, 9)
    assert "draw_loan" in why(lender.group, position).text()
    found = sheets_of_loan(lender.group, loan=1)
    assert [(each.state, each.shown, each.read_seconds) for each in found] == [("confirmed", 0, 9)]


def test_account_confirmed_before_goes_on_buying(monkeypatch: pytest.MonkeyPatch) -> None:
    lender = lender_in_memory()
    lender.do("open_credit_account", on=BEFORE, **ACCOUNT)
    with before(monkeypatch):
        lender.do("confirm_cost_sheet", on=FORCE, account=1, cost_sheet=sheet_of_account(lender), read_seconds=5)
    assert lender.ask("draw_purchase", account=1, amount_fen=1).accepted
    assert [each.read_seconds for each in sheets_of_account(lender.group, account=1)] == [0, 5]


@pytest.mark.parametrize(
    "kind",
    ["draw_loan", "draw_further", "extend_loan", "open_credit_account", "make_plan", "confirm_cost_sheet"],
)
def test_nobody_states_for_how_long_it_was_read(kind: str) -> None:
    assert "read_seconds" not in REGISTRY[kind].__struct_fields__
    with pytest.raises(TypeError):
        REGISTRY[kind](read_seconds=1)
