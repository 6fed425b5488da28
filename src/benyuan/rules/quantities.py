"""How figures are written in a rule file: exactly, as text, without a float.

"95%" is 950,000 ppm, "1.5" is a factor of 1,500,000 ppm, "100000.00" is 10,000,000 fen.
"""

import re
from math import gcd

from benyuan.values.errors import BadInput
from benyuan.values.money import fen_from_yuan

PPM = 1_000_000

_TWO_DECIMALS = re.compile(r"[0-9]+\.[0-9]{2}")
_PERCENT = re.compile(r"(0|[1-9][0-9]{0,8})(?:\.([0-9]{1,4}))?%")
_FACTOR = re.compile(r"(0|[1-9][0-9]{0,8})\.([0-9]{1,6})")
_FRACTION = re.compile(r"([1-9][0-9]{0,2})/([1-9][0-9]{0,2})")


def minor_units(text: str, *, field: str) -> int:
    """An amount with exactly two decimals, in fen (or cents). Raises BadInput."""
    if _TWO_DECIMALS.fullmatch(text) is None:
        raise BadInput(field, text, 'an amount with two decimals, such as "100000.00"')
    return fen_from_yuan(text, field=field)


def ratio_ppm(text: str, *, field: str) -> int:
    """A percentage with at most four decimals, in parts per million. Raises BadInput."""
    match = _PERCENT.fullmatch(text)
    if match is None:
        raise BadInput(field, text, 'a percentage with at most four decimals, such as "95%"')
    return int(match.group(1)) * 10_000 + int((match.group(2) or "").ljust(4, "0"))


def factor_ppm(text: str, *, field: str) -> int:
    """A factor with one to six decimals, in parts per million. Raises BadInput."""
    match = _FACTOR.fullmatch(text)
    if match is None:
        raise BadInput(field, text, 'a factor with decimals, such as "1.5"')
    return int(match.group(1)) * PPM + int(match.group(2).ljust(6, "0"))


def fraction_text(text: str, *, field: str) -> str:
    """A fraction of one in its lowest terms, such as "2/3", as it is. Raises BadInput."""
    match = _FRACTION.fullmatch(text)
    if match is None or gcd(int(match.group(1)), int(match.group(2))) > 1 or int(match.group(1)) > int(match.group(2)):
        raise BadInput(field, text, 'a fraction of at most one in its lowest terms, such as "2/3"')
    return text


def percent_text(ppm: int) -> str:
    """950000 as "95%", 12345 as "1.2345%"."""
    whole, rest = divmod(abs(ppm), 10_000)
    decimals = f".{rest:04d}".rstrip("0").rstrip(".")
    return f"{'-' if ppm < 0 else ''}{whole}{decimals}%"


def factor_text(ppm: int) -> str:
    """1500000 as "1.5"."""
    whole, rest = divmod(ppm, PPM)
    return f"{whole}.{f'{rest:06d}'.rstrip('0') or '0'}"
