"""Data objects of a merchant's code: two digits of id, two of length, then the value.

EMV QR Code Specification for Payment Systems, Merchant-Presented Mode, v1.1, "Data Organization". The length
counts characters of the value, not its bytes, in every format. Worked: 0104最佳运输 is object 01, four characters,
twelve bytes.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benyuan.values.errors import BadInput

HEAD = 4
"""Characters of an id and a length."""
HALF = 2
LONGEST = 99  # tidy: number the longest value that two digits of length can tell
_ID = re.compile("[0-9]{2}")


@dataclass(frozen=True, slots=True)
class DataObject:
    """One object: its id, "00" to "99", and its value, 1 to 99 characters."""

    id: str
    value: str


def read_objects(text: str, *, within: str = "") -> tuple[DataObject, ...]:
    """The objects of a payload, or of the template `within`, in their order.

    Errors: BadInput names the object (62.05 is object 05 of template 62) whose id, length or value does not fit, or
    that comes twice.
    """
    found = tuple(_objects(text, within=within))
    check_once(found, within=within)
    return found


def write_objects(objects: Iterable[DataObject], *, within: str = "") -> str:
    """The text of objects in the order given. Errors: BadInput for what can't be written, or an id that comes twice."""
    listed = tuple(objects)
    check_once(listed, within=within)
    return "".join(_text(each, within=within) for each in listed)


def label(object_id: str, *, within: str = "") -> str:
    """How messages name an object: "object 62.05"."""
    return f"object {within}.{object_id}" if within else f"object {object_id}"


def check_once(objects: Iterable[DataObject], *, within: str = "") -> None:
    """Errors: BadInput for an id that comes twice in one place."""
    seen: set[str] = set()
    for each in objects:
        if each.id in seen:
            raise BadInput(label(each.id, within=within), each.value, "only one object of this id")
        seen.add(each.id)


def _objects(text: str, *, within: str) -> Iterator[DataObject]:
    place = 0
    while place < len(text):
        head = text[place : place + HEAD]
        object_id, length = head[:HALF], head[HALF:]
        if not _ID.fullmatch(object_id):
            where = f"{label(within) if within else 'payload'}, character {place + 1}"
            raise BadInput(where, object_id, "the two digits of an object's id")
        if not _ID.fullmatch(length) or int(length) == 0:
            raise BadInput(label(object_id, within=within), length, "two digits of length, 01 to 99")
        value = text[place + HEAD : place + HEAD + int(length)]
        if len(value) < int(length):
            raise BadInput(label(object_id, within=within), value, f"{int(length)} characters, as its length says")
        yield DataObject(object_id, value)
        place += HEAD + int(length)


def _text(each: DataObject, *, within: str) -> str:
    if not _ID.fullmatch(each.id):
        raise BadInput(label(each.id, within=within), each.value, "an id of two digits")
    if not 1 <= len(each.value) <= LONGEST:
        raise BadInput(label(each.id, within=within), each.value, f"1 to {LONGEST} characters")
    return f"{each.id}{len(each.value):02d}{each.value}"
