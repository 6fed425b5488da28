"""An amount of a wallet is frozen by the order of an authority; the rest of the balance stays the customer's to use.

Source: State Council Order 768, arts. 27, 31. Worked number: of 100.00, 60.00 are frozen: the customer can pay 40.00.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.freezes import FREEZE_MADE, WALLET_FREEZE
from benyuan.payments.records import INSTITUTION, WALLET, WALLET_FREEZES_CHANGED
from benyuan.payments.suspension import closed_faults
from benyuan.usecases.common import Fen, Id, Reference, numbered, rows
from benyuan.usecases.freezing import FREEZING, alone, held_by, hold_leg


@command("freeze_amount")
class FreezeAmount(Command, frozen=True, kw_only=True):
    """Freeze `amount_fen` of `wallet`; `reference` is that of the order."""

    wallet: Id
    amount_fen: Fen
    reference: Reference


class FreezeWalletAmount(UseCase):
    """One hold of what is there; what is not there yet leaves the freeze short."""

    command = FreezeAmount
    needs = (
        Need(table=WALLET, by="wallet", prefix="wallet"),
        Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
    )
    gates = (FREEZING,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Each stands alone."""
        return alone(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open."""
        return closed_faults(case, "wallet")

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The hold."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        hold_leg(table, case=case, where=goes_on, amount=case.batch.integers("amount_fen"))
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The freeze, behind those that stand; and by how much the wallet's freezes are short."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        number, (hold, held) = numbered(accepted, facts.next_ids[WALLET_FREEZE.name]), held_by(decided)
        amount = batch.integers("amount_fen")
        made = {
            "id": number,
            "wallet": batch.integers("wallet"),
            "ordered_fen": amount,
            "amount_fen": amount,
            "held_fen": held,
            "hold": hold,
            "deducted_fen": 0,
            "frozen_on": batch.on,
            "ended_on": 0,
            "position": batch.position,
        }
        wallet = {
            "id": batch.integers("wallet"),
            "freezes": facts["wallet_freezes"] + 1,
            "short_fen": facts["wallet_short_fen"] + amount - held,
        }
        return Recorded(
            results={"freeze": number, "held_fen": held, "short_fen": amount - held},
            events=[
                *event(FREEZE_MADE, rows(accepted, **made)),
                *event(WALLET_FREEZES_CHANGED, rows(accepted, **wallet)),
            ],
        )
