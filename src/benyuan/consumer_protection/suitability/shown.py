"""A customer as a command shows them: by the document under which they are on file, so that their age is known.

Source: Order 2025 No. 7, arts. 13(1) (the test is the customer's own), 18 and 19 (ages). The log learns the identity's
opaque number and the age in years; the number of the document is sealed.
"""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

from benyuan.consumer_protection.suitability.loader import questionnaires
from benyuan.consumer_protection.suitability.questionnaire import answers_fault
from benyuan.consumer_protection.suitability.scoring import scored
from benyuan.decisions.commands import Command, Identity
from benyuan.parties.documents import DocumentKind, age_years, born_on, normal_number, number_fault
from benyuan.parties.people import LAST_DAY, UNKNOWN_AGE, Text, person_text
from benyuan.values.dates import is_day

Number = Annotated[int, msgspec.Meta(ge=1)]


class ShownCustomer(Command, frozen=True, kw_only=True):
    """A `person` of `institution`, by document; `born` (yyyymmdd) only where the document's number does not tell it."""

    institution: Number
    person: Number
    document: DocumentKind
    number: Text
    born: Annotated[int, msgspec.Meta(ge=0, le=LAST_DAY)] = 0

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The number in its normal form."""
        return {name: normal_number(item) if name == "number" else item for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first field that does not fit."""
        kind = DocumentKind(fields["document"])
        if fault := number_fault(kind=kind, number=personal["number"]):
            return "number", fault
        told, born = born_on(kind=kind, number=personal["number"]), personal.get("born", 0)
        if told and born not in (0, told):
            return "born", "the birth date that the document's number tells, or none"
        if not told and not is_day(born):
            return "born", f"a birth date (yyyymmdd): the number of a {kind.value} does not tell it"
        return None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The document is the person, as at the registration; the age derives."""
        kind = DocumentKind(fields["document"])
        born = born_on(kind=kind, number=personal["number"]) or personal.get("born", 0)
        return Identity(
            text=person_text(institution=int(fields["institution"]), document=kind, number=personal["number"]),
            contact="",
            derived={"age_years": age_years(born=born, on=on) if born else UNKNOWN_AGE}
            | cls.derived_of(personal, fields),
        )

    @classmethod
    def derived_of(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, int]:
        """What else the log may know: nothing here."""
        del personal, fields
        return {}


class AnsweringCustomer(ShownCustomer, frozen=True, kw_only=True):
    """One who answers version `questionnaire` with these `answers`: a letter a question, with commas between.

    The log learns points and level, never the answers.
    """

    questionnaire: Number
    answers: Text

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """Also a version that there is none of, and answers that do not fit it."""
        version = questionnaires().get(int(fields["questionnaire"]))
        if version is None:
            return "questionnaire", "a version that there is: " + ", ".join(map(str, questionnaires()))
        if fault := answers_fault(version, personal["answers"]):
            return "answers", fault
        return super().personal_fault(personal, fields)

    @classmethod
    def derived_of(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, int]:
        """Points, the level that they give, and how many levels the questionnaire tells apart."""
        version = questionnaires()[int(fields["questionnaire"])]
        points, level = scored(version, [personal["answers"]])
        return {"points": int(points[0]), "level": int(level[0]), "levels": version.levels}
