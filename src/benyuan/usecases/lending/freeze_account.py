"""Draws on a pay-later account are stopped, or let go on; payments are never stopped."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import ACCOUNT_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Reference, rows
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS, account_faults


@command("freeze_account", personal=("grounds",))
class AccountFreeze(Command, frozen=True, kw_only=True):
    """Stop draws on `account`, or with `frozen` false let them go on."""

    account: Id
    frozen: bool = True
    grounds: Reference


class FreezeAccount(UseCase):
    """Keeps the log position of the freeze."""

    command = AccountFreeze
    needs = ACCOUNT_NEEDS

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an account is frozen is shared by its freezes."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The account runs."""
        return account_faults(case)

    def record(self, decided: Decided) -> Recorded:
        """Frozen by this command, or no more; what held before stands in the answer, for a late close of that day."""
        batch = decided.case.batch
        since = np.where(np.array(batch.values("frozen"), np.bool_), batch.position, 0)
        columns = rows(decided.accepted, id=batch.integers("account"), frozen=since)
        before = {"frozen_before": decided.case.facts["account_frozen"]}
        return Recorded(results=before, events=event(ACCOUNT_CHANGED, columns))
