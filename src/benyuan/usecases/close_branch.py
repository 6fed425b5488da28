"""A branch closes: its province's merchants take no payments from that day on (银发〔2017〕296号, art. 29)."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.places import BRANCH_CHANGED, Province
from benyuan.rules import RulePack
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, Yyyymmdd, faults_where, no_such_day, rows
from benyuan.usecases.record_branch import branch_keys, branches_there


@command("close_branch")
class CloseOffice(Command, frozen=True, kw_only=True):
    """The branch of `institution` in `province` acquires no more from `closed_on` on."""

    institution: Id
    province: Province
    closed_on: Yyyymmdd


class CloseBranch(UseCase):
    """Records the first day without it."""

    command = CloseOffice
    needs = INSTITUTION_NEEDS
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A branch closes once."""
        return (batch.integers("institution"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The branch."""
        del facts, rules
        return branches_there(batch, books), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There is such a branch, and it is open; the day exists and has not passed."""
        batch, facts = case.batch, case.facts
        absent = ~facts.found("branch") | (facts["branch_closed_on"] != 0)
        none = {
            place: Invalid(
                field="province", value=batch.values("province")[place], constraint="one with an open branch"
            )
            for place in np.flatnonzero(absent).tolist()
        }
        past = faults_where(batch.integers("closed_on") < batch.on, batch, "closed_on", "today or a later day")
        return {**past, **none, **no_such_day(batch, "closed_on")}

    def record(self, decided: Decided) -> Recorded:
        """The day."""
        batch = decided.case.batch
        closed = rows(decided.accepted, id=branch_keys(batch), closed_on=batch.integers("closed_on"))
        return Recorded(results={}, events=event(BRANCH_CHANGED, closed))
