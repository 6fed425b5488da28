"""The sheet of costs before a further part of a loan, and before more terms, from 2026-08-01 on."""

from typing import Any

import pytest

from benyuan.consumer_finance.cost_sheet import LOAN_TERMS, OFFERED, digest, extended_sheet, loan_sheet
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from tests.unit.lending.lenders import OFFER, Lender, lender_in_memory
from tests.unit.lending.reading import reads

BEFORE, FORCE, AFTER = 20260731, 20260801, 20260802


def begun(*, on: int = 20260720, first_fen: int = 1_000, shown: bool = False, **told: Any) -> Lender:
    """A loan of 10,000.00 of which 10.00 have been drawn; `shown`: on its sheet."""
    lender = lender_in_memory(in_parts=True)
    offer = lender.do("offer_loan", on=on, **{**OFFER, "first_due_on": 20260915, "until": 20260910})["offer"]
    reads(lender, borrower=1, offer=offer)
    if shown:
        told["cost_sheet"] = offers_sheet(lender)
        lender.shows(told["cost_sheet"], offer=offer)
    lender.do("draw_loan", offer=offer, purpose="travel", amount_fen=first_fen, **told)
    return lender


def terms_of(lender: Lender) -> dict[str, int]:
    return {name: lender.of("loan_terms", lender.of("loan_offer", 1, "terms"), name) for name in LOAN_TERMS}


def offers_sheet(lender: Lender) -> str:
    return digest(loan_sheet({name: lender.of("loan_offer", 1, name) for name in OFFERED}, terms_of(lender)))


def further(lender: Lender, on: int, amount_fen: int = 100_000, **told: Any) -> Answer:
    return lender.ask("draw_further", on=on, loan=1, amount_fen=amount_fen, **told)


def extended(lender: Lender, on: int, **told: Any) -> Answer:
    return lender.ask("extend_loan", on=on, loan=1, more_terms=6, **told)


def rule_of(answer: Answer) -> str:
    assert answer.refusal is not None, answer
    return answer.refusal.rule_id


def test_rest_of_a_loan_of_before_is_drawn_on_the_sheet_of_the_whole_offer() -> None:
    lender = begun()
    assert further(lender, BEFORE, 1).accepted
    rest = 998_999
    assert rule_of(further(lender, FORCE, rest)) == "cost.sheet"
    told = {"cost_sheet": offers_sheet(lender)}
    assert rule_of(further(lender, AFTER, rest, **told)) == "cost.sheet"
    lender.shows(told["cost_sheet"], offer=1, seconds=4)
    assert rule_of(further(lender, AFTER, rest, cost_sheet="0" * 16)) == "cost.sheet"
    assert rule_of(further(lender, AFTER, rest, **told)) == "cost.sheet.online"
    lender.wait(1)
    assert further(lender, AFTER, rest, **told).accepted


def test_sheet_is_asked_once_for_a_loan() -> None:
    lender = begun()
    lender.shows(offers_sheet(lender), offer=1, on=AFTER)
    confirmed = further(lender, AFTER, cost_sheet=offers_sheet(lender))
    assert lender.group.records.tables["loan_sheet"].rows().tolist() == [[1, confirmed.position, AFTER]]
    assert further(lender, AFTER).accepted


def test_sheet_confirmed_at_the_draw_is_not_asked_again() -> None:
    lender = begun(on=FORCE, shown=True)
    assert further(lender, AFTER).accepted


def test_more_terms_need_the_sheet_of_what_is_left() -> None:
    lender = begun(first_fen=1_000_000)
    state = {name: lender.loan_state(1, name) for name in ("principal_fen", "terms", "next_number", "next_due_on")}
    sheet = extended_sheet({"rate_ppm": OFFER["rate_ppm"]}, {**state, "terms": state["terms"] + 6}, terms_of(lender))
    assert (sheet["amount_fen"], sheet["term_count"], sheet["first_due_on"]) == (1_000_000, 18, 20260915)
    assert rule_of(extended(lender, FORCE)) == "cost.sheet"
    lender.shows(offers_sheet(lender), offer=1)
    assert rule_of(extended(lender, FORCE, cost_sheet=offers_sheet(lender))) == "cost.sheet"
    assert rule_of(extended(lender, FORCE, cost_sheet=digest(sheet))) == "cost.sheet"
    reads(lender, "show_extension_key_facts", borrower=1, loan=1, more_terms=6)
    lender.shows(digest(sheet), loan=1, seconds=4)
    assert rule_of(extended(lender, FORCE, cost_sheet=digest(sheet))) == "cost.sheet.online"
    lender.wait(1)
    assert extended(lender, FORCE, cost_sheet=digest(sheet)).accepted


def test_more_terms_need_no_sheet_the_day_before() -> None:
    assert extended(begun(first_fen=1_000_000), BEFORE).accepted


@pytest.mark.parametrize(("on", "passes"), [(20260930, True), (20261001, True), (20261002, False)])
def test_more_terms_on_evidence_of_income_of_six_months(on: int, passes: bool) -> None:
    lender = lender_in_memory()
    lender.do("offer_loan", on=20260915, **{**OFFER, "first_due_on": 20261015, "until": 20260915})
    reads(lender, borrower=1, offer=1)
    lender.shows(offers_sheet(lender), offer=1)
    lender.do("draw_loan", offer=1, purpose="travel", cost_sheet=offers_sheet(lender))
    refused = extended(lender, on)
    assert refused.refusal is not None
    sheet = str(refused.refusal.figures["sheet"])
    reads(lender, "show_extension_key_facts", borrower=1, loan=1, more_terms=6)
    lender.shows(sheet, loan=1)
    answer = extended(lender, on, cost_sheet=sheet)
    assert answer.accepted is passes
    if not passes:
        assert rule_of(answer) == "cp.house.income_evidence"


def test_rate_is_shown_before_either() -> None:
    lender = begun()
    assert rule_of(further(lender, BEFORE, rate_shown=False)) == "apr.disclose"
    assert rule_of(extended(lender, BEFORE, rate_shown=False)) == "apr.disclose"


def test_log_is_decided_again() -> None:
    lender = begun()
    lender.shows(offers_sheet(lender), offer=1, on=AFTER)
    further(lender, AFTER, cost_sheet=offers_sheet(lender))
    further(lender, AFTER)
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
