"""What the lender grants a borrower over all its products, after its own assessment; or takes back.

Order of checks: the line is within the law's cap (Order 2024 No. 4, art. 18; internet loans the same figure); a student
has a second source of repayment, confirmed in writing (银保监办发〔2021〕28号); an inquiry at a credit bureau where the
policy wants one; income is evidenced and carries what falls due with the line (arts. 18, 42, 52). A line below what is
drawn stands: it refuses new draws only. Who was a student is one until evidence says otherwise: a field that is left
out changes nothing.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import (
    SECOND_SOURCE,
    WITHIN_LINES,
    is_confirmed,
    is_known_student,
    is_student,
)
from benyuan.consumer_finance.records import BORROWER, BORROWER_ASSESSED
from benyuan.consumer_finance.vocabulary import StudentNow
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Id, MaybeId, Memo, rows
from benyuan.usecases.lending.capacity import burden, capacity_gates, grants, income_need, line_part_fen
from benyuan.usecases.lending.coming_due import months_due
from benyuan.usecases.lending.inquired import INQUIRED, INQUIRY_NEEDS, POLICY_NEED
from benyuan.usecases.lending.shared import erased_faults

DIGEST_DIGITS = 64  # tidy: number hexadecimal digits of a SHA-256
MaybeDigest: TypeAlias = Annotated[str, msgspec.Meta(max_length=DIGEST_DIGITS)]
SHOWN = "a digest of what shows that the borrower is no student any more"
HEX = frozenset("0123456789abcdef")


@command("assess_borrower", version=3, personal=("grounds",))
class Assessment(Command, frozen=True, kw_only=True):
    """Grant `borrower` a line of `line_fen` over all products, on these `grounds`; 0 takes it back.

    `student`: whether the borrower is one now; to say no of one who was takes `student_evidence`, a digest of what
    shows it. `second_source`: a digest of the writing by which somebody else has confirmed to repay. `inquiry`: that at
    the credit bureau on which it rests, 0 for none; `other_debts_fen`: what the borrower pays elsewhere in a month.
    """

    borrower: Id
    line_fen: Count
    student: StudentNow = StudentNow.unchanged
    student_evidence: MaybeDigest = ""
    second_source: MaybeDigest = ""
    grounds: Memo = ""
    inquiry: MaybeId = 0
    other_debts_fen: Count = 0


class AssessBorrower(UseCase):
    """Keeps the line; two of one borrower wait for one another."""

    command = Assessment
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        POLICY_NEED,
        *INQUIRY_NEEDS,
        income_need("borrower"),
    )
    gates = (*WITHIN_LINES, SECOND_SOURCE, *INQUIRED, *capacity_gates(grants))
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> tuple[NDArray[np.int64]]:
        """What a borrower is found to be is shared by its assessments."""
        return (batch.integers("borrower"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The dearest month here, or what the line asks for where that is more; what a bureau told of."""
        del facts
        borrowers = batch.integers("borrower")
        due = months_due(books, borrowers, on=batch.on)
        part = line_part_fen(batch.integers("line_fen"), on=batch.on, rules=rules)
        due = np.maximum(due, part[:, np.newaxis])
        return burden(batch, due=due, borrowers=borrowers, books=books, rules=rules), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Digests are digests; that a student is none any more is shown."""
        ends = is_known_student(case) & case.batch.equals("student", StudentNow.no.value)
        unshown = ends & case.batch.equals("student_evidence", "")
        return {
            **_digest_faults(case.batch, "second_source"),
            **_digest_faults(case.batch, "student_evidence"),
            **text_faults(unshown, case.batch, "student_evidence", SHOWN),
            **erased_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The line, and what was found out."""
        batch, accepted = decided.case.batch, decided.accepted
        columns = {
            "id": batch.integers("borrower"),
            "line_fen": batch.integers("line_fen"),
            "student": is_student(decided.case).astype(np.int64),
            "second_source": np.where(is_confirmed(decided.case), batch.position, 0),
        }
        return Recorded(results={}, events=event(BORROWER_ASSESSED, rows(accepted, **columns)))


def _digest_faults(batch: Batch, field: str) -> dict[int, Invalid]:
    """A fault for each that is neither empty nor a digest."""
    wrong = [bool(text) and (len(text) != DIGEST_DIGITS or not HEX.issuperset(text)) for text in batch.values(field)]
    wanted = "a SHA-256 digest in 64 small hexadecimal digits, or nothing"
    return text_faults(np.array(wrong, np.bool_), batch, field, wanted)
