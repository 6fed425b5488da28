"""What a body did in a market and its period: its turnover there, or how many of what is counted.

Source: 反垄断法 2022 art. 24 (2007 art. 19), which go by shares of a market. Worked number: 300 and 450 of a market of
1,000 are recorded; 251 of a third firm are a fen more than there is.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Survey
from benyuan.governance.competition.records import (
    COMPETITION_MARKET,
    MARKET_FIGURE,
    MARKET_FIGURE_KEY,
    MARKET_FIGURE_RECORDED,
)
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.sources import Sourced
from benyuan.parties.ownership.dated import rows_in_force
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.competition.define_market import MarketAmount
from benyuan.usecases.group.dated_fact import DatedFact, body_need
from benyuan.usecases.related.shared import one


@command("record_market_figure")
class MarketFigureFields(Sourced, frozen=True, kw_only=True):
    """As known on `as_of`, `body` has `amount` of `market`."""

    market: Id
    body: Id
    amount: MarketAmount
    as_of: Yyyymmdd


class RecordMarketFigure(DatedFact):
    """Records it; of one market and body the latest counts."""

    command = MarketFigureFields
    needs = (Need(table=COMPETITION_MARKET, by="market", prefix="market"), body_need("body"))
    table, kind, day, result = MARKET_FIGURE, MARKET_FIGURE_RECORDED, "as_of", "figure"
    names = ("market", "body", "amount")
    words = {}  # noqa: RUF012  read only
    pair = None
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What others have of the market by then."""
        del facts, rules
        row = batch.row(0)
        held = rows_in_force(
            books.column, MARKET_FIGURE, key=MARKET_FIGURE_KEY, on=row["as_of"], seen=int(batch.position[0])
        )
        others = (each["amount"] for each in held if each["market"] == row["market"] and each["body"] != row["body"])
        return one(others=sum(others)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No day to come, and no more than is left of the total, where there is one."""
        batch, facts = case.batch, case.facts
        total, others, amount = facts["market_total"], facts["others"], batch.integers("amount")
        left = np.where(total > 0, total, AMOUNT_MAX) - others
        wanted = f"no more than is left of the market: {max(int(left[0]), 0)}"
        return {
            **faults_where(np.asarray(amount > left, np.bool_), batch, "amount", wanted),
            **no_such_day(batch, "as_of", until=batch.on),
            **super().faults(case),
        }
