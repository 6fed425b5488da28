"""The sheet of costs before a further part of a loan, and before more terms, from 2026-08-01 on."""

from typing import Any

from benyuan.consumer_finance.cost_sheet import LOAN_TERMS, OFFERED, digest, extended_sheet, loan_sheet
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from tests.unit.lending.lenders import OFFER, Lender, lender_in_memory
from tests.unit.lending.reading import reads

BEFORE, FORCE, AFTER = 20260731, 20260801, 20260802
READ: dict[str, Any] = {"read_seconds": 5}


def begun(*, on: int = 20260720, first_fen: int = 1_000, **told: Any) -> Lender:
    """A loan of 10,000.00 of which 10.00 have been drawn."""
    lender = lender_in_memory(in_parts=True)
    offer = lender.do("offer_loan", on=on, **{**OFFER, "first_due_on": 20260915, "until": 20260910})["offer"]
    reads(lender, borrower=1, offer=offer)
    lender.do("draw_loan", offer=offer, purpose="travel", amount_fen=first_fen, **told)
    return lender


def terms_of(lender: Lender) -> dict[str, int]:
    return {name: lender.of("loan_terms", lender.of("loan", 1, "terms"), name) for name in LOAN_TERMS}


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
    assert rule_of(further(lender, AFTER, rest, cost_sheet="0" * 16, **READ)) == "cost.sheet"
    hasty = further(lender, AFTER, rest, cost_sheet=offers_sheet(lender), read_seconds=4)
    assert rule_of(hasty) == "cost.sheet.online"
    assert further(lender, AFTER, rest, cost_sheet=offers_sheet(lender), **READ).accepted


def test_sheet_is_asked_once_for_a_loan() -> None:
    lender = begun()
    confirmed = further(lender, AFTER, cost_sheet=offers_sheet(lender), **READ)
    assert lender.group.records.tables["loan_sheet"].rows().tolist() == [[1, confirmed.position, AFTER]]
    assert further(lender, AFTER).accepted


def test_sheet_confirmed_at_the_draw_is_not_asked_again() -> None:
    first = begun()
    lender = begun(on=FORCE, cost_sheet=_same_on(first, FORCE), **READ)
    assert further(lender, AFTER).accepted


def _same_on(lender: Lender, on: int) -> str:
    """The sheet of the same offer made on another day."""
    number = lender.do("offer_loan", on=on, **{**OFFER, "first_due_on": 20260915, "until": 20260910})["offer"]
    made = {name: lender.of("loan_offer", number, name) for name in OFFERED}
    return digest(loan_sheet(made, terms_of(lender)))


def test_more_terms_need_the_sheet_of_what_is_left() -> None:
    lender = begun(first_fen=1_000_000)
    state = {name: lender.loan_state(1, name) for name in ("principal_fen", "terms", "next_number", "next_due_on")}
    sheet = extended_sheet({"rate_ppm": OFFER["rate_ppm"]}, {**state, "terms": state["terms"] + 6}, terms_of(lender))
    assert (sheet["amount_fen"], sheet["term_count"], sheet["first_due_on"]) == (1_000_000, 18, 20260915)
    assert rule_of(extended(lender, FORCE)) == "cost.sheet"
    assert rule_of(extended(lender, FORCE, cost_sheet=offers_sheet(lender), **READ)) == "cost.sheet"
    assert rule_of(extended(lender, FORCE, cost_sheet=digest(sheet), read_seconds=4)) == "cost.sheet.online"
    reads(lender, "show_extension_key_facts", borrower=1, loan=1, more_terms=6)
    assert extended(lender, FORCE, cost_sheet=digest(sheet), **READ).accepted


def test_more_terms_need_no_sheet_the_day_before() -> None:
    assert extended(begun(first_fen=1_000_000), BEFORE).accepted


def test_rate_is_shown_before_either() -> None:
    lender = begun()
    assert rule_of(further(lender, BEFORE, rate_shown=False)) == "apr.disclose"
    assert rule_of(extended(lender, BEFORE, rate_shown=False)) == "apr.disclose"


def test_log_is_decided_again() -> None:
    lender = begun()
    further(lender, AFTER, cost_sheet=offers_sheet(lender), **READ)
    further(lender, AFTER)
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
