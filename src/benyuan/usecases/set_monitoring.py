"""An institution sets its own monitoring standards, from a day on (PBoC Order [2016] No. 3, arts. 12, 13)."""

from typing import Annotated, TypeAlias

import msgspec

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.monitoring.gates import STANDARDS
from benyuan.payments.monitoring.records import FIGURES, MONITORING, MONITORING_SET
from benyuan.usecases.common import INSTITUTION_NEEDS, Fen, Id, Yyyymmdd, no_such_day, numbered, rows

Several: TypeAlias = Annotated[int, msgspec.Meta(ge=2)]
SharePpm: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]  # tidy: number the whole, in parts per million
Hour: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=24)]  # tidy: number hours of a day


@command("set_monitoring")
class SetStandards(Command, frozen=True, kw_only=True):
    """From `from_date` on `institution` looks for patterns by these figures; all of them are its own choice.

    Structuring: `structuring_count` movements of a person in a day, one way, that together reach
    `structuring_share_ppm` of the large-value threshold and stay below it. Mule chain: `chain_people` who each got
    `chain_fen` from others and passed on `chain_share_ppm` of it the same day. Night burst: `night_count` purchases
    and transfers from `night_from` to `night_to` o'clock, of `night_fen` together. Cash-out: `cash_out_count`
    payments from credit cards in multiples of `cash_out_multiple_fen` at one merchant, of `cash_out_fen` together.
    Business use: `business_people` different payers of a person in a day by personal code.
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


class SetMonitoring(UseCase):
    """Records them; the latest of a day counts."""

    command = SetStandards
    needs = INSTITUTION_NEEDS
    gates: tuple[Gate, ...] = (STANDARDS,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The date exists."""
        return no_such_day(case.batch, "from_date")

    def record(self, decided: Decided) -> Recorded:
        """A row of the institution's standards."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[MONITORING.name])
        figures = {name: batch.integers(name) for name in ("from_date", *FIGURES)}
        columns = rows(accepted, id=ids, owner=batch.integers("institution"), **figures)
        return Recorded(results={"standard": ids}, events=event(MONITORING_SET, columns))
