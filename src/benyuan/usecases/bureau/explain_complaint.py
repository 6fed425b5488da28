"""The bureau explains itself about a complaint to the branch, in writing under its seal, with the papers that prove it.

Source: 银发〔2024〕37号, art. 14 (an explanation without papers is none), art. 15 (the branch may set a day).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import COMPLAINT_CHANGED
from benyuan.credit_bureau.redress.rules import EXPLAIN_COMPLAINT
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.bureau.claims import WithEvidence, Words
from benyuan.usecases.bureau.duties import done, lateness
from benyuan.usecases.bureau.take_complaint import COMPLAINT_NEED, by_complaint
from benyuan.usecases.common import Id, faults_where, rows


@command("explain_complaint", personal=("words", "evidence"), identified=True)
class ExplainComplaint(WithEvidence, frozen=True, kw_only=True):
    """What the bureau told the branch about `complaint`: its `words`, and the digests of its papers."""

    complaint: Id
    words: Words


def _with_papers(case: Case) -> NDArray[np.bool_]:
    case.rules.value(id=EXPLAIN_COMPLAINT, on=case.batch.on)
    return np.asarray(case.batch.integers("pieces") != 0, np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {"pieces": int(case.batch.integers("pieces")[place])}


WITH_PAPERS = Gate(rule=EXPLAIN_COMPLAINT, passes=_with_papers, figures=_figures)


class ExplainToBranch(UseCase):
    """Notes the day; the duty is done."""

    command = ExplainComplaint
    needs = (COMPLAINT_NEED,)
    gates = (WITH_PAPERS,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A complaint is explained once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It was not explained yet, and is open."""
        facts, batch = case.facts, case.batch
        over = facts["complaint_concluded_on"] != 0
        return {
            **faults_where(facts["complaint_explained_on"] != 0, batch, "complaint", "one not explained yet"),
            **faults_where(over, batch, "complaint", "a complaint that is not concluded"),
        }

    def record(self, decided: Decided) -> Recorded:
        """In time or late, where the branch set a day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        explained = rows(accepted, id=batch.integers("complaint"), explained_on=batch.on)
        return Recorded(
            results={"late": lateness(case, facts["complaint_due_on"])},
            events=[
                *event(COMPLAINT_CHANGED, explained),
                *done(accepted, duty=facts["complaint_duty"], on=batch.on),
            ],
        )
