"""What an institution registers of a natural person (PBoC Announcement [2015] No. 43, arts. 6, 44).

Name, nationality, sex, occupation, address, telephone, and the identity document with its number and validity. All but
the kind of document and its validity is personal: sealed, and never in the log.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, TypeAlias

import msgspec

from benyuan.decisions.commands import NAME_MARK, NUMBER_MARK, Command, Identity, Mark
from benyuan.parties.documents import DocumentKind, age_years, born_on, normal_number, number_fault, tells_sex
from benyuan.parties.names import compared_name, name_fault
from benyuan.parties.telephones import normal_phone, phone_fault
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput

PERSONAL = ("number", "full_name", "phone", "sex", "born", "nationality", "occupation", "address")
SEPARATOR = "\x1f"
UNKNOWN_AGE = -1_000  # tidy: number no age at all
CHINA = "CHN"
LAST_DAY = 99991231

Text: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=100)]  # tidy: number a length that we chose
MaybeText: TypeAlias = Annotated[str, msgspec.Meta(max_length=100)]  # tidy: number a length that we chose


class Sex(StrEnum):
    """As on the document; unstated where the document's number tells it."""

    unstated = ""
    female = "female"
    male = "male"


class PersonalFields(Command, frozen=True, kw_only=True):
    """The fields of a natural person. `valid_until`: yyyymmdd, 0 for a document that holds for ever 长期.

    `sex`, `born` and `nationality` are needed only where the document's number does not tell them.
    """

    document: DocumentKind
    number: Text
    full_name: Text
    phone: Text
    occupation: Text
    address: Text
    valid_until: Annotated[int, msgspec.Meta(ge=0, le=LAST_DAY)]
    sex: Sex = Sex.unstated
    born: Annotated[int, msgspec.Meta(ge=0, le=LAST_DAY)] = 0
    nationality: MaybeText = ""

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """Number and telephone in their normal forms."""
        made = dict(personal)
        if "number" in made:
            made["number"] = normal_number(made["number"])
        if "phone" in made:
            made["phone"] = normal_phone(made["phone"])
        return made

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first field that does not fit."""
        kind = DocumentKind(fields["document"])
        faults = {
            "number": number_fault(kind=kind, number=personal["number"]),
            "full_name": name_fault(personal["full_name"]),
            "phone": phone_fault(personal["phone"]),
        }
        if not faults["number"]:
            faults["born"] = _born_fault(kind, personal)
            faults["sex"] = _sex_fault(kind, personal)
            faults["nationality"] = _nationality_fault(kind, personal)
        return next(((field, fault) for field, fault in faults.items() if fault is not None), None)

    @classmethod
    def keeper(cls, fields: Mapping[str, Any]) -> str:
        """Within whom an identity is one: the institution that keeps it."""
        return str(fields["institution"])

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The document is the identity, the telephone the contact, within one institution; the age in years derives."""
        born = born_on(kind=DocumentKind(fields["document"]), number=personal["number"]) or personal.get("born", 0)
        scope = cls.keeper(fields)
        return Identity(
            text=SEPARATOR.join(("person", scope, fields["document"], personal["number"])),
            contact=SEPARATOR.join(("phone", scope, personal["phone"])),
            derived={"age_years": age_years(born=born, on=on) if born else UNKNOWN_AGE},
            marks=(
                Mark(NAME_MARK, compared_name(personal["full_name"])),
                Mark(NUMBER_MARK, personal["number"]),
            ),
        )


def person_text(*, institution: int, document: DocumentKind, number: str) -> str:
    """The text that stands for a person's identity at an institution."""
    return SEPARATOR.join(("person", str(institution), document.value, normal_number(number)))


def contact_text(*, institution: int, phone: str) -> str:
    """The text that stands for a telephone at an institution."""
    return SEPARATOR.join(("phone", str(institution), normal_phone(phone)))


def _born_fault(kind: DocumentKind, personal: Mapping[str, Any]) -> str | None:
    born, told = personal.get("born", 0), born_on(kind=kind, number=personal["number"])
    if told:
        return None if born in (0, told) else "the birth date that the document's number tells, or none"
    try:
        from_yyyymmdd(born)
    except BadInput:
        return f"a birth date (yyyymmdd): the number of a {kind.value} does not tell it"
    return None


def _sex_fault(kind: DocumentKind, personal: Mapping[str, Any]) -> str | None:
    if personal.get("sex") or tells_sex(kind=kind, number=personal["number"]):
        return None
    return f"female or male: the number of a {kind.value} does not tell it"


def _nationality_fault(kind: DocumentKind, personal: Mapping[str, Any]) -> str | None:
    given = personal.get("nationality", "")
    if given:
        code = len(given) == len(CHINA) and given.isascii() and given.isalpha() and given.isupper()
        return None if code else "three capitals (ISO 3166-1 alpha-3)"
    foreign = kind in (DocumentKind.passport, DocumentKind.foreign_permanent_residence)
    return f"three capitals (ISO 3166-1 alpha-3): a {kind.value} needs it" if foreign else None
