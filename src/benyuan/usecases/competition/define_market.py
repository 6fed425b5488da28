"""Somebody has defined a market: a product, an area and a period, with its total where that is known.

Sources: 反垄断法 2022 art. 15 (2007 art. 12); what the market is is said, on a day and by a source, and not computed.
Worked: mobile payments of the mainland from 20250101 to before 20260101, 1,000.00 in all by board paper 12.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import text_faults
from benyuan.governance.competition.records import COMPETITION_MARKET, COMPETITION_MARKET_DEFINED
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.sources import Sourced
from benyuan.usecases.common import Reference, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact

MarketAmount: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
TEXTS: Mapping[str, str] = {"product": "what is sold", "area": "where", "counted": "fen, or what is counted"}


@command("define_market")
class DefineMarketFields(Sourced, frozen=True, kw_only=True):
    """On `defined_on` the market of `product` in `area` was defined, from `begins_on` to before `ends_on`.

    `counted`: what amounts are, `fen` or a number of something; `total` 0: the figures of firms are all there are.
    """

    product: Reference
    area: Reference
    begins_on: Yyyymmdd
    ends_on: Yyyymmdd
    counted: Reference = "fen"
    total: MarketAmount = 0
    defined_on: Yyyymmdd


class DefineMarket(DatedFact):
    """Records it; a market that is defined otherwise is another one."""

    command = DefineMarketFields
    needs = ()
    table, kind, day, result = COMPETITION_MARKET, COMPETITION_MARKET_DEFINED, "defined_on", "market"
    names = ("begins_on", "ends_on", "total")
    words = {}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Names, a period, no day of definition to come."""
        batch = case.batch
        found: dict[int, Invalid] = {}
        for name, wanted in TEXTS.items():
            empty = np.array([not text.strip() for text in batch.values(name)], np.bool_)
            found |= text_faults(empty, batch, name, wanted)
        short = batch.integers("ends_on") <= batch.integers("begins_on")
        return {
            **found,
            **faults_where(short, batch, "ends_on", "a day after the period's first"),
            **no_such_day(batch, "begins_on"),
            **no_such_day(batch, "ends_on"),
            **no_such_day(batch, "defined_on", until=batch.on),
            **super().faults(case),
        }
