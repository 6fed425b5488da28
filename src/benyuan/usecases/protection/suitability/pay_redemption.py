"""The rest of a redemption is paid to the customer: out of what its maker has coming here, or paid in by the maker.

Sources: PBoC Announcement [2015] No. 43, art. 15; PBoC Order [2020] No. 5, art. 13 (no other customer's money is used
for it); the product's own terms for the days. Worked number: of 4,079.50, 1,000.00 were there on the day; 3,079.50 are
paid in by the maker, in one leg, as the clearing house will name it in one line.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.exits import ORIGINAL_ACCOUNT, PAID
from benyuan.consumer_protection.suitability.facts import Ints, Truths, held
from benyuan.consumer_protection.suitability.records import REDEMPTION, REDEMPTION_PAID
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.merchant_stops import NOT_LISTED_MERCHANT
from benyuan.payments.vocabulary import RecoverySource
from benyuan.usecases.common import Id, Reference, faults_where, rows
from benyuan.usecases.protection.suitability.leaving import NO_MISUSE, needs_of_sale, where_it_came_from


@command("pay_redemption")
class Payout(Command, frozen=True, kw_only=True):
    """Pay what is still owed for `redemption` out of `source`; `reference`: that of the maker's order."""

    redemption: Id
    source: RecoverySource
    reference: Reference


def owed_fen(case: Case) -> Ints:
    """What is still to be paid."""
    return np.asarray(case.facts["redeemed_net_fen"] - case.facts["redeemed_paid_fen"], np.int64)


class PayRedemption(UseCase):
    """Pays all that is owed, and ends the duty."""

    command = Payout
    needs = (
        Need(table=REDEMPTION, by="redemption", prefix="redeemed"),
        Need(table=PROTECTION_DUTY, by="redeemed_duty", prefix="owed"),
        *needs_of_sale("redeemed_sale"),
    )
    gates = (NOT_LISTED_MERCHANT,)
    rules = (NO_MISUSE,)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A redemption is paid once."""
        return (batch.integers("redemption"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Something is owed."""
        for rule in (ORIGINAL_ACCOUNT, PAID):
            held(case, rule)
        return faults_where(owed_fen(case) == 0, case.batch, "redemption", "a redemption that is not paid in full yet")

    def legs(self, case: Case, goes_on: Truths) -> Legs:
        """From the maker's account, or owed by the clearing house, to where the money came from."""
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        receipts = case.batch.equals("source", RecoverySource.receipts.value)
        common: dict[str, Any] = {"credit": where_it_came_from(case), "amount": owed_fen(case)}
        table.add(
            where=goes_on & receipts,
            debit=facts["merchant_account"],
            code=LegCode.investment_redeemed,
            rule=self.rules.index(NO_MISUSE),
            **common,
        )
        table.add(
            where=goes_on & ~receipts,
            debit=facts["institution_first_account"] + Own.clearing_in,
            code=LegCode.investment_redeemed_paid_in,
            **common,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What was paid, to which wallet, in time or `late`, and the place in the log of the redemption."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        paid = {"id": batch.integers("redemption"), "paid_fen": facts["redeemed_net_fen"], "paid_on": batch.on}
        paid |= {"paid_by": batch.position}
        done = rows(accepted, id=facts["redeemed_duty"], done_on=batch.on)
        return Recorded(
            results={
                "paid_fen": owed_fen(case),
                "late": (batch.on > facts["owed_due_on"]).astype(np.int64),
                "wallet": facts["sale_wallet"],
                "merchant": facts["sale_merchant"],
                "redeemed_by": facts["redeemed_position"],
            },
            events=[*event(REDEMPTION_PAID, rows(accepted, **paid)), *event(PROTECTION_DUTY_CHANGED, done)],
        )
