"""The clearing house settles with the lender: what came in for it reaches its bank account, what it owes leaves it."""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn
from benyuan.consumer_finance.records import LENDER
from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, UseCase
from benyuan.usecases.common import Count, Id, Reference


@command("clear_lender")
class LenderClearing(Command, frozen=True, kw_only=True):
    """Under one reference of the clearing house `received_fen` come in, and `paid_fen` go out."""

    lender: Id
    reference: Reference
    received_fen: Count = 0
    paid_fen: Count = 0


class ClearLender(UseCase):
    """The bank account against what is in transit; no more than is there."""

    command = LenderClearing
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)
    unfit = {  # noqa: RUF012  read only
        LenderLeg.clearing_received: ("received_fen", "no more than is on its way in, in fen"),
        LenderLeg.clearing_paid: ("paid_fen", "no more than is on its way out and in the bank, in fen"),
    }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One leg each way."""
        batch, own = case.batch, case.facts["lender_first_account"]
        received, paid = batch.integers("received_fen"), batch.integers("paid_fen")
        table = LegTable(at=batch.at, reference=batch.position)
        table.add(
            where=goes_on & (received > 0),
            debit=own + LenderOwn.bank,
            credit=own + LenderOwn.clearing_in,
            amount=received,
            code=LenderLeg.clearing_received,
        )
        table.add(
            where=goes_on & (paid > 0),
            debit=own + LenderOwn.clearing_out,
            credit=own + LenderOwn.bank,
            amount=paid,
            code=LenderLeg.clearing_paid,
        )
        return table.build()
