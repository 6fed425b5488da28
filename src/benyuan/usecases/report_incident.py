"""The first report of an incident made, by telephone, fax or e-mail (银发〔2021〕198号, arts. 10, 11)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import DUTY_DONE, INCIDENT, INCIDENT_REPORTED
from benyuan.usecases.common import Id, faults_where, rows


@command("report_incident")
class Report(Command, frozen=True, kw_only=True):
    """The branch of the central bank has been told of `incident` at the time of this command."""

    incident: Id


class ReportIncident(UseCase):
    """Records the moment; the written report follows with `file_duty`."""

    command = Report
    needs = (Need(table=INCIDENT, by="incident", prefix="incident"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An incident is reported once."""
        return (batch.integers("incident"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A report is due, and has not been made yet."""
        done = case.facts["incident_reported_at"] > 0
        never = case.facts["incident_due_at"] == 0
        return {
            **faults_where(done, case.batch, "incident", "an incident whose first report has not been made yet"),
            **faults_where(never, case.batch, "incident", "an incident of class 1 or 2, whose first report falls due"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Reported, in time or, with `late` 1, after the moment at which it was due."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        reported = rows(accepted, id=batch.integers("incident"), reported_at=batch.at)
        done = rows(accepted, id=facts["incident_duty"], done_on=batch.on)
        return Recorded(
            results={
                "reported_at": batch.at,
                "due_at": facts["incident_due_at"],
                "late": (batch.at > facts["incident_due_at"]).astype(np.int64),
            },
            events=[*event(INCIDENT_REPORTED, reported), *event(DUTY_DONE, done)],
        )
