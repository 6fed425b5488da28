"""All draws of a borrower are stopped, on every product, or let go on; payments are never stopped."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER, BORROWER_FROZEN
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Reference, rows
from benyuan.usecases.lending.shared import erased_faults


@command("freeze_borrower", personal=("grounds",))
class BorrowerFreeze(Command, frozen=True, kw_only=True):
    """Stop all draws of `borrower`, or with `frozen` false let them go on."""

    borrower: Id
    frozen: bool = True
    grounds: Reference


class FreezeBorrower(UseCase):
    """Keeps the log position of the freeze."""

    command = BorrowerFreeze
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a borrower is frozen is shared by their freezes."""
        return (batch.integers("borrower"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The borrower is still somebody."""
        return erased_faults(case)

    def record(self, decided: Decided) -> Recorded:
        """Frozen by this command, or no more."""
        batch = decided.case.batch
        since = np.where(np.array(batch.values("frozen"), np.bool_), batch.position, 0)
        columns = rows(decided.accepted, id=batch.integers("borrower"), frozen=since)
        return Recorded(results={}, events=event(BORROWER_FROZEN, columns))
