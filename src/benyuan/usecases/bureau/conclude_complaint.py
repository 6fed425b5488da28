"""The branch has told how a complaint ended.

Source: 银发〔2024〕37号, arts. 16, 19. Where it ended before the bureau had explained itself (the person withdrew it,
or the branch stopped it), nothing is owed any more.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import COMPLAINT_CHANGED
from benyuan.credit_bureau.redress.words import COMPLAINT_OUTCOME_NUMBER, ComplaintOutcome
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.duties import done
from benyuan.usecases.bureau.take_complaint import COMPLAINT_NEED, by_complaint
from benyuan.usecases.common import Id, faults_where, rows


@command("conclude_complaint")
class ConcludeComplaint(Command, frozen=True, kw_only=True):
    """The branch ended `complaint` with this `outcome`."""

    complaint: Id
    outcome: ComplaintOutcome


class Conclude(UseCase):
    """Keeps day and outcome."""

    command = ConcludeComplaint
    needs = (COMPLAINT_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A complaint ends once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open."""
        over = case.facts["complaint_concluded_on"] != 0
        return faults_where(over, case.batch, "complaint", "a complaint that is not concluded")

    def record(self, decided: Decided) -> Recorded:
        """Ended; a duty that is still open goes with it."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ended = {"concluded_on": batch.on, "outcome": batch.numbers("outcome", COMPLAINT_OUTCOME_NUMBER)}
        unexplained = accepted & (facts["complaint_explained_on"] == 0)
        return Recorded(
            results={},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **ended)),
                *done(unexplained, duty=facts["complaint_duty"], on=batch.on),
            ],
        )
