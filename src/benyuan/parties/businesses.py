"""What an institution registers of a firm or an individual business 个体工商户.

Sources: PBoC Announcement [2015] No. 43, art. 44 (name, address, scope, code, legal representative); PBoC Announcement
[2013] No. 9, arts. 7 to 10. The code is the identity: several shops of one business show the same one.
"""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

import msgspec

from benyuan.decisions.commands import NAME_MARK, NUMBER_MARK, Command, Identity, Mark
from benyuan.parties.credit_codes import INDIVIDUAL_BUSINESS, credit_code_fault
from benyuan.parties.documents import normal_number
from benyuan.parties.names import compared_name, name_fault
from benyuan.parties.people import SEPARATOR, contact_text
from benyuan.parties.telephones import normal_phone, phone_fault

PERSONAL = ("code", "name", "representative", "phone")

MaybeText: TypeAlias = Annotated[str, msgspec.Meta(max_length=200)]  # tidy: number a length that we chose


class BusinessFields(Command, frozen=True, kw_only=True):
    """The fields of a business: its unified social credit code, names and telephone."""

    code: MaybeText = ""
    name: MaybeText = ""
    representative: MaybeText = ""
    phone: MaybeText = ""

    @classmethod
    def normal(cls, personal: dict[str, Any]) -> dict[str, Any]:
        """Code and telephone in their normal forms."""
        made = dict(personal)
        if "code" in made:
            made["code"] = normal_number(made["code"])
        if "phone" in made:
            made["phone"] = normal_phone(made["phone"])
        return made

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first field that does not fit; a merchant that a person stands for has no code, others the right one."""
        faults = {
            "code": code_fault(personal.get("code", ""), kind=fields["kind_of_merchant"]),
            "name": name_fault(personal["name"]) if "name" in personal else None,
            "phone": phone_fault(personal["phone"]) if "phone" in personal else None,
        }
        return next(((field, fault) for field, fault in faults.items() if fault is not None), None)

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The code is the identity, within one institution; without one there is none to tell."""
        del on
        scope, code = fields["institution"], personal.get("code", "")
        phone = personal.get("phone", "")
        names = (personal.get("name", ""), personal.get("representative", ""))
        return Identity(
            text=SEPARATOR.join(("business", str(scope), code)) if code else "",
            contact=contact_text(institution=scope, phone=phone) if phone and code else "",
            derived={},
            marks=(
                *(Mark(NAME_MARK, compared_name(name)) for name in names if name),
                *(Mark(NUMBER_MARK, number) for number in (code,) if number),
            ),
        )


def code_fault(code: str, *, kind: str) -> str | None:
    """What a code does not meet for a kind of merchant."""
    if kind in ("micro", "individual_seller"):
        return f"none: a {kind.replace('_', ' ')} merchant is known by the person that stands for it" if code else None
    if not code:
        return f"a unified social credit code: a {kind.replace('_', ' ')} has one"
    fault = credit_code_fault(code)
    if fault is None and (kind == "individual_business") != code.startswith(INDIVIDUAL_BUSINESS):
        return f"a code that begins {'' if kind == 'individual_business' else 'otherwise than '}{INDIVIDUAL_BUSINESS}"
    return fault
