"""An incident put on record: its class from its figures, and its two reports as duties.

Sources: 银发〔2021〕198号, arts. 7, 8, 10, 11; 银发〔2017〕296号, art. 47.
"""

from typing import Annotated, Any

import msgspec
import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase, standing
from benyuan.payments.flows import OF_INCIDENT
from benyuan.payments.incidents import Weighed, weighed
from benyuan.payments.records import DUTY, DUTY_AROSE, INCIDENT, INCIDENT_RECORDED, INSTITUTION
from benyuan.payments.vocabulary import INCIDENT_KIND_NUMBER, DutyKind, IncidentKind
from benyuan.rules import RuleNotInForce
from benyuan.usecases.common import Count, Id, Memo, faults_where, numbered, rows
from benyuan.values.dates import local_day


class IncidentFigures(Command, frozen=True, kw_only=True):
    """The figures that give an incident its class; 0 where nobody knows, or the incident has none.

    `involved_fen` and `net_worth_fen` belong to a lawsuit, or to assets that were sealed or frozen.
    """

    records: Count = 0
    customers: Count = 0
    outage_minutes: Count = 0
    transactions: Count = 0
    reserve_misused: bool = False
    publicity: bool = False
    bar_code: bool = False
    involved_fen: Count = 0
    net_worth_fen: Count = 0


@command("record_incident", personal=("what",))
class Incident(IncidentFigures, frozen=True, kw_only=True):
    """What happened at `institution` at `occurred_at` (microseconds since 1970 UTC), and what is known of it."""

    institution: Id
    kind_of_incident: IncidentKind
    occurred_at: Annotated[int, msgspec.Meta(ge=0)]
    what: Memo = ""


class RecordIncident(UseCase):
    """Records it; the first report is due at a moment, the written one on a day."""

    command = Incident
    needs = (Need(table=INSTITUTION, by="institution", prefix="institution"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It has happened, under rules that were in force, in a year whose working days are known."""
        occurred = case.batch.integers("occurred_at")
        wrong = faults_where(occurred > case.batch.at, case.batch, "occurred_at", "a moment that has come")
        for place in np.flatnonzero(standing(wrong, len(case.batch))).tolist():
            try:
                weigh(case, place)
            except RuleNotInForce as error:
                constraint = f"a moment at which rule {error.rule_id} is in force, from {error.first_in_force} on"
                wrong[place] = Invalid(field="occurred_at", value=int(occurred[place]), constraint=constraint)
        return wrong

    def record(self, decided: Decided) -> Recorded:
        """Its class, and its deadlines with the numbers of the duties; 0 where nothing is due."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        found = [weigh(case, place) if accepted[place] else None for place in range(len(batch))]
        due_at = _column(found, "due_at")
        written_due_on = _column(found, "written_due_on")
        first, written = due_at > 0, written_due_on > 0
        duty = numbered(accepted, facts.next_ids[DUTY.name], step=first.astype(np.int64) + written)
        ids = numbered(accepted, facts.next_ids[INCIDENT.name])
        results = {
            "incident": ids,
            "class": _column(found, "grade"),
            "due_at": due_at,
            "written_due_on": written_due_on,
            "duty": np.where(first, duty, 0),
            "written_duty": np.where(written, duty + first, 0),
        }
        kinds = [INCIDENT_KIND_NUMBER[IncidentKind(kind)] for kind in batch.values("kind_of_incident")]
        columns: dict[str, Any] = {
            "id": ids,
            "institution": batch.integers("institution"),
            "kind": np.array(kinds, np.int64),
            "class": results["class"],
            "reasons": _column(found, "reasons"),
            "occurred_at": batch.integers("occurred_at"),
            "recorded_at": batch.at,
            "due_at": due_at,
            "reported_at": 0,
            "duty": results["duty"],
            "written_duty": results["written_duty"],
            "position": batch.position,
            **dict.fromkeys(("updated", "resolved_on", "final_duty"), 0),
        }
        return Recorded(
            results=results,
            events=[
                *event(INCIDENT_RECORDED, rows(accepted, **columns)),
                *event(DUTY_AROSE, _duties(decided, found, ids)),
            ],
        )


def weigh(case: Case, place: int) -> Weighed:
    """The incident of one command. Errors: RuleNotInForce; CalendarUnknown."""
    return weighed(case.batch.row(place), rules=case.rules, calendar=case.calendar)


def _column(found: list[Weighed | None], name: str) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.array([int(getattr(each, name)) if each else 0 for each in found], np.int64)


def _duties(decided: Decided, found: list[Weighed | None], ids: Any) -> dict[str, list[int]]:
    """The reports that fall due, the first before the written one of the same incident."""
    batch = decided.case.batch
    next_id = decided.case.facts.next_ids[DUTY.name]
    made: dict[str, list[int]] = {name: [] for name in ("id", *DUTY.columns)}
    for place, each in enumerate(found):
        if each is None:
            continue
        days = {
            DutyKind.incident_report: local_day(each.due_at) if each.due_at else 0,
            DutyKind.incident_written_report: each.written_due_on,
        }
        for kind, due_on in days.items():
            if due_on == 0:
                continue
            row = {
                "id": next_id + len(made["id"]),
                "kind": int(kind),
                "institution": int(batch.integers("institution")[place]),
                "subject_kind": OF_INCIDENT,
                "subject": int(ids[place]),
                "arose_on": local_day(int(batch.integers("occurred_at")[place])),
                "due_on": due_on,
            }
            for name, column in made.items():
                column.append(row.get(name, 0))
    return made
