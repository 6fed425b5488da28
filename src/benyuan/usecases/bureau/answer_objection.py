"""The person has the answer to an objection that was decided before, in writing.

Source: State Council Order 631, art. 25 ¶2: within the same days as check and handling. Worked number: due on
2026-03-21, decided on the 20th and answered on the 22nd: late.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import OBJECTION_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.ask_furnisher import OBJECTION_NEED
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.bureau.duties import done, lateness
from benyuan.usecases.common import Id, faults_where, rows


@command("answer_objection", personal=("words",))
class AnswerObjection(Command, frozen=True, kw_only=True):
    """The person was answered on `objection` in writing today, in these `words`."""

    objection: Id
    words: Words


class AnswerPerson(UseCase):
    """Notes the day; the duty is done."""

    command = AnswerObjection
    needs = (OBJECTION_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An objection is answered once."""
        return (batch.integers("objection"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It was decided, and not answered yet."""
        facts, batch = case.facts, case.batch
        answered = facts["objection_answered_on"] != 0
        return {
            **faults_where(answered, batch, "objection", "one that was not answered yet"),
            **faults_where(facts["objection_outcome"] == 0, batch, "objection", "one that was decided"),
        }

    def record(self, decided: Decided) -> Recorded:
        """In time or late."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        answered = rows(accepted, id=batch.integers("objection"), answered_on=batch.on)
        return Recorded(
            results={"late": lateness(case, facts["objection_due_on"])},
            events=[
                *event(OBJECTION_CHANGED, answered),
                *done(accepted, duty=facts["objection_duty"], on=batch.on),
            ],
        )
