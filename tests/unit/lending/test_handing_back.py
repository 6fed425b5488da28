"""A new loan handed back: principal and the interest of the days, both lenders' parts, and nothing bad told of it."""

from typing import Any

from benyuan.consumer_finance.chart import LenderOwn, PartnerOwn, ProductOwn
from benyuan.consumer_finance.vocabulary import LoanStep, Standing
from benyuan.decisions.outcomes import Answer
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from tests.unit.lending.lenders import BEGAN, CASH, LOAN_TERMS, OFFER, Lender, lender_in_memory

LAST_ON, DAY_AFTER = 20260408, 20260409
INTEREST_FEN = 3_500  # seven days of 18% on 10,000.00 by 30/360


def drawn(lender: Lender, **draw: Any) -> Lender:
    """Loan 1: 10,000.00 over twelve months at 18%, drawn on 2026-04-01."""
    offer = lender.do("offer_loan", **OFFER)["offer"]
    lender.do("draw_loan", offer=offer, purpose="travel", **draw)
    return lender


def handed_back(lender: Lender, on: int = LAST_ON, amount_fen: int = 1_000_000 + INTEREST_FEN) -> Answer:
    return lender.ask("hand_back_loan", on=on, loan=1, amount_fen=amount_fen)


def test_principal_and_interest_come_in_and_nothing_is_left() -> None:
    lender = drawn(lender_in_memory())
    lender.close(through=20260407, on=LAST_ON)
    answer = handed_back(lender)
    assert answer.results | {"level_fen": 0} == {
        "principal_fen": 1_000_000,
        "interest_fen": INTEREST_FEN,
        "late_fen": 0,
        "level_fen": 0,
        "left_fen": 0,
    }
    assert lender.own(LenderOwn.clearing_in) == 1_000_000 + INTEREST_FEN
    assert [lender.of_product(CASH, each) for each in (ProductOwn.principal, ProductOwn.interest_receivable)] == [0, 0]
    assert (lender.line_used(1), lender.own(LenderOwn.exposure_usage)) == (0, 0)


def test_it_is_a_loan_repaid_whole_and_never_late() -> None:
    lender = drawn(lender_in_memory())
    handed_back(lender)
    names = ("kind", "standing", "oldest_due_on", "late_made_fen", "late_paid_fen")
    assert [lender.loan_state(1, name) for name in names] == [LoanStep.repaid_whole, Standing.closed, 0, 0, 0]


def test_day_after_is_refused_with_both_dates() -> None:
    refusal = handed_back(drawn(lender_in_memory()), DAY_AFTER, 1_004_000).refusal
    assert refusal is not None
    assert refusal.rule_id == "cp.house.cooling_off"
    assert refusal.figures == {"drawn_on": BEGAN, "last_on": LAST_ON, "asked_on": DAY_AFTER}


def test_partner_gets_its_part_back() -> None:
    lender = lender_in_memory()
    lender.do("offer_loan", **OFFER)
    lender.do("draw_loan", offer=1, purpose="travel")
    lender.close(through=BEGAN, on=20260402)
    joint = lender.do("offer_loan", **{**OFFER, "amount_fen": 1_000, "borrower": 2})["offer"]
    lender.do("draw_loan", offer=joint, purpose="travel", partner=1, share_ppm=700_000)
    first = lender.of("lending_partner", 1, "first_account")
    assert lender.desk.balance(first + PartnerOwn.principal) == 700
    lender.do("hand_back_loan", loan=2, amount_fen=1_000)
    assert [lender.desk.balance(first + each) for each in (PartnerOwn.principal, PartnerOwn.settlement)] == [0, 0]


def test_loan_of_which_something_is_late_is_not_handed_back() -> None:
    lender = lender_in_memory()
    lender.do("publish_loan_terms", product=CASH, **{**LOAN_TERMS, "every": 1, "every_unit": "day"})
    drawn_daily = {**OFFER, "first_due_on": 20260403, "term_count": 10}
    offer = lender.do("offer_loan", **drawn_daily)["offer"]
    lender.do("draw_loan", offer=offer, purpose="travel")
    refused = handed_back(lender, 20260405).invalid
    assert refused is not None
    assert "late" in refused.constraint


def test_log_is_decided_again() -> None:
    lender = drawn(lender_in_memory())
    handed_back(lender, amount_fen=1)
    handed_back(lender)
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
