"""What a review of a decision came to, told to the customer; somebody else decides than who decided before.

Source: CBIRC Order 2020 No. 3, arts. 17, 20. What it gives beyond the answer stands apart, with its own month.
Worked number: asked for on 2026-04-16, decided on 05-17 it is late by 1; 1.00 before and 3.00 in all: it gives 2.00.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.claims.words import REVIEW_NUMBER, ReviewDecision
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Count, Id, MaybeId, faults_where, numbered, rows
from benyuan.usecases.protection.claims import recusal
from benyuan.usecases.protection.claims.answer_customer_complaint import days_late
from benyuan.usecases.protection.claims.record_redress import left_fen
from benyuan.usecases.protection.claims.redress import (
    REDRESS_NEED,
    redress_facts,
    redress_faults,
    redress_owed,
    redress_paid,
)
from benyuan.usecases.protection.claims.shared import (
    COMPLAINT_NEED,
    FURTHER_NEED,
    Telling,
    by_complaint,
    changed,
    furthered,
    lateness,
)


@command("decide_complaint_review", version=2, personal=("words",), identified=True)
class ReviewDecided(Telling, frozen=True, kw_only=True):
    """The decision on the review of `complaint`, in `words`; `redress_fen`: in all, with what was given before.

    `redress_command`: the log position of the command that paid what is given beyond, 0: none yet. `no_interest`: who
    reviewed has stated to have no direct interest in the matter.
    """

    complaint: Id
    outcome: ReviewDecision
    words: Words
    reviewed_by: Id
    no_interest: bool = False
    redress_fen: Count = 0
    redress_command: MaybeId = 0


def _beyond(case: Case) -> NDArray[np.int64]:
    return np.asarray(case.batch.integers("redress_fen") - case.facts["complaint_redress_fen"], np.int64)


class DecideReviewed(UseCase):
    """Keeps it; the duty is done, in time or late."""

    command = ReviewDecided
    needs = (COMPLAINT_NEED, FURTHER_NEED, REDRESS_NEED)
    gates = recusal.GATES
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A review is decided once."""
        return by_complaint(batch)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the named command paid, and whether the reviewer is complained of."""
        del rules
        complaint, reviewer = (int(batch.integers(name)[0]) for name in ("complaint", "reviewed_by"))
        found = redress_facts(books, facts, int(batch.integers("redress_command")[0]))
        found["staff_complained_of"] = recusal.complained_of(books, complaint=complaint, staff=[reviewer])
        return {name: np.array([value], np.int64) for name, value in found.items()}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A review was asked for and is open; another decides; redress is not taken back."""
        batch, facts = case.batch, case.facts
        reviewer = batch.integers("reviewed_by")
        same = (reviewer == facts["complaint_answered_by"]) | (reviewer == facts["further_examined_by"])
        none = facts["complaint_review_asked_on"] == 0
        over = facts["complaint_reviewed_on"] != 0
        return {
            **redress_faults(case, owed=_beyond(case)),
            **faults_where(_beyond(case) < 0, batch, "redress_fen", "no less than was given before"),
            **faults_where(same, batch, "reviewed_by", "somebody else than who answered or examined"),
            **faults_where(over, batch, "complaint", "one whose review is open"),
            **faults_where(none, batch, "complaint", "one of which a review was asked for"),
        }

    def record(self, decided: Decided) -> Recorded:
        """`late`, and by how many days; `redress_duty`: that of paying what is given, 0 where nothing new is owed."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        due, beyond = facts["complaint_review_due_on"], _beyond(case)
        late = lateness(batch.on, due)
        kept = {"reviewed_on": batch.on, "review_outcome": batch.numbers("outcome", REVIEW_NUMBER)}
        paid = accepted & (batch.integers("redress_command") != 0)
        owing = (facts["further_redress_duty"] != 0) & (left_fen(facts) > 0)
        duty = numbered(accepted & (beyond > 0) & ~paid & ~owing, facts.next_ids[PROTECTION_DUTY.name])
        further = {
            "reviewed_by": batch.integers("reviewed_by"),
            "review_redress_fen": beyond,
            "redress_paid_fen": facts["further_redress_paid_fen"] + np.where(paid, beyond, 0),
            "redress_duty": np.where(duty != 0, duty, facts["further_redress_duty"]),
        }
        return Recorded(
            results={"late": late, "days_late": days_late(batch.on, due, late), "redress_duty": duty},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **kept)),
                *furthered(case, accepted, **further),
                *changed(accepted, duty=facts["complaint_review_duty"], done_on=batch.on),
                *redress_paid(case, paid, amount_fen=beyond),
                *redress_owed(case, duty=duty),
            ],
        )
