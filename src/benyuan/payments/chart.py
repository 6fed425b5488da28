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
    fees = 5  # fees earned and not taken out of the reserve yet
    provision = 6  # the part of own money set aside for losses 风险准备金
    wallet = 10
    merchant = 11
    investment_waiting = 12  # paid for an investment that can still be cancelled
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
    fee = 21
    fee_withdrawal = 22
    dispute_hold = 23
    dispute_advance = 24
    dispute_refund = 25
    dispute_refund_to_card = 26
    freeze_hold = 27
    deduction = 28
    usage = 30
    compensation_provision = 31
    recovery = 32
    recovery_paid_in = 33
    fee_return = 34
    fee_return_own = 35
    withdrawal_fee = 36
    provision_set_aside = 37
    provision_released = 38
    dispute_advance_provision = 39
    payment_on_credit = 60
    repayment_of_credit = 61
    investment = 62
    investment_cancelled = 63
    investment_released = 64
    investment_redeemed = 65
    investment_redeemed_paid_in = 66


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
    transfer_day = 12
    transfer_count_day = 13


class MicroUsage(IntEnum):
    """What a natural person's micro-merchants take by credit card and code, as offsets from the first."""

    day = 0
    month = 1


class Own(IntEnum):
    """An institution's own accounts, as offsets from the first."""

    reserve = 0
    clearing_in = 1
    clearing_out = 2
    own_funds = 3
    usage_control = 4
    fees = 5


def _accounts(template: NDArray[np.void], books: NDArray[np.int64]) -> NDArray[np.void]:
    """The template's accounts once for each book, one set after another."""
    made = np.tile(template, len(books))
    made["book"] = np.repeat(books, len(template))
    return made


def institution_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """The accounts of new institutions, each in the order of `Own`."""
    made = np.zeros(len(Own), ACCOUNT)
    made["unit"] = MONEY
    made["code"] = [
        AccountCode.reserve,
        AccountCode.clearing_in,
        AccountCode.clearing_out,
        AccountCode.own_funds,
        AccountCode.usage_control,
        AccountCode.fees,
    ]
    made["flags"][Own.reserve] = AccountFlag.credits_must_not_exceed_debits
    made["flags"][Own.clearing_in] = AccountFlag.credits_must_not_exceed_debits
    made["flags"][Own.clearing_out] = AccountFlag.debits_must_not_exceed_credits
    made["flags"][Own.own_funds] = AccountFlag.debits_must_not_exceed_credits
    made["flags"][Own.fees] = AccountFlag.debits_must_not_exceed_credits
    made["unit"][Own.usage_control] = USAGE
    return _accounts(made, books)


def person_accounts(*, books: NDArray[np.int64], controls: NDArray[np.int64]) -> NDArray[np.void]:
    """The usage accounts of new persons, each in the order of `Usage`."""
    template = np.zeros(len(Usage), ACCOUNT)
    template["unit"], template["code"] = USAGE, AccountCode.usage
    template["window"] = Window.day
    template["window"][Usage.year] = Window.calendar_year
    made = _accounts(template, books)
    made["window_account"] = np.repeat(controls, len(Usage))
    return made


def wallet_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """New wallets: the balance, which can't be overdrawn, and what it has ever paid, for Class I."""
    template = np.zeros(2, ACCOUNT)
    template["unit"] = [MONEY, USAGE]
    template["code"] = [AccountCode.wallet, AccountCode.usage]
    template["flags"][0] = AccountFlag.debits_must_not_exceed_credits
    return _accounts(template, books)


def listed_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """For new entries of the white list of static codes: what counts the uses, and what counts the amount."""
    template = np.zeros(2, ACCOUNT)
    template["unit"], template["code"] = USAGE, AccountCode.usage
    return _accounts(template, books)


def merchant_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """New merchants: what each has received and not been paid out."""
    template = np.zeros(1, ACCOUNT)
    template["unit"], template["code"] = MONEY, AccountCode.merchant
    template["flags"] = AccountFlag.debits_must_not_exceed_credits
    return _accounts(template, books)


def provision_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """New risk provisions: what has been set aside and not been used."""
    template = np.zeros(1, ACCOUNT)
    template["unit"], template["code"] = MONEY, AccountCode.provision
    template["flags"] = AccountFlag.debits_must_not_exceed_credits
    return _accounts(template, books)


def micro_usage_accounts(*, books: NDArray[np.int64], controls: NDArray[np.int64]) -> NDArray[np.void]:
    """The usage accounts of a natural person's micro-merchants, in the order of `MicroUsage`."""
    template = np.zeros(len(MicroUsage), ACCOUNT)
    template["unit"], template["code"] = USAGE, AccountCode.usage
    template["window"][MicroUsage.day], template["window"][MicroUsage.month] = Window.day, Window.month
    made = _accounts(template, books)
    made["window_account"] = np.repeat(controls, len(MicroUsage))
    return made
