"""Money is an integer count of fen; one yuan is 100 fen.

Text with yuan comes in here and goes out here, and no float is touched on the way: "100000.00" yuan is 10,000,000 fen.
"""

import re

from benyuan.values.errors import BadInput

FEN_PER_YUAN = 100
INT64_MAX = 2**63 - 1

_YUAN = re.compile(r"(0|[1-9][0-9]*)(?:\.([0-9]{1,2}))?")
_CONSTRAINT = "a plain amount in yuan, without sign or separators, with at most two decimals"


def fen_from_yuan(text: str, *, field: str = "amount") -> int:
    """Read an amount in yuan exactly, as fen.

    Unit of the result: fen, 0 to 2**63 - 1. Raises BadInput for a sign, a separator, a leading zero, a third decimal,
    an exponent, anything that is not ASCII digits, and anything above int64.
    """
    match = _YUAN.fullmatch(text)
    if match is None:
        raise BadInput(field, text, _CONSTRAINT)
    yuan, decimals = match.group(1), match.group(2) or ""
    if len(yuan) > len(str(INT64_MAX)):  # before int(), which refuses thousands of digits in words of its own
        raise BadInput(field, text, f"at most {INT64_MAX} fen")
    fen = int(yuan) * FEN_PER_YUAN + int(decimals.ljust(2, "0"))
    if fen > INT64_MAX:
        raise BadInput(field, text, f"at most {INT64_MAX} fen")
    return fen


def yuan_text(fen: int) -> str:
    """Write fen as yuan for people: 123456 is "1,234.56", -5 is "-0.05"."""
    yuan, rest = divmod(abs(fen), FEN_PER_YUAN)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"
