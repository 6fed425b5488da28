"""An investigation is over: what it alone held back may be erased (Order [2025] No. 11, art. 44)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.retention.records import INVESTIGATION, INVESTIGATION_CLOSED
from benyuan.usecases.common import Id, Reference, faults_where, rows


@command("close_investigation")
class EndInvestigation(Command, frozen=True, kw_only=True):
    """Number `investigation` is over; `reference` is that of the authority's letter."""

    investigation: Id
    reference: Reference


class CloseInvestigation(UseCase):
    """Records the day."""

    command = EndInvestigation
    needs = (Need(table=INVESTIGATION, by="investigation", prefix="investigation"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An investigation ends once."""
        return (batch.integers("investigation"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is under way."""
        over = case.facts["investigation_closed_on"] != 0
        return faults_where(over, case.batch, "investigation", "an investigation that is under way, not over")

    def record(self, decided: Decided) -> Recorded:
        """Over."""
        batch = decided.case.batch
        closed = rows(decided.accepted, id=batch.integers("investigation"), closed_on=batch.on)
        return Recorded(results={}, events=event(INVESTIGATION_CLOSED, closed))
