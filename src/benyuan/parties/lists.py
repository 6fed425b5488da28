"""Name lists: whose names and numbers customers are screened against.

Source: AML Law (2024), arts. 40, 41; PBoC Order [2016] No. 3, art. 18. An entry is a person or an organisation with a
name, other names, and numbers of documents where the list gives them. What an entry says is sealed, as a customer's
particulars are; it is found by marks, keyed hashes of its names and numbers in the form in which they are compared.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeAlias

import msgspec

from benyuan.decisions.commands import NAME_MARK, NUMBER_MARK, Command, Identity, Mark
from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.parties.documents import normal_number
from benyuan.parties.name_list import NameList
from benyuan.parties.names import compared_name, name_fault, normal_name
from benyuan.parties.people import SEPARATOR

PERSONAL = ("name", "aliases", "numbers")
BETWEEN = ";"

EntryName: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]  # tidy: number a length that we chose
Several: TypeAlias = Annotated[str, msgspec.Meta(max_length=2000)]  # tidy: number a length that we chose


LIST_ENTRY = Table(name="list_entry", columns=("list", "listed_on", "unlisted_on"), keyed=True)
"""By the number of its identity; `unlisted_on`: 0 as long as it stands on its list."""
LIST_ENTRY_MADE = folds("list_entry_made", table=LIST_ENTRY, adds=True)
LIST_ENTRY_CHANGED = folds("list_entry_changed", table=LIST_ENTRY, adds=False)


class EntryFields(Command, frozen=True, kw_only=True):
    """An entry of a list. `aliases` and `numbers`: several, with a semicolon between them."""

    name_list: NameList
    name: EntryName
    aliases: Several = ""
    numbers: Several = ""

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """The first name that is none."""
        del fields
        for field, text in (("name", personal["name"]), *(("aliases", text) for text in several(personal, "aliases"))):
            if fault := name_fault(text):
                return field, fault
        return None

    @classmethod
    def identity(cls, personal: Mapping[str, Any], fields: Mapping[str, Any], on: int) -> Identity:
        """The list, the name and the numbers are the entry: the same again is the same entry."""
        del on
        numbers = [normal_number(number) for number in several(personal, "numbers")]
        names = [personal["name"], *several(personal, "aliases")]
        text = ("list", fields["name_list"], normal_name(personal["name"]), *sorted(numbers))
        return Identity(
            text=SEPARATOR.join(text),
            contact="",
            derived={},
            marks=(*name_marks(*names), *number_marks(*numbers)),
            listed=True,
        )


def several(personal: Mapping[str, Any], field: str) -> list[str]:
    """The texts of a field that holds several."""
    return [text.strip() for text in personal.get(field, "").split(BETWEEN) if text.strip()]


def name_marks(*names: str) -> Iterator[Mark]:
    """A mark for each name."""
    yield from (Mark(NAME_MARK, compared_name(name)) for name in dict.fromkeys(names) if name)


def number_marks(*numbers: str) -> Iterator[Mark]:
    """A mark for each number of a document, given in its normal form."""
    yield from (Mark(NUMBER_MARK, number) for number in dict.fromkeys(numbers) if number)
