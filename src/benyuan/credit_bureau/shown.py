"""A person as a command shows them to the bureau: document, number and name; and when the name is another's.

Source: State Council Order 631, art. 23 (accuracy). The log gets keyed numbers: of the document the person, of document
and name together the name, so that two people of one name have nothing in common there.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.identities import SEPARATOR, keeper_of, subject_text
from benyuan.decisions.commands import Command, Identity
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.parties.documents import DocumentKind, age_years, born_on, normal_number, number_fault
from benyuan.parties.names import compared_name, name_fault, normal_name
from benyuan.parties.people import UNKNOWN_AGE, Text
from benyuan.parties.telephones import normal_phone, phone_fault

ACCURACY, MINOR = "cr.accuracy", "pi.minor.age"


class ShownPerson(Command, frozen=True, kw_only=True):
    """Who it is about, by document, number and name, at `bureau`."""

    bureau: Annotated[int, msgspec.Meta(ge=1)]
    document: DocumentKind
    number: Text
    full_name: Text

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """Number and telephone in their normal forms."""
        forms = {"number": normal_number, "phone": normal_phone}
        return {name: forms[name](item) if name in forms else item for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first field that does not fit."""
        faults = {
            "number": number_fault(kind=DocumentKind(fields["document"]), number=personal["number"]),
            "full_name": name_fault(personal["full_name"]),
            "phone": phone_fault(personal["phone"]) if "phone" in personal else None,
            "staff_name": name_fault(personal["staff_name"]) if "staff_name" in personal else None,
        }
        return next(((field, fault) for field, fault in faults.items() if fault is not None), None)

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The document is the person; a telephone, where one is given, finds them too."""
        bureau, kind = int(fields["bureau"]), DocumentKind(fields["document"])
        text = subject_text(bureau=bureau, document=kind, number=personal["number"])
        born = born_on(kind=kind, number=personal["number"])
        return Identity(
            text=text,
            contact=contact_text(bureau=bureau, phone=personal["phone"]) if "phone" in personal else "",
            derived=cls.derived(born=born, on=on),
            handles=cls.handles(personal, fields, text),
        )

    @classmethod
    def derived(cls, *, born: int, on: int) -> dict[str, int]:
        """What the log may know besides: nothing, where the command needs nothing."""
        del born, on
        return {}

    @classmethod
    def handles(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], text: str) -> dict[str, str]:
        """The texts of which the log gets keyed numbers: the name under the document."""
        del fields
        return {"named": SEPARATOR.join(("named", text, compared_name(personal["full_name"])))}


class AgedPerson(ShownPerson, frozen=True, kw_only=True):
    """One whose age counts, as far as the document's number tells it."""

    @classmethod
    def derived(cls, *, born: int, on: int) -> dict[str, int]:
        """The age in whole years on the day."""
        return {"age_years": age_years(born=born, on=on) if born else UNKNOWN_AGE}


def contact_text(*, bureau: int, phone: str) -> str:
    """The text that stands for a telephone at a bureau."""
    return SEPARATOR.join(("phone", keeper_of(bureau), normal_phone(phone)))


def staff_text(*, bureau: int, member: int, name: str) -> str:
    """The text that stands for one of the staff of a member, or of the bureau itself (`member` 0)."""
    return SEPARATOR.join(("staff", keeper_of(bureau), str(member), normal_name(name)))


def is_named_alike(case: Case) -> NDArray[np.bool_]:
    """The name is the one under which the document is on file; who has no file has no other name."""
    case.rules.value(id=ACCURACY, on=case.batch.on)
    known = case.facts.found("identity")
    return np.asarray(~known | (case.facts["identity_name"] == case.batch.integers("named")), np.bool_)


def _old_enough(case: Case) -> NDArray[np.bool_]:
    ages, rule = case.batch.integers("age_years"), case.rules.in_force(id=MINOR, on=case.batch.on)
    if rule is None:
        return np.ones(len(case.batch), np.bool_)
    return np.asarray((ages == UNKNOWN_AGE) | (ages >= rule.count), np.bool_)


SAME_NAME = Gate(rule=ACCURACY, passes=is_named_alike)
OLD_ENOUGH = Gate(
    rule=MINOR,
    passes=_old_enough,
    figures=lambda case, place: {"age_years": int(case.batch.integers("age_years")[place])},
)


def without_file(case: Case) -> dict[int, Invalid]:
    """A fault for each person who has no file here."""
    wanted = "the document of a person with a file at this bureau"
    unknown = np.flatnonzero(~case.facts.found("subject")).tolist()
    return {place: Invalid(field="number", value=HIDDEN, constraint=wanted) for place in unknown}
