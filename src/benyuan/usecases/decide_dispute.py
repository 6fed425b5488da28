"""A dispute is decided: the merchant keeps the money, or it goes back to the sources that paid, as a refund does.

Sources: State Council Order 768, art. 35; PBoC Announcement [2015] No. 43, arts. 15, 19, 28. What the merchant does not
have the institution advances, from its risk provision and then from its own funds. Worked number: 100.00 are decided
for the customer, of which 70.00 are on hold and 10.00 more have come in since: the merchant gives 80.00, the
institution 20.00.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.ledger import LegFlag
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.merchant_stops import is_listed_merchant
from benyuan.payments.provision import DISPUTE_COVERED, PROVISION
from benyuan.payments.records import DISPUTE, DISPUTE_DECIDED, PAYMENT_DISPUTE_CHANGED
from benyuan.payments.suspension import LISTED, stop_gate
from benyuan.payments.vocabulary import DISPUTE_OUTCOME_NUMBER, DisputeOutcome
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Reference, faults_where, rows
from benyuan.usecases.open_dispute import HANDLED
from benyuan.usecases.pay import moved_by
from benyuan.usecases.returns import (
    NO_MISUSE,
    ORIGINAL_ACCOUNT,
    add_fee_legs,
    add_return_legs,
    fee_back_fen,
    needs_of_payment,
    returned,
    returned_events,
)

ADVANCE = "pay.dispute.advance"
CODES = (LegCode.dispute_refund_to_card, LegCode.dispute_refund)


@command("decide_dispute")
class DecideDispute(Command, frozen=True, kw_only=True):
    """Decide `dispute`; `reference` is that of the decision."""

    dispute: Id
    outcome: DisputeOutcome
    reference: Reference


def for_customer(case: Case) -> NDArray[np.bool_]:
    """Where the customer is right."""
    return case.batch.equals("outcome", DisputeOutcome.for_customer.value)


def takes_from_listed(case: Case) -> NDArray[np.bool_]:
    """Where the customer is right, and the merchant is on a name list: nothing of its is moved."""
    return np.asarray(for_customer(case) & is_listed_merchant(case), np.bool_)


def missing_fen(case: Case) -> NDArray[np.int64]:
    """What goes back to the customer and the merchant does not have, with what it gets back of its fee."""
    there = case.facts["available_fen"] + fee_back_fen(case, case.facts["dispute_amount_fen"])
    missing = np.maximum(case.facts["dispute_amount_fen"] - there, 0)
    return np.where(for_customer(case), missing, 0)


def from_provision_fen(case: Case) -> NDArray[np.int64]:
    """How much of what is missing the provision gives."""
    return np.minimum(missing_fen(case), case.facts["provision_fen"])


def _too_little(missing: NDArray[np.int64], own: NDArray[np.int64], place: int) -> str:
    return f"one whose advance provision and own funds cover: {own[place]} fen are there, {missing[place]} are asked"


class SettleDispute(UseCase):
    """The hold ends; what the customer gets comes from the merchant and, beyond it, from own funds, in one chain."""

    command = DecideDispute
    needs = (
        Need(table=DISPUTE, by="dispute", prefix="dispute"),
        *needs_of_payment("dispute_payment"),
        Need(table=PROVISION, by="wallet_institution", prefix="provision"),
    )
    gates = (stop_gate(LISTED, takes_from_listed),)
    rules = (NO_MISUSE,)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a merchant has is shared by its disputes: each stands alone."""
        return (np.ones(len(batch), np.int64),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the merchant has that no other dispute holds, and what the institution has of its own."""
        del batch, rules
        own = np.where(facts["institution_found"] != 0, facts["institution_first_account"] + Own.own_funds, 0)
        available = books.available(facts["merchant_account"]) + facts["dispute_held_fen"]
        set_aside = books.available(facts["provision_account"])
        return {"available_fen": available, "own_fen": books.available(own), "provision_fen": set_aside}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The dispute is open, own funds suffice for the advance; the rules by which it is decided are in force."""
        case.rules.value(id=HANDLED, on=case.batch.on)
        if for_customer(case).any():
            for rule in (ORIGINAL_ACCOUNT, ADVANCE):
                case.rules.value(id=rule, on=case.batch.on)
        number, missing = case.batch.integers("dispute"), missing_fen(case)
        own = case.facts["own_fen"] + case.facts["provision_fen"]
        short = {
            place: Invalid(field="dispute", value=int(number[place]), constraint=_too_little(missing, own, place))
            for place in np.flatnonzero(missing > own).tolist()
        }
        decided = case.facts["dispute_outcome"] != 0
        return short | faults_where(decided, case.batch, "dispute", "a dispute that is open, not decided as this one")

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The hold is given back; for the customer an advance of what is missing, then the legs of a refund."""
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        first, merchant = facts["institution_first_account"], facts["merchant_account"]
        table.add(
            where=goes_on,
            debit=merchant,
            credit=first + Own.clearing_out,
            amount=facts["dispute_held_fen"],
            code=LegCode.dispute_hold,
            flags=LegFlag.void_pending_transfer,
            hold=facts["dispute_hold"],
        )
        amount, back, missing = facts["dispute_amount_fen"], goes_on & for_customer(case), missing_fen(case)
        set_aside = from_provision_fen(case)
        for debit, part, code in (
            (facts["provision_account"], set_aside, LegCode.dispute_advance_provision),
            (first + Own.own_funds, missing - set_aside, LegCode.dispute_advance),
        ):
            table.add(where=back & (part > 0), debit=debit, credit=merchant, amount=part, code=code)
        add_fee_legs(table, case=case, where=back, amount=amount, rule=self.rules.index(NO_MISUSE))
        add_return_legs(table, case=case, where=back, amount=amount, codes=CODES, rule=self.rules.index(NO_MISUSE))
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The decision; what went back, whose, what of it the merchant gave and what the institution advanced."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        results, provided = returned(decided, codes=CODES), moved_by(decided, LegCode.dispute_advance_provision)
        advanced = moved_by(decided, LegCode.dispute_advance) + provided
        told = {
            "id": batch.integers("dispute"),
            "outcome": batch.numbers("outcome", DISPUTE_OUTCOME_NUMBER),
            "decided_on": batch.on,
            "advanced_fen": advanced,
        }
        cover = {"id": batch.integers("dispute"), "provision_fen": provided, "recovered_fen": 0}
        given = results["balance_fen"] + results["card_fen"] - advanced
        payment, back = facts["dispute_payment"], accepted & for_customer(case)
        return Recorded(
            results={**results, "merchant_fen": given, "advanced_fen": advanced, "provision_fen": provided},
            events=[
                *event(DISPUTE_DECIDED, rows(accepted, **told)),
                *event(PAYMENT_DISPUTE_CHANGED, rows(accepted, id=payment, dispute=0)),
                *event(DISPUTE_COVERED, rows(accepted & (advanced > 0), **cover)),
                *returned_events(decided, payment=payment, where=back, results=results),
            ],
        )
