"""Money that comes in on a pay-later account that was written off: income of the lender.

Worked number: of 351.23 that were written off 100.00 come in: 251.23 still stand on the account.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn, ProductOwn
from benyuan.consumer_finance.reading import account_state, account_terms
from benyuan.consumer_finance.revolving.ending import Recovered, recover
from benyuan.consumer_finance.vocabulary import AccountStep, Standing
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Fen, Id, faults_where
from benyuan.usecases.lending.account_steps import stepped
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, ACCOUNT_STATE_NEEDS
from benyuan.values.money import yuan_text


@command("recover_account")
class AccountRecovery(Command, frozen=True, kw_only=True):
    """`amount_fen` comes in on `account`, which was written off; no more than stands on it."""

    account: Id
    amount_fen: Fen


class RecoverAccount(UseCase):
    """Decides recoveries in columns; two of one account wait for one another."""

    command = AccountRecovery
    needs = (*ACCOUNT_NEEDS, *ACCOUNT_STATE_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What stands on an account is shared by its recoveries."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account was written off; no more comes in than stands on it."""
        facts, amount = case.facts, case.batch.integers("amount_fen")
        runs = np.asarray(facts["account_standing"] != Standing.written_off, np.bool_)
        found = faults_where(runs, case.batch, "account", "an account that was written off")
        most = account_state(facts).asked_fen
        for place in np.flatnonzero(~runs & (amount > most)).tolist():
            wanted = f"no more than the {yuan_text(int(most[place]))} yuan that stand on the account"
            found[place] = Invalid(field="amount_fen", value=int(amount[place]), constraint=wanted)
        return found

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """In through clearing, as recoveries."""
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=facts["lender_first_account"] + LenderOwn.clearing_in,
            credit=facts["product_first_account"] + ProductOwn.recoveries,
            amount=case.batch.integers("amount_fen"),
            code=LenderLeg.recovered,
        )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The step."""
        case, paid = decided.case, _recovered(decided.case)
        amount = case.batch.integers("amount_fen")
        made = stepped(decided, kind=AccountStep.recovered, amount_fen=amount, after=paid.state)
        return Recorded(results={"left_fen": paid.state.asked_fen}, events=made.events)


def _recovered(case: Case) -> Recovered:
    state = account_state(case.facts)
    return recover(account_terms(case.facts), state, amount_fen=case.batch.integers("amount_fen"))
