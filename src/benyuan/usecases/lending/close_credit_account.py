"""A pay-later account is closed, on which nothing is owed and nothing stands to the customer's credit."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.reading import account_state
from benyuan.consumer_finance.vocabulary import AccountStep, Standing
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where
from benyuan.usecases.lending.account_steps import come, stepped
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, ACCOUNT_STATE_NEEDS, account_faults, add_credit_use


@command("close_credit_account")
class AccountClosing(Command, frozen=True, kw_only=True):
    """Close `account`, on which nothing is owed and nothing stands to credit."""

    account: Id


class CloseCreditAccount(UseCase):
    """Ends the account."""

    command = AccountClosing
    needs = (*ACCOUNT_NEEDS, *ACCOUNT_STATE_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The state of an account is shared by its steps."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Nothing is owed, billed or not, earned or not; nothing stands to credit."""
        state, _ = come(case)
        unbilled = case.facts["account_bought_fen"] - state.bought_billed_fen
        owed = (state.asked_fen != 0) | (unbilled != 0) | (state.interest_num != 0)
        credit = state.credit_fen != 0
        return {
            **faults_where(np.asarray(credit, np.bool_), case.batch, "account", "an account without credit to pay out"),
            **faults_where(np.asarray(owed, np.bool_), case.batch, "account", "an account on which nothing is owed"),
            **account_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """What statements on the way paid out of credit."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        came, _ = come(case)
        add_credit_use(table, case=case, where=goes_on, before=account_state(case.facts), after=came)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """Closed; no statement follows."""
        state, _ = come(decided.case)
        none = np.zeros(len(decided.case.batch), np.int64)
        ended = replace(state, standing=np.full_like(none, Standing.closed), next_on=none, due_on=none)
        return stepped(decided, kind=AccountStep.closed, amount_fen=none, after=ended)
