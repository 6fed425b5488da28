"""The payment institution's chart of accounts: codes of accounts and of legs, and where a person's usage accounts lie.

Customer money is a liability and so stands on the credit side; the reserve and what the clearing house owes are assets
on the debit side. Every usage account counts debits, against the one control account of its book.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import MONEY, USAGE
from benyuan.ledger import AccountFlag, Window
from benyuan.ledger.layout import ACCOUNT


class AccountCode(IntEnum):
    """Kinds of account."""

    reserve = 1  # 备付金集中存管账户
    clearing_in = 2  # owed to the institution by the clearing house: cards debited, not yet in the reserve
    clearing_out = 3  # owed through the clearing house: withdrawals, settlements and card refunds on their way
    own_funds = 4  # the institution's own money within the reserve's reach
    wallet = 10
    merchant = 11
    usage_control = 20
    usage = 21


class LegCode(IntEnum):
    """Kinds of leg. 1 is the ledger's own, for window resets."""

    top_up = 10
    withdrawal = 11
    payment = 12
    payment_from_card = 13
    transfer = 14
    refund = 15
    refund_to_card = 16
    settlement = 17
    clearing_received = 18
    clearing_paid = 19
    compensation = 20
    usage = 30


class Usage(IntEnum):
    """A person's usage accounts, as offsets from the first; all of the person's wallets share them."""

    year = 0
    day_one_kind = 1
    day_two_kinds = 2
    day_certificate = 3
    code_wallet_a = 4
    code_wallet_b = 5
    code_wallet_c = 6
    code_wallet_d = 7
    code_bank_a = 8
    code_bank_b = 9
    code_bank_c = 10
    code_bank_d = 11


class Own(IntEnum):
    """An institution's own accounts, as offsets from the first."""

    reserve = 0
    clearing_in = 1
    clearing_out = 2
    own_funds = 3
    usage_control = 4


def institution_accounts(*, book: int) -> NDArray[np.void]:
    """The accounts of a new institution, in the order of `Own`."""
    made = np.zeros(len(Own), ACCOUNT)
    made["book"], made["unit"] = book, MONEY
    made["code"] = [AccountCode.reserve, AccountCode.clearing_in, AccountCode.clearing_out, AccountCode.own_funds, 20]
    made["flags"][Own.reserve] = AccountFlag.credits_must_not_exceed_debits
    made["flags"][Own.clearing_in] = AccountFlag.credits_must_not_exceed_debits
    made["flags"][Own.clearing_out] = AccountFlag.debits_must_not_exceed_credits
    made["unit"][Own.usage_control] = USAGE
    return made


def person_accounts(*, book: int, control: int) -> NDArray[np.void]:
    """The usage accounts of a new person, in the order of `Usage`."""
    made = np.zeros(len(Usage), ACCOUNT)
    made["book"], made["unit"], made["code"] = book, USAGE, AccountCode.usage
    made["window"] = Window.day
    made["window"][Usage.year] = Window.calendar_year
    made["window_account"] = control
    return made


def wallet_accounts(*, book: int) -> NDArray[np.void]:
    """A new wallet: its balance, which can't be overdrawn, and what it has ever paid, for Class I."""
    made = np.zeros(2, ACCOUNT)
    made["book"] = book
    made["unit"] = [MONEY, USAGE]
    made["code"] = [AccountCode.wallet, AccountCode.usage]
    made["flags"][0] = AccountFlag.debits_must_not_exceed_credits
    return made


def merchant_accounts(*, book: int) -> NDArray[np.void]:
    """A new merchant: what it has received and not been paid out."""
    made = np.zeros(1, ACCOUNT)
    made["book"], made["unit"], made["code"] = book, MONEY, AccountCode.merchant
    made["flags"] = AccountFlag.debits_must_not_exceed_credits
    return made
