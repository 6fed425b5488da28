"""A lender as the tests use it: two borrowers with a line of 20,000.00 yuan, a product of each kind, a partner.

Products 1, 2 and 3 are cash loans, pay-later and plans; cash loans bear at most 24% by 30/360, accounts 18.25% by
act/365 with statements on the 8th, due 20 days later. Loss rates begin at 0 days. Everything stands since 2026-04-01;
both borrowers have an income that bears all of it.
"""

from typing import Any

from benyuan.consumer_finance.chart import BorrowerOwn, LenderOwn, ProductOwn
from benyuan.simulate.identities import someone
from benyuan.values.dates import add_calendar_days
from tests.unit.engine.dated import DatedDesk, moment
from tests.unit.engine.groups import Desk, in_memory

BEGAN = 20260401
CASH, PAY_LATER, PLAN = 1, 2, 3
LINE_FEN, ACCOUNT_LINE_FEN = 2_000_000, 500_000
CAPITAL_FEN = 10**9
INCOME_FEN, EVIDENCE = 10**9, "e" * 64
READING = 5
LOAN_TERMS: dict[str, Any] = {
    "from_date": BEGAN,
    "method": "equal-instalment",
    "rate_ppm": 240_000,
    "late_rate_ppm": 360_000,
    "most_fen": 20_000_000,
    "most_terms": 36,
    "day_count": "30/360",
    "grace_days": 3,
}
ACCOUNT_TERMS: dict[str, Any] = {
    "from_date": BEGAN,
    "rate_ppm": 182_500,
    "statement_day": 8,
    "due_days": 20,
    "minimum_ppm": 100_000,
    "late_fee_ppm": 50_000,
}
OFFER: dict[str, Any] = {
    "borrower": 1,
    "product": CASH,
    "amount_fen": 1_000_000,
    "term_count": 12,
    "rate_ppm": 180_000,
    "first_due_on": 20260515,
    "until": 20260430,
    "need_fen": 20_000_000,
}
RATES: dict[str, Any] = {"default_year_ppm": 20_000, "default_life_ppm": 50_000, "loss_ppm": 600_000}


class Lender(DatedDesk):
    """A desk, and the day that it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, on=BEGAN)

    def close(self, *, through: int, on: int, shards: int = 1, lender: int = 1, time: str = "10:00") -> None:
        """Every day that is to be closed up to `through`, on the day `on`."""
        while (date := self.next_close(lender)) <= through:
            for shard in range(shards):
                self.do("close_lender_day", on=on, time=time, lender=lender, date=date, shard=shard, shards=shards)

    def earns(self, borrower: int, fen: int = INCOME_FEN, *, on: int = 0) -> None:
        """A borrower shows evidence of a month's income, on a day or today."""
        on = on or self.on
        self.do("record_income", on=on, borrower=borrower, monthly_fen=fen, evidence=EVIDENCE, from_date=on)

    def shows(self, sheet: str, *, seconds: int = READING, borrower: int = 1, on: int = 0, **of: int) -> None:
        """A sheet of costs is put before a borrower, and so many seconds pass."""
        self.do("show_cost_sheet", on=on, borrower=borrower, cost_sheet=sheet, **of)
        self.wait(seconds)

    def next_close(self, lender: int = 1) -> int:
        """The day to close next, of a lender none of whose days is closed in part."""
        held = self.group.records.tables["lender_closed_part"]
        dates = held.column("date")[held.column("lender") == lender]
        if not len(dates):
            return int(self.group.records.tables["lender"].column("registered_on")[lender])
        return add_calendar_days(int(dates.max()), 1)

    # -------------------------------------------------------------------------------------------------- what there is

    def of(self, table: str, number: int, column: str) -> int:
        """One figure of a record."""
        return int(self.group.records.tables[table].column(column)[number])

    def own(self, name: LenderOwn, *, lender: int = 1) -> int:
        """Debits less credits of an account of the lender."""
        return self.desk.balance(self.of("lender", lender, "first_account") + name)

    def of_product(self, product: int, name: ProductOwn) -> int:
        """Debits less credits of an account of a product."""
        return self.desk.balance(self.of("credit_product", product, "first_account") + name)

    def line_used(self, borrower: int) -> int:
        """What is used of a borrower's line."""
        return self.desk.balance(self.of("borrower", borrower, "first_usage") + BorrowerOwn.line)

    def account_used(self, account: int) -> int:
        """What is used of an account's own line."""
        return self.desk.balance(self.of("credit_account", account, "usage"))

    def loan_state(self, loan: int, column: str) -> int:
        """One figure of a loan's last step."""
        return self.of("loan_step", self.of("loan", loan, "last_step"), column)

    def account_state(self, account: int, column: str) -> int:
        """One figure of an account's last step."""
        return self.of("credit_account_step", self.of("credit_account", account, "last_step"), column)

    def parts(self, date: int, *, lender: int = 1) -> list[dict[str, int]]:
        """The rows that are kept of a closed day, but for their shards."""
        held = self.group.records.tables["lender_closed_part"]
        rows = [dict(zip(("id", *held.table.columns), row.tolist(), strict=True)) for row in held.rows()]
        mine = [row for row in rows if row["date"] == date and row["lender"] == lender]
        return [{name: row[name] for name in row if name != "id"} for row in mine]


def found_lender(desk: Desk, *, in_parts: bool = False, **policy: Any) -> Lender:
    """Set a lender up on 2026-04-01; see the top of this file."""
    lender = Lender(desk)
    lender.do("register_lender", name="Benyuan Consumer Finance")
    chosen = {"risk_weight_ppm": 1_000_000, "conversion_ppm": 0, "most_draw_fen": 20_000_000, **policy}
    lender.do("set_lending_policy", lender=1, from_date=BEGAN, **chosen)
    figures = {"tier1_fen": CAPITAL_FEN, "net_capital_fen": CAPITAL_FEN}
    lender.do("record_lender_standing", lender=1, from_date=BEGAN, holds=True, number="L1")
    lender.do("record_lender_figures", lender=1, from_date=BEGAN, **figures)
    lender.do("fund_lender", lender=1, source="equity", amount_fen=CAPITAL_FEN)
    for kind in ("cash_loan", "pay_later", "plan"):
        lender.do("make_credit_product", lender=1, kind_of_product=kind)
    lender.do("publish_loan_terms", product=CASH, **{**LOAN_TERMS, "in_parts": in_parts})
    lender.do("publish_account_terms", product=PAY_LATER, **ACCOUNT_TERMS)
    lender.do("publish_loan_terms", product=PLAN, **LOAN_TERMS)
    lender.do("set_loss_rate", lender=1, from_date=BEGAN, days_from=0, **RATES)
    lender.do("list_partner", lender=1, name="a bank", lends=True, guarantees=True)
    for borrower in (1, 2):
        lender.do("register_borrower", lender=1, **someone(borrower))
        lender.earns(borrower)
        lender.do("assess_borrower", borrower=borrower, line_fen=LINE_FEN)
    return lender


def lender_in_memory(*, in_parts: bool = False, **policy: Any) -> Lender:
    """The lender, in memory."""
    return found_lender(in_memory(now=moment(BEGAN)), in_parts=in_parts, **policy)
