"""What was paid for an investment goes on to whom it is made by, once the sale can no longer be cancelled.

Source: PBoC Order [2020] No. 5, art. 13 (customers' money is not used before it is due), and the product's own terms.
Redeeming does the same first. Worked number: sold on 2026-03-10 with five days, it goes on from 2026-03-16.
"""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_protection.suitability.chart import SaleOwn
from benyuan.consumer_protection.suitability.exits import PAST_WAITING
from benyuan.consumer_protection.suitability.facts import Ints, Truths
from benyuan.consumer_protection.suitability.records import INVESTMENT_HOLDING_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.pay import moved_by
from benyuan.usecases.protection.suitability.leaving import NO_MISUSE, needs_of_sale


@command("release_sale")
class Release(Command, frozen=True, kw_only=True):
    """Let what was paid in `sale` go on to the maker."""

    sale: Id


class ReleaseSale(UseCase):
    """Moves it, once."""

    command = Release
    needs = needs_of_sale("sale")
    gates = (PAST_WAITING,)
    rules = (NO_MISUSE,)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A sale is released once."""
        return (batch.integers("sale"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Its money waits."""
        facts = case.facts
        gone = (facts["sale_cancelled_on"] != 0) | (facts["holding_released_on"] != 0) | ~facts.found("holding")
        return faults_where(np.asarray(gone, np.bool_), case.batch, "sale", "a sale whose money waits")

    def legs(self, case: Case, goes_on: Truths) -> Legs:
        """One leg."""
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=facts["holding_first_account"] + SaleOwn.waiting,
            credit=facts["merchant_account"],
            amount=facts["sale_amount_fen"],
            code=LegCode.investment_released,
            rule=self.rules.index(NO_MISUSE),
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """How much, and to whom."""
        batch, facts = decided.case.batch, decided.case.facts
        columns = rows(decided.accepted, id=batch.integers("sale"), released_on=batch.on)
        return Recorded(
            results={
                "released_fen": moved_by(decided, LegCode.investment_released),
                "wallet": facts["sale_wallet"],
                "merchant": facts["sale_merchant"],
            },
            events=event(INVESTMENT_HOLDING_CHANGED, columns),
        )
