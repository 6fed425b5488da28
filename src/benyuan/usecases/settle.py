"""Settlement: a merchant is paid out all that it has received, through the clearing house."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.ledger import AMOUNT_MAX, LegFlag
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.licences import licence_gate
from benyuan.payments.records import INSTITUTION, STANDING
from benyuan.usecases.common import MERCHANT_NEED, Id
from benyuan.usecases.pay import moved_by


@command("settle")
class Settle(Command, frozen=True, kw_only=True):
    """Pay `merchant` out what stands to its credit."""

    merchant: Id


class SettleMerchant(UseCase):
    """Decides settlements in columns."""

    command = Settle
    needs = (
        MERCHANT_NEED,
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
        Need(table=STANDING, by="merchant_institution", prefix="standing"),
    )
    gates = (licence_gate(business="card_acquiring"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """None: a second settlement in a batch moves nothing."""
        del batch
        return ()

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One leg that moves what there is."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=case.facts["merchant_account"],
            credit=case.facts["institution_first_account"] + Own.clearing_out,
            amount=AMOUNT_MAX,
            code=LegCode.settlement,
            flags=LegFlag.balancing_debit,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What was paid out, in fen."""
        return Recorded(results={"settled_fen": moved_by(decided, LegCode.settlement)})
