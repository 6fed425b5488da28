"""A sale cancelled within the days that the product's terms give; the money goes back to the wallet it came from.

Source: the product's own terms (Order 2025 No. 7 gives investment products no days; insurance has a cooling-off period,
art. 37(3)). It comes out of what the merchant has not been paid out yet. The last day is included.
"""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_protection.suitability.chart import InvestorLeg, InvestorOwn
from benyuan.consumer_protection.suitability.facts import Ints, Truths
from benyuan.consumer_protection.suitability.records import INVESTMENT_CANCELLED, INVESTOR, SALE
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, NOT_LISTED_MERCHANT
from benyuan.payments.records import INSTITUTION, MERCHANT, WALLET
from benyuan.usecases.common import Id, faults_where, rows

NO_MISUSE = "pay.reserve.no_misuse"


@command("cancel_sale")
class Cancellation(Command, frozen=True, kw_only=True):
    """The customer cancels `sale`; no reason is asked for."""

    sale: Id


class CancelSale(UseCase):
    """Moves the whole amount back."""

    command = Cancellation
    needs = (
        Need(table=SALE, by="sale", prefix="sale"),
        Need(table=WALLET, by="sale_wallet", prefix="wallet"),
        Need(table=MERCHANT, by="sale_merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
        Need(table=INVESTOR, by="sale_person", prefix="investor"),
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
    )
    gates = (NOT_LISTED_MERCHANT,)
    rules = (NO_MISUSE,)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A sale is cancelled once."""
        return (batch.integers("sale"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It may still be cancelled, has not been, and its wallet is open."""
        batch, facts = case.batch, case.facts
        closed = facts["wallet_closed_on"] != 0
        over = np.flatnonzero(facts["sale_cancel_by"] < batch.on).tolist()
        return {
            **faults_where(closed, batch, "sale", "a sale whose wallet is open: the money goes back to it"),
            **{
                place: Invalid(field="sale", value=int(batch.integers("sale")[place]), constraint=_until(case, place))
                for place in over
            },
            **faults_where(facts["sale_cancelled_on"] != 0, batch, "sale", "a sale that is not cancelled yet"),
        }

    def legs(self, case: Case, goes_on: Truths) -> Legs:
        """From the merchant to the same wallet; what was held is held no more."""
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=facts["merchant_account"],
            credit=facts["wallet_account"],
            amount=facts["sale_amount_fen"],
            code=LegCode.investment_cancelled,
            rule=self.rules.index(NO_MISUSE),
        )
        table.add(
            where=goes_on,
            debit=facts["institution_first_account"] + Own.usage_control,
            credit=facts["investor_first_usage"] + InvestorOwn.bought,
            amount=facts["sale_amount_fen"],
            code=InvestorLeg.given_back,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What went back to which wallet."""
        case = decided.case
        batch, facts = case.batch, case.facts
        columns = rows(decided.accepted, id=batch.integers("sale"), cancelled_on=batch.on)
        return Recorded(
            results={"returned_fen": facts["sale_amount_fen"], "wallet": facts["sale_wallet"]},
            events=event(INVESTMENT_CANCELLED, columns),
        )


def _until(case: Case, place: int) -> str:
    last = int(case.facts["sale_cancel_by"][place])
    return f"a sale that may be cancelled: this one until {last}" if last else "a sale whose terms let it be cancelled"
