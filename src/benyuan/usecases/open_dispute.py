"""A payment is disputed: as much of it as the merchant has not been paid out yet is held until it is decided.

Sources: State Council Order 768, art. 35; PBoC Announcement [2015] No. 43, arts. 17, 28; PBoC Announcement [2013]
No. 9, art. 34. Worked number: of a payment of 100.00 all is disputed, and the merchant has 70.00 coming: 70.00 are
held, and neither settlement, refund nor fee can touch them; 30.00 have been paid out and are not covered.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.ledger import LegFlag
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.records import DISPUTE, DISPUTE_OPENED, PAYMENT_DISPUTE_BEGUN, PAYMENT_DISPUTE_CHANGED
from benyuan.payments.vocabulary import DISPUTE_REASON_NUMBER, DisputeReason
from benyuan.usecases.common import Fen, Id, Memo, faults_where, numbered, rows
from benyuan.usecases.pay import moved_by
from benyuan.usecases.returns import WITHIN_PAYMENT, left_fen, needs_of_payment
from benyuan.values.dates import local_days

HANDLED, HOLD = "pay.dispute.handled", "pay.dispute.hold"


@command("open_dispute", personal=("memo",))
class OpenDispute(Command, frozen=True, kw_only=True):
    """Dispute `amount_fen` of `payment`, the log position of an accepted payment, for a `reason`."""

    payment: Id
    amount_fen: Fen
    reason: DisputeReason
    memo: Memo = ""


class DisputePayment(UseCase):
    """One hold on the merchant's account; the ledger finds how much there is to hold."""

    command = OpenDispute
    needs = needs_of_payment("payment")
    gates = (WITHIN_PAYMENT,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A payment has one open dispute."""
        return (batch.integers("payment"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No dispute of the payment is open, a chargeback is of the card's part; the rules for it are in force."""
        for rule in (HANDLED, HOLD):
            case.rules.value(id=rule, on=case.batch.on)
        disputed = case.facts["disputed_dispute"] != 0
        charged = case.batch.equals("reason", DisputeReason.chargeback.value)
        beyond = charged & (case.batch.integers("amount_fen") > left_fen(case)[0])
        return {
            **faults_where(beyond, case.batch, "amount_fen", "no more than the card paid and has not got back"),
            **faults_where(disputed, case.batch, "payment", "a payment without an open dispute"),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """A hold of what there is, down to nothing."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=case.facts["merchant_account"],
            credit=case.facts["institution_first_account"] + Own.clearing_out,
            amount=case.batch.integers("amount_fen"),
            code=LegCode.dispute_hold,
            flags=LegFlag.pending | LegFlag.balancing_debit,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The dispute, with its hold; what the hold does not cover has been paid out already."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        number, held = numbered(accepted, facts.next_ids[DISPUTE.name]), moved_by(decided, LegCode.dispute_hold)
        opened = {
            "id": number,
            "payment": batch.integers("payment"),
            "merchant": facts["payment_merchant"],
            "wallet": facts["payment_payer"],
            "amount_fen": batch.integers("amount_fen"),
            "held_fen": held,
            "reason": batch.numbers("reason", DISPUTE_REASON_NUMBER),
            "paid_on": local_days(facts["payment_at"]),
            "opened_on": batch.on,
            "hold": _holds(decided),
            **dict.fromkeys(("outcome", "decided_on", "advanced_fen"), 0),
        }
        now = {"id": batch.integers("payment"), "dispute": number}
        before = facts.found("disputed")
        return Recorded(
            results={
                "dispute": number,
                "held_fen": held,
                "uncovered_fen": batch.integers("amount_fen") - held,
                "merchant": facts["payment_merchant"],
            },
            events=[
                *event(DISPUTE_OPENED, rows(accepted, **opened)),
                *event(PAYMENT_DISPUTE_BEGUN, rows(accepted & ~before, **now)),
                *event(PAYMENT_DISPUTE_CHANGED, rows(accepted & before, **now)),
            ],
        )


def _holds(decided: Decided) -> NDArray[np.int64]:
    """The id of each command's hold; 0 where it has none."""
    holds = np.zeros(len(decided.case.batch), np.int64)
    holds[decided.proposals.legs.command] = decided.posted.leg
    return holds
