"""The holder of a pay-later account confirms the sheet of its costs, having read it for long enough.

From the day on which the rule holds nothing is drawn on an account whose sheet was not confirmed (金规〔2026〕2号). An
account is opened with the sheet confirmed; this is for those that were opened before. Worked number: shown at 10:00:00
(`show_cost_sheet`) and read for 5 seconds, it is confirmed from 10:00:05 on.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.cost_sheet import SHEET, of_account, sheet_gates, stands
from benyuan.consumer_finance.records import ACCOUNT_CHANGED, ACCOUNT_TERMS, LENDER_POLICY
from benyuan.consumer_finance.sheets_shown import last_shown
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, rows
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, Digest, account_faults


@command("confirm_cost_sheet", version=2)
class SheetConfirmation(Command, frozen=True, kw_only=True):
    """The holder confirms the sheet of `account`'s costs that was shown, with the digest `cost_sheet`."""

    account: Id
    cost_sheet: Digest


class ConfirmCostSheet(UseCase):
    """Keeps the log position of the confirmation."""

    command = SheetConfirmation
    needs = (
        *ACCOUNT_NEEDS,
        Need(table=ACCOUNT_TERMS, by="account_terms", prefix="terms"),
        Need(table=LENDER_POLICY, by="account_lender", prefix="policy"),
    )
    gates = sheet_gates(of_account)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether a sheet was confirmed is shared by its confirmations."""
        return (batch.integers("account"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """When the sheet was shown."""
        del rules
        return last_shown(batch, books, facts["account_borrower"]), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs; before the rule holds the sheet must be the right one, shown and read, all the same."""
        early = case.rules.in_force(id=SHEET, on=case.batch.on) is None
        hasty = np.asarray(early & ~stands(case, of_account), np.bool_)
        wanted = "the digest of the sheet of the account's costs, shown to its holder and read for long enough"
        return {**text_faults(hasty, case.batch, "cost_sheet", wanted), **account_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """Confirmed by this command."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("account"), sheet_confirmed=batch.position)
        return Recorded(results={}, events=event(ACCOUNT_CHANGED, columns))
