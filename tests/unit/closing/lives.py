"""Three months in which everything happens to two borrowers, as steps by their days; closes come when a test says."""

from collections.abc import Callable
from typing import Any

from benyuan.simulate.identities import someone
from benyuan.values.dates import add_calendar_days
from tests.unit.lending.lenders import BEGAN, LINE_FEN, OFFER, PAY_LATER, PLAN, Lender

Happening = tuple[int, str, str, dict[str, Any]]

LIFE: list[Happening] = [
    (20260402, "10:00", "open_credit_account", {"borrower": 1, "product": PAY_LATER, "line_fen": 500_000}),
    (20260402, "10:00", "open_credit_account", {"borrower": 2, "product": PAY_LATER, "line_fen": 300_000}),
    (20260403, "10:00", "draw_purchase", {"account": 1, "amount_fen": 100_000}),
    (20260405, "10:00", "draw_purchase", {"account": 2, "amount_fen": 77_777}),
    (20260408, "23:59", "draw_purchase", {"account": 1, "amount_fen": 20_000}),
    (20260409, "00:01", "draw_purchase", {"account": 1, "amount_fen": 33_333}),
    (20260415, "10:00", "offer_loan", OFFER),
    (20260415, "10:00", "offer_loan", {**OFFER, "borrower": 2, "amount_fen": 700_001, "first_due_on": 20260520}),
    (20260415, "11:00", "draw_loan", {"offer": 2, "purpose": "travel", "partner": 1, "share_ppm": 333_333}),
    (20260416, "00:00", "draw_loan", {"offer": 3, "purpose": "medical"}),
    (20260420, "10:00", "repay_account", {"account": 1, "amount_fen": 30_000}),
    (20260429, "00:05", "repay_account", {"account": 2, "amount_fen": 77_777}),
    (
        20260501,
        "10:00",
        "make_plan",
        {"account": 1, "product": PLAN, "amount_fen": 40_000, "term_count": 3, "rate_ppm": 120_000},
    ),
    (20260509, "00:00", "draw_purchase", {"account": 2, "amount_fen": 1_234}),
    (20260515, "00:00", "repay_loan", {"loan": 2, "amount_fen": 50_000}),
    (20260516, "00:10", "repay_loan", {"loan": 2, "amount_fen": 41_000}),
    (20260521, "00:10", "repay_loan", {"loan": 3, "amount_fen": 10_000}),
    (20260530, "00:10", "repay_account", {"account": 1, "amount_fen": 10_000}),
    (20260610, "10:00", "repay_loan", {"loan": 2, "amount_fen": 300_000, "early": "smaller"}),
    (20260611, "00:00", "change_credit_line", {"account": 2, "line_fen": 200_000}),
    (20260612, "00:00", "freeze_account", {"account": 1, "grounds": "late"}),
    (20260620, "00:00", "repay_loan", {"loan": 3, "amount_fen": 55_000}),
    (20260622, "00:00", "write_off_loan", {"loan": 3, "grounds": "gone"}),
    (20260623, "00:10", "recover_loan", {"loan": 3, "amount_fen": 5_000}),
    (20260628, "10:00", "repay_account", {"account": 1, "amount_fen": 60_000}),
]
"""Day, time, command and fields. Loan 2 is joint, loan 4 the plan."""
LAST_DAY = 20260705


def live(lender: Lender, *, closes: Callable[[Lender, int], None]) -> Lender:
    """The whole life; at the beginning of each day `closes` is asked what to close.

    Another borrower's loan stands before it, and its day is closed: what may be lent jointly goes by the closed loans.
    """
    lender.do("register_borrower", lender=1, **someone(3))
    lender.earns(3)
    lender.do("assess_borrower", borrower=3, line_fen=LINE_FEN)
    lender.do("offer_loan", **{**OFFER, "borrower": 3, "amount_fen": LINE_FEN, "until": BEGAN})
    lender.do("draw_loan", offer=1, purpose="education")
    lender.close(through=BEGAN, on=20260402, time="00:00")
    on = 20260402
    while on <= LAST_DAY:
        closes(lender, on)
        for day, time, kind, fields in LIFE:
            if day == on:
                lender.do(kind, on=day, time=time, **fields)
        on = add_calendar_days(on, 1)
    return lender
