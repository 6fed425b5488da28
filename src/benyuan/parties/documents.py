"""Identity documents of natural persons: their kinds, and what their numbers must be.

Sources: GB 11643-1999 (resident identity number: region, birth, sequence, check character), the residence permit for
Hong Kong, Macao and Taiwan residents (the same form, regions 81, 82, 83), the foreigner's permanent residence card (of
2023: 18 places beginning with 9, checked alike; of 2017: 15 places, whose check digit no text at hand describes, so its
form and birth date alone are checked). Passports and travel permits carry no check of their own in their number.
"""

import re
import unicodedata
from enum import StrEnum

from benyuan.parties.check_digits import mod_11_2
from benyuan.values.dates import from_yyyymmdd
from benyuan.values.errors import BadInput


class DocumentKind(StrEnum):
    """A valid identity document 有效身份证件 of a natural person."""

    resident_id = "resident_id"
    hmt_residence_permit = "hmt_residence_permit"
    foreign_permanent_residence = "foreign_permanent_residence"
    hm_travel_permit = "hm_travel_permit"
    taiwan_travel_permit = "taiwan_travel_permit"
    passport = "passport"


LAST_CARDS_OF_2017 = 20231130
"""The last day on which cards of the form of 2017 were issued: the next form is issued from 2023-12-01 on."""

DOCUMENT_NUMBER = {kind.value: place + 1 for place, kind in enumerate(DocumentKind)}
"""Kinds of document by number."""

REGIONS = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]")
"""The first two digits of an address code (GB/T 2260): the provinces."""
PERMIT_REGIONS = re.compile(r"8[123]0000")

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_CARD_OF_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_FORMS = {
    DocumentKind.hm_travel_permit: (
        re.compile(r"[HM][0-9]{8}([0-9]{2})?"),
        "H or M, then 8 or on older permits 10 digits",
    ),
    DocumentKind.taiwan_travel_permit: (re.compile(r"[0-9]{8}|[0-9]{10}[A-Z]?"), "8 digits, or 10 on older permits"),
    DocumentKind.passport: (re.compile(r"[A-Z0-9]{5,17}"), "5 to 17 letters and digits"),
}


def normal_number(number: str) -> str:
    """A number as it is compared and kept: no spaces or hyphens, full-width characters narrow, letters capital."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number)).upper()


def number_fault(*, kind: DocumentKind, number: str) -> str | None:
    """What a normal number does not meet; None where it is sound."""
    if kind in _FORMS:
        form, wanted = _FORMS[kind]
        return None if form.fullmatch(number) else wanted
    if kind is DocumentKind.foreign_permanent_residence and _CARD_OF_2017.fullmatch(number):
        return _birth_fault(_century(number[7:13], LAST_CARDS_OF_2017))
    if not _EIGHTEEN.fullmatch(number):
        return "17 digits and a check character, 0 to 9 or X"
    if not _begins_right(kind, number):
        return f"a number of a {kind.value}: its first digits are of another kind"
    if mod_11_2(number[:-1]) != number[-1]:
        return "a number whose last place fits the others (GB 11643, MOD 11-2)"
    return _birth_fault(int(number[6:14]))


def born_on(*, kind: DocumentKind, number: str) -> int:
    """The birth date (yyyymmdd) that a sound number holds; 0 where it holds none."""
    if kind in _FORMS:
        return 0
    if _CARD_OF_2017.fullmatch(number):
        return _century(number[7:13], LAST_CARDS_OF_2017)
    return int(number[6:14])


def tells_sex(*, kind: DocumentKind, number: str) -> bool:
    """Whether a sound number tells the sex: those of 18 places do, odd or even in the one before the last."""
    return kind not in _FORMS and not _CARD_OF_2017.fullmatch(number)


def age_years(*, born: int, on: int) -> int:
    """Whole years of age on a day; below 0 for who is not born yet."""
    return (on - born) // 10_000  # tidy: number of a date's digits


def _begins_right(kind: DocumentKind, number: str) -> bool:
    if kind is DocumentKind.resident_id:
        return REGIONS.match(number) is not None
    if kind is DocumentKind.hmt_residence_permit:
        return PERMIT_REGIONS.match(number) is not None
    return number[0] == "9"


def _birth_fault(born: int) -> str | None:
    try:
        from_yyyymmdd(born)
    except BadInput:
        return "a birth date that exists"
    return None


def _century(yymmdd: str, on: int) -> int:
    """A birth date with two digits of the year: the latest that is not after the day."""
    century = on // 1_000_000 * 1_000_000  # tidy: number of a date's digits
    born = century + int(yymmdd)
    return born if born <= on else born - 1_000_000  # tidy: number of a date's digits
