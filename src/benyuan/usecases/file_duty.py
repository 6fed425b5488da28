"""A duty carried out: a large-value report or a monthly return filed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import DUTY, DUTY_DONE
from benyuan.usecases.common import Id, rows


@command("file_duty")
class File(Command, frozen=True, kw_only=True):
    """Duty number `duty` has been carried out today."""

    duty: Id


class FileDuty(UseCase):
    """Records the day; a duty is done once."""

    command = File
    needs = (Need(table=DUTY, by="duty", prefix="duty"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A duty is done once."""
        return (batch.integers("duty"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It has not been done yet."""
        done = case.facts["duty_done_on"]
        return {
            place: Invalid(
                field="duty",
                value=int(case.batch.integers("duty")[place]),
                constraint=f"a duty that is open; this one was done on {int(done[place])}",
            )
            for place in np.flatnonzero(done).tolist()
        }

    def record(self, decided: Decided) -> Recorded:
        """Done, in time or, with `late` 1, after its last day."""
        case, accepted = decided.case, decided.accepted
        done = np.full(len(case.batch), case.batch.on)
        columns = rows(accepted, id=case.batch.integers("duty"), done_on=done)
        late = (done > case.facts["duty_due_on"]).astype(np.int64)
        return Recorded(results={"done_on": done, "late": late}, events=event(DUTY_DONE, columns))
