"""An institution sets its own monitoring standards, from a day on (PBoC Order [2016] No. 3, arts. 12, 13)."""

from typing import Annotated, TypeAlias

import msgspec

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.monitoring.gates import STANDARDS
from benyuan.payments.monitoring.records import FIGURES, MONITORING, MONITORING_SET
from benyuan.usecases.common import (
    INSTITUTION_NEEDS,
    Count,
    Fen,
    Id,
    Yyyymmdd,
    faults_where,
    no_such_day,
    numbered,
    rows,
)

Several: TypeAlias = Annotated[int, msgspec.Meta(ge=2)]
Days: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=31)]  # tidy: number days of a month, the longest window
SharePpm: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]  # tidy: number the whole, in parts per million
Hour: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=24)]  # tidy: number hours of a day

SPLIT = 2  # tidy: number the fewest parts that are a split


@command("set_monitoring")
class SetStandards(Command, frozen=True, kw_only=True):
    """From `from_date` on `institution` looks for patterns by these figures; all of them are its own choice.

    Structuring: `structuring_count` movements of a person in a day, one way, that together reach
    `structuring_share_ppm` of the large-value threshold and stay below it. Mule chain: `chain_people` who each got
    `chain_fen` from others and passed on `chain_share_ppm` of it the same day. Night burst: `night_count` purchases
    and transfers from `night_from` to `night_to` o'clock, of `night_fen` together. Cash-out: `cash_out_count`
    payments from credit cards in multiples of `cash_out_multiple_fen` at one merchant, of `cash_out_fen` together.
    Business use: `business_people` different payers of a person in a day by personal code. Structuring over days:
    `split_count` movements of a person, one way, on at least two of the last `split_days` days, of `split_fen` together
    and on none of them a large value; `split_days` 0: it is not looked for.
    """

    institution: Id
    from_date: Yyyymmdd
    structuring_count: Several
    structuring_share_ppm: SharePpm
    chain_fen: Fen
    chain_share_ppm: SharePpm
    chain_people: Several
    night_from: Hour
    night_to: Hour
    night_count: Several
    night_fen: Fen
    cash_out_count: Several
    cash_out_fen: Fen
    cash_out_multiple_fen: Fen
    business_people: Several
    split_days: Days = 0
    split_count: Count = 0
    split_fen: Count = 0


class SetMonitoring(UseCase):
    """Records them; the latest of a day counts."""

    command = SetStandards
    needs = INSTITUTION_NEEDS
    gates: tuple[Gate, ...] = (STANDARDS,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists; what is split over days has two of them, movements and an amount."""
        batch = case.batch
        days, count, amount = (batch.integers(name) for name in ("split_days", "split_count", "split_fen"))
        looks = days != 0
        return {
            **faults_where(looks & (amount == 0), batch, "split_fen", "an amount of 1 fen at least"),
            **faults_where(looks & (count < SPLIT), batch, "split_count", "2 movements at least"),
            **faults_where(days == 1, batch, "split_days", "0, for not at all, or 2 days at least"),
            **no_such_day(batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """A row of the institution's standards."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[MONITORING.name])
        figures = {name: batch.integers(name) for name in ("from_date", *FIGURES)}
        columns = rows(accepted, id=ids, owner=batch.integers("institution"), **figures)
        return Recorded(results={"standard": ids}, events=event(MONITORING_SET, columns))
