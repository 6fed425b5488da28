"""A duty carried out: a report filed. A merchant that waits for its money is settled instead."""

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
from benyuan.payments.vocabulary import DutyKind
from benyuan.usecases.common import Id, faults_where, rows


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
        """It is a report that has a day and has not been filed yet."""
        done = case.facts["duty_done_on"]
        at_a_moment = case.facts["duty_kind"] == DutyKind.incident_report
        leaves = case.facts["duty_kind"] == DutyKind.merchant_exit
        waits = case.facts["duty_kind"] == DutyKind.settlement_overdue
        return {
            **faults_where(at_a_moment, case.batch, "duty", "a duty that has a day; report_incident does this one"),
            **faults_where(leaves, case.batch, "duty", "a report; exit_merchant does this one"),
            **faults_where(waits, case.batch, "duty", "a report; a merchant that waits for its money is settled"),
            **{
                place: Invalid(
                    field="duty",
                    value=int(case.batch.integers("duty")[place]),
                    constraint=f"a duty that is open; this one was done on {int(done[place])}",
                )
                for place in np.flatnonzero(done).tolist()
            },
        }

    def record(self, decided: Decided) -> Recorded:
        """Done, in time or, with `late` 1, after its last day."""
        case, accepted = decided.case, decided.accepted
        done = np.full(len(case.batch), case.batch.on)
        columns = rows(accepted, id=case.batch.integers("duty"), done_on=done)
        late = (done > case.facts["duty_due_on"]).astype(np.int64)
        return Recorded(results={"done_on": done, "late": late}, events=event(DUTY_DONE, columns))
