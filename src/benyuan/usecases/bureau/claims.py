"""What commands share by which a person claims something, or somebody answers that: words, evidence, whose it is.

Source: State Council Order 631, art. 25 (a right of the person's own); that nobody comes in another's name is our
choice. Evidence is known by the SHA-256 of each piece; those are sealed, and the log learns how many there are.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec
import numpy as np

from benyuan.credit_bureau.shown import ShownPerson, is_named_alike, without_file
from benyuan.decisions.commands import Command, Identity
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import faults_where

WORDS_CHARACTERS = 1_000  # tidy: number a length that we chose
Words: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=WORDS_CHARACTERS)]
Pieces: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=10)]  # tidy: number pieces that we chose as the most
Digests: TypeAlias = Annotated[str, msgspec.Meta(max_length=649)]  # tidy: number ten digests with a space between two
DIGEST_DIGITS = 64  # tidy: number hexadecimal digits of a SHA-256
HEX = frozenset("0123456789abcdef")
SHOWN = ("number", "full_name")


def evidence_fault(personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
    """The digests are as many as `pieces` says, each in 64 small hexadecimal digits, one space between two."""
    digests = personal["evidence"].split(" ") if "evidence" in personal else []
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


class ShownWithEvidence(ShownPerson, frozen=True, kw_only=True):
    """A person with evidence: SHA-256 digests with a space between two, and how many `pieces`."""

    evidence: Digests = ""
    pieces: Pieces = 0

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The person's fields, then the digests."""
        return super().personal_fault(personal, fields) or evidence_fault(personal, fields)


def owners_faults(case: Case, faults: Mapping[int, Invalid]) -> dict[int, Invalid]:
    """What is wrong with a command of the person whose name is on file; another name is refused and told nothing."""
    own = is_named_alike(case)
    return {**{place: fault for place, fault in faults.items() if own[place]}, **without_file(case)}


def others_faults(case: Case, *, field: str, subject: str) -> dict[int, Invalid]:
    """What is named is in the person's own file; whether it is in another's is not told."""
    named = case.batch.integers(field) != 0
    wrong = np.asarray(named & (case.facts[subject] != case.facts["identity_subject"]), np.bool_)
    return faults_where(wrong, case.batch, field, f"one in this person's own file, or 0 for no {field}")
