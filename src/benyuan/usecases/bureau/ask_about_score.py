"""A person asks how a score came about, or that people look at it again.

Source: Personal Information Protection Law, art. 24 ¶3: whoever is affected much by a decision of a machine may have it
explained, and may refuse one that a machine alone makes. The text names no days; a house rule says by when the answer
is expected. What is asked about is an answer of the bureau that showed a score of this person to somebody.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU_DUTY, INQUIRY, REVIEW, REVIEW_ASKED
from benyuan.credit_bureau.redress.rules import AUTOMATED
from benyuan.credit_bureau.shown import SAME_NAME, ShownPerson
from benyuan.credit_bureau.vocabulary import DutyKind, Section
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.bureau.claims import SHOWN, Words, others_faults, owners_faults
from benyuan.usecases.bureau.duties import raised
from benyuan.usecases.bureau.subjects import SUBJECT_NEEDS
from benyuan.usecases.common import Id, faults_where, numbered, rows


@command("ask_explanation", personal=(*SHOWN, "words"), identified=True)
class AskExplanation(ShownPerson, frozen=True, kw_only=True):
    """The person with this document asks how the score came about that `inquiry` showed."""

    inquiry: Id
    words: Words


@command("ask_human_review", personal=(*SHOWN, "words"), identified=True)
class AskHumanReview(ShownPerson, frozen=True, kw_only=True):
    """The person with this document wants people to look at the score that `inquiry` showed, for these reasons."""

    inquiry: Id
    words: Words


def _has_right(case: Case) -> NDArray[np.bool_]:
    case.rules.value(id=AUTOMATED, on=case.batch.on)
    return np.ones(len(case.batch), np.bool_)


class AskAboutScore(UseCase):
    """Raises the duty to answer; each answer of the bureau is asked about as often as the person likes."""

    needs = (*SUBJECT_NEEDS, Need(table=INQUIRY, by="inquiry", prefix="inquiry"))
    gates = (SAME_NAME, Gate(rule=AUTOMATED, passes=_has_right))
    kind: DutyKind

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is about the person, and showed a score."""
        scored = (case.facts["inquiry_sections"] & int(Section.score)) != 0
        wrong = {
            **faults_where(~scored, case.batch, "inquiry", "an answer that showed a score"),
            **others_faults(case, field="inquiry", subject="inquiry_subject"),
        }
        return owners_faults(case, wrong)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Nothing is shared."""
        del batch
        return ()

    def record(self, decided: Decided) -> Recorded:
        """What was asked, and the duty; the text names no day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        number = numbered(accepted, facts.next_ids[REVIEW.name])
        duty = numbered(accepted, facts.next_ids[BUREAU_DUTY.name])
        shared = {"bureau": batch.integers("bureau"), "subject": facts["identity_subject"], "kind": int(self.kind)}
        asked = {"id": number, "inquiry": batch.integers("inquiry"), "asked_on": batch.on, "duty": duty}
        none = dict.fromkeys(("ended_on", "outcome", "decided"), 0)
        owed = {"id": duty, "about": batch.integers("inquiry"), "member": facts["inquiry_member"], "due_on": 0}
        return Recorded(
            results={"review": number, "duty": duty},
            events=[
                *event(REVIEW_ASKED, rows(accepted, **asked, **shared, **none, position=batch.position)),
                *raised(accepted, arose_on=batch.on, **owed, **shared),
            ],
        )


class AskForExplanation(AskAboutScore):
    """How it came about."""

    command = AskExplanation
    kind = DutyKind.explain_score


class AskForReview(AskAboutScore):
    """That people look at it."""

    command = AskHumanReview
    kind = DutyKind.review_score
