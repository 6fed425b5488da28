"""An individual shown by document: the fields that are sealed, and the text by which the same one is known again.

Whoever is on the register of bodies, on the staff of an entity, or tied to a customer is compared by this one text.
"""

from collections.abc import Mapping
from typing import Any

from benyuan.decisions.commands import Identity
from benyuan.parties.documents import DocumentKind, normal_number, number_fault
from benyuan.parties.names import name_fault
from benyuan.parties.people import SEPARATOR


def individual_text(document: str, number: str) -> str:
    """The identity of an individual, in the whole group."""
    return SEPARATOR.join(("individual", document, number))


class ByDocument:
    """For commands with `document`, `number` and `full_name`, of which the last two are personal."""

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """The number in its normal form."""
        return {name: normal_number(item) if name == "number" else item for name, item in personal.items()}

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first field that does not fit."""
        faults = {
            "number": number_fault(kind=DocumentKind(fields["document"]), number=personal["number"]),
            "full_name": name_fault(personal["full_name"]),
        }
        return next(((field, fault) for field, fault in faults.items() if fault is not None), None)

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The document is the individual, whoever registers or employs them."""
        del on
        return Identity(text=individual_text(fields["document"], personal["number"]), contact="", derived={})
