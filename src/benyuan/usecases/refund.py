"""A refund of a payment, whole or in part, to the sources that paid (PBoC Announcement [2015] No. 43, art. 15).

Refunds of one payment never exceed it, and restore no allowance. They come out of what the merchant has not been paid
out yet and what no dispute holds. A payment whose dispute is open is not refunded besides: the money on hold is for
that.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode
from benyuan.payments.merchant_stops import NOT_LISTED_MERCHANT
from benyuan.usecases.common import Fen, Id, Memo, faults_where
from benyuan.usecases.returns import (
    NO_MISUSE,
    WITHIN_PAYMENT,
    add_fee_legs,
    add_return_legs,
    needs_of_payment,
    returned,
    returned_events,
)

CODES = (LegCode.refund_to_card, LegCode.refund)


@command("refund", personal=("memo",))
class Refund(Command, frozen=True, kw_only=True):
    """Refund `amount_fen` of `payment`, the log position of an accepted payment."""

    payment: Id
    amount_fen: Fen
    memo: Memo = ""


class RefundPayment(UseCase):
    """Decides refunds in columns; two of one payment never share a batch."""

    command = Refund
    needs = needs_of_payment("payment")
    gates = (NOT_LISTED_MERCHANT, WITHIN_PAYMENT)
    rules = (NO_MISUSE,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What has been refunded of a payment is shared by its refunds."""
        return (batch.integers("payment"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No dispute of the payment is open."""
        disputed = case.facts["disputed_dispute"] != 0
        return faults_where(disputed, case.batch, "payment", "a payment without an open dispute")

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """A leg to the card, then one to the wallet."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        amount = case.batch.integers("amount_fen")
        add_fee_legs(table, case=case, where=goes_on, amount=amount, rule=self.rules.index(NO_MISUSE))
        asked = case.batch.integers("amount_fen")
        add_return_legs(table, case=case, where=goes_on, amount=asked, codes=CODES, rule=self.rules.index(NO_MISUSE))
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """How much went to the card and to the wallet, whose; and what has now been refunded of the payment."""
        results = returned(decided, codes=CODES)
        payment = decided.case.batch.integers("payment")
        return Recorded(
            results=results,
            events=returned_events(decided, payment=payment, where=decided.accepted, results=results),
        )
