"""The bureau puts an objection to the furnisher of the data.

Source: State Council Order 631, art. 25 ¶2 (check and handle). The furnisher's time lies within the 20 days: there is
one clock, and this step stops nothing of it. A furnisher that is a lender of the group knows of the
objection from here on, and collects no more from whose it is (`cp.house.collection.objection`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.records import OBJECTION, OBJECTION_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.put_objection import put_events, put_to

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
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Which lender of the group the furnisher is, and whom it knows by this file."""
        del batch, rules
        subject, member = (int(facts[f"objection_{name}"][0]) for name in ("subject", "member"))
        lender, borrower = put_to(books, subject=subject, member=member)
        return {"put_lender": np.array([lender], np.int64), "put_borrower": np.array([borrower], np.int64)}, {}

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
            events=[*event(OBJECTION_CHANGED, asked), *put_events(decided.case, decided.accepted)],
        )
