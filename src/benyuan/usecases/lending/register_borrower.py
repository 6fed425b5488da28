"""A natural person who becomes a customer of the lender, known to everything else by an opaque id.

Order of checks: not on a name list; the document is valid; not a customer already; of age. Whether someone is a student
is what the lender has found out; the line is granted later (`assess_borrower`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import OF_AGE, ONE_BORROWER
from benyuan.consumer_finance.chart import BorrowerOwn, borrower_accounts
from benyuan.consumer_finance.records import (
    BORROWER,
    BORROWER_IDENTITY,
    BORROWER_REGISTERED,
    BORROWER_SHOWN,
    LENDER,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.documents import DOCUMENT_NUMBER
from benyuan.parties.people import PERSONAL, PersonalFields
from benyuan.payments.identity import SHOWN_DOCUMENT, unborn
from benyuan.payments.name_lists import NOT_LISTED
from benyuan.usecases.common import Id, no_such_day, numbered, rows


@command("register_borrower", personal=PERSONAL, identified=True, screened=True)
class BorrowerFields(PersonalFields, frozen=True, kw_only=True):
    """Register a borrower of `lender` by a valid identity document; `student`: known to be one."""

    lender: Id
    student: bool = False

    @classmethod
    def keeper(cls, fields: Mapping[str, Any]) -> str:
        """Within whom an identity is one: the lender."""
        return f"lender {fields['lender']}"


class RegisterBorrower(UseCase):
    """Opens the borrower's usage account: the line over all products."""

    command = BorrowerFields
    needs = (
        Need(table=LENDER, by="lender", prefix="lender"),
        Need(table=BORROWER_IDENTITY, by="identity", prefix="identity"),
    )
    gates = (NOT_LISTED, SHOWN_DOCUMENT, ONE_BORROWER, OF_AGE)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an identity is a borrower is shared by its registrations."""
        return (batch.integers("identity"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The dates exist, and the holder lives."""
        return {**unborn(case), **no_such_day(case.batch, "valid_until", none=True)}

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """One usage account for each limit on a borrower."""
        return borrower_accounts(books=case.facts["lender_book"][goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The borrower, and whose identity it is."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[BORROWER.name])
        columns = {
            "id": ids,
            "lender": batch.integers("lender"),
            "first_usage": numbered(accepted, facts.next_account, step=len(BorrowerOwn)),
            "registered_on": batch.on,
            "age_years": batch.integers("age_years"),
            "student": np.array(batch.values("student"), np.int64),
            "second_source": 0,
            "line_fen": 0,
            "document": batch.numbers("document", DOCUMENT_NUMBER),
            "valid_until": batch.integers("valid_until"),
            "particulars": batch.position,
            "frozen": 0,
        }
        shown = rows(accepted, id=batch.integers("identity"), borrower=ids, since=batch.on)
        return Recorded(
            results={"borrower": ids},
            events=[*event(BORROWER_REGISTERED, rows(accepted, **columns)), *event(BORROWER_SHOWN, shown)],
        )
