"""Word of a data incident has been given: to the central bank's branch, to the customers, or to the authority.

Sources: PBoC Order [2020] No. 5, art. 34; PIPL, art. 57. The moment is that of the command. What is due at once has no
hours: how many minutes it took is told, and it is late once its day is over.
Worked number: due on 2026-03-05 at 10:00, told at 10:00 it is in time, a microsecond later it is late.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import DATA_INCIDENT, DATA_INCIDENT_CHANGED
from benyuan.consumer_protection.claims.words import HARM_NUMBER, Harm, Told
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.shared import changed, lateness

US_A_MINUTE = 60_000_000  # tidy: number microseconds in a minute
MISHAP_NEED = Need(table=DATA_INCIDENT, by="data_incident", prefix="mishap")


@command("report_data_incident")
class DataIncidentTold(Command, frozen=True, kw_only=True):
    """Somebody has been `told` of `data_incident`."""

    data_incident: Id
    told: Told


def told_column(case: Case, name: str) -> NDArray[np.int64]:
    """A column of the incident that there is for each who is told, by who is told: `duty` or `at`."""
    values = case.batch.values("told")
    columns = [case.facts[f"mishap_{told!s}_{name}"] for told in values]
    return np.array([int(column[place]) for place, column in enumerate(columns)], np.int64)


class ReportMishap(UseCase):
    """Keeps the moment; the duty is done."""

    command = DataIncidentTold
    needs = (
        MISHAP_NEED,
        *(Need(table=PROTECTION_DUTY, by=f"mishap_{each.value}_duty", prefix=each.value) for each in Told),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Each is told once."""
        return (batch.integers("data_incident"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """They are to be told, and have not been yet."""
        batch = case.batch
        return {
            **faults_where(
                told_column(case, "at") != 0, batch, "data_incident", "one of which they have not been told"
            ),
            **faults_where(told_column(case, "duty") == 0, batch, "data_incident", "one of which they are to be told"),
        }

    def record(self, decided: Decided) -> Recorded:
        """In time or late: by the moment, or by the day where the text names no hours."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        danger = facts["mishap_harm"] == HARM_NUMBER[Harm.danger]
        hours = batch.equals("told", Told.branch) & ~danger
        by_day = lateness(batch.on, _last_on(case))
        late = np.where(hours, batch.at > facts["mishap_due_at"], by_day)
        events = []
        for each in Told:
            where = accepted & batch.equals("told", each)
            events += event(
                DATA_INCIDENT_CHANGED,
                rows(where, id=batch.integers("data_incident"), **{f"{each.value}_at": batch.at}),
            )
        done = changed(accepted, duty=told_column(case, "duty"), done_on=batch.on)
        minutes = (batch.at - facts["mishap_found_at"]) // US_A_MINUTE
        told = {"told_at": batch.at, "minutes": minutes, "late": late.astype(np.int64)}
        return Recorded(results=told, events=[*events, *done])


def _last_on(case: Case) -> NDArray[np.int64]:
    """The last day of each duty; 0 where the text names none."""
    columns = [case.facts[f"{each!s}_due_on"] for each in case.batch.values("told")]
    return np.array([int(column[place]) for place, column in enumerate(columns)], np.int64)
