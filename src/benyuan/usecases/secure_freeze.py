"""A freeze that was short takes what has come into the wallet since; the first that is short comes first.

Source: State Council Order 768, art. 27. Worked number: a freeze of 70.00 holds 40.00, and 50.00 come in: it takes
30.00 of them, and nothing of the wallet is short any more.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.freezes import FREEZE_NEEDS, WALLET_FREEZE
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where
from benyuan.usecases.freezing import FREEZING, alone, changed_events, ended_faults, hold_leg, release_leg


@command("secure_freeze")
class SecureFreeze(Command, frozen=True, kw_only=True):
    """Hold for `freeze` what is there of what it is short by."""

    freeze: Id


class SecureWalletFreeze(UseCase):
    """The hold is given back and made anew, as far as the money goes."""

    command = SecureFreeze
    needs = FREEZE_NEEDS
    gates = (FREEZING,)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Each stands alone."""
        return alone(batch)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The first freeze of each wallet that is short; 0 where none is."""
        del batch, rules
        amount, held = books.column(WALLET_FREEZE, "amount_fen"), books.column(WALLET_FREEZE, "held_fen")
        short, owner = amount > held, books.column(WALLET_FREEZE, "wallet")
        firsts = [np.flatnonzero(short & (owner == wallet)).tolist() for wallet in facts["freeze_wallet"].tolist()]
        return {"first_short": np.array([numbers[0] if numbers else 0 for numbers in firsts], np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The freeze stands, and is the first that is short."""
        later = case.facts["first_short"] != case.batch.integers("freeze")
        wanted = "the first freeze of its wallet that is short"
        return {**faults_where(later, case.batch, "freeze", wanted), **ended_faults(case)}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Void, then hold all that is frozen, as far as it goes."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        release_leg(table, case=case, where=goes_on)
        hold_leg(table, case=case, where=goes_on, amount=case.facts["freeze_amount_fen"])
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """How much is held, and by how much it is short still."""
        results, events = changed_events(decided, amount=decided.case.facts["freeze_amount_fen"])
        return Recorded(results=results, events=events)
