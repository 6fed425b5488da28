"""The lender of the benches: a product of each kind, and borrowers with lines, made by commands like any other."""

from pathlib import Path
from typing import Any

import numpy as np

from benyuan import __version__
from benyuan.cli.benches.measuring import BEGIN_US
from benyuan.engine.answers import Answers
from benyuan.engine.group import Group
from benyuan.engine.regime import Regime
from benyuan.rules import load_pack
from benyuan.simulate.identities import everyone
from benyuan.storage.sqlite import SqliteStore
from benyuan.storage.vault import KeyDirectory, KeyVault
from benyuan.usecases import USE_CASES

CHUNK = 10_000
FIRST_DAY = 20260501
LINE_FEN = 10_000_000
INCOME_FEN = 10**10
CAPITAL_FEN = 10**13
PAY_LATER, CASH_LOAN = 1, 2
STATEMENT_DAY, DUE_DAYS = 8, 20


class BenchLender:
    """A group with one lender and two products; gives commands with a key for each, and counts them."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / "lending.db"
        self.group = Group(
            store=SqliteStore(str(self.path)),
            vault=KeyVault(KeyDirectory(directory / "keys")),
            regime=Regime(pack=load_pack()),
            use_cases=USE_CASES,
            release=__version__,
        )
        self._calls = 0
        self._begin()

    def give(self, kind: str, *, at: int = BEGIN_US, **columns: Any) -> Answers:
        """Commands of one kind in one call."""
        self._calls += 1
        keys = [f"{self._calls}-{place}" for place in range(len(next(iter(columns.values()))))]
        return self.group.execute_columns(kind=kind, columns=columns, client="bench", keys=keys, at=at)

    def _begin(self) -> None:
        day: dict[str, Any] = {"from_date": [FIRST_DAY]}
        self.give("register_lender", name=["bench"])
        self.give(
            "set_lending_policy",
            lender=[1],
            risk_weight_ppm=[1_000_000],
            conversion_ppm=[100_000],
            most_draw_fen=[20_000_000],
            **day,
        )
        self.give("record_lender_standing", lender=[1], holds=[True], number=["bench"], **day)
        self.give("record_lender_figures", lender=[1], tier1_fen=[CAPITAL_FEN], net_capital_fen=[CAPITAL_FEN], **day)
        self.give("fund_lender", lender=[1], source=["equity"], amount_fen=[CAPITAL_FEN])
        for kind in ("pay_later", "cash_loan"):
            self.give("make_credit_product", lender=[1], kind_of_product=[kind])
        self.give(
            "publish_account_terms",
            product=[PAY_LATER],
            rate_ppm=[182_500],
            statement_day=[STATEMENT_DAY],
            due_days=[DUE_DAYS],
            minimum_ppm=[100_000],
            late_fee_ppm=[50_000],
            **day,
        )
        self.give(
            "publish_loan_terms",
            product=[CASH_LOAN],
            method=["equal-instalment"],
            rate_ppm=[180_000],
            late_rate_ppm=[270_000],
            most_fen=[20_000_000],
            most_terms=[36],
            grace_days=[3],
            **day,
        )
        self.give(
            "set_loss_rate",
            lender=[1] * 4,
            from_date=[FIRST_DAY] * 4,
            days_from=[0, 1, 31, 91],
            default_year_ppm=[20_000, 100_000, 400_000, 1_000_000],
            default_life_ppm=[50_000, 200_000, 600_000, 1_000_000],
            loss_ppm=[600_000] * 4,
        )

    def borrowers(self, count: int) -> None:
        """People with the greatest lines and a pay-later account each."""
        people: dict[str, list[Any]] = everyone(count)
        for first in range(0, count, CHUNK):
            part: dict[str, Any] = {name: column[first : first + CHUNK] for name, column in people.items()}
            size = len(part["number"])
            ids = np.arange(first + 1, first + size + 1)
            self.give("register_borrower", lender=[1] * size, **part)
            self.give(
                "record_income",
                borrower=ids,
                monthly_fen=np.full(size, INCOME_FEN),
                evidence=["bench"] * size,
                from_date=np.full(size, FIRST_DAY),
            )
            self.give("assess_borrower", borrower=ids, line_fen=np.full(size, LINE_FEN))
            self.give(
                "open_credit_account", borrower=ids, product=np.full(size, PAY_LATER), line_fen=np.full(size, LINE_FEN)
            )
