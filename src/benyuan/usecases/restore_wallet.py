"""The business of one wallet goes on: taken off the list, cleared by the check, or the freeze lifted."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import WALLET_STOPS_CHANGED
from benyuan.payments.vocabulary import WalletStop
from benyuan.usecases.common import Id, Reference, faults_where, rows
from benyuan.usecases.suspend_wallet import WALLET_AND_HOLDER, stop_bits


@command("restore_wallet")
class Restore(Command, frozen=True, kw_only=True):
    """End a `stop` of `wallet`; `reference` is that of the decision to end it."""

    wallet: Id
    stop: WalletStop
    reference: Reference


class RestoreWallet(UseCase):
    """Takes away one reason; the others stay."""

    command = Restore
    needs = WALLET_AND_HOLDER

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The reasons of a wallet are shared."""
        return (batch.integers("wallet"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There is such a stop to end."""
        free = (case.facts["wallet_stops"] & stop_bits(case.batch)) == 0
        return faults_where(free, case.batch, "wallet", "a wallet that is stopped for this reason")

    def record(self, decided: Decided) -> Recorded:
        """The reasons that are left."""
        case = decided.case
        left = case.facts["wallet_stops"] & ~stop_bits(case.batch)
        changed = rows(decided.accepted, id=case.batch.integers("wallet"), stops=left)
        return Recorded(results={}, events=event(WALLET_STOPS_CHANGED, changed))
