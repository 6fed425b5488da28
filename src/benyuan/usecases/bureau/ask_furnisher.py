"""The bureau puts an objection to the furnisher of the data.

Source: State Council Order 631, art. 25 ¶2 (check and handle). The furnisher's time lies within the 20 days: there is
one clock, and this step stops nothing.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import OBJECTION, OBJECTION_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows

OBJECTION_NEED = Need(table=OBJECTION, by="objection", prefix="objection")
OPEN = "an objection that is open"


@command("ask_furnisher")
class AskFurnisher(Command, frozen=True, kw_only=True):
    """Put `objection` to the member that furnished what it is about."""

    objection: Id


class PutToFurnisher(UseCase):
    """Notes the day."""

    command = AskFurnisher
    needs = (OBJECTION_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An objection is put to the furnisher once."""
        return (batch.integers("objection"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open, is about a member's data, and has not been asked."""
        facts, batch = case.facts, case.batch
        nobody = facts["objection_member"] == 0
        return {
            **faults_where(facts["objection_asked_on"] != 0, batch, "objection", "one that was not put to it before"),
            **faults_where(nobody, batch, "objection", "one about what a member furnished"),
            **faults_where(facts["objection_outcome"] != 0, batch, "objection", OPEN),
        }

    def record(self, decided: Decided) -> Recorded:
        """The day, and by when the person must have the answer."""
        batch, facts = decided.case.batch, decided.case.facts
        asked = rows(decided.accepted, id=batch.integers("objection"), asked_on=batch.on)
        return Recorded(
            results={"member": facts["objection_member"], "due_on": facts["objection_due_on"]},
            events=event(OBJECTION_CHANGED, asked),
        )
