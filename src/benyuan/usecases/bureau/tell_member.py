"""A member that was shown data that turned out wrong has been told what is right.

Sources: State Council Order 631, arts. 23, 25; that it is told, and by when, is a rule of the house.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import BUREAU_DUTY
from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.bureau.duties import done, duty_faults
from benyuan.usecases.common import Id

DUTY_NEED = Need(table=BUREAU_DUTY, by="duty", prefix="duty")


@command("tell_member", personal=("words",))
class TellMember(Command, frozen=True, kw_only=True):
    """The member of `duty` was told today, in these `words`."""

    duty: Id
    words: Words


class TellWhatIsRight(UseCase):
    """The duty is done."""

    command = TellMember
    needs = (DUTY_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A member is told once."""
        return (batch.integers("duty"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is a duty to tell, and open."""
        return duty_faults(case, kinds=(DutyKind.tell_shown,), wanted="a duty to tell a member what is right")

    def record(self, decided: Decided) -> Recorded:
        """Whom, and that it is done."""
        batch, facts = decided.case.batch, decided.case.facts
        return Recorded(
            results={"member": facts["duty_member"], "subject": facts["duty_subject"]},
            events=done(decided.accepted, duty=batch.integers("duty"), on=batch.on),
        )
