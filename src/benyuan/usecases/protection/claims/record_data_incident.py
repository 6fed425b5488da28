"""Customers' data leaked, were tampered with, damaged or lost: what is reported to whom, and by when, to the hour.

Sources: PBoC Order [2020] No. 5, art. 34 (danger: at once; other harm: 72 hours; the customers told), art. 65 (lender
and bureau by reference); PIPL, art. 57 (the authority and the people, beside one another; the people only where the
measures taken don't keep harm from them); 银发〔2021〕198号, arts. 7, 8, 10, 11 for a payment institution, whose own
record of the incident, with its 2 or 24 hours from the event, is named here and not made twice. Order of checks: no
harm has evidence.
Worked number: confirmed on 2026-03-02 at 10:00, other harm is reported by 03-05 at 10:00, danger at once, on 03-02;
authority and people are told on the day of the record, 03-02.
"""

from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER
from benyuan.consumer_protection.claims.deadlines import AUTHORITY, AVOIDED, BREACH, DANGER
from benyuan.consumer_protection.claims.records import DATA_INCIDENT, DATA_INCIDENT_RECORDED
from benyuan.consumer_protection.claims.words import HARM_NUMBER, MISHAP_NUMBER, Harm, Mishap
from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.credit_bureau.records import BUREAU
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import text_faults
from benyuan.payments.records import INCIDENT, INSTITUTION
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Count, MaybeId, faults_where, numbered, rows
from benyuan.usecases.lending.shared import Digest
from benyuan.usecases.protection.claims.shared import Worded
from benyuan.usecases.protection.contact.shared import is_digest
from benyuan.values.dates import add_hours, local_day

FIRMS = ("institution", "lender", "bureau")


@command("record_data_incident", version=2, personal=("words",), identified=True)
class DataIncident(Worded, frozen=True, kw_only=True):
    """A `mishap` to data of so many `people`, confirmed at `found_at` (microseconds since 1970 UTC), at one firm.

    `harm`: what it may do to them; where none, `measures` is the digest of what keeps it from them. `incident`: a
    payment institution's own record of it, by `record_incident`.
    """

    institution: MaybeId = 0
    lender: MaybeId = 0
    bureau: MaybeId = 0
    incident: MaybeId = 0
    mishap: Mishap
    harm: Harm
    people: Count
    found_at: Annotated[int, msgspec.Meta(ge=0)]
    words: Words
    measures: Digest = ""


def _avoided(case: Case) -> NDArray[np.bool_]:
    if case.rules.in_force(id=AVOIDED, on=case.batch.on) is None:
        return np.ones(len(case.batch), np.bool_)
    return ~case.batch.equals("harm", Harm.none.value) | ~case.batch.equals("measures", "")


class RecordMishap(UseCase):
    """Keeps it, and raises up to three duties: to the central bank's branch, the customers, the authority."""

    command = DataIncident
    needs = (
        Need(table=INSTITUTION, by="institution", prefix="institution"),
        Need(table=LENDER, by="lender", prefix="lender"),
        Need(table=BUREAU, by="bureau", prefix="bureau"),
        Need(table=INCIDENT, by="incident", prefix="incident"),
    )
    gates = (
        Gate(
            rule=AVOIDED,
            passes=_avoided,
            figures=lambda case, place: {"measures": str(case.batch.values("measures")[place])},
            applies=lambda case: case.batch.equals("harm", Harm.none.value),
        ),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One firm, a moment that has come and that the rules cover, the payment institution's own record, a digest."""
        batch, facts = case.batch, case.facts
        case.rules.value(id=AUTHORITY, on=batch.on)
        named = sum((batch.integers(name) != 0).astype(np.int64) for name in FIRMS)
        institution, incident = batch.integers("institution"), batch.integers("incident")
        own = "the payment institution's own record of it, by record_incident; 0 for others"
        other = np.where(institution != 0, facts["incident_institution"] != institution, incident != 0)
        wrong = np.array([not is_digest(text) for text in batch.values("measures")], np.bool_)
        return {
            **text_faults(wrong, batch, "measures", "a SHA-256 digest in small hexadecimal digits, or nothing"),
            **_unruled(case),
            **faults_where(batch.integers("found_at") > batch.at, batch, "found_at", "a moment that has come"),
            **faults_where(np.asarray(other, np.bool_), batch, "incident", own),
            **faults_where(named != 1, batch, "institution", "one firm: institution, lender or bureau, the others 0"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Until when the branch is told, and the duties; 0 where there is none."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        number = numbered(accepted, facts.next_ids[DATA_INCIDENT.name])
        due_at = np.array([_due_at(case, place) if accepted[place] else 0 for place in range(len(batch))], np.int64)
        harmful = due_at != 0
        first = numbered(accepted, facts.next_ids[PROTECTION_DUTY.name], step=1 + 2 * harmful)
        duties = {
            "authority_duty": first,
            "branch_duty": np.where(harmful, first + 1, 0),
            "customers_duty": np.where(harmful, first + 2, 0),
        }
        kept = {
            **{name: batch.integers(name) for name in (*FIRMS, "people", "found_at", "incident")},
            "mishap": batch.numbers("mishap", MISHAP_NUMBER),
            "harm": batch.numbers("harm", HARM_NUMBER),
            "due_at": due_at,
            "position": batch.position,
            **duties,
            **dict.fromkeys(("branch_at", "customers_at", "authority_at", "closed_on"), 0),
        }
        theirs = np.where(batch.integers("institution") != 0, facts["incident_due_at"], 0)
        return Recorded(
            results={"data_incident": number, "due_at": due_at, "incident_due_at": theirs, **duties},
            events=[
                *event(DATA_INCIDENT_RECORDED, rows(accepted, id=number, **kept)),
                *_owed(batch, number=number, due_at=due_at, duties=duties, accepted=accepted),
            ],
        )


def _due_at(case: Case, place: int) -> int:
    harm, found = case.batch.values("harm")[place], int(case.batch.integers("found_at")[place])
    return due_at_of(case, harm=harm, found_at=found)


def due_at_of(case: Case, *, harm: str, found_at: int) -> int:
    """Until when the branch is told: at once, within the law's hours, or never (0). Errors: RuleNotInForce."""
    on = local_day(found_at)
    if harm == Harm.none:
        return 0
    if harm == Harm.danger and case.rules.value(id=DANGER, on=on).flag:
        return found_at
    return add_hours(found_at, case.rules.value(id=BREACH, on=on).count)


def _owed(
    batch: Batch,
    *,
    number: NDArray[np.int64],
    due_at: NDArray[np.int64],
    duties: dict[str, NDArray[np.int64]],
    accepted: NDArray[np.bool_],
) -> list[Event]:
    """The duties in the order of their ids. What is due at once is due on its day: danger on that of the finding."""
    table: dict[str, list[Any]] = {name: [] for name in ("id", *PROTECTION_DUTY.columns)}
    for place in np.flatnonzero(accepted).tolist():
        found, due = int(batch.integers("found_at")[place]), int(due_at[place])
        danger = batch.values("harm")[place] == Harm.danger
        owed = [(DutyKind.tell_authority, "authority_duty", batch.on)]
        if due:
            last = local_day(due)
            owed.append((DutyKind.report_incident, "branch_duty", last))
            owed.append((DutyKind.tell_of_incident, "customers_duty", last if danger else batch.on))
        for kind, name, due_on in owed:
            row = {"id": int(duties[name][place]), "kind": int(kind), "about": int(number[place]), "due_on": due_on}
            for column, held in table.items():
                held.append({"arose_on": local_day(found), **row}.get(column, 0))
    return event(PROTECTION_DUTY_AROSE, table)


def _unruled(case: Case) -> dict[int, Invalid]:
    found_at = case.batch.integers("found_at")
    days = [local_day(min(at, now)) for at, now in zip(found_at.tolist(), case.batch.at.tolist(), strict=True)]
    none = np.array([case.rules.in_force(id=BREACH, on=on) is None for on in days], np.bool_)
    return faults_where(none, case.batch, "found_at", f"a moment at which rule {BREACH} is in force")
