"""The lender whose closes docs/algorithms/closing.md works out, and what they post, in the words of its table.

Loans of one instalment, 14.6% a year by act/365, late 21.9%; stage two beyond three days.
"""

import datetime as dt
from typing import Any

from benyuan.consumer_finance.chart import FIRST_PARTNER_BOOK, LenderAccount, LenderLeg
from benyuan.decisions.commands import REGISTRY
from benyuan.decisions.outcomes import Answer
from benyuan.engine.codec import unpacked
from benyuan.ledger.layout import ROW
from benyuan.simulate.identities import someone
from benyuan.values.dates import add_calendar_days
from tests.unit.consumer_finance.worked_tables import yuan
from tests.unit.engine.groups import Desk, in_memory
from tests.unit.ledger.books import china

BEGAN = 20260401
PRODUCT = 1
TERMS = {
    "from_date": BEGAN,
    "method": "equal-instalment",
    "rate_ppm": 146_000,
    "late_rate_ppm": 219_000,
    "most_fen": 20_000_000,
    "most_terms": 12,
}
OFFER = {
    "product": PRODUCT,
    "term_count": 1,
    "rate_ppm": 146_000,
    "first_due_on": 20260501,
    "until": 20260430,
    "need_fen": 2_000_000,
}
USAGE = {LenderLeg.usage, LenderLeg.usage_freed, LenderLeg.usage_trued}
SIDES = ("debit_account", "credit_account")
RATES = ((0, 20_000, 50_000), (1, 200_000, 400_000), (91, 1_000_000, 1_000_000))
LOSS_PPM = 600_000


class WorkedLender:
    """A desk, and the day that it is."""

    def __init__(self) -> None:
        self.on = BEGAN
        self.desk: Desk = in_memory(now=self.moment())

    def moment(self) -> int:
        day = dt.date(self.on // 10_000, self.on // 100 % 100, self.on % 100)
        return china(f"{day.isoformat()}T10:00")

    def ask(self, kind: str, **fields: Any) -> Answer:
        return self.desk.one(REGISTRY[kind](**fields), at=max(self.moment(), self.desk.group.last_at))

    def do(self, kind: str, **fields: Any) -> dict[str, int]:
        answer = self.ask(kind, **fields)
        assert answer.accepted, (kind, fields, answer.invalid or answer.refusal)
        return dict(answer.results) | {"position": answer.position}

    def fault(self, kind: str, **fields: Any) -> str:
        """The text of a command that is invalid."""
        answer = self.ask(kind, **fields)
        assert answer.invalid is not None, (kind, fields)
        return f"{answer.invalid.field}: {answer.invalid.constraint}"

    def close(self, *, through: int) -> dict[int, int]:
        """Every day up to `through`, on the day after the last; log positions by day."""
        held = self.desk.group.records.tables["lender_closed_part"].column("date")
        date = add_calendar_days(int(held.max()), 1) if len(held) and held.max() else BEGAN
        self.on = max(self.on, add_calendar_days(through, 1))
        positions = {}
        while date <= through:
            positions[date] = self.do("close_lender_day", lender=1, date=date)["position"]
            date = add_calendar_days(date, 1)
        return positions

    def posted(self, position: int) -> list[tuple[str, str, str]]:
        """What a command posted of money: debit, credit and yuan, in order."""
        accounts = self.desk.group.ledger.state.accounts
        found = []
        for block in self.desk.group.store.blocks():
            if not block.legs:
                continue
            for leg in unpacked(block.rows, dtype=ROW, count=block.legs):
                if int(leg["reference"]) == position and int(leg["code"]) not in USAGE:
                    debit, credit = (named(accounts[leg[side]]) for side in SIDES)
                    found.append((debit, credit, yuan(int(leg["amount"]))))
        return found


def named(account: Any) -> str:
    """The kind of an account; those in the partner's book are told apart."""
    name = LenderAccount(int(account["code"])).name.replace("_", " ")
    return f"partner's {name}" if account["book"] > FIRST_PARTNER_BOOK else name


def worked_lender() -> WorkedLender:
    """The lender with its product and rates, two borrowers and a bank that lends with it."""
    lender = WorkedLender()
    lender.do("register_lender", name="Benyuan Consumer Finance")
    lender.do(
        "set_lending_policy",
        lender=1,
        from_date=BEGAN,
        risk_weight_ppm=1_000_000,
        conversion_ppm=100_000,
        most_draw_fen=20_000_000,
        stage_two_days=3,
    )
    lender.do("record_lender_standing", lender=1, from_date=BEGAN, holds=True, number="L1")
    lender.do("record_lender_figures", lender=1, from_date=BEGAN, tier1_fen=10**9, net_capital_fen=10**9)
    lender.do("fund_lender", lender=1, source="equity", amount_fen=10**9)
    lender.do("make_credit_product", lender=1, kind_of_product="cash_loan")
    lender.do("publish_loan_terms", product=PRODUCT, **TERMS)
    for days, year, life in RATES:
        lender.do("set_loss_rate", lender=1, from_date=BEGAN, days_from=days, **rates(year, life))
    lender.do("list_partner", lender=1, name="a bank", lends=True, guarantees=True)
    for borrower in (1, 2):
        lender.do("register_borrower", lender=1, **someone(borrower))
        income = {"monthly_fen": 10**9, "evidence": "e" * 64, "from_date": BEGAN}
        lender.do("record_income", borrower=borrower, **income)
        lender.do("assess_borrower", borrower=borrower, line_fen=2_000_000)
    return lender


def rates(year: int, life: int, loss: int = LOSS_PPM) -> dict[str, int]:
    return {"default_year_ppm": year, "default_life_ppm": life, "loss_ppm": loss}
