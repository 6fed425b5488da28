"""The borrower takes a claim about a debt back, by a paper of their own: without one it would be a way to go on.

No text that was read rules on it; as for complaints (CBIRC Order 2020 No. 3, arts. 15, 22) it ends the claim on the
day, the borrower is shown by the document under which they are on file, and the paper has ended no claim before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER_IDENTITY
from benyuan.consumer_protection.claims.records import DEBT_CLAIM, DEBT_CLAIM_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.shared import CLAIM_NEED, by_claim, changed, lateness, open_claim_faults
from benyuan.usecases.protection.claims.shown import (
    CLAIM_PAPER_NEEDS,
    PAPERS,
    ShownCustomer,
    claim_papers_shown,
    fresh_papers,
)

SHOWN_NEED = Need(table=BORROWER_IDENTITY, by="identity", prefix="shown")


@command("withdraw_debt_claim", version=2, personal=("evidence", "number"), identified=True, keyed=PAPERS)
class DebtClaimTakenBack(ShownCustomer, frozen=True, kw_only=True):
    """The borrower, shown by document, took `debt_claim` back, by the paper whose digest is in `evidence`."""

    debt_claim: Id

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """No document of the borrower's."""
        if "number" not in personal:
            return "number", "the number of the borrower's own document"
        return super().personal_fault(personal, fields)

    @classmethod
    def about(cls, fields: Mapping[str, Any]) -> str:
        """All claims about debts: what took one back takes no other back."""
        del fields
        return "debt claims"


class WithdrawDebtClaim(UseCase):
    """Ends the claim and its duty; one that was overdue by then stays late."""

    command = DebtClaimTakenBack
    needs = (CLAIM_NEED, SHOWN_NEED, *CLAIM_PAPER_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It is taken back once."""
        return by_claim(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The claim is open and the borrower's, and there is a paper that says so."""
        batch, facts = case.batch, case.facts
        stale = np.asarray(~fresh_papers(case).any(axis=0), np.bool_)
        anothers = np.asarray(facts["shown_borrower"] != facts["claim_borrower"], np.bool_)
        return {
            **faults_where(stale, batch, "pieces", "a paper that has taken no claim back before"),
            **faults_where(anothers, batch, "debt_claim", "a claim of the borrower whose document is shown"),
            **open_claim_faults(case),
            **faults_where(batch.integers("pieces") == 0, batch, "pieces", "the borrower's own paper, at least one"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Over."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ended = rows(accepted, id=batch.integers(DEBT_CLAIM.name), withdrawn_on=batch.on)
        return Recorded(
            results={"late": lateness(batch.on, facts["claim_due_on"])},
            events=[
                *event(DEBT_CLAIM_CHANGED, ended),
                *changed(accepted, duty=facts["claim_duty"], done_on=batch.on),
                *claim_papers_shown(case, accepted),
            ],
        )
