"""A payment on a pay-later account, through the clearing house, for what is billed in the product's order.

What is beyond all that is billed stands as the customer's credit, which the next statement uses. Worked number: 130.00
on 100.00 billed leave 30.00 of credit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, ProductOwn
from benyuan.consumer_finance.columns import taken
from benyuan.consumer_finance.reading import account_state, account_terms, bought
from benyuan.consumer_finance.revolving.cycle import Turned, come_to
from benyuan.consumer_finance.revolving.paying import Received, pay
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Fen, Id
from benyuan.usecases.lending.shared import (
    ACCOUNT_NEEDS,
    ACCOUNT_STATE_NEEDS,
    account_chains,
    account_events,
    account_faults,
    add_credit_use,
    add_rounds,
    free_lines,
    kept_rounds,
)


@command("repay_account")
class AccountPayment(Command, frozen=True, kw_only=True):
    """`amount_fen` comes in for `account` through the clearing house."""

    account: Id
    amount_fen: Fen


class RepayAccount(UseCase):
    """Decides payments in columns; two of one account wait for one another."""

    command = AccountPayment
    needs = (*ACCOUNT_NEEDS, *ACCOUNT_STATE_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What an account owes is shared by its payments."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs."""
        return account_faults(case)

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """What came in, by what it is for; and the lines that it frees."""
        batch, facts = case.batch, case.facts
        came, _, paid = received(case)
        own, product = facts["lender_first_account"], facts["product_first_account"]
        table = LegTable(at=batch.at, reference=batch.position)
        for amount, account, code in (
            (paid.principal_fen, product + ProductOwn.principal, LenderLeg.repaid_principal),
            (paid.interest_fen, product + ProductOwn.interest_receivable, LenderLeg.repaid_interest),
            (paid.fees_fen, product + ProductOwn.charges_receivable, LenderLeg.repaid_charges),
            (paid.credit_fen, own + LenderOwn.customer_credit, LenderLeg.credit),
        ):
            table.add(
                where=goes_on & (amount > 0),
                debit=own + LenderOwn.clearing_in,
                credit=account,
                amount=amount,
                code=code,
            )
        free_lines(table, case=case, where=goes_on & (paid.principal_fen > 0), amount=paid.principal_fen)
        add_credit_use(table, case=case, where=goes_on, before=account_state(facts), after=came)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps: what had to be taken note of first, then the payment."""
        case, accepted = decided.case, decided.accepted
        _, rounds, paid = received(case)
        places = np.flatnonzero(accepted)
        chains = account_chains(
            case,
            owners=case.batch.integers("account"),
            last=case.facts["account_last_step"],
            position=case.batch.position,
        )
        add_rounds(chains, kept_rounds(rounds, accepted))
        if len(places):
            chains.add(
                place=places,
                on=np.full(len(places), case.batch.on),
                kind=AccountStep.repaid,
                amount_fen=case.batch.integers("amount_fen")[places],
                state=taken(paid.state, places),
            )
        return Recorded(
            results={
                "principal_fen": paid.principal_fen,
                "interest_fen": paid.interest_fen,
                "fees_fen": paid.fees_fen,
                "credit_fen": paid.credit_fen,
                "owed_fen": paid.state.asked_fen,
            },
            events=account_events(chains),
        )


def received(case: Case) -> tuple[AccountState, list[Turned], Received]:
    """The accounts on this morning, the steps on the way, and what the payments are for."""
    terms, on = account_terms(case.facts), np.full(len(case.batch), case.batch.on)
    state, rounds = come_to(terms, account_state(case.facts), bought(case.facts), on)
    return state, rounds, pay(terms, state, on=on, amount_fen=case.batch.integers("amount_fen"))
