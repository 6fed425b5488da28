"""A purchase on credit is returned, whole or in part: the merchant gives the money back to the lender that paid it.

While it is unbilled it is as if it had never been bought; once billed it goes against principal, billed first, and what
is beyond that stands as the customer's credit. No more comes back than was paid. Worked number: of 100.00, billed, of
which 20.00 are still owed, a return of 50.00 puts 20.00 against principal and 30.00 to credit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.reading import account_state, account_terms, bought
from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_STEP,
    ACCOUNT_TERMS,
    BORROWER,
    LENDER,
    PRODUCT,
    PURCHASE,
    PURCHASE_RETURN_ADDED,
    PURCHASE_RETURN_BEGUN,
    PURCHASE_RETURNED,
)
from benyuan.consumer_finance.revolving.cycle import Turned, come_to
from benyuan.consumer_finance.revolving.paying import Received, give_back
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, NOT_LISTED_MERCHANT
from benyuan.payments.records import INSTITUTION, MERCHANT
from benyuan.usecases.common import Fen, Id, rows
from benyuan.usecases.lending.account_money import received_events
from benyuan.usecases.lending.shared import (
    add_credit_use,
    ended_faults,
    free_lines,
)
from benyuan.values.dates import local_days

PURCHASE_NEEDS = (
    Need(table=PURCHASE, by="purchase", prefix="purchase"),
    Need(table=PURCHASE_RETURNED, by="purchase", prefix="returned"),
    Need(table=ACCOUNT, by="purchase_account", prefix="account"),
    Need(table=BORROWER, by="account_borrower", prefix="borrower"),
    Need(table=LENDER, by="account_lender", prefix="lender"),
    Need(table=PRODUCT, by="account_product", prefix="product"),
    Need(table=ACCOUNT_TERMS, by="account_terms", prefix="terms"),
    Need(table=ACCOUNT_STEP, by="account_last_step", prefix="step"),
)
"""A purchase by the log position of its draw, and the account that it was drawn on."""


@command("return_purchase")
class PurchaseReturn(Command, frozen=True, kw_only=True):
    """`amount_fen` of `purchase`, the log position of its draw, comes back from the merchant."""

    purchase: Id
    amount_fen: Fen


class ReturnPurchase(UseCase):
    """Decides returns in columns; two of one purchase wait for one another."""

    command = PurchaseReturn
    needs = (
        *PURCHASE_NEEDS,
        Need(table=MERCHANT, by="purchase_merchant", prefix="merchant"),
        *BEHIND_MERCHANT,
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
    )
    gates = (NOT_LISTED_MERCHANT,)
    unfit = {LegCode.refund_to_card: ("amount_fen", "no more than the merchant has to give back, in fen")}  # noqa: RUF012  read only

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What an account owes is shared by all returns of its purchases, so each is decided alone."""
        return (np.ones(len(batch), np.int64),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No more comes back than is left of the purchase; the account runs."""
        left = case.facts["purchase_amount_fen"] - case.facts["returned_amount_fen"]
        wrong = np.asarray(case.batch.integers("amount_fen") > left, np.bool_)
        return {
            **left_faults(case, wrong, left),
            **ended_faults(case, field="purchase"),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """From the merchant through clearing to the lender, and what it is for there."""
        batch, facts = case.batch, case.facts
        came, _, back = given_back(case)
        own, product = facts["lender_first_account"], facts["product_first_account"]
        table = LegTable(at=batch.at, reference=batch.position)
        table.add(
            where=goes_on & (facts["purchase_merchant"] != 0),
            debit=facts["merchant_account"],
            credit=facts["institution_first_account"] + Own.clearing_out,
            amount=batch.integers("amount_fen"),
            code=LegCode.refund_to_card,
        )
        principal = back.freed_fen
        for amount, account, code in (
            (principal, product + ProductOwn.principal, LenderLeg.returned),
            (back.credit_fen, own + LenderOwn.customer_credit, LenderLeg.credit),
        ):
            table.add(
                where=goes_on & (amount > 0),
                debit=own + LenderOwn.clearing_in,
                credit=account,
                amount=amount,
                code=code,
            )
        free_lines(table, case=case, where=goes_on & (principal > 0), amount=principal)
        add_credit_use(table, case=case, where=goes_on, before=account_state(facts), after=came)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps, what the account has bought after all, and what was returned of the purchase."""
        case, accepted = decided.case, decided.accepted
        _, rounds, back = given_back(case)
        account = case.facts["purchase_account"]
        amount = case.batch.integers("amount_fen")
        events = received_events(decided, rounds, back, account=account, amount_fen=amount, kind=AccountStep.returned)
        return Recorded(
            results={
                "account": case.facts["purchase_account"],
                "principal_fen": back.freed_fen,
                "credit_fen": back.credit_fen,
                "bought_fen": -back.unbilled_fen,
                "bought_weight": -back.unbilled_weight,
            },
            events=[*events, *returned_events(decided, where=accepted, amount=amount)],
        )


def left_faults(case: Case, wrong: NDArray[np.bool_], left: Ints) -> dict[int, Invalid]:
    """A fault for each amount above what is left of its purchase."""
    amount = case.batch.integers("amount_fen")
    return {
        place: Invalid(
            field="amount_fen",
            value=int(amount[place]),
            constraint=f"no more than {int(left[place])} fen, which are left of the purchase",
        )
        for place in np.flatnonzero(wrong).tolist()
    }


def given_back(case: Case) -> tuple[AccountState, list[Turned], Received]:
    """The accounts on this morning, the steps on the way, and what the returns are against."""
    terms, on = account_terms(case.facts), np.full(len(case.batch), case.batch.on)
    totals, amount = bought(case.facts), case.batch.integers("amount_fen")
    state, rounds = come_to(terms, account_state(case.facts), totals, on)
    bought_on = local_days(case.facts["purchase_at"]).astype(np.int64)
    return state, rounds, give_back(terms, state, totals, on=on, amount_fen=amount, bought_on=bought_on)


def returned_events(decided: Decided, *, where: NDArray[np.bool_], amount: Ints) -> Sequence[Event]:
    """What has now been returned of the purchases, or taken over by a plan."""
    facts, purchase = decided.case.facts, decided.case.batch.integers("purchase")
    before = facts.found("returned")
    columns = {"id": purchase, "amount_fen": facts["returned_amount_fen"] + amount}
    return (
        *event(PURCHASE_RETURN_BEGUN, rows(where & ~before, **columns)),
        *event(PURCHASE_RETURN_ADDED, rows(where & before, **columns)),
    )
