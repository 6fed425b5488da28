"""The last days of May: the lender, its products and capital, borrowers with their lines, what they owe already."""

from hashlib import sha256
from typing import Any

import numpy as np

from benyuan.consumer_finance.vocabulary import (
    ACCOUNT_ORDER_NUMBER,
    DAY_COUNT_NUMBER,
    EVERY_NUMBER,
    METHOD_NUMBER,
    ROUNDING_NUMBER,
    AccountOrder,
    Every,
    LoanMethod,
)
from benyuan.payments.vocabulary import LICENCE_PROCESSING_1, LICENCE_STORED_VALUE_1, MerchantKind
from benyuan.simulate.identities import businesses, everyone
from benyuan.simulate.lender.making import STATEMENT_DAY
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.tickets import at_us
from benyuan.simulate.world import Giver
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding

NAME, PAYER, PARTNER, LICENCE = "本源消费金融（示例）", "本源支付（示例）", "某银行（示例）", "示例许可证"
HOUR = 3600
CHUNK = 10_000
FIRST_DAY = 20260501
OPENED, OWED = 20260526, 20260527
EQUITY_FEN, BORROWED_FEN = 100_000_000_000, 250_000_000_000
PAY_LATER, CASH_LOAN, PLAN = 0, 1, 2
REVOLVING_PPM, MOST_RATE_PPM, LATE_RATE_PPM, PLAN_RATE_PPM = 182_500, 240_000, 270_000, 132_000
OWN_LINE_TIMES = 2
INCOME_TIMES = 1
"""The data tell of no income: a month's is made up, so many times the line over all products."""
INCOME_EVIDENCE = sha256(b"wages").hexdigest()
LAW_MOST_FEN = 20_000_000
LOSS_ROWS = (
    (0, 15_000, 40_000),
    (1, 80_000, 150_000),
    (31, 300_000, 450_000),
    (61, 600_000, 750_000),
    (91, 1_000_000, 1_000_000),
)
PAY_LATER_TERMS = {
    "rate_ppm": REVOLVING_PPM,
    "day_count": DAY_COUNT_NUMBER[DayCount.act_365.value],
    "rounding": ROUNDING_NUMBER[Rounding.half_up.value],
    "statement_day": STATEMENT_DAY,
    "due_days": 20,
    "minimum_ppm": 20_000,
    "minimum_floor_fen": 0,
    "late_fee_ppm": 50_000,
    "late_fee_floor_fen": 0,
    "order": ACCOUNT_ORDER_NUMBER[AccountOrder.fees_interest_principal.value],
}
CASH_LOAN_TERMS = {
    "late_rate_ppm": LATE_RATE_PPM,
    "late_on_interest": 0,
    "grace_days": 3,
    "method": METHOD_NUMBER[LoanMethod.equal_instalment.value],
    "day_count": DAY_COUNT_NUMBER[DayCount.act_365.value],
    "every": 1,
    "every_unit": EVERY_NUMBER[Every.month.value],
}
"""The terms as sheets of costs tell them."""
LOSS_PPM = 450_000
POLICY: dict[str, int] = {
    "risk_weight_ppm": 1_000_000,
    "conversion_ppm": 100_000,
    "most_draw_fen": LAW_MOST_FEN,
    "draw_stop_days": 30,
}


def open_lender(session: Giver, world: LenderWorld) -> None:
    """Everybody is there, with a line and an account."""
    at = at_us(OPENED, 7 * HOUR)
    world.lender = int(session.give("register_lender", at, name=[NAME]).results("lender")[0])
    _products(session, world, at=at)
    _merchants(session, world, at=at)
    _borrowers(session, world)


def carry_over(session: Giver, world: LenderWorld) -> None:
    """What the clients owed when the data begin, as one purchase each."""
    owing = np.flatnonzero(world.borrowers.opening_fen)
    session.give(
        "draw_purchase",
        at_us(OWED, 9 * HOUR),
        account=world.account[owing],
        amount_fen=np.minimum(world.borrowers.opening_fen, world.borrowers.line_fen)[owing],
    )


def _products(session: Giver, world: LenderWorld, *, at: int) -> None:
    day = {"from_date": [OPENED]}
    one: dict[str, Any] = {"lender": [world.lender]}
    session.give("set_lending_policy", at, **{name: [each] for name, each in POLICY.items()}, **one, **day)
    session.give("record_lender_standing", at, holds=[True], number=[LICENCE], **one, **day)
    session.give("record_lender_figures", at, tier1_fen=[EQUITY_FEN], net_capital_fen=[EQUITY_FEN], **one, **day)
    for source, amount in (("equity", EQUITY_FEN), ("borrowing", BORROWED_FEN)):
        session.give("fund_lender", at, source=[source], amount_fen=[amount], **one)
    rates = {
        "days_from": [row[0] for row in LOSS_ROWS],
        "default_year_ppm": [row[1] for row in LOSS_ROWS],
        "default_life_ppm": [row[2] for row in LOSS_ROWS],
    }
    rows = len(LOSS_ROWS)
    session.give(
        "set_loss_rate",
        at,
        lender=[world.lender] * rows,
        from_date=[OPENED] * rows,
        loss_ppm=[LOSS_PPM] * rows,
        **rates,
    )
    kinds = ["pay_later", "cash_loan", "plan"]
    session.give("make_credit_product", at, lender=[world.lender] * len(kinds), kind_of_product=kinds)
    session.give(
        "publish_account_terms",
        at,
        product=[PAY_LATER + 1],
        rate_ppm=[REVOLVING_PPM],
        **{name: [PAY_LATER_TERMS[name]] for name in ("statement_day", "due_days", "minimum_ppm", "late_fee_ppm")},
        **day,
    )
    for product, rate, least, most in ((CASH_LOAN, MOST_RATE_PPM, 1, 36), (PLAN, PLAN_RATE_PPM, 3, 24)):
        session.give(
            "publish_loan_terms",
            at,
            product=[product + 1],
            method=["equal-instalment"],
            rate_ppm=[rate],
            late_rate_ppm=[LATE_RATE_PPM],
            most_fen=[LAW_MOST_FEN],
            least_terms=[least],
            most_terms=[most],
            grace_days=[CASH_LOAN_TERMS["grace_days"]],
            **day,
        )
    session.give("list_partner", at, lender=[world.lender], name=[PARTNER], lends=[True])


def _merchants(session: Giver, world: LenderWorld, *, at: int) -> None:
    """A payment institution with the merchants at which the customers buy."""
    world.institution = int(session.give("register_institution", at, name=[PAYER]).results("institution")[0])
    session.give(
        "record_standing",
        at,
        institution=[world.institution],
        from_date=[FIRST_DAY],
        licences=[LICENCE_STORED_VALUE_1 | LICENCE_PROCESSING_1],
    )
    firms = [True] * world.merchants
    world.merchant = session.give(
        "register_merchant",
        at,
        institution=[world.institution] * world.merchants,
        kind_of_merchant=[MerchantKind.firm.value] * world.merchants,
        **businesses(firms),
    ).results("merchant")


def _borrowers(session: Giver, world: LenderWorld) -> None:
    """Each gets twice the card's line over all products, as far as the law lets, and the card's own for pay-later."""
    people: dict[str, list[Any]] = everyone(len(world.borrowers))
    line = world.borrowers.line_fen
    ids, accounts = [], []
    for first in range(0, len(line), CHUNK):
        at = at_us(OPENED, 8 * HOUR + first // CHUNK)
        part = {name: column[first : first + CHUNK] for name, column in people.items()}
        lines = line[first : first + CHUNK]
        made = session.give("register_borrower", at, lender=[world.lender] * len(lines), **part).results("borrower")
        whole = np.minimum(lines * OWN_LINE_TIMES, LAW_MOST_FEN)
        session.give(
            "record_income",
            at,
            borrower=made,
            monthly_fen=whole * INCOME_TIMES,
            evidence=[INCOME_EVIDENCE] * len(lines),
            from_date=[OPENED] * len(lines),
        )
        session.give("assess_borrower", at, borrower=made, line_fen=whole)
        opened = session.give(
            "open_credit_account", at, borrower=made, product=[PAY_LATER + 1] * len(lines), line_fen=lines
        )
        ids.append(made)
        accounts.append(opened.results("account"))
    world.borrower, world.account = np.concatenate(ids), np.concatenate(accounts)
