"""The words of the consumer-finance company that commands and records use, and the numbers that stand for them."""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding


class LoanMethod(StrEnum):
    """How a cash loan is repaid."""

    equal_instalment = "equal-instalment"
    equal_principal = "equal-principal"
    bullet = "bullet"


class Every(StrEnum):
    """The unit of the time between two due days."""

    month = "month"
    week = "week"
    day = "day"


class LoanOrder(StrEnum):
    """What a payment on a cash loan is for, first to last."""

    late_interest_principal = "late-interest-principal"
    interest_principal_late = "interest-principal-late"
    principal_interest_late = "principal-interest-late"


class AccountOrder(StrEnum):
    """What a payment on a pay-later account is for, first to last."""

    fees_interest_principal = "fees-interest-principal"
    interest_principal_fees = "interest-principal-fees"
    principal_interest_fees = "principal-interest-fees"


class Early(StrEnum):
    """What becomes of a payment above what is due."""

    none = "none"
    shorter = "shorter"
    smaller = "smaller"
    whole = "whole"


class SheetOf(IntEnum):
    """What a sheet of costs that was shown is of: the table in which its number stands."""

    offer = 1
    product = 2
    account = 3
    extension = 4
    plan = 5


METHOD_NUMBER = numbers_of(LoanMethod)
DAY_COUNT_NUMBER = numbers_of(DayCount)
ROUNDING_NUMBER = numbers_of(Rounding)
EVERY_NUMBER = numbers_of(Every)
LOAN_ORDER_NUMBER = numbers_of(LoanOrder)
ACCOUNT_ORDER_NUMBER = numbers_of(AccountOrder)
EARLY_NUMBER = numbers_of(Early)


class DutyKind(IntEnum):
    """What a lender owes by a day and owes to no one customer."""

    review_lending_partner = 1


class Standing(IntEnum):
    """Whether a loan or an account still runs."""

    open = 0
    closed = 1
    written_off = 2


class LoanStep(IntEnum):
    """What happened on a cash loan."""

    drawn = 1
    fell_due = 2
    repaid = 3
    extended = 4
    written_off = 5
    recovered = 6
    repaid_shorter = 7
    repaid_smaller = 8
    repaid_whole = 9


REPAID = {
    Early.none.value: LoanStep.repaid,
    Early.shorter.value: LoanStep.repaid_shorter,
    Early.smaller.value: LoanStep.repaid_smaller,
    Early.whole.value: LoanStep.repaid_whole,
}
"""The step that a payment is, by how it is early."""


class AccountStep(IntEnum):
    """What happened on a pay-later account."""

    opened = 1
    stated = 2
    fell_due = 3
    repaid = 4
    returned = 5
    planned = 6
    credit_paid_out = 7
    written_off = 8
    recovered = 9
    closed = 10
    bought_from_credit = 11


class Stage(IntEnum):
    """Stages of expected credit loss."""

    one = 1
    two = 2
    three = 3


class RiskClass(IntEnum):
    """The five classes of risk: 正常, 关注, 次级, 可疑, 损失."""

    normal = 1
    special_mention = 2
    substandard = 3
    doubtful = 4
    loss = 5


class ProductKind(StrEnum):
    """What a product is."""

    pay_later = "pay_later"
    cash_loan = "cash_loan"
    plan = "plan"


class Place(StrEnum):
    """Where a purchase on credit is drawn; `unsaid` where nobody says so."""

    cashier = "cashier"
    lender = "lender"
    unsaid = "unsaid"


PRODUCT_KIND_NUMBER = numbers_of(ProductKind)
PLACE_NUMBER = numbers_of(Place)


class Purpose(StrEnum):
    """What a loan is for, as the borrower says and the lender checks."""

    consumption = "consumption"
    education = "education"
    travel = "travel"
    medical = "medical"
    renovation = "renovation"
    housing = "housing"
    car = "car"
    securities = "securities"
    other_loans = "other_loans"
    mortgage_repayment = "mortgage_repayment"
    shares = "shares"
    bonds = "bonds"
    futures = "futures"
    derivatives = "derivatives"
    asset_management = "asset_management"
    fixed_assets = "fixed_assets"
    equity = "equity"
    virtual_currency = "virtual_currency"
    gambling = "gambling"


class StudentNow(StrEnum):
    """What an assessment has found out about whether the borrower is a student."""

    unchanged = "unchanged"
    yes = "yes"
    no = "no"


class Destination(StrEnum):
    """Where the money of a loan goes."""

    bank_account = "bank_account"
    payment_account = "payment_account"
    merchant = "merchant"
