"""The borrower takes the agreement on automatic repayment back; what was collected stays."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import AUTOPAY, AUTOPAY_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.lending.shared import ACCOUNT_NEEDS

WITHOUT = "an account with an agreement on automatic repayment"


@command("end_autopay")
class AutopayEnd(Command, frozen=True, kw_only=True):
    """End the agreement on automatic repayment of `account`."""

    account: Id


class EndAutopay(UseCase):
    """Marks the agreement as ended."""

    command = AutopayEnd
    needs = (*ACCOUNT_NEEDS, Need(table=AUTOPAY, by="account", prefix="autopay"))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """An account has one agreement."""
        return (batch.integers("account"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There is an agreement."""
        return faults_where(np.asarray(case.facts["autopay_agreed"] == 0, np.bool_), case.batch, "account", WITHOUT)

    def record(self, decided: Decided) -> Recorded:
        """It holds no more."""
        columns = rows(decided.accepted, id=decided.case.batch.integers("account"), agreed=0)
        return Recorded(results={}, events=event(AUTOPAY_CHANGED, columns))
