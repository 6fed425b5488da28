"""A payment on a pay-later account, through the clearing house, for what is billed in the product's order.

What is beyond all that is billed pays what is not billed yet, and the rest stands as the customer's credit, which the
next purchase uses. Worked number: 130.00 on 100.00 billed and 20.00 bought since leave 10.00 of credit.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Fen, Id
from benyuan.usecases.lending.account_money import add_received, received, received_events, told
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, ACCOUNT_STATE_NEEDS, account_faults


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
        came, _, paid = received(case, case.batch.integers("amount_fen"))
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        add_received(table, case=case, where=goes_on, came=came, paid=paid)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps: what had to be taken note of first, then the payment."""
        batch = decided.case.batch
        amount, account = batch.integers("amount_fen"), batch.integers("account")
        _, rounds, paid = received(decided.case, amount)
        events = received_events(decided, rounds, paid, account=account, amount_fen=amount, kind=AccountStep.repaid)
        return Recorded(results=told(paid), events=events)
