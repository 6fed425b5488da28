"""A pay-later account is written off: what is owed stands still and goes against the allowance.

The close that follows brings the allowance to what the accounts that are left call for, so that the rest becomes
expense. Line and capital are free again, nothing more is drawn. Worked number: 300.00 billed, 50.00 not yet and 1.23 of
interest are 351.23 against the allowance.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, ProductOwn
from benyuan.consumer_finance.reading import account_state, account_terms, bought
from benyuan.consumer_finance.revolving.ending import write_off
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import AccountStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Memo, faults_where
from benyuan.usecases.lending.account_steps import come, stepped
from benyuan.usecases.lending.shared import (
    ACCOUNT_NEEDS,
    ACCOUNT_STATE_NEEDS,
    account_faults,
    add_credit_use,
    free_lines,
)


@command("write_off_account", personal=("grounds",))
class AccountWriteOff(Command, frozen=True, kw_only=True):
    """Write `account` off, on these `grounds`."""

    account: Id
    grounds: Memo = ""


class WriteOffAccount(UseCase):
    """Decides write-offs in columns; two of one account wait for one another."""

    command = AccountWriteOff
    needs = (*ACCOUNT_NEEDS, *ACCOUNT_STATE_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The state of an account is shared by its changes."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs, and something is owed on it when its credit has paid what it can."""
        nothing = np.asarray(_written_off(case).asked_fen == 0, np.bool_)
        wanted = "an account on which something is owed"
        return {**faults_where(nothing, case.batch, "account", wanted), **account_faults(case)}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Against the allowance of stage three; the lines that are free again; what credit paid before."""
        facts, gone = case.facts, _written_off(case)
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        add_credit_use(table, case=case, where=goes_on, before=account_state(facts), after=gone)
        for amount, offset in (
            (gone.billed_fen, ProductOwn.principal),
            (gone.interest_fen, ProductOwn.interest_receivable),
            (gone.fees_fen, ProductOwn.charges_receivable),
        ):
            table.add(
                where=goes_on & (amount > 0),
                debit=facts["product_first_account"] + ProductOwn.allowance_3,
                credit=facts["product_first_account"] + offset,
                amount=amount,
                code=LenderLeg.written_off,
            )
        free_lines(table, case=case, where=goes_on & (gone.billed_fen > 0), amount=gone.billed_fen)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps on the way, then the write-off."""
        gone = _written_off(decided.case)
        made = stepped(decided, kind=AccountStep.written_off, amount_fen=gone.asked_fen, after=gone)
        told = {"written_off_fen": gone.asked_fen, "principal_fen": gone.billed_fen}
        return Recorded(results=told, events=made.events)


def _written_off(case: Case) -> AccountState:
    """The accounts written off on this morning."""
    state, _ = come(case)
    on = np.full(len(case.batch), case.batch.on)
    return write_off(account_terms(case.facts), state, bought(case.facts), on=on)
