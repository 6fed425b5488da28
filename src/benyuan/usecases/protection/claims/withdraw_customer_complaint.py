"""The customer takes a complaint back, and this ends it on the day; the firm needs the customer's own paper to say so.

Sources: CBIRC Order 2020 No. 3, arts. 15, 22. The customer is shown by the document under which they are on file, and
the paper is one that the complaint has not had: else a withdrawal would be a way for the firm to stop a clock. One that
was made for a customer (art. 14) is taken back with the customer's document too.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import faults_where, rows
from benyuan.usecases.protection.claims.shared import COMPLAINT_NEED, by_complaint, changed, lateness, open_faults
from benyuan.usecases.protection.claims.shown import (
    PAPER_NEEDS,
    PAPERS,
    SHOWN_NEEDS,
    ShownComplainant,
    anothers_faults,
    fresh_papers,
    papers_shown,
)


@command("withdraw_customer_complaint", version=2, personal=("evidence", "number"), identified=True, keyed=PAPERS)
class TakenBack(ShownComplainant, frozen=True, kw_only=True):
    """The customer, shown by document, took `complaint` back, by the paper whose digest is in `evidence`."""

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """No document of the customer's."""
        if "number" not in personal:
            return "number", "the number of the customer's own document"
        return super().personal_fault(personal, fields)


class WithdrawCustomers(UseCase):
    """Ends the complaint and its duty; one that was overdue by then stays late."""

    command = TakenBack
    needs = (COMPLAINT_NEED, *SHOWN_NEEDS, *PAPER_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It is taken back once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The complaint is open and the customer's, and there is a paper that says so."""
        batch = case.batch
        stale = np.asarray(~fresh_papers(case).any(axis=0), np.bool_)
        return {
            **faults_where(stale, batch, "pieces", "a paper that the complaint has not had before"),
            **anothers_faults(case),
            **open_faults(case),
            **faults_where(batch.integers("pieces") == 0, batch, "pieces", "the customer's own paper, at least one"),
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
                *papers_shown(case, accepted),
            ],
        )
