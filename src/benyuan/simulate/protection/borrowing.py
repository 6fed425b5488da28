"""A student's loan, an instalment that the income does not carry, and sheets of costs before a draw.

Sources: 银保监办发〔2021〕28号; Order 2024 No. 4 arts. 42, 52; 金规〔2026〕2号 (from 2026-08-01). Worked number: an
income of 4,000.00 carries 2,000.00 a month; 30,000.00 over twelve months at 18%, from two months on, ask for 2,792.01.
"""

from typing import Any

from benyuan.assurance.protection.key_facts import key_facts_made
from benyuan.consumer_finance.cost_sheet import account_sheet, digest, loan_sheet
from benyuan.simulate.lender.opening import CASH_LOAN, CASH_LOAN_TERMS, PAY_LATER, PAY_LATER_TERMS
from benyuan.simulate.protection.opening import LENDER, RATE_PPM, digest_of
from benyuan.simulate.protection.people import INVESTORS, STUDENT
from benyuan.simulate.protection.world import Story

ASSESSED, OPENED, BEFORE, FROM = 20260715, 20260720, 20260731, 20260801
STUDENTS_NUMBER = STUDENT - INVESTORS
"""The student's id as a borrower."""
DEBTOR, MODEST = 1, 2
DEBTORS_LOAN, DEBTORS_FEN, DEBTORS_DUE = 1, 120_000, 20260802
"""A loan of 1,200.00 that the debtor does not pay back: its number, and the first due day."""
LINE_FEN, ACCOUNT_LINE_FEN, INCOME_FEN, STUDENTS_INCOME_FEN = 5_000_000, 500_000, 400_000, 200_000
OFFER: dict[str, Any] = {
    "product": CASH_LOAN + 1,
    "term_count": 12,
    "rate_ppm": RATE_PPM,
    "first_due_on": 20260915,
    "until": 20260831,
}
STUDENT_RULE, SHARE = "student.bank_conditions", "cp.house.instalment_share"


def borrow(story: Story) -> None:
    """Lines, incomes, offers and what is refused of them."""
    for borrower in range(1, STUDENTS_NUMBER):
        income: dict[str, Any] = {
            "monthly_fen": INCOME_FEN,
            "evidence": digest_of(f"payslip {borrower}"),
            "from_date": ASSESSED,
        }
        story.do("record_income", ASSESSED, "09:00", borrower=borrower, **income)
        story.do("assess_borrower", ASSESSED, "09:00", borrower=borrower, line_fen=LINE_FEN)
    _student(story)
    small: dict[str, Any] = {
        **OFFER,
        "borrower": DEBTOR,
        **wanted(DEBTORS_FEN),
        "until": ASSESSED + 5,
        "first_due_on": DEBTORS_DUE,
    }
    offer = story.do("offer_loan", ASSESSED, "10:30", **small)["offer"]
    what = f"borrower {DEBTOR} borrows 1,200.00 over a year, the first instalment due on 08-02"
    story.do("draw_loan", ASSESSED, "10:40", what, offer=offer, purpose="consumption")
    big = {**OFFER, "borrower": MODEST, **wanted(3_000_000), "until": ASSESSED + 5}
    what = f"borrower {MODEST}, with 4,000.00 a month, asks for 30,000.00 over a year"
    story.refused(SHARE, "offer_loan", ASSESSED, "11:00", what, **big)
    story.do(
        "offer_loan", ASSESSED, "11:10", "and is offered 15,000.00 over a year", **{**big, "amount_fen": 1_500_000}
    )


def wanted(fen: int) -> dict[str, int]:
    """As much as the thing costs."""
    return {"amount_fen": fen, "need_fen": fen}


def _student(story: Story) -> None:
    whose: dict[str, Any] = {"borrower": STUDENTS_NUMBER}
    asked: dict[str, Any] = {**whose, "line_fen": 1_000_000, "student": "yes"}
    what = f"borrower {STUDENTS_NUMBER}, a student, asks for a line of 10,000.00"
    story.student = story.refused(STUDENT_RULE, "assess_borrower", ASSESSED, "10:00", what, **asked)
    story.do("assess_borrower", ASSESSED, "10:05", **{**asked, "line_fen": 0})
    income: dict[str, Any] = {"monthly_fen": STUDENTS_INCOME_FEN, "evidence": digest_of("grant"), "from_date": ASSESSED}
    story.do("record_income", ASSESSED, "10:10", **whose, **income)
    loan = {**OFFER, **whose, **wanted(300_000), "until": ASSESSED + 5}
    story.refused(STUDENT_RULE, "offer_loan", ASSESSED, "10:15", "and for a loan of 3,000.00", **loan)
    small = {**asked, "line_fen": 300_000, "second_source": digest_of("a parent's letter")}
    story.do("assess_borrower", ASSESSED, "10:20", "a parent confirms in writing: a line of 3,000.00", **small)


def read_costs(story: Story) -> None:
    """An account opened before the rule, and a loan after it."""
    story.do(
        "open_credit_account",
        *(OPENED, "10:00"),
        borrower=DEBTOR,
        product=PAY_LATER + 1,
        line_fen=ACCOUNT_LINE_FEN,
    )
    drawn = {"account": 1, "amount_fen": 20_000}
    what = f"borrower {DEBTOR} buys for 200.00 on pay-later; no sheet is asked for yet"
    story.do("draw_purchase", BEFORE, "10:00", what, **drawn)
    story.refused("cost.sheet", "draw_purchase", FROM, "10:00", "and again, its sheet of costs unread", **drawn)
    sheet: dict[str, Any] = {"account": 1, "cost_sheet": digest(account_sheet(PAY_LATER_TERMS))}
    story.refused("cost.sheet", "confirm_cost_sheet", FROM, "10:01", "confirms the sheet, which nobody showed", **sheet)
    story.do("show_cost_sheet", FROM, "10:02", "is shown it", borrower=DEBTOR, **sheet)
    what = "confirms it after 2 seconds"
    story.refused("cost.sheet.online", "confirm_cost_sheet", FROM, "10:02:02", what, **sheet)
    story.do("confirm_cost_sheet", FROM, "10:02:12", "reads it for 12 seconds and confirms", **sheet)
    story.do("draw_purchase", FROM, "10:03", "and buys for 200.00", **drawn)
    _loan(story)


def _loan(story: Story) -> None:
    asked = {**OFFER, "borrower": MODEST, **wanted(1_500_000)}
    offer = story.do("offer_loan", FROM, "11:10", **asked)
    draw: dict[str, Any] = {"offer": offer["offer"], "purpose": "consumption"}
    story.refused("cost.sheet", "draw_loan", FROM, "11:11", "draws 15,000.00, the sheet of costs unread", **draw)
    sheet = digest(loan_sheet({**asked, "cost_ppb": offer["cost_ppb"]}, CASH_LOAN_TERMS))
    what = "sends the digest of the sheet, which nobody showed"
    story.refused("cost.sheet", "draw_loan", FROM, "11:12", what, **draw, cost_sheet=sheet)
    shown = {"borrower": MODEST, "offer": offer["offer"], "cost_sheet": sheet}
    story.do("show_cost_sheet", FROM, "11:13", "is shown the sheet", **shown)
    what = "reads it for 20 seconds, confirms, and draws, the key facts unseen"
    story.refused("cp.house.key_facts", "draw_loan", FROM, "11:13:20", what, **draw, cost_sheet=sheet)
    _key_facts(story, offer["offer"])
    story.do("draw_loan", FROM, "11:16", "and draws the 15,000.00", **draw, cost_sheet=sheet)


def _key_facts(story: Story, offer: int) -> None:
    shown: dict[str, Any] = {"borrower": MODEST, "offer": offer, "lender_name": LENDER}
    (made,) = key_facts_made(
        story.session.group, kind="show_key_facts", on=FROM, columns={name: [each] for name, each in shown.items()}
    )
    what = f"borrower {MODEST} is shown key facts, the yearly rate of 18.00% above all else"
    facts = story.do("show_key_facts", FROM, "11:14", what, **shown, text_digest=made.digest)["key_facts"]
    said: dict[str, Any] = {"borrower": MODEST, "key_facts": facts}
    story.refused("cp.pbc.confirm", "confirm_key_facts", FROM, "11:14", "and is said to have read them at once", **said)
    story.do("confirm_key_facts", FROM, "11:15", "reads them and confirms", **said)
