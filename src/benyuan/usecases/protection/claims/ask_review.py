"""The customer does not accept a lender's decision and asks for a review, within the days that the text gives.

Source: CBIRC Order 2020 No. 3, art. 20, which asks whose decision it is and not by what way the complaint came in: so
also of one that a branch of the central bank passed on. For other firms the way is that branch (Order [2020] No. 5,
art. 40). Worked number: answered on 2026-03-17, a review can be asked for up to 04-16; asked on 04-16 it is decided by
05-16.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import REVIEW, days_after
from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.protection.claims.shared import (
    COMPLAINT_NEED,
    Worded,
    by_complaint,
    complaints_customer,
    is_anothers,
    raised,
)
from benyuan.values.dates import add_calendar_days


@command("ask_review", version=2, personal=("words",), identified=True)
class ReviewAsked(Worded, frozen=True, kw_only=True):
    """The customer asks for a review of the decision on `complaint`, and says why in `words`."""

    complaint: Id
    words: Words


def _last_on(case: Case) -> NDArray[np.int64]:
    answered = case.facts["complaint_answered_on"].tolist()
    return np.array([_asked_by(case, on) if on else 0 for on in answered], np.int64)


def _asked_by(case: Case, answered_on: int) -> int:
    days = case.rules.value(id=REVIEW, on=answered_on).parameters.count("ask_within")
    return add_calendar_days(answered_on, days)


def _in_time(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.on <= _last_on(case), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {"answered_on": int(case.facts["complaint_answered_on"][place]), "last_on": int(_last_on(case)[place])}


IN_TIME = Gate(rule=REVIEW, passes=_in_time, figures=_figures)


class AskToReview(UseCase):
    """Raises the duty to review."""

    command = ReviewAsked
    needs = (COMPLAINT_NEED,)
    gates = (IN_TIME,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A review is asked for once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The complaint is about a lender, was answered, and is not under review."""
        batch, facts = case.batch, case.facts
        branch = "one about a lender: from other firms the way is a branch of the central bank (art. 40)"
        return {
            **faults_where(facts["complaint_review_asked_on"] != 0, batch, "complaint", "one without a review yet"),
            **faults_where(facts["complaint_answered_on"] == 0, batch, "complaint", "one that was answered"),
            **faults_where(is_anothers(case), batch, "complaint", branch),
        }

    def record(self, decided: Decided) -> Recorded:
        """By when it is decided."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        duty = numbered(accepted, case.facts.next_ids[PROTECTION_DUTY.name])
        due = days_after(case.rules, rule=REVIEW, from_on=batch.on)
        asked = {"review_asked_on": batch.on, "review_due_on": due, "review_duty": duty}
        owed = {"id": duty, "kind": DutyKind.review_complaint, "about": batch.integers("complaint"), "due_on": due}
        return Recorded(
            results={"duty": duty, "due_on": np.full(len(batch), due, np.int64)},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **asked)),
                *raised(accepted, arose_on=batch.on, **complaints_customer(case), **owed),
            ],
        )
