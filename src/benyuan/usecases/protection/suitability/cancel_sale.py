"""A sale cancelled within the days that the product's terms give: all that was paid goes back where it came from.

Sources: the product's own terms (Order 2025 No. 7 gives investment products no days; insurance has a cooling-off
period, art. 37(3)); PBoC Announcement [2015] No. 43, art. 15. No fee, no price, no reason. The money has waited on the
sale's own account, so it is there, whatever its maker was paid out; of a sale from before there were such accounts it
comes out of what the maker has not been paid out yet. Order of checks: the maker on no list; the days. The last day is
included.
"""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_protection.suitability.chart import InvestorLeg, InvestorOwn, SaleOwn
from benyuan.consumer_protection.suitability.exits import HELD, IN_TIME, ORIGINAL_ACCOUNT
from benyuan.consumer_protection.suitability.facts import Ints, Truths, held
from benyuan.consumer_protection.suitability.records import INVESTMENT_CANCELLED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.merchant_stops import NOT_LISTED_MERCHANT
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.suitability.leaving import NO_MISUSE, needs_of_sale, where_it_came_from


@command("cancel_sale")
class Cancellation(Command, frozen=True, kw_only=True):
    """The customer cancels `sale`; no reason is asked for."""

    sale: Id


class CancelSale(UseCase):
    """Moves the whole amount back."""

    command = Cancellation
    needs = needs_of_sale("sale")
    gates = (NOT_LISTED_MERCHANT, IN_TIME)
    rules = (NO_MISUSE, HELD)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A sale is cancelled once."""
        return (batch.integers("sale"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It has not been cancelled."""
        held(case, ORIGINAL_ACCOUNT)
        done = case.facts["sale_cancelled_on"] != 0
        return faults_where(done, case.batch, "sale", "a sale that is not cancelled yet")

    def legs(self, case: Case, goes_on: Truths) -> Legs:
        """The money back, the shares gone, and what counts against the customer's means."""
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        booked, first = facts.found("holding"), facts["holding_first_account"]
        control = facts["institution_first_account"] + Own.usage_control
        table.add(
            where=goes_on,
            debit=np.where(booked, first + SaleOwn.waiting, facts["merchant_account"]),
            credit=where_it_came_from(case),
            amount=facts["sale_amount_fen"],
            code=LegCode.investment_cancelled,
            rule=self.rules.index(NO_MISUSE),
        )
        table.add(
            where=goes_on & booked,
            debit=control,
            credit=first + SaleOwn.held,
            amount=facts["holding_shares"],
            code=InvestorLeg.shares_given_back,
            rule=self.rules.index(HELD),
        )
        table.add(
            where=goes_on,
            debit=control,
            credit=facts["investor_first_usage"] + InvestorOwn.bought,
            amount=facts["sale_amount_fen"],
            code=InvestorLeg.given_back,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What went back to which wallet, and the place in the log of the sale that had taken it."""
        batch, facts = decided.case.batch, decided.case.facts
        columns = rows(decided.accepted, id=batch.integers("sale"), cancelled_on=batch.on)
        return Recorded(
            results={
                "returned_fen": facts["sale_amount_fen"],
                "wallet": facts["sale_wallet"],
                "sold_by": facts["sale_position"],
            },
            events=event(INVESTMENT_CANCELLED, columns),
        )
