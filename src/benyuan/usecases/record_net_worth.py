"""An institution's net worth by its audited accounts of a year, from a day on, held against the floor of that day.

Sources: PBoC Order [2024] No. 4, arts. 59, 75. The floor is shown, and less than it refuses nothing.
"""

from collections.abc import Mapping
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.ledger import AMOUNT_MAX
from benyuan.payments.net_worth import NET_WORTH_RATIO, least_net_worth_fen, mean_reserve
from benyuan.payments.records import CLOSED_DAY, INSTITUTION, NET_WORTH, NET_WORTH_RECORDED
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, numbered, rows

LAST_OF_YEAR = 1231  # tidy: number 31 December, as mmdd
OF_YEAR = 10_000  # tidy: number what divides a yyyymmdd into year and mmdd


@command("record_net_worth")
class NetWorth(Command, frozen=True, kw_only=True):
    """From `from_date` on, the audited accounts of the year that ended on `year_end` count, with `net_worth_fen`.

    It may be below nought. The answer has the floor of today, `floor_fen`; the mean reserve that it is reckoned from,
    `mean_fen`, over `days` days; and by how much net worth falls short of it, `shortfall_fen`.
    """

    institution: Id
    year_end: Yyyymmdd
    net_worth_fen: Annotated[int, msgspec.Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX)]
    from_date: Yyyymmdd


class RecordNetWorth(UseCase):
    """Surveys the closed days, and records; the latest of a day counts."""

    command = NetWorth
    needs = (Need(table=INSTITUTION, by="institution", prefix="institution"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The mean reserve and the days that it is over; 0 and 0 where no day is closed."""
        mine = books.column(CLOSED_DAY, "institution") == batch.integers("institution")[0]
        dates, balances = books.column(CLOSED_DAY, "date")[mine], books.column(CLOSED_DAY, "reserve_fen")[mine]
        mean = mean_reserve(dates, balances, on=batch.on)
        figures = {"mean_days": mean.days if mean else 0, "mean_fen": mean.fen if mean else 0}
        return {name: np.full(len(batch), figure, np.int64) for name, figure in figures.items()}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The days exist; the accounts are of a calendar year that is over, and count from after it."""
        batch = case.batch
        end = batch.integers("year_end")
        open_year = (end % OF_YEAR != LAST_OF_YEAR) | (end >= batch.on)
        return {
            **faults_where(batch.integers("from_date") <= end, batch, "from_date", "a day after the end of the year"),
            **faults_where(open_year, batch, "year_end", "the last day of a calendar year that is over"),
            **no_such_day(batch, "from_date"),
            **no_such_day(batch, "year_end"),
        }

    def record(self, decided: Decided) -> Recorded:
        """A row of net worth, and the floor."""
        case, accepted = decided.case, decided.accepted
        batch, mean = case.batch, case.facts["mean_fen"]
        ids = numbered(accepted, case.facts.next_ids[NET_WORTH.name])
        named = {name: batch.integers(name) for name in ("from_date", "year_end", "net_worth_fen")}
        floor = np.zeros(len(batch), np.int64)
        if accepted.all():
            slices = case.rules.value(id=NET_WORTH_RATIO, on=batch.on).slices
            floor += np.array([least_net_worth_fen(slices, mean_fen=fen) for fen in mean.tolist()], np.int64)
        held = named["net_worth_fen"].tolist()
        short = [min(max(least - fen, 0), AMOUNT_MAX) for least, fen in zip(floor.tolist(), held, strict=True)]
        return Recorded(
            results={
                "net_worth": ids,
                "days": case.facts["mean_days"],
                "mean_fen": mean,
                "floor_fen": floor,
                "shortfall_fen": np.array(short, np.int64),
            },
            events=event(NET_WORTH_RECORDED, rows(accepted, id=ids, owner=batch.integers("institution"), **named)),
        )
