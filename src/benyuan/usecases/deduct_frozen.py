"""What is frozen is deducted 扣划 by the order of an authority, and paid out through the clearing house.

Source: State Council Order 768, art. 27. It is no payment of the customer's: no limit counts it, and with a judicial or
administrative organ on the other side no large value is reported (银发〔2018〕163号, item 六（一）). Worked number: of
60.00 frozen 25.00 are deducted: 35.00 stay frozen, and 25.00 are on their way out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.freezes import FREEZE_NEEDS
from benyuan.payments.suspension import FREEZE
from benyuan.usecases.common import Fen, Id, Reference
from benyuan.usecases.freezing import FREEZING, above_faults, alone, changed_events, ended_faults, hold_leg, release_leg


@command("deduct_frozen")
class DeductFrozen(Command, frozen=True, kw_only=True):
    """Pay `amount_fen` of what `freeze` holds out to the authority; `reference` is that of the order."""

    freeze: Id
    amount_fen: Fen
    reference: Reference


class DeductWalletFrozen(UseCase):
    """The hold is given back, the amount goes out, and the rest is held anew, in one chain."""

    command = DeductFrozen
    needs = FREEZE_NEEDS
    gates = (FREEZING,)
    rules = (FREEZE,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Each stands alone."""
        return alone(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The freeze stands, and holds as much."""
        return {**above_faults(case, case.facts["freeze_held_fen"], "the freeze holds, in fen"), **ended_faults(case)}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Void, deduct, hold the rest."""
        facts, amount = case.facts, case.batch.integers("amount_fen")
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        release_leg(table, case=case, where=goes_on)
        table.add(
            where=goes_on,
            debit=facts["wallet_account"],
            credit=facts["institution_first_account"] + Own.clearing_out,
            amount=amount,
            code=LegCode.deduction,
            rule=self.rules.index(FREEZE),
        )
        hold_leg(table, case=case, where=goes_on, amount=facts["freeze_held_fen"] - amount)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What is left of the freeze."""
        amount = decided.case.batch.integers("amount_fen")
        left = decided.case.facts["freeze_amount_fen"] - amount
        results, events = changed_events(decided, amount=left, deducted=amount)
        return Recorded(results=results, events=events)
