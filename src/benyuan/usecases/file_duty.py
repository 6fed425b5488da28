"""A duty carried out: a large-value report filed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.payments.records import DUTY, DUTY_DONE
from benyuan.usecases.common import Id, rows


@command("file_duty")
class File(Command, frozen=True, kw_only=True):
    """Duty number `duty` has been carried out today."""

    duty: Id


class FileDuty(UseCase):
    """Records the day; a duty filed again keeps its first day."""

    command = File
    needs = (Need(table=DUTY, by="duty", prefix="duty"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A duty is done once."""
        return (batch.integers("duty"),)

    def record(self, decided: Decided) -> Recorded:
        """Done, in time or late: days late in the answer are those after the last day."""
        case, accepted = decided.case, decided.accepted
        first = case.facts["duty_done_on"]
        done = np.where(first != 0, first, case.batch.on)
        columns = rows(accepted & (first == 0), id=case.batch.integers("duty"), done_on=done)
        late = (done > case.facts["duty_due_on"]).astype(np.int64)
        return Recorded(results={"done_on": done, "late": late}, events=event(DUTY_DONE, columns))
