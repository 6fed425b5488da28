"""A borrower's particulars as they are now: a new document, name, telephone or address, shown again as a whole.

Source: PIPL, art. 46 (wrong or incomplete data are put right when the person asks). A new document may be of another
number, but never of another borrower. Order of checks: not on a name list; the document is valid; nobody else's.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import REAL_NAME
from benyuan.consumer_finance.records import (
    BORROWER,
    BORROWER_IDENTITY,
    BORROWER_SHOWN,
    BORROWER_UPDATED,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.parties.documents import DOCUMENT_NUMBER
from benyuan.parties.people import PERSONAL, PersonalFields
from benyuan.payments.identity import SHOWN_DOCUMENT, unborn
from benyuan.payments.name_lists import NOT_LISTED
from benyuan.usecases.common import Id, faults_where, no_such_day, rows
from benyuan.usecases.lending.shared import erased_faults


@command("update_borrower", personal=PERSONAL, identified=True, screened=True)
class BorrowerUpdate(PersonalFields, frozen=True, kw_only=True):
    """Replace the particulars of `borrower`, a customer of `lender`: every field is given again."""

    lender: Id
    borrower: Id

    @classmethod
    def keeper(cls, fields: Mapping[str, Any]) -> str:
        """Within whom an identity is one: the lender."""
        return f"lender {fields['lender']}"


def _nobody_elses(case: Case) -> NDArray[np.bool_]:
    case.rules.value(id=REAL_NAME, on=case.batch.on)
    own = case.facts["identity_borrower"] == case.batch.integers("borrower")
    return np.asarray(own | ~case.facts.found("identity"), np.bool_)


NOBODY_ELSES = Gate(
    rule=REAL_NAME,
    passes=_nobody_elses,
    figures=lambda case, place: {"registered_as_borrower": int(case.facts["identity_borrower"][place])},
)


class UpdateBorrower(UseCase):
    """Records the document that is on file from now on."""

    command = BorrowerUpdate
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=BORROWER_IDENTITY, by="identity", prefix="identity"),
    )
    gates = (NOT_LISTED, SHOWN_DOCUMENT, NOBODY_ELSES)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whose an identity is, and what is on file of a borrower, is shared."""
        return (batch.integers("identity"), batch.integers("borrower"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The borrower is the lender's, the dates exist, and the holder lives."""
        elsewhere = case.facts["borrower_lender"] != case.batch.integers("lender")
        wrong = faults_where(elsewhere, case.batch, "borrower", "a borrower of the lender")
        return {**unborn(case), **no_such_day(case.batch, "valid_until", none=True), **wrong, **erased_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The document, and the identity where it is new."""
        case, accepted = decided.case, decided.accepted
        batch, borrower = case.batch, case.batch.integers("borrower")
        updated = {
            "id": borrower,
            "age_years": batch.integers("age_years"),
            "document": batch.numbers("document", DOCUMENT_NUMBER),
            "valid_until": batch.integers("valid_until"),
            "particulars": batch.position,
        }
        shown = rows(
            accepted & ~case.facts.found("identity"), id=batch.integers("identity"), borrower=borrower, since=batch.on
        )
        return Recorded(
            results={}, events=[*event(BORROWER_UPDATED, rows(accepted, **updated)), *event(BORROWER_SHOWN, shown)]
        )
