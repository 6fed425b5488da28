"""What the lender grants a borrower over all its products, after its own assessment; or takes back.

Order of checks: the line is within the law's cap (Order 2024 No. 4, art. 18; internet loans the same figure); a student
has a second source of repayment, confirmed in writing; an inquiry at a credit bureau where the policy wants one. A line
below what is drawn stands: it refuses new draws only.
"""

import numpy as np

from benyuan.consumer_finance.borrowers import SECOND_SOURCE, WITHIN_LINES
from benyuan.consumer_finance.records import BORROWER, BORROWER_ASSESSED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.usecases.common import Count, Id, MaybeId, Memo, rows
from benyuan.usecases.lending.inquired import INQUIRED, INQUIRY_NEEDS, POLICY_NEED


@command("assess_borrower", version=2, personal=("grounds",))
class Assessment(Command, frozen=True, kw_only=True):
    """Grant `borrower` a line of `line_fen` over all products, on these `grounds`; 0 takes it back.

    `student`: whether the borrower is one now. `second_source`: somebody else has confirmed in writing to repay.
    `inquiry`: that at the credit bureau on which it rests, 0 for none.
    """

    borrower: Id
    line_fen: Count
    student: bool = False
    second_source: bool = False
    grounds: Memo = ""
    inquiry: MaybeId = 0


class AssessBorrower(UseCase):
    """Keeps the line."""

    command = Assessment
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"), POLICY_NEED, *INQUIRY_NEEDS)
    gates = (*WITHIN_LINES, SECOND_SOURCE, *INQUIRED)

    def record(self, decided: Decided) -> Recorded:
        """The line, and what was found out."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = {
            "id": batch.integers("borrower"),
            "line_fen": batch.integers("line_fen"),
            "student": np.array(batch.values("student"), np.int64),
            "second_source": np.where(np.array(batch.values("second_source"), np.bool_), batch.position, 0),
        }
        return Recorded(results={}, events=event(BORROWER_ASSESSED, rows(accepted, **columns)))
