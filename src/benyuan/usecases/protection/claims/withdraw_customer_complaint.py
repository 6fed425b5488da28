"""The customer takes a complaint back, and this ends it on the day; the firm needs the customer's own paper to say so.

Source: CBIRC Order 2020 No. 3, art. 15. Without a paper of the customer's a withdrawal would be a way to stop a clock.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import WithEvidence
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.shared import COMPLAINT_NEED, by_complaint, changed, lateness, open_faults


@command("withdraw_customer_complaint", personal=("evidence",), identified=True)
class TakenBack(WithEvidence, frozen=True, kw_only=True):
    """The customer took `complaint` back, by the paper whose digest is in `evidence`."""

    complaint: Id


class WithdrawCustomers(UseCase):
    """Ends the complaint and its duty; one that was overdue by then stays late."""

    command = TakenBack
    needs = (COMPLAINT_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It is taken back once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The complaint is open, and there is a paper."""
        none = case.batch.integers("pieces") == 0
        return {
            **open_faults(case),
            **faults_where(none, case.batch, "pieces", "the customer's own paper, at least one"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Over."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ended = rows(accepted, id=batch.integers("complaint"), withdrawn_on=batch.on)
        return Recorded(
            results={"late": lateness(batch.on, facts["complaint_due_on"])},
            events=[
                *event(COMPLAINT_CHANGED, ended),
                *changed(accepted, duty=facts["complaint_duty"], done_on=batch.on),
            ],
        )
