"""An incident has been dealt with: a last report on it falls due within working days (银发〔2021〕198号, art. 13).

Worked number: dealt with on Friday 8 May 2026, the report is due on Thursday 14 May, the fifth working day after: the
Saturday between is one.
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
from benyuan.payments.flows import OF_INCIDENT
from benyuan.payments.monitoring.gates import in_force
from benyuan.payments.records import DUTY, DUTY_AROSE, INCIDENT, INCIDENT_RESOLVED
from benyuan.payments.vocabulary import DutyKind
from benyuan.usecases.common import Id, Memo, Yyyymmdd, day_exists, faults_where, numbered, rows
from benyuan.values.dates import local_days

AFTER = "pay.incident.after_days"


@command("resolve_incident", personal=("what",))
class Resolved(Command, frozen=True, kw_only=True):
    """The risk of `incident` has been dealt with on `resolved_on`; 0: today. `what`: what was done and came of it."""

    incident: Id
    resolved_on: Yyyymmdd = 0
    what: Memo = ""


def resolved_on(case: Case) -> NDArray[np.int64]:
    """The day, today where none is given."""
    on = case.batch.integers("resolved_on")
    return np.where(on == 0, case.batch.on, on)


class ResolveIncident(UseCase):
    """Records the day, and makes the report a duty, which `file_duty` does."""

    command = Resolved
    needs = (Need(table=INCIDENT, by="incident", prefix="incident"),)
    gates = (in_force(AFTER),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An incident is dealt with once."""
        return (batch.integers("incident"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is to be reported, is not dealt with yet, and was between its happening and today."""
        batch, facts, on = case.batch, case.facts, resolved_on(case)
        absent = np.array([not day_exists(int(date)) for date in on], np.bool_)
        early = on < local_days(facts["incident_occurred_at"])
        return {
            **faults_where(facts["incident_resolved_on"] != 0, batch, "incident", "one that is not dealt with yet"),
            **faults_where(facts["incident_class"] == 0, batch, "incident", "an incident of class 1 or 2"),
            **faults_where(early, batch, "resolved_on", "no day before the incident"),
            **faults_where(on > batch.on, batch, "resolved_on", "no later than today"),
            **faults_where(absent, batch, "resolved_on", "a day that exists, as yyyymmdd"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The day, and the last report with its deadline."""
        case, accepted = decided.case, decided.accepted
        batch, on = case.batch, resolved_on(case)
        duty, due = numbered(accepted, case.facts.next_ids[DUTY.name]), np.zeros(len(batch), np.int64)
        for place in np.flatnonzero(accepted).tolist():
            days = case.rules.value(id=AFTER, on=int(on[place])).count
            due[place] = case.calendar.add_working_days(int(on[place]), days)
        owed = {
            "kind": int(DutyKind.incident_final_report),
            "institution": case.facts["incident_institution"],
            "subject_kind": OF_INCIDENT,
            "subject": batch.integers("incident"),
            "arose_on": on,
            "due_on": due,
            **dict.fromkeys(("direction", "sort", "amount_fen", "done_on"), 0),
        }
        told = rows(accepted, id=batch.integers("incident"), resolved_on=on, final_duty=duty)
        return Recorded(
            results={"duty": duty, "due_on": due},
            events=[*event(INCIDENT_RESOLVED, told), *event(DUTY_AROSE, rows(accepted, id=duty, **owed))],
        )
