"""Figures of an incident that have become known, or have grown: its class rises with them, and never falls.

Sources: 银发〔2021〕198号, arts. 7, 8, 10, 11, 13 (what happens is reported on). Worked number: a leak of 4,999 records
is class two; at noon of the same day there are 5,000: it is class one, its first report was due two hours after it
happened, and the written one is due on the second working day after it instead of the fifth.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.flows import OF_INCIDENT
from benyuan.payments.incidents import Weighed, weighed
from benyuan.payments.records import DUTY, DUTY_AROSE, DUTY_MOVED, INCIDENT, INCIDENT_UPDATED
from benyuan.payments.vocabulary import INCIDENT_KIND_NUMBER, DutyKind
from benyuan.usecases.common import Id, Memo
from benyuan.usecases.record_incident import IncidentFigures
from benyuan.values.dates import local_day

KINDS = {number: kind for kind, number in INCIDENT_KIND_NUMBER.items()}


@command("update_incident", personal=("what",))
class IncidentGrown(IncidentFigures, frozen=True, kw_only=True):
    """The figures of `incident` as they are known now, all of them."""

    incident: Id
    what: Memo = ""


def weigh(case: Case, place: int) -> Weighed:
    """The incident by its new figures, under the rules of the day on which it happened."""
    row, facts = case.batch.row(place), case.facts
    known = {"kind_of_incident": KINDS[int(facts["incident_kind"][place])]}
    return weighed(
        {**row, **known, "occurred_at": int(facts["incident_occurred_at"][place])},
        rules=case.rules,
        calendar=case.calendar,
    )


class UpdateIncident(UseCase):
    """Raises the class, moves the days of reports that are open, and makes those a duty that were none."""

    command = IncidentGrown
    needs = (
        Need(table=INCIDENT, by="incident", prefix="incident"),
        Need(table=DUTY, by="incident_duty", prefix="first"),
        Need(table=DUTY, by="incident_written_duty", prefix="written"),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Class and duties of an incident are shared; each command stands alone."""
        return (np.ones(len(batch), np.int64),)

    def record(self, decided: Decided) -> Recorded:
        """Its class now, and its deadlines."""
        case = decided.case
        next_id, count = case.facts.next_ids[DUTY.name], len(case.batch)
        results = {name: np.zeros(count, np.int64) for name in ("class", "raised", "due_at", "written_due_on")}
        arose, moved, changed = _columns("id", *DUTY.columns), _columns("id", "due_on"), _columns(*CHANGED)
        for place in np.flatnonzero(decided.accepted).tolist():
            made = _Grown(case, place, next_id=next_id + len(arose["id"]))
            for table, rows in ((arose, made.arose), (moved, made.moved), (changed, [made.row])):
                for row in rows:
                    for name, column in table.items():
                        column.append(row.get(name, 0))
            for name, told in made.told.items():
                results[name][place] = told
        events = ((INCIDENT_UPDATED, changed), (DUTY_AROSE, arose), (DUTY_MOVED, moved))
        return Recorded(results=results, events=[each for kind, rows in events for each in event(kind, rows)])


CHANGED = ("id", "class", "reasons", "due_at", "duty", "written_duty", "updated")


def _columns(*names: str) -> dict[str, list[int]]:
    return {name: [] for name in names}


def _graver(held: Mapping[str, int], now: Weighed) -> tuple[int, int, int]:
    """The class, what gave it, and whether it was raised: class 1 is graver than 2, and 2 than none."""
    before, reasons = held["incident_class"], held["incident_reasons"]
    if now.grade and (before == 0 or now.grade < before):
        return now.grade, int(now.reasons), 1
    return before, reasons | int(now.reasons) if now.grade == before else reasons, 0


class _Grown:
    """What the new figures of one incident change: `row` of the incident, duties that `arose`, or have `moved`."""

    def __init__(self, case: Case, place: int, *, next_id: int) -> None:
        self._held = {name: int(column[place]) for name, column in case.facts.columns.items()}
        self._next = next_id
        self._number = int(case.batch.integers("incident")[place])
        self.arose: list[dict[str, int]] = []
        self.moved: list[dict[str, int]] = []
        now = weigh(case, place)
        grade, reasons, raised = _graver(self._held, now)
        due_at = self._held["incident_due_at"]
        if now.due_at and not self._held["incident_reported_at"]:
            due_at = min(due_at, now.due_at) if due_at else now.due_at
        first = self._duty("first", DutyKind.incident_report, local_day(now.due_at) if now.due_at else 0)
        written = self._duty("written", DutyKind.incident_written_report, now.written_due_on)
        position = int(case.batch.position[place])
        duties = {"due_at": due_at, "duty": first, "written_duty": written}
        self.row = {"id": self._number, "class": grade, "reasons": reasons, "updated": position, **duties}
        self.told = {"class": grade, "raised": raised, "due_at": due_at, "written_due_on": self._written_due}

    def _duty(self, prefix: str, kind: DutyKind, due_on: int) -> int:
        """The number of a report's duty: as it was, with an earlier day where it is open, or a new one."""
        field = "incident_duty" if prefix == "first" else "incident_written_duty"
        number, day, done = self._held[field], self._held[f"{prefix}_due_on"], self._held[f"{prefix}_done_on"]
        if number == 0 and due_on:
            number, day = self._next + len(self.arose), due_on
            self.arose.append(
                {
                    "id": number,
                    "kind": int(kind),
                    "institution": self._held["incident_institution"],
                    "subject_kind": OF_INCIDENT,
                    "subject": self._number,
                    "arose_on": local_day(self._held["incident_occurred_at"]),
                    "due_on": due_on,
                }
            )
        elif due_on and not done and due_on < day:
            day = due_on
            self.moved.append({"id": number, "due_on": due_on})
        if prefix == "written":
            self._written_due = day
        return number
