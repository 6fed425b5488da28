"""Totals of a market in a year, from a published source: what `benyuan shares` reckons shares of.

They serve a draft that never came into force, and no gate reads them.
"""

from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.market_shares import MARKET, MARKET_RECORDED
from benyuan.payments.vocabulary import MARKET_NUMBER, Market
from benyuan.usecases.common import INSTITUTION_NEEDS, Count, Fen, Id, Reference, faults_where, numbered, rows

OF_YEAR = 10_000  # tidy: number what divides a yyyymmdd into year and mmdd
FIGURES = ("amount_fen", "count", "first_other_fen", "second_other_fen", "first_other_count", "second_other_count")


@command("record_market")
class Totals(Command, frozen=True, kw_only=True):
    """In `year` the `market` in which `institution` stands had `amount_fen` in `count` payments, as `published`.

    `first_other_…` and `second_other_…` are the two largest of the other institutions, 0 where nobody knows.
    """

    institution: Id
    market: Market
    year: Annotated[int, msgspec.Meta(ge=1)]
    amount_fen: Fen
    count: Annotated[int, msgspec.Meta(ge=1)]
    published: Reference
    first_other_fen: Count = 0
    second_other_fen: Count = 0
    first_other_count: Count = 0
    second_other_count: Count = 0


class RecordMarket(UseCase):
    """Records them; the latest of a year counts."""

    command = Totals
    needs = INSTITUTION_NEEDS

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The year has begun; the others are in order and no more than the market."""
        batch = case.batch
        begun = batch.integers("year") > batch.on // OF_YEAR
        found: dict[int, Invalid] = {}
        for first, second, whole in (
            ("first_other_count", "second_other_count", "count"),
            ("first_other_fen", "second_other_fen", "amount_fen"),
        ):
            found |= faults_where(_over(batch.columns, first, second, whole), batch, first, f"no more than {whole}")
            unordered = batch.integers(second) > batch.integers(first)
            found |= faults_where(unordered, batch, second, f"no more than {first}")
        return {**found, **faults_where(begun, batch, "year", "this year or one before")}

    def record(self, decided: Decided) -> Recorded:
        """A row of the market."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = rows(
            accepted,
            id=numbered(accepted, decided.case.facts.next_ids[MARKET.name]),
            institution=batch.integers("institution"),
            market=batch.numbers("market", MARKET_NUMBER),
            year=batch.integers("year"),
            recorded_on=batch.on,
            position=batch.position,
            **{name: batch.integers(name) for name in FIGURES},
        )
        return Recorded(results={}, events=event(MARKET_RECORDED, columns))


def _over(columns: Any, first: str, second: str, whole: str) -> NDArray[np.bool_]:
    """Where the two others have more than there is, in whole numbers of any size."""
    lists = zip(*(columns[name].tolist() for name in (first, second, whole)), strict=True)
    return np.array([one + two > of for one, two, of in lists], np.bool_)
