"""Pay-later accounts beside a payment institution: who has account 1 holds wallet 1 and bank account 3 there."""

from typing import Any

from benyuan.engine.verify import verify
from benyuan.payments.chart import Own
from benyuan.usecases import USE_CASES
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import found_town, in_memory, words_unkept
from tests.unit.lending.lenders import ACCOUNT_LINE_FEN, BEGAN, PAY_LATER, Lender, found_lender

STATED_ON, DUE_ON = 20260408, 20260428


def lender_in_town(*, people: int = 2, in_wallet_fen: int = 10_000, **policy: Any) -> Lender:
    """Two borrowers, each with an account of 5,000.00, who hold wallets of 100.00 each at institution 1."""
    desk = found_town(in_memory(now=moment(BEGAN)), people=people, in_wallet_fen=in_wallet_fen)
    lender = found_lender(desk, **policy)
    for borrower in (1, 2):
        lender.do("open_credit_account", borrower=borrower, product=PAY_LATER, line_fen=ACCOUNT_LINE_FEN)
    return lender


def clearing_out(lender: Lender) -> int:
    """What the institution owes through the clearing house."""
    return -lender.desk.balance(lender.of("institution", 1, "first_account") + Own.clearing_out)


def purchase(lender: Lender, *, on: int = 20260403, account: int = 1, amount_fen: int = 100_000) -> int:
    """A purchase; its log position."""
    return lender.do("draw_purchase", on=on, account=account, amount_fen=amount_fen)["position"]


def check_log(lender: Lender) -> None:
    """The log tells everything again, and decides as it did; accounts and books tie."""
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], words_unkept(lender.group.store))
