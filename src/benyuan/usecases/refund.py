"""A refund of a payment, whole or in part, to the sources that paid (PBoC Announcement [2015] No. 43, art. 15).

The source debited last is refunded first: the card up to what it paid, then the wallet. Refunds of one payment never
exceed it, and restore no allowance. They come out of what the merchant has not been paid out yet. What a wallet paid
that has been closed since goes out to the bank account to which it was closed.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.records import (
    INSTITUTION,
    MERCHANT,
    PAYMENT,
    PAYMENT_REFUND_ADDED,
    PAYMENT_REFUND_BEGUN,
    PAYMENT_REFUNDED,
    WALLET,
)
from benyuan.usecases.common import Fen, Id, Memo, rows
from benyuan.usecases.pay import moved_by

NO_MISUSE = "pay.reserve.no_misuse"
ORIGINAL_ACCOUNT = "pay.refund.original_account"


@command("refund", personal=("memo",))
class Refund(Command, frozen=True, kw_only=True):
    """Refund `amount_fen` of `payment`, the log position of an accepted payment."""

    payment: Id
    amount_fen: Fen
    memo: Memo = ""


def left_fen(case: Case) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What is left to refund of each payment: (to the card, to the wallet)."""
    facts = case.facts
    card = facts["payment_card_fen"] - facts["refunded_card_fen"]
    wallet = facts["payment_balance_fen"] - facts["refunded_balance_fen"]
    return card, wallet


def within_payment(case: Case) -> NDArray[np.bool_]:
    """No more goes back to an account than came from it."""
    case.rules.value(id=ORIGINAL_ACCOUNT, on=case.batch.on)
    card, wallet = left_fen(case)
    passes: NDArray[np.bool_] = case.batch.integers("amount_fen") <= card + wallet
    return passes


def refund_figures(case: Case, place: int) -> dict[str, int]:
    """What was paid, what went back already, what is asked."""
    card, wallet = left_fen(case)
    facts = case.facts
    return {
        "paid_fen": int(facts["payment_card_fen"][place] + facts["payment_balance_fen"][place]),
        "left_to_refund_fen": int(card[place] + wallet[place]),
        "asked_fen": int(case.batch.integers("amount_fen")[place]),
    }


class RefundPayment(UseCase):
    """Decides refunds in columns; two of one payment never share a batch."""

    command = Refund
    needs = (
        Need(table=PAYMENT, by="payment", prefix="payment"),
        Need(table=PAYMENT_REFUNDED, by="payment", prefix="refunded"),
        Need(table=WALLET, by="payment_payer", prefix="wallet"),
        Need(table=MERCHANT, by="payment_merchant", prefix="merchant"),
        Need(table=INSTITUTION, by="wallet_institution", prefix="institution"),
    )
    gates = (Gate(rule=ORIGINAL_ACCOUNT, passes=within_payment, figures=refund_figures),)
    rules = (NO_MISUSE,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What has been refunded of a payment is shared by its refunds."""
        return (batch.integers("payment"),)

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """A leg to the card, then one to the wallet."""
        batch, facts = case.batch, case.facts
        card, _ = left_fen(case)
        asked = batch.integers("amount_fen")
        to_card = np.minimum(asked, card)
        table = LegTable(at=batch.at, reference=batch.position)
        on_its_way_out = facts["institution_first_account"] + Own.clearing_out
        own_money = self.rules.index(NO_MISUSE)
        table.add(
            where=goes_on & (to_card > 0),
            debit=facts["merchant_account"],
            credit=on_its_way_out,
            amount=to_card,
            code=LegCode.refund_to_card,
            rule=own_money,
        )
        table.add(
            where=goes_on & (asked > to_card),
            debit=facts["merchant_account"],
            credit=np.where(facts["wallet_closed_on"] != 0, on_its_way_out, facts["wallet_account"]),
            amount=asked - to_card,
            code=LegCode.refund,
            rule=own_money,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """How much went to the card and to the wallet, whose; and what has now been refunded of the payment."""
        case, accepted = decided.case, decided.accepted
        card, wallet = moved_by(decided, LegCode.refund_to_card), moved_by(decided, LegCode.refund)
        columns = {
            "id": case.batch.integers("payment"),
            "balance_fen": case.facts["refunded_balance_fen"] + wallet,
            "card_fen": case.facts["refunded_card_fen"] + card,
        }
        begun = accepted & ~case.facts.found("refunded")
        added = accepted & case.facts.found("refunded")
        return Recorded(
            results={
                "balance_fen": wallet,
                "card_fen": card,
                "payer": case.facts["payment_payer"],
                "merchant": case.facts["payment_merchant"],
            },
            events=[
                *event(PAYMENT_REFUND_BEGUN, rows(begun, **columns)),
                *event(PAYMENT_REFUND_ADDED, rows(added, **columns)),
            ],
        )
