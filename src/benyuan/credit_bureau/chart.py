"""The bureau's usage accounts: what the law and each consent count.

A person's free reports of the year and the answers that a consent allows are usage accounts with ceilings, so the third
free report, or the answer beyond the count, can't be booked.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import USAGE
from benyuan.ledger import Window
from benyuan.ledger.layout import ACCOUNT

FIRST_BUREAU_BOOK = 60_000  # tidy: number books of bureaus begin behind those of lenders' partners


class BureauAccount(IntEnum):
    """Kinds of account in a bureau's book."""

    usage_control = 201
    free_reports = 202
    answers = 203


class BureauLeg(IntEnum):
    """Kinds of leg in a bureau's book. 1 is the ledger's own, for window resets."""

    free_report = 201
    answer = 202


def bureau_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """The one control account of each new bureau."""
    made = np.zeros(len(books), ACCOUNT)
    made["book"], made["unit"], made["code"] = books, USAGE, BureauAccount.usage_control
    return made


def subject_accounts(*, books: NDArray[np.int64], controls: NDArray[np.int64]) -> NDArray[np.void]:
    """What counts the free reports of each new subject in a calendar year."""
    made = np.zeros(len(books), ACCOUNT)
    made["book"], made["unit"], made["code"] = books, USAGE, BureauAccount.free_reports
    made["window"], made["window_account"] = Window.calendar_year, controls
    return made


def consent_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """What counts the answers on each new consent."""
    made = np.zeros(len(books), ACCOUNT)
    made["book"], made["unit"], made["code"] = books, USAGE, BureauAccount.answers
    return made
