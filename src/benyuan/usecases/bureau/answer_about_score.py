"""What a person asked about a score is answered: explained, or looked at by people who say what becomes of it.

Source: Personal Information Protection Law, art. 24 ¶3. A review names who decided: a person, whose name is sealed.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import REVIEW, REVIEW_DONE
from benyuan.credit_bureau.redress.words import EXPLAINED, REVIEW_OUTCOME_NUMBER, ReviewOutcome
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.bureau.duties import done
from benyuan.usecases.common import Id, Reference, faults_where, rows


@command("give_explanation", personal=("words",))
class GiveExplanation(Command, frozen=True, kw_only=True):
    """The person of `review` was told today how the score came about, in these `words`."""

    review: Id
    words: Words


@command("decide_review", personal=("words", "reviewer"))
class DecideReview(Command, frozen=True, kw_only=True):
    """`reviewer`, a person, has looked at the score of `review`: the `outcome`, in `words`."""

    review: Id
    reviewer: Reference
    outcome: ReviewOutcome
    words: Words


class AnswerAboutScore(UseCase):
    """Ends a request, and does its duty."""

    needs = (Need(table=REVIEW, by="review", prefix="review"),)
    kind: DutyKind
    wanted: str

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A request is answered once."""
        return (batch.integers("review"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It asks for this, and is open."""
        facts, batch = case.facts, case.batch
        return {
            **faults_where(facts["review_kind"] != self.kind, batch, "review", self.wanted),
            **faults_where(facts["review_ended_on"] != 0, batch, "review", "a request that is open"),
        }

    def outcome(self, batch: Batch) -> Any:
        """The number of what came out."""
        del batch
        return EXPLAINED

    def record(self, decided: Decided) -> Recorded:
        """Answered."""
        batch, accepted, facts = decided.case.batch, decided.accepted, decided.case.facts
        ended = {"ended_on": batch.on, "outcome": self.outcome(batch), "decided": batch.position}
        return Recorded(
            results={},
            events=[
                *event(REVIEW_DONE, rows(accepted, id=batch.integers("review"), **ended)),
                *done(accepted, duty=facts["review_duty"], on=batch.on),
            ],
        )


class Explain(AnswerAboutScore):
    """How it came about."""

    command = GiveExplanation
    kind = DutyKind.explain_score
    wanted = "a request for an explanation (ask_explanation)"


class Review(AnswerAboutScore):
    """What people decided."""

    command = DecideReview
    kind = DutyKind.review_score
    wanted = "a request that people look at it (ask_human_review)"

    def outcome(self, batch: Batch) -> Any:
        """Whether the score stands."""
        return batch.numbers("outcome", REVIEW_OUTCOME_NUMBER)
