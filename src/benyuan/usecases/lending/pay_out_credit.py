"""The customer's credit on a pay-later account goes to their bank account, no more than there is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn
from benyuan.consumer_finance.reading import account_state
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Fen, Id, faults_where
from benyuan.usecases.lending.account_steps import come, stepped
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, ACCOUNT_STATE_NEEDS, account_faults, add_credit_use


@command("pay_out_credit")
class CreditPayout(Command, frozen=True, kw_only=True):
    """`amount_fen` of the customer's credit on `account` goes to their bank account."""

    account: Id
    amount_fen: Fen


class PayOutCredit(UseCase):
    """No more than there is."""

    command = CreditPayout
    needs = (*ACCOUNT_NEEDS, *ACCOUNT_STATE_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The state of an account is shared by its steps."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There is as much credit."""
        state, _ = come(case)
        wrong = np.asarray(case.batch.integers("amount_fen") > state.credit_fen, np.bool_)
        return {
            **faults_where(wrong, case.batch, "amount_fen", "no more than the customer's credit"),
            **account_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Out through clearing."""
        own = case.facts["lender_first_account"]
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=own + LenderOwn.customer_credit,
            credit=own + LenderOwn.clearing_out,
            amount=case.batch.integers("amount_fen"),
            code=LenderLeg.credit_paid_out,
        )
        came, _ = come(case)
        add_credit_use(table, case=case, where=goes_on, before=account_state(case.facts), after=came)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """So much less credit."""
        case = decided.case
        state, _ = come(case)
        amount = case.batch.integers("amount_fen")
        left = replace(state, credit_fen=state.credit_fen - amount)
        return stepped(decided, kind=AccountStep.credit_paid_out, amount_fen=amount, after=left)
