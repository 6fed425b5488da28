"""The words of contacts with customers that commands and records share, and the numbers that stand for them in rows."""

from enum import StrEnum

from benyuan.decisions.words import numbers_of


class Topic(StrEnum):
    """What is consented to."""

    marketing = "marketing"
    profiling = "profiling"
    sharing = "sharing"
    sensitive = "sensitive"


class Bundle(StrEnum):
    """What a consent was given together with, under one tick."""

    nothing = "nothing"
    contract = "contract"
    marketing = "marketing"
    profiling = "profiling"
    sharing = "sharing"
    sensitive = "sensitive"


class Place(StrEnum):
    """Where a customer says yes or no."""

    app = "app"
    web = "web"
    counter = "counter"
    telephone = "telephone"
    letter = "letter"


class Receiver(StrEnum):
    """The sort of body that data are handed to."""

    none = "none"
    institution = "institution"
    lender = "lender"
    bureau = "bureau"
    partner = "partner"
    platform = "platform"
    other = "other"


class DataKind(StrEnum):
    """Kinds of personal data; sensitive ones bear the codes of the rule `pi.sensitive`."""

    identity = "identity"
    contact = "contact"
    transactions = "transactions"
    credit = "credit"
    income = "income"
    behaviour = "behaviour"
    financial_accounts = "financial_accounts"
    biometrics = "biometrics"
    location = "location"
    medical_health = "medical_health"


class SharePurpose(StrEnum):
    """What data are handed on for."""

    none = "none"
    marketing = "marketing"
    risk_control = "risk-control"
    service = "service"
    product = "product"
    research = "research"


class MessageSort(StrEnum):
    """What a message is for."""

    marketing = "marketing"
    service = "service"
    collection = "collection"


class MessageChannel(StrEnum):
    """How a message goes out."""

    sms = "sms"
    push = "push"
    email = "email"
    call = "call"
    letter = "letter"
    in_app = "in-app"


class CashierOption(StrEnum):
    """What a cashier may list."""

    balance = "balance"
    bank_account = "bank-account"
    debit_card = "debit-card"
    credit_card = "credit-card"
    pay_later = "pay-later"
    instalment = "instalment"
    cash_loan = "cash-loan"
    fund = "fund"
    wealth = "wealth"
    insurance = "insurance"


class ContactMeans(StrEnum):
    """How somebody is contacted about a debt."""

    call = "call"
    message = "message"
    visit = "visit"
    letter = "letter"


class Addressee(StrEnum):
    """Who is contacted: who owes, who stands in for the debt by contract, or anybody else."""

    debtor = "debtor"
    guarantor = "guarantor"
    other = "other"


class StopReason(StrEnum):
    """Why collecting stops."""

    complaint = "complaint"
    dispute = "dispute"
    objection = "objection"
    court = "court"
    death = "death"
    other = "other"


class LoanSort(StrEnum):
    """What key facts are about."""

    cash_loan = "cash-loan"
    pay_later = "pay-later"
    plan = "plan"
    extension = "extension"


class SheetLanguage(StrEnum):
    """The language of a sheet."""

    zh = "zh"
    en = "en"


TOPIC_NUMBER = numbers_of(Topic, first=1)
PLACE_NUMBER = numbers_of(Place, first=1)
RECEIVER_NUMBER = numbers_of(Receiver)
PURPOSE_NUMBER = numbers_of(SharePurpose)
SORT_NUMBER = numbers_of(MessageSort, first=1)
CHANNEL_NUMBER = numbers_of(MessageChannel, first=1)
MEANS_NUMBER = numbers_of(ContactMeans, first=1)
ADDRESSEE_NUMBER = numbers_of(Addressee, first=1)
STOP_NUMBER = numbers_of(StopReason, first=1)
LOAN_SORT_NUMBER = numbers_of(LoanSort, first=1)
LANGUAGE_NUMBER = numbers_of(SheetLanguage, first=1)

DATA_BITS = {kind.value: 1 << place for place, kind in enumerate(DataKind)}
OPTION_BITS = {option.value: 1 << place for place, option in enumerate(CashierOption)}
MEANS_BITS = {means.value: 1 << place for place, means in enumerate(ContactMeans)}

CREDIT_OPTIONS = (CashierOption.pay_later, CashierOption.instalment, CashierOption.cash_loan)
ASSET_OPTIONS = (CashierOption.fund, CashierOption.wealth, CashierOption.insurance)
