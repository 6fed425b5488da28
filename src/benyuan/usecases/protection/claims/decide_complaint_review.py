"""What a review of a decision came to, told to the customer; somebody else decides than who decided before.

Source: CBIRC Order 2020 No. 3, arts. 17, 20. Worked number: asked for on 2026-04-16, decided on 05-17 it is late by 1.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.claims.words import REVIEW_NUMBER, ReviewDecision
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Count, Id, faults_where, rows
from benyuan.usecases.protection.claims.answer_customer_complaint import days_late
from benyuan.usecases.protection.claims.shared import COMPLAINT_NEED, Worded, by_complaint, changed, lateness


@command("decide_complaint_review", personal=("words",), identified=True)
class ReviewDecided(Worded, frozen=True, kw_only=True):
    """The decision on the review of `complaint`, in `words`; `redress_fen`: in all, with what was given before."""

    complaint: Id
    outcome: ReviewDecision
    words: Words
    reviewed_by: Id
    redress_fen: Count = 0


class DecideReviewed(UseCase):
    """Keeps it; the duty is done, in time or late."""

    command = ReviewDecided
    needs = (COMPLAINT_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A review is decided once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A review was asked for and is open; another decides; redress is not taken back."""
        batch, facts = case.batch, case.facts
        same = batch.integers("reviewed_by") == facts["complaint_answered_by"]
        less = batch.integers("redress_fen") < facts["complaint_redress_fen"]
        none = facts["complaint_review_asked_on"] == 0
        over = facts["complaint_reviewed_on"] != 0
        return {
            **faults_where(less, batch, "redress_fen", "no less than was given before"),
            **faults_where(same, batch, "reviewed_by", "somebody else than who answered"),
            **faults_where(over, batch, "complaint", "one whose review is open"),
            **faults_where(none, batch, "complaint", "one of which a review was asked for"),
        }

    def record(self, decided: Decided) -> Recorded:
        """`late`, and by how many days."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        due = facts["complaint_review_due_on"]
        late = lateness(batch.on, due)
        kept = {
            "reviewed_on": batch.on,
            "review_outcome": batch.numbers("outcome", REVIEW_NUMBER),
            "redress_fen": batch.integers("redress_fen"),
        }
        return Recorded(
            results={"late": late, "days_late": days_late(batch.on, due, late)},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **kept)),
                *changed(accepted, duty=facts["complaint_review_duty"], done_on=batch.on),
            ],
        )
