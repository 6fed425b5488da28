"""A duty after a decision on a post carried out: filed with the central bank, reported, or announced.

Source: PBoC Order [2021] No. 2, arts. 15, 19, 23.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.holding_company.records import HOLDING_DUTY, HOLDING_DUTY_DONE
from benyuan.usecases.common import Id, faults_where, rows


@command("file_holding_duty")
class FileHoldingDuty(Command, frozen=True, kw_only=True):
    """Duty number `duty` of a holding company has been carried out today."""

    duty: Id


class FileDutyOfHolding(UseCase):
    """Records the day; a duty is done once."""

    command = FileHoldingDuty
    needs = (Need(table=HOLDING_DUTY, by="duty", prefix="duty"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A duty is done once."""
        return (batch.integers("duty"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open."""
        done = np.asarray(case.facts["duty_done_on"] != 0, np.bool_)
        return faults_where(done, case.batch, "duty", "a duty that is open")

    def record(self, decided: Decided) -> Recorded:
        """Done, in time or, with `late` 1, after its last day."""
        case, batch = decided.case, decided.case.batch
        done = np.full(len(batch), batch.on)
        late = (done > case.facts["duty_due_on"]).astype(np.int64)
        columns = rows(decided.accepted, id=batch.integers("duty"), done_on=done)
        return Recorded(results={"done_on": done, "late": late}, events=event(HOLDING_DUTY_DONE, columns))
