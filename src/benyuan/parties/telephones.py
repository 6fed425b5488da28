"""Telephone numbers: a mobile number of the mainland, or any other in the international form (ITU-T E.164)."""

import re
import unicodedata

_MAINLAND = re.compile(r"1[3-9][0-9]{9}")
_INTERNATIONAL = re.compile(r"\+[1-9][0-9]{6,14}")
MAINLAND = "+86"


def normal_phone(phone: str) -> str:
    """A number as it is compared and kept: in the international form, where it is a mobile number of the mainland."""
    plain = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", phone))
    return MAINLAND + plain if _MAINLAND.fullmatch(plain) else plain


def phone_fault(phone: str) -> str | None:
    """What a normal number does not meet; None where it is sound."""
    if phone.startswith(MAINLAND):
        mobile = _MAINLAND.fullmatch(phone.removeprefix(MAINLAND))
        return None if mobile else "11 digits of a mobile number of the mainland, beginning 13 to 19"
    return (
        None
        if _INTERNATIONAL.fullmatch(phone)
        else "11 digits of a mobile number of the mainland, or + and 7 to 15 digits"
    )
