"""The lender says whose an objection is that the bureau put to it: from then on nobody collects from that borrower.

Sources: State Council Order 631, art. 25; a rule of the house (`cp.house.collection.objection`). The document on the
lender's own file is compared in the vault with that of the lender's borrower and that of the bureau's file;
neither firm learns the other's. Only where both are there and the file is the objector's is it taken in, so nobody
else's collecting stops; it counts for more than a number that an inquiry gave. Worked: objection 4 of file 7 was put to
the lender; the document of borrower 2 opens file 8: refused; that of borrower 3 opens file 7: taken in for borrower 3.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER_IDENTITY
from benyuan.consumer_protection.claims.records import OBJECTION_TAKEN_IN
from benyuan.credit_bureau.identities import subject_text
from benyuan.credit_bureau.records import OBJECTION, SUBJECT_IDENTITY
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, Identity, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.documents import DocumentKind, normal_number, number_fault
from benyuan.parties.people import SEPARATOR, Text
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.put_objection import PUT_NEEDS, found_out
from benyuan.usecases.protection.claims.shown import KEEPERS


@command("take_in_objection", personal=("number",), identified=True, keyed=("file",))
class ObjectionFields(Command, frozen=True, kw_only=True):
    """`objection` at `bureau`, put to `lender`, is that of the borrower who is on its file with this document."""

    lender: Id
    bureau: Id
    objection: Id
    document: DocumentKind
    number: Text

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The number in its normal form."""
        return {name: normal_number(item) for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The number fits its kind."""
        wrong = number_fault(kind=DocumentKind(fields["document"]), number=personal["number"])
        return ("number", wrong) if wrong is not None else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The borrower at the lender; and the same document at the bureau."""
        del on
        keeper, kind = KEEPERS["lender"].format(fields["lender"]), DocumentKind(fields["document"])
        return Identity(
            text=SEPARATOR.join(("person", keeper, kind.value, personal["number"])),
            contact="",
            derived={},
            elsewhere={"file": subject_text(bureau=int(fields["bureau"]), document=kind, number=personal["number"])},
        )


class TakeInObjection(UseCase):
    """Names the borrower; the duty to find out is done."""

    command = ObjectionFields
    needs = (
        Need(table=OBJECTION, by="objection", prefix="objection"),
        *PUT_NEEDS,
        Need(table=BORROWER_IDENTITY, by="identity", prefix="shown"),
        Need(table=SUBJECT_IDENTITY, by="file", prefix="file"),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It is taken in once."""
        return (batch.integers("objection"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Put to this lender by this bureau, open, not known to be theirs; both files are the objector's."""
        batch, facts = case.batch, case.facts
        taken = facts.found("shown") & (facts["put_borrower"] == facts["shown_borrower"])
        elsewhere = (facts["put_lender"] != batch.integers("lender")) | ~facts.found("put")
        elsewhere |= facts["objection_bureau"] != batch.integers("bureau")
        other = ~facts.found("shown") | (facts["file_subject"] != facts["objection_subject"]) | ~facts.found("file")
        wanted = "the document of the borrower whose objection it is, on file at the lender and at the bureau"
        put = "one put to this lender by this bureau"
        return {
            **{place: _another(wanted) for place in np.flatnonzero(other).tolist()},
            **faults_where(np.asarray(taken, np.bool_), batch, "objection", "one that is not known to be theirs"),
            **faults_where(facts["objection_outcome"] != 0, batch, "objection", "an objection that is open"),
            **faults_where(np.asarray(elsewhere, np.bool_), batch, "objection", put),
        }

    def record(self, decided: Decided) -> Recorded:
        """Whose it is."""
        case, accepted = decided.case, decided.accepted
        whose, number = case.facts["shown_borrower"], case.batch.integers("objection")
        taken = rows(accepted, id=number, borrower=whose, taken_in_on=case.batch.on)
        return Recorded(
            results={"borrower": whose},
            events=[*event(OBJECTION_TAKEN_IN, taken), *found_out(case, accepted)],
        )


def _another(wanted: str) -> Invalid:
    return Invalid(field="number", value=HIDDEN, constraint=wanted)
