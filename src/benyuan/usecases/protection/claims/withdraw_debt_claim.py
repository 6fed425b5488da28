"""The borrower takes a claim about a debt back, by a paper of their own: without one it would be a way to go on.

No text that was read rules on it; as for complaints (CBIRC Order 2020 No. 3, art. 15) it ends the claim on the day.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import DEBT_CLAIM, DEBT_CLAIM_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.bureau.claims import WithEvidence
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.shared import CLAIM_NEED, by_claim, changed, lateness, open_claim_faults


@command("withdraw_debt_claim", personal=("evidence",), identified=True)
class DebtClaimTakenBack(WithEvidence, frozen=True, kw_only=True):
    """The borrower took `debt_claim` back, by the paper whose digest is in `evidence`."""

    debt_claim: Id


class WithdrawDebtClaim(UseCase):
    """Ends the claim and its duty; one that was overdue by then stays late."""

    command = DebtClaimTakenBack
    needs = (CLAIM_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It is taken back once."""
        return by_claim(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The claim is open, and there is a paper."""
        none = case.batch.integers("pieces") == 0
        return {
            **faults_where(none, case.batch, "pieces", "the borrower's own paper, at least one"),
            **open_claim_faults(case),
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
            ],
        )
