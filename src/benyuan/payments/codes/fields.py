"""Which objects a merchant's code has, by id and name, and the form of each.

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1, "Data Objects". Lengths are in
characters. Names and labels may hold other letters than the specification's alphanumeric ones: other makers write them
(Brazil's central bank allows it), and only what we write ourselves is held to the narrower set (`ours`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from benyuan.payments.codes.tlv import DataObject, label
from benyuan.values.errors import BadInput

STATIC, DYNAMIC = "11", "12"
RENMINBI = "156"
ASK_THE_PAYER = "***"
"""The value of a label that the payer's application is to ask for."""

DECIMAL = r"[0-9]+(\.[0-9]*)?"
_AMOUNT = rf"(?=.{{1,13}}$)(?=.*[1-9]){DECIMAL}"
_AMOUNT_SAID = "at most 13 digits with at most one point, behind a digit, and not zero"
_PERCENT = rf"(?=.{{1,5}}$)(?=.*[1-9])(?=[0-9]{{1,2}}(\.|$)){DECIMAL}"


@dataclass(frozen=True, slots=True)
class Field:
    """An object that has a name here: its id, its form as a pattern and in words, whether it must be there."""

    id: str
    name: str
    pattern: str
    said: str
    needed: bool = False


def _up_to(characters: int) -> tuple[str, str]:
    return f".{{1,{characters}}}", f"1 to {characters} characters"


_LABEL = _up_to(25)  # tidy: number the longest label
_NAME = _up_to(25)  # tidy: number the longest merchant's name
_CITY = _up_to(15)  # tidy: number the longest city
_POSTAL_CODE = _up_to(10)  # tidy: number the longest postal code
_ANY = _up_to(99)  # tidy: number the longest value

ROOT = (
    Field("01", "initiation", f"{STATIC}|{DYNAMIC}", f"{STATIC}, a static code, or {DYNAMIC}, a dynamic one"),
    Field("52", "category", "[0-9]{4}", "the four digits of a category (ISO 18245)", needed=True),
    Field("53", "currency", "[0-9]{3}", "the three digits of a currency (ISO 4217)", needed=True),
    Field("54", "amount", _AMOUNT, _AMOUNT_SAID),
    Field("55", "tip", "0[123]", "01, 02 or 03"),
    Field("56", "fee", _AMOUNT, _AMOUNT_SAID),
    Field("57", "fee_percent", _PERCENT, "a percentage from 00.01 to 99.99"),
    Field("58", "country", "[A-Z]{2}", "the two capitals of a country (ISO 3166-1)", needed=True),
    Field("59", "name", *_NAME, needed=True),
    Field("60", "city", *_CITY, needed=True),
    Field("61", "postal_code", *_POSTAL_CODE),
)
"""The objects of the root, but for accounts, templates and what frames them."""

ADDITIONAL = (
    Field("01", "bill_number", *_LABEL),
    Field("02", "mobile_number", *_LABEL),
    Field("03", "store_label", *_LABEL),
    Field("04", "loyalty_number", *_LABEL),
    Field("05", "reference_label", *_LABEL),
    Field("06", "customer_label", *_LABEL),
    Field("07", "terminal_label", *_LABEL),
    Field("08", "purpose", *_LABEL),
    Field("09", "data_request", "(?!.*(.).*\\1)[AME]{1,3}", "letters of A, M and E, each at most once"),
    Field("10", "tax_id", *_ANY),
    Field("11", "channel", *_ANY),
)
"""The additional data, template 62. Objects 10 and 11 came with version 1.1; their form is left open here."""

LANGUAGE = (
    Field("00", "language", "[A-Za-z]{2}", "the two letters of a language (ISO 639)", needed=True),
    Field("01", "name", *_NAME, needed=True),
    Field("02", "city", *_CITY),
)
"""The merchant's name in another language, template 64."""

BY_NAME = {field.name: field for field in ROOT}


def taken(objects: Iterable[DataObject], *, fields: Iterable[Field], within: str = "") -> dict[str, str]:
    """The values of these fields by name. Errors: BadInput for one that must be there and is not."""
    values = {each.id: each.value for each in objects}
    found: dict[str, str] = {}
    for field in fields:
        if field.id in values:
            found[field.name] = values[field.id]
        elif field.needed:
            raise BadInput(label(field.id, within=within), None, f"{field.said}: it must be there")
    return found


def left(objects: Iterable[DataObject], *, fields: Iterable[Field]) -> tuple[DataObject, ...]:
    """The objects that are none of these fields, in order of their ids."""
    known = {field.id for field in fields}
    return tuple(sorted((each for each in objects if each.id not in known), key=lambda each: each.id))


def listed(record: object, *, fields: Iterable[Field]) -> list[DataObject]:
    """The objects of a record that has these fields as attributes; what it has not is left out."""
    values = ((field, getattr(record, field.name)) for field in fields)
    return [DataObject(field.id, value) for field, value in values if value is not None]


def check(record: object, *, fields: Iterable[Field], within: str = "") -> None:
    """Errors: BadInput for the first field that has not its form."""
    for field in fields:
        value = getattr(record, field.name)
        if value is not None and not re.fullmatch(field.pattern, value, re.DOTALL):
            raise BadInput(label(field.id, within=within), value, field.said)


def check_others(others: Iterable[DataObject], *, fields: Iterable[Field], within: str = "") -> None:
    """Errors: BadInput for a raw object whose id has a name here."""
    named = {field.id: field.name for field in fields}
    for each in others:
        if each.id in named:
            raise BadInput(label(each.id, within=within), each.value, f"no raw object: it is {named[each.id]}")
