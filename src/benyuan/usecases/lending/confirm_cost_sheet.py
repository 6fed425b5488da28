"""The holder of a pay-later account confirms the sheet of its costs, having read it for long enough.

From the day on which the rule holds nothing is drawn on an account whose sheet was not confirmed (金规〔2026〕2号). An
account is opened with the sheet confirmed; this is for those that were opened before.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.cost_sheet import SHEET, is_confirmed, is_read, of_account, sheet_gates
from benyuan.consumer_finance.records import ACCOUNT_CHANGED, ACCOUNT_TERMS, LENDER_POLICY
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Count, Id, faults_where, rows
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, Digest, account_faults


@command("confirm_cost_sheet")
class SheetConfirmation(Command, frozen=True, kw_only=True):
    """The sheet of `account`'s costs with the digest `cost_sheet` was confirmed after `read_seconds`."""

    account: Id
    cost_sheet: Digest
    read_seconds: Count


class ConfirmCostSheet(UseCase):
    """Keeps the log position of the confirmation."""

    command = SheetConfirmation
    needs = (
        *ACCOUNT_NEEDS,
        Need(table=ACCOUNT_TERMS, by="account_terms", prefix="terms"),
        Need(table=LENDER_POLICY, by="account_lender", prefix="policy"),
    )
    gates = sheet_gates(of_account)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a sheet was confirmed is shared by its confirmations."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs; before the rule holds the digest must be right all the same."""
        batch = case.batch
        wrong = [place for place in np.flatnonzero(~is_confirmed(case, of_account)).tolist() if not _in_force(case)]
        given = batch.values("cost_sheet")
        wanted = "the digest of the sheet of the account's costs"
        found = {place: Invalid(field="cost_sheet", value=given[place], constraint=wanted) for place in wrong}
        hasty = np.asarray(~is_read(case) & (not _in_force(case)), np.bool_)
        return {
            **faults_where(hasty, batch, "read_seconds", "as long as the lender's policy says"),
            **found,
            **account_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """Confirmed by this command."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("account"), sheet_confirmed=batch.position)
        return Recorded(results={}, events=event(ACCOUNT_CHANGED, columns))


def _in_force(case: Case) -> bool:
    """Whether the rule itself refuses what was not confirmed."""
    return case.rules.in_force(id=SHEET, on=case.batch.on) is not None
