"""The usage accounts of limits on related parties: what each limit counts, in a book of its own without money.

Usage accounts count debits against the one control account of the book. A body needs no book in this ledger to be
limited. Worked number: a bank's loan of 50.00 to an affiliate adds 50.00 to five of its accounts, and none of the five
is money.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import USAGE
from benyuan.ledger.layout import ACCOUNT

LIMITS_BOOK = 65_535  # tidy: number the last book there can be, behind those of all firms


class LimitAccount(IntEnum):
    """Kinds of account in the book of limits."""

    control = 301
    usage = 302


class LimitLeg(IntEnum):
    """Kinds of leg in the book of limits."""

    used = 301
    freed = 302


def limit_accounts(*, control: bool, usages: int) -> NDArray[np.void]:
    """New accounts: the control account, where there is none yet, then so many usage accounts."""
    made = np.zeros(int(control) + usages, ACCOUNT)
    made["book"], made["unit"], made["code"] = LIMITS_BOOK, USAGE, LimitAccount.usage
    if control:
        made["code"][0] = LimitAccount.control
    return made
