"""When a merchant is paid out, as agreed with it: nothing later than the law's last day.

Sources: PBoC Announcement [2013] No. 9, arts. 11, 30; 银发〔2017〕296号, art. 25. Worked case: the thirtieth calendar
day is agreed, the thirty-first is refused.
"""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.merchant_stops import left_faults
from benyuan.payments.settlement_cycles import (
    CYCLE_AGREED,
    CYCLE_CHANGED,
    CYCLE_NUMBER,
    DAYS_A_WEEK,
    SETTLEMENT_CYCLE,
    Cycle,
    longest_wait_days,
)
from benyuan.usecases.common import MERCHANT_NEED, Id, Reference, faults_where, rows

LATEST = "acq.settle.latest_days"
MOST = 366  # tidy: number a year, for what nobody agrees on


@command("agree_settlement")
class AgreeCycle(Command, frozen=True, kw_only=True):
    """`merchant` is paid out by this `cycle` from now on; `reference` is that of the contract.

    `count`: after so many working or calendar days, or on that day of the week, 1 for Monday to 7.
    """

    merchant: Id
    cycle: Cycle
    count: Annotated[int, msgspec.Meta(ge=1, le=MOST)]
    reference: Reference


def _longest(case: Case) -> NDArray[np.int64]:
    pairs = zip(case.batch.values("cycle"), case.batch.integers("count").tolist(), strict=True)
    waits = [
        longest_wait_days(cycle=Cycle(cycle), count=count, on=case.batch.on, calendar=case.calendar)
        for cycle, count in pairs
    ]
    return np.array(waits, np.int64)


def in_time(case: Case) -> NDArray[np.bool_]:
    """The longest wait is within the law's last day."""
    latest = case.rules.value(id=LATEST, on=case.batch.on).count
    return np.asarray(_longest(case) <= latest, np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    latest = case.rules.value(id=LATEST, on=case.batch.on).count
    return {"longest_days": int(_longest(case)[place]), "latest_days": latest}


class AgreeSettlement(UseCase):
    """Records the cycle; the run of a day (`benyuan settle`) goes by it."""

    command = AgreeCycle
    needs = (MERCHANT_NEED, Need(table=SETTLEMENT_CYCLE, by="merchant", prefix="agreed"))
    gates = (Gate(rule=LATEST, passes=in_time, figures=_figures),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A merchant has one cycle."""
        return (batch.integers("merchant"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A week has seven days; the merchant is served."""
        batch = case.batch
        beyond = batch.equals("cycle", Cycle.weekly.value) & (batch.integers("count") > DAYS_A_WEEK)
        return {**faults_where(beyond, batch, "count", "a day of the week, 1 to 7"), **left_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The cycle, and the longest wait that it means."""
        case, accepted = decided.case, decided.accepted
        batch, known = case.batch, case.facts.found("agreed")
        entry = {
            "id": batch.integers("merchant"),
            "cycle": batch.numbers("cycle", CYCLE_NUMBER),
            "count": batch.integers("count"),
            "agreed_on": batch.on,
            "position": batch.position,
        }
        return Recorded(
            results={"longest_days": _longest(case)},
            events=[
                *event(CYCLE_AGREED, rows(accepted & ~known, **entry)),
                *event(CYCLE_CHANGED, rows(accepted & known, **entry)),
            ],
        )
