"""A person who comes with their document to the bureau, and evidence that comes with a command.

Sources: State Council Order 631, arts. 17, 25 (the person's own rights, so nobody has them in another's name). The
document is looked up by a keyed hash within the bureau: the log learns an opaque number. Evidence is known by the
SHA-256 of each piece; those are sealed, and the log learns how many there are.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.identities import subject_text
from benyuan.credit_bureau.records import SUBJECT, SUBJECT_IDENTITY
from benyuan.decisions.commands import Command, Identity
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.parties.documents import DocumentKind, normal_number, number_fault
from benyuan.parties.names import name_fault
from benyuan.parties.people import Text
from benyuan.usecases.common import Id, faults_where

WORDS_CHARACTERS = 1_000  # tidy: number a length that we chose
Words: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=WORDS_CHARACTERS)]
Pieces: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=10)]  # tidy: number pieces that we chose as the most
Digests: TypeAlias = Annotated[str, msgspec.Meta(max_length=650)]  # tidy: number as many digests with a space each
DIGEST_DIGITS = 64  # tidy: number hexadecimal digits of a SHA-256
HEX = frozenset("0123456789abcdef")
SHOWN = ("number", "full_name")
SHOWN_NEEDS = (
    Need(table=SUBJECT_IDENTITY, by="identity", prefix="identity"),
    Need(table=SUBJECT, by="identity_subject", prefix="subject"),
)
"""Whose file it is that the document opens."""


def evidence_fault(personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """The digests are as many as `pieces` says, each in 64 small hexadecimal digits, one space between two."""
    digests = personal.get("evidence", "").split(" ") if personal.get("evidence") else []
    if any(len(each) != DIGEST_DIGITS or not HEX.issuperset(each) for each in digests):
        return "evidence", "SHA-256 digests in small hexadecimal digits, one space between two"
    if len(digests) != fields["pieces"]:
        return "evidence", f"as many digests as `pieces` says: {fields['pieces']}"
    return None


class WithEvidence(Command, frozen=True, kw_only=True):
    """A command of no person's, with evidence: SHA-256 digests with a space between two, and how many `pieces`."""

    evidence: Digests = ""
    pieces: Pieces = 0

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Digests that are none, or not as many as was said."""
        return evidence_fault(personal, fields)

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """Nobody's."""
        del personal, fields, on
        return Identity(text="", contact="", derived={})


class ShownFields(Command, frozen=True, kw_only=True):
    """A person at the bureau, by kind of document, number and name."""

    bureau: Id
    document: DocumentKind
    number: Text
    full_name: Text

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The number in its normal form."""
        return {**personal, **({"number": normal_number(personal["number"])} if "number" in personal else {})}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """A number or name that is none."""
        if fault := number_fault(kind=DocumentKind(fields["document"]), number=personal["number"]):
            return "number", fault
        if fault := name_fault(personal["full_name"]):
            return "full_name", fault
        return evidence_fault(personal, fields) if "pieces" in fields else None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The document is the identity, within one bureau."""
        del on
        document = DocumentKind(fields["document"])
        text = subject_text(bureau=int(fields["bureau"]), document=document, number=personal["number"])
        return Identity(text=text, contact="", derived={})


def unknown_faults(case: Case) -> dict[int, Invalid]:
    """The document opens a file of the bureau."""
    facts = case.facts
    known = (
        facts.found("identity") & facts.found("subject") & (facts["subject_bureau"] == case.batch.integers("bureau"))
    )
    constraint = "a document of a person who has a file at this bureau"
    return {
        place: Invalid(field="number", value="(personal: not kept)", constraint=constraint)
        for place in np.flatnonzero(~known).tolist()
    }


def others_faults(case: Case, *, field: str, subject: str) -> dict[int, Invalid]:
    """What is named is of the person's own file; that there is such a thing in another's is not told apart."""
    named = case.batch.integers(field) != 0
    wrong = named & (case.facts[subject] != case.facts["identity_subject"])
    return faults_where(wrong, case.batch, field, f"one in this person's own file, or 0 for no {field}")


def noted(column: Any, case: Case) -> NDArray[np.int64]:
    """A value for each command of the batch."""
    return np.broadcast_to(np.asarray(column, np.int64), (len(case.batch),)).copy()
