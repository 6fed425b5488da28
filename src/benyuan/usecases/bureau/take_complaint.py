"""Copies of a complaint have come from a branch of the central bank: the bureau explains itself to it, in writing.

Sources: 银发〔2024〕37号, arts. 11, 13 to 16, 22; State Council Order 631, art. 26. The 10 working days in which the
branch looks at the papers, and the 30 days to its conclusion, bind the branch: they are shown as its days and are no
duty of the bureau. The bureau's own explanation has no days in the text; where the branch sets a day, that is the last.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU, BUREAU_DUTY, COMPLAINT, COMPLAINT_TAKEN, SUBJECT
from benyuan.credit_bureau.redress.rules import EXPLAIN_COMPLAINT
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.duties import raised
from benyuan.usecases.common import (
    Id,
    MaybeId,
    Reference,
    Yyyymmdd,
    faults_where,
    no_such_day,
    numbered,
    rows,
)

EARLIER = ("received_on", "handed_in_on", "accepted_on")


@command("take_complaint", personal=("reference",))
class TakeComplaint(Command, frozen=True, kw_only=True):
    """A branch has sent a complaint on about `bureau`, under its `reference`; `subject`: whose, 0 where not known.

    Days, 0 for none: `received_on` that of the copies, `due_on` the one that the branch set for the explanation,
    `handed_in_on` and `accepted_on` those on which the branch got the papers and took the complaint up.
    """

    bureau: Id
    reference: Reference
    received_on: Yyyymmdd
    subject: MaybeId = 0
    due_on: Yyyymmdd = 0
    handed_in_on: Yyyymmdd = 0
    accepted_on: Yyyymmdd = 0


class TakeUpComplaint(UseCase):
    """Keeps the days, and raises the duty to explain."""

    command = TakeComplaint
    needs = (
        Need(table=BUREAU, by="bureau", prefix="bureau"),
        Need(table=SUBJECT, by="subject", prefix="subject"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The days exist and fit one another; the person is in a file of this bureau; the rule is in force."""
        batch, facts = case.batch, case.facts
        case.rules.value(id=EXPLAIN_COMPLAINT, on=batch.on)
        foreign = (batch.integers("subject") != 0) & (facts["subject_bureau"] != batch.integers("bureau"))
        due, received = batch.integers("due_on"), batch.integers("received_on")
        return {
            **faults_where(foreign, batch, "subject", "one in a file of this bureau, or 0"),
            **faults_where((due != 0) & (due < received), batch, "due_on", "a day not before that of receipt, or 0"),
            **no_such_day(batch, "due_on", none=True),
            **no_such_day(batch, "received_on", until=batch.on),
            **no_such_day(batch, "handed_in_on", none=True, until=batch.on),
            **no_such_day(batch, "accepted_on", none=True, until=batch.on),
        }

    def record(self, decided: Decided) -> Recorded:
        """The complaint and the duty."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        number = numbered(accepted, facts.next_ids[COMPLAINT.name])
        duty = numbered(accepted, facts.next_ids[BUREAU_DUTY.name])
        shared = {name: batch.integers(name) for name in ("bureau", "subject", "due_on")}
        days = {name: batch.integers(name) for name in EARLIER}
        none = dict.fromkeys(("explained_on", "concluded_on", "outcome"), 0)
        taken = {"id": number, "position": batch.position, "duty": duty, **shared, **days, **none}
        owed = {"id": duty, "about": number, "member": 0, **shared}
        return Recorded(
            results={"complaint": number, "duty": duty},
            events=[
                *event(COMPLAINT_TAKEN, rows(accepted, **taken)),
                *raised(accepted, kind=DutyKind.explain_complaint, arose_on=batch.integers("received_on"), **owed),
            ],
        )


COMPLAINT_NEED = Need(table=COMPLAINT, by="complaint", prefix="complaint")


def by_complaint(batch: Batch) -> Sequence[NDArray[np.int64]]:
    """What is shared by the commands about one complaint."""
    return (batch.integers("complaint"),)
