"""A person takes an objection back: the mark goes, and nothing is owed any more.

Source: State Council Order 631, art. 25: it is the person's right to object, and so to leave off.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import CREDIT_LINE, OBJECTION_CHANGED
from benyuan.credit_bureau.shown import SAME_NAME, ShownPerson
from benyuan.credit_bureau.vocabulary import ObjectionOutcome
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.ask_furnisher import OBJECTION_NEED, OPEN
from benyuan.usecases.bureau.claims import SHOWN, others_faults, owners_faults
from benyuan.usecases.bureau.decide_objection import marks_off
from benyuan.usecases.bureau.duties import done, lateness
from benyuan.usecases.bureau.subjects import SUBJECT_NEEDS
from benyuan.usecases.common import Id, faults_where, rows


@command("withdraw_objection", personal=SHOWN, identified=True)
class WithdrawObjection(ShownPerson, frozen=True, kw_only=True):
    """The person with this document takes `objection` back."""

    objection: Id


class TakeObjectionBack(UseCase):
    """Ends it without a finding."""

    command = WithdrawObjection
    needs = (*SUBJECT_NEEDS, OBJECTION_NEED, Need(table=CREDIT_LINE, by="objection_account", prefix="account"))
    gates = (SAME_NAME,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An objection is taken back once."""
        return (batch.integers("objection"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is the person's own, and open."""
        wrong = {
            **faults_where(case.facts["objection_outcome"] != 0, case.batch, "objection", OPEN),
            **others_faults(case, field="objection", subject="objection_subject"),
        }
        return owners_faults(case, wrong)

    def record(self, decided: Decided) -> Recorded:
        """Withdrawn, with the marks off; what was late by then stays late."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ended = {"outcome": int(ObjectionOutcome.withdrawn), "ended_on": batch.on}
        columns = rows(accepted, id=batch.integers("objection"), **ended)
        return Recorded(
            results={"late": lateness(case, facts["objection_due_on"])},
            events=[
                *event(OBJECTION_CHANGED, columns),
                *marks_off(case, accepted),
                *done(accepted, duty=facts["objection_duty"], on=batch.on),
            ],
        )
