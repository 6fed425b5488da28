"""A freeze is lifted, whole or in part: what is no longer frozen is the customer's again, unless another freeze waits.

Source: State Council Order 768, art. 27. Worked number: of 60.00 frozen, of which 40.00 are held, 10.00 are lifted:
50.00 stay frozen, and the 40.00 stay held.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.freezes import FREEZE_NEEDS
from benyuan.usecases.common import Count, Id, Reference
from benyuan.usecases.freezing import FREEZING, above_faults, alone, changed_events, ended_faults, hold_leg, release_leg


@command("lift_freeze")
class LiftFreeze(Command, frozen=True, kw_only=True):
    """Lift `amount_fen` of `freeze`, 0: all of it; `reference` is that of the order."""

    freeze: Id
    amount_fen: Count = 0
    reference: Reference


def left_fen(case: Case) -> NDArray[np.int64]:
    """What stays frozen."""
    lifted, amount = case.batch.integers("amount_fen"), case.facts["freeze_amount_fen"]
    return np.where(lifted == 0, 0, amount - lifted)


class LiftWalletFreeze(UseCase):
    """The hold is given back, and what stays frozen is held anew."""

    command = LiftFreeze
    needs = FREEZE_NEEDS
    gates = (FREEZING,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Each stands alone."""
        return alone(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The freeze stands, and is for as much."""
        return {**above_faults(case, case.facts["freeze_amount_fen"], "is frozen, in fen"), **ended_faults(case)}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Void, then hold what is left; no more than was held, for what came in since belongs to who is first."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        release_leg(table, case=case, where=goes_on)
        hold_leg(table, case=case, where=goes_on, amount=np.minimum(left_fen(case), case.facts["freeze_held_fen"]))
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What is left of the freeze."""
        results, events = changed_events(decided, amount=left_fen(decided.case))
        return Recorded(results=results, events=events)
