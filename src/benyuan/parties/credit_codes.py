"""The unified social credit code 统一社会信用代码 of firms and individual businesses (GB 32100-2015).

18 places: the registering authority, the kind of body, six digits of region, nine of the organisation code, one check.
"""

import re

from benyuan.parties.check_digits import mod_31_3

AUTHORITIES = frozenset(["1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "N", "Y"])
COMPANY, INDIVIDUAL_BUSINESS = "91", "92"
"""First two places of what the market regulator registers: enterprises, individual businesses 个体工商户."""

_FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")


def credit_code_fault(code: str) -> str | None:
    """What a normal code does not meet; None where it is sound."""
    if not _FORM.fullmatch(code) or code[0] not in AUTHORITIES:
        return "18 places of a unified social credit code: digits and capitals other than I, O, S, V, Z"
    if mod_31_3(code[:-1]) != code[-1]:
        return "a code whose last place fits the others (GB 32100)"
    return None
