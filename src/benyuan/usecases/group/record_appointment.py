"""A decision on a post at a financial holding company: filed with the central bank and announced, each by its day.

Source: PBoC Order [2021] No. 2, arts. 15, 19, 23. When the post itself begins or ends is `record_office`'s. Worked
number: decided on Friday 20260605, filed by 20260612 (five working days) and announced by 20260706 (twenty; 19 June is
a holiday).
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import text_faults, truths
from benyuan.holding_company.records import (
    APPOINTMENT,
    APPOINTMENT_RECORDED,
    HOLDING_DUTY,
    HOLDING_DUTY_AROSE,
)
from benyuan.holding_company.vocabulary import GOVERNED, RULE_OF, DutyKind
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.parties.bodies.sources import Sourced, is_invented
from benyuan.parties.bodies.vocabulary import BUSINESS_NUMBER, Business
from benyuan.parties.ownership.vocabulary import POST_NUMBER, Post
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.group.dated_fact import body_need, not_an_individual
from benyuan.usecases.group.shared import source_faults

Column: TypeAlias = NDArray[np.int64]
HOLDING = BUSINESS_NUMBER[Business.financial_holding]
DUTIES_EACH = 2


@command("record_appointment")
class AppointmentFields(Sourced, frozen=True, kw_only=True):
    """On `decided_on` `body` decided that `individual` gets this `post`, or with `appoints` false that it ends."""

    body: Id
    individual: Id
    post: Post
    appoints: bool = True
    decided_on: Yyyymmdd


class RecordAppointment(UseCase):
    """Records it, with the duties to file or report it, and to announce it."""

    command = AppointmentFields
    needs = (
        body_need("body"),
        body_need("individual"),
        Need(table=BODY_BUSINESS, by="body", prefix="does"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An individual at a body that is a financial holding company; a post of the order; a day that has come."""
        batch = case.batch
        other = np.array([Post(post) not in GOVERNED for post in batch.values("post")], np.bool_)
        return {
            **source_faults(case),
            **text_faults(other, batch, "post", "a director, supervisor or executive"),
            **no_such_day(batch, "decided_on", until=batch.on),
            **not_an_individual(case, "individual"),
            **faults_where(
                np.asarray(case.facts["does_business"] != HOLDING, np.bool_),
                batch,
                "body",
                "a body whose business is financial_holding",
            ),
        }

    def record(self, decided: Decided) -> Recorded:
        """The decision; from the order's first day on, its duties."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[APPOINTMENT.name])
        columns = {
            "body": batch.integers("body"),
            "individual": batch.integers("individual"),
            "post": batch.numbers("post", POST_NUMBER),
            "appoints": truths(batch, "appoints").astype(np.int64),
            "decided_on": batch.integers("decided_on"),
            "invented": is_invented(batch),
            "position": batch.position,
        }
        owed = accepted & _bound(case)
        duties = numbered(owed, case.facts.next_ids[HOLDING_DUTY.name], step=DUTIES_EACH)
        appoints = truths(batch, "appoints")
        first = np.where(appoints, DutyKind.file_appointment, DutyKind.report_end)
        return Recorded(
            results={
                "appointment": ids,
                "file_by": _due(case, first, owed),
                "announce_by": _due(case, _all(case), owed),
            },
            events=[
                *event(APPOINTMENT_RECORDED, rows(accepted, id=ids, **columns)),
                *_arose(case, kind=first, duty=duties, owed=owed, appointment=ids),
                *_arose(case, kind=_all(case), duty=duties + 1, owed=owed, appointment=ids),
            ],
        )


def _all(case: Case) -> Column:
    return np.full(len(case.batch), DutyKind.announce, np.int64)


def _bound(case: Case) -> NDArray[np.bool_]:
    """Where the order was in force on the day of the decision."""
    in_force = {on: case.rules.in_force(id=RULE_OF[DutyKind.announce], on=on) is not None for on in _days(case)}
    return np.array([in_force[on] for on in case.batch.integers("decided_on").tolist()], np.bool_)


def _days(case: Case) -> list[int]:
    days: list[int] = np.unique(case.batch.integers("decided_on")).tolist()
    return days


def _due(case: Case, kind: Column, owed: NDArray[np.bool_]) -> Column:
    """The last day of each duty, 0 where there is none. Errors: CalendarUnknown."""
    days = [
        case.calendar.add_working_days(on, case.rules.value(id=RULE_OF[DutyKind(each)], on=on).count) if owes else 0
        for each, on, owes in zip(kind.tolist(), case.batch.integers("decided_on").tolist(), owed.tolist(), strict=True)
    ]
    return np.array(days, np.int64)


def _arose(case: Case, *, kind: Column, duty: Column, owed: NDArray[np.bool_], appointment: Column) -> list[Event]:
    batch = case.batch
    columns = {
        "kind": kind,
        "body": batch.integers("body"),
        "individual": batch.integers("individual"),
        "appointment": appointment,
        "arose_on": batch.integers("decided_on"),
        "due_on": _due(case, kind, owed),
        "done_on": 0,
    }
    return event(HOLDING_DUTY_AROSE, rows(owed, id=duty, **columns))
