"""Shares of an investment given back before its end, all or some of them, at the price of the day and by its terms.

Sources: PBoC Announcement [2015] No. 43, art. 15 (the money goes to the account that paid); PBoC Order [2020] No. 5,
arts. 15, 16 (the customer's order stands; price and fee were told); prices, fees and days are the product's. Order of
checks: the maker on no list; past cancelling; price and fee as shown; no more than held, by gate and by the ledger.
What the maker has coming here pays at once as far as it goes; the rest is owed, as a duty with a day, and
`pay_redemption` pays it: whether somebody may leave never depends on the maker's money. The fee is never moved: it is
what the maker does not pay. Worked number: see `exits`.
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_AROSE
from benyuan.consumer_protection.suitability.chart import InvestorLeg, InvestorOwn, SaleOwn
from benyuan.consumer_protection.suitability.exits import (
    HELD,
    ORIGINAL_ACCOUNT,
    PAID,
    PAST_CANCELLING,
    SHOWN,
    WITHIN_HELD,
    cost_fen,
    fee_fen,
    left_shares,
    price_of,
    worth_fen,
)
from benyuan.consumer_protection.suitability.facts import Ints, Truths, held
from benyuan.consumer_protection.suitability.records import (
    INVESTMENT_HOLDING_CHANGED,
    INVESTMENT_REDEEMED,
    REDEMPTION,
    SHELF_PRICE,
)
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.ledger import AMOUNT_MAX, LegFlag
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.merchant_stops import NOT_LISTED_MERCHANT
from benyuan.usecases.common import Count, Id, faults_where, numbered, rows
from benyuan.usecases.pay import moved_by
from benyuan.usecases.protection.suitability.leaving import needs_of_sale, where_it_came_from
from benyuan.values.days import days_later

Shares: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX)]


@command("redeem_investment")
class RedemptionFields(Command, frozen=True, kw_only=True):
    """The customer gives back `shares` (in hundredths) of what `sale` bought; no reason is asked for.

    `price` (ten-thousandths of a yuan) and `fee_fen`: those that the customer was shown and agreed to.
    """

    sale: Id
    shares: Shares
    price: Id
    fee_fen: Count


def net_fen(case: Case) -> Ints:
    """What is to be paid for the shares, the fee taken off."""
    gross = worth_fen(case.batch.integers("shares"), price_of(case))
    return gross - fee_fen(case, gross)


class RedeemInvestment(UseCase):
    """Takes the shares off what is held, and pays for them."""

    command = RedemptionFields
    needs = (*needs_of_sale("sale"), Need(table=SHELF_PRICE, by="sale_product", prefix="price"))
    gates = (NOT_LISTED_MERCHANT, PAST_CANCELLING, SHOWN, WITHIN_HELD)
    rules = (HELD,)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """What is left of a sale is shared by its redemptions."""
        return (batch.integers("sale"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It has not been cancelled, and its shares are booked."""
        for rule in (ORIGINAL_ACCOUNT, PAID):
            held(case, rule)
        batch, facts = case.batch, case.facts
        return {
            **faults_where(~facts.found("holding"), batch, "sale", "a sale whose shares are booked"),
            **faults_where(facts["sale_cancelled_on"] != 0, batch, "sale", "a sale that is not cancelled"),
        }

    def legs(self, case: Case, goes_on: Truths) -> Legs:
        """What still waits goes on to the maker; the shares are gone; what is there of the money is paid."""
        facts, shares, net = case.facts, case.batch.integers("shares"), net_fen(case)
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        first, control = facts["holding_first_account"], facts["institution_first_account"] + Own.usage_control
        table.add(
            where=goes_on & (facts["holding_released_on"] == 0),
            debit=first + SaleOwn.waiting,
            credit=facts["merchant_account"],
            amount=facts["sale_amount_fen"],
            code=LegCode.investment_released,
            flags=LegFlag.balancing_debit,
        )
        table.add(
            where=goes_on,
            debit=control,
            credit=first + SaleOwn.held,
            amount=shares,
            code=InvestorLeg.shares_given_back,
            rule=self.rules.index(HELD),
        )
        table.add(
            where=goes_on,
            debit=control,
            credit=facts["investor_first_usage"] + InvestorOwn.bought,
            amount=cost_fen(case, np.minimum(shares, left_shares(case))),
            code=InvestorLeg.given_back,
        )
        table.add(
            where=goes_on & (net > 0),
            debit=facts["merchant_account"],
            credit=where_it_came_from(case),
            amount=net,
            code=LegCode.investment_redeemed,
            flags=LegFlag.balancing_debit,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The redemption, what is left of the sale, and a duty for what is still to be paid."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[REDEMPTION.name])
        net, paid = net_fen(case), moved_by(decided, LegCode.investment_redeemed)
        owed = accepted & (paid < net)
        duties = numbered(owed, facts.next_ids[PROTECTION_DUTY.name])
        due_on = days_later(np.full(len(batch), batch.on), facts["exit_pay_days"])
        redemption = _redemption(case, ids) | {"paid_fen": paid, "duty": duties}
        paid_on = np.where(owed, 0, batch.on)
        gone = facts["holding_redeemed_shares"] + batch.integers("shares")
        released = np.where(facts["holding_released_on"] != 0, facts["holding_released_on"], batch.on)
        holding = rows(accepted, id=batch.integers("sale"), redeemed_shares=gone, released_on=released)
        duty = {"id": duties, "kind": int(DutyKind.pay_redemption), "person": facts["sale_person"], "about": ids}
        duty |= {"arose_on": batch.on, "due_on": due_on}
        nothing = dict.fromkeys(("borrower", "subject", "done_on", "level"), 0)
        told = {name: redemption[name] for name in ("gross_fen", "fee_fen", "net_fen", "paid_fen", "left_shares")}
        return Recorded(
            results={
                "redemption": ids,
                **told,
                "duty": duties,
                "pay_by": np.where(owed, due_on, 0),
                "wallet": facts["sale_wallet"],
                "merchant": facts["sale_merchant"],
                "sold_by": facts["sale_position"],
            },
            events=[
                *event(INVESTMENT_REDEEMED, rows(accepted, **redemption, paid_on=paid_on, paid_by=0)),
                *event(INVESTMENT_HOLDING_CHANGED, holding),
                *event(PROTECTION_DUTY_AROSE, rows(owed, **duty, **nothing)),
            ],
        )


def _redemption(case: Case, ids: Ints) -> dict[str, Ints]:
    batch, facts = case.batch, case.facts
    shares, price = batch.integers("shares"), price_of(case)
    gross = worth_fen(shares, price)
    return {
        "id": ids,
        "person": facts["sale_person"],
        "sale": batch.integers("sale"),
        "shares": shares,
        "left_shares": left_shares(case) - shares,
        "price": price,
        "gross_fen": gross,
        "fee_fen": fee_fen(case, gross),
        "net_fen": net_fen(case),
        "terms": facts["sale_terms"],
        "redeemed_on": np.full(len(batch), batch.on),
        "position": batch.position,
    }
