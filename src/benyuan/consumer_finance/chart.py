"""The lender's chart of accounts: codes of accounts and of legs, and where the accounts of each owner lie.

Loans are assets on the debit side, what the lender owes to customers, partners and funders stands on the credit side.
Each product has its own set of accounts, the allowance by stage. Usage accounts count debits against the one control
account of the book. A joint loan stands with each lender's part in that lender's own book.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import MONEY, USAGE
from benyuan.ledger import AccountFlag
from benyuan.ledger.layout import ACCOUNT

FIRST_LENDER_BOOK = 20_000  # tidy: number books of lenders begin behind those of payment institutions
FIRST_PARTNER_BOOK = 40_000  # tidy: number and those of their partners behind them


class LenderAccount(IntEnum):
    """Kinds of account in the books of lenders and partners."""

    bank = 101  # the lender's deposits
    clearing_in = 102  # owed to the lender by the clearing house: repayments on their way
    clearing_out = 103  # owed through the clearing house: draws and refunds on their way
    equity = 104
    borrowings = 105
    customer_credit = 106  # what customers have paid beyond what they owe
    partner = 107  # between lender and partner, mirrored in the partner's book
    principal = 110
    interest_receivable = 111
    charges_receivable = 112  # late interest and late fees
    interest_income = 113
    charges_income = 114
    allowance_1 = 115  # by stage of expected credit loss
    allowance_2 = 116
    allowance_3 = 117
    impairment = 118  # expense
    recoveries = 119  # income from loans that were written off
    losses = 120  # a partner's losses on its part
    usage_control = 130
    line_usage = 131
    ratio_usage = 132


class LenderLeg(IntEnum):
    """Kinds of leg in the books of lenders and partners. 1 is the ledger's own, for window resets."""

    funding = 101
    clearing_received = 102
    clearing_paid = 103
    draw = 110
    purchase = 111
    repaid_principal = 112
    repaid_interest = 113
    repaid_charges = 114
    credit = 115
    credit_used = 116
    credit_paid_out = 117
    returned = 118
    planned = 119
    interest_accrued = 120
    charges_accrued = 121
    provision = 122
    written_off = 123
    recovered = 124
    partner_part = 125
    usage = 130
    usage_freed = 131
    usage_trued = 132


class LenderOwn(IntEnum):
    """A lender's own accounts, as offsets from the first."""

    bank = 0
    clearing_in = 1
    clearing_out = 2
    equity = 3
    borrowings = 4
    customer_credit = 5
    usage_control = 6
    exposure_usage = 7  # the lender's own part of all loans
    joint_usage = 8  # the same, of joint loans
    guaranteed_usage = 9  # all loans that somebody guarantees or insures


class ProductOwn(IntEnum):
    """A product's accounts, as offsets from the first; the stages of the allowance stand one behind the other."""

    principal = 0
    interest_receivable = 1
    charges_receivable = 2
    interest_income = 3
    charges_income = 4
    allowance_1 = 5
    allowance_2 = 6
    allowance_3 = 7
    impairment = 8
    recoveries = 9


CREDIT_USES = {
    "principal": ProductOwn.principal,
    "interest": ProductOwn.interest_receivable,
    "fees": ProductOwn.charges_receivable,
}
"""What a customer's credit may pay, and the product's account of it."""


class PartnerOwn(IntEnum):
    """A partner's accounts, as offsets from the first: two in the lender's book, then those in its own."""

    settlement = 0  # in the lender's book
    balance_usage = 1  # in the lender's book: the lender's own part of joint loans with this partner
    lender = 2  # the mirror of `settlement`
    principal = 3
    interest_receivable = 4
    charges_receivable = 5
    interest_income = 6
    charges_income = 7
    losses = 8


class BorrowerOwn(IntEnum):
    """A borrower's usage accounts, as offsets from the first."""

    line = 0  # all that is drawn and not repaid, over all products of the lender


_NOT_BELOW = AccountFlag.debits_must_not_exceed_credits
_NOT_ABOVE = AccountFlag.credits_must_not_exceed_debits


def _made(books: NDArray[np.int64], kinds: list[tuple[LenderAccount, int, int]]) -> NDArray[np.void]:
    """One set of accounts for each book: (code, unit, flags) in order."""
    template = np.zeros(len(kinds), ACCOUNT)
    template["code"], template["unit"], template["flags"] = (list(column) for column in zip(*kinds, strict=True))
    made = np.tile(template, len(books))
    made["book"] = np.repeat(books, len(kinds))
    return made


def lender_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """The accounts of new lenders, each in the order of `LenderOwn`."""
    kind = LenderAccount
    return _made(
        books,
        [
            (kind.bank, MONEY, _NOT_ABOVE),
            (kind.clearing_in, MONEY, _NOT_ABOVE),
            (kind.clearing_out, MONEY, _NOT_BELOW),
            (kind.equity, MONEY, 0),
            (kind.borrowings, MONEY, _NOT_BELOW),
            (kind.customer_credit, MONEY, _NOT_BELOW),
            (kind.usage_control, USAGE, 0),
            *[(kind.ratio_usage, USAGE, 0)] * (len(LenderOwn) - LenderOwn.exposure_usage),
        ],
    )


def product_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """The accounts of new products, each in the order of `ProductOwn`."""
    kind = LenderAccount
    return _made(
        books,
        [
            (kind.principal, MONEY, _NOT_ABOVE),
            (kind.interest_receivable, MONEY, 0),
            (kind.charges_receivable, MONEY, 0),
            (kind.interest_income, MONEY, 0),
            (kind.charges_income, MONEY, 0),
            *[(code, MONEY, 0) for code in (kind.allowance_1, kind.allowance_2, kind.allowance_3)],
            (kind.impairment, MONEY, 0),
            (kind.recoveries, MONEY, 0),
        ],
    )


def partner_accounts(*, lender_books: NDArray[np.int64], books: NDArray[np.int64]) -> NDArray[np.void]:
    """The accounts of new partners, each in the order of `PartnerOwn`."""
    kind = LenderAccount
    made = _made(
        books,
        [
            (kind.partner, MONEY, 0),
            (kind.ratio_usage, USAGE, 0),
            (kind.partner, MONEY, 0),
            (kind.principal, MONEY, _NOT_ABOVE),
            (kind.interest_receivable, MONEY, 0),
            (kind.charges_receivable, MONEY, 0),
            (kind.interest_income, MONEY, 0),
            (kind.charges_income, MONEY, 0),
            (kind.losses, MONEY, 0),
        ],
    )
    for offset in (PartnerOwn.settlement, PartnerOwn.balance_usage):
        made["book"][offset :: len(PartnerOwn)] = lender_books
    return made


def borrower_accounts(*, books: NDArray[np.int64]) -> NDArray[np.void]:
    """The usage accounts of new borrowers, in the order of `BorrowerOwn`."""
    return _made(books, [(LenderAccount.line_usage, USAGE, 0)] * len(BorrowerOwn))
