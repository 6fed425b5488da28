"""The words of payments, as they stand in commands, files and logs."""

from enum import IntEnum, IntFlag, StrEnum, auto


class WalletClass(StrEnum):
    """Class of a personal payment account 支付账户 (PBoC Announcement [2015] No. 43, art. 11)."""

    I = "I"  # noqa: E741  the law's own name
    II = "II"
    III = "III"


class Channel(StrEnum):
    """How a payment is initiated: by a code, and which, or online."""

    static_code = "static_code"
    dynamic_code = "dynamic_code"
    payer_code = "payer_code"
    online = "online"


class TransferChannel(StrEnum):
    """How the payee of a transfer was named: by a personal collection code 个人收款条码, and which, or without one.

    saved_dynamic_code: a dynamic code that was kept as a picture or file; the law treats it as a static one.
    """

    none = "none"
    personal_static_code = "personal_static_code"
    personal_dynamic_code = "personal_dynamic_code"
    saved_dynamic_code = "saved_dynamic_code"


class Authentication(StrEnum):
    """How the payer was verified: kinds of factor (known, held, biometric), and whether one is a certificate."""

    one_kind = "one_kind"
    two_kinds = "two_kinds"
    two_kinds_with_certificate = "two_kinds_with_certificate"


class Rating(StrEnum):
    """PBoC's yearly rating of the institution; none: not rated."""

    none = "none"
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


class MerchantKind(StrEnum):
    """Who the merchant is. A natural person stands for a micro-merchant 小微商户 and for a seller online 个人卖家."""

    firm = "firm"
    individual_business = "individual_business"
    micro = "micro"
    individual_seller = "individual_seller"


class WalletStop(StrEnum):
    """Why the business of one wallet stops."""

    case_account = "case_account"
    suspicious = "suspicious"
    lawful_freeze = "lawful_freeze"


class MerchantStop(StrEnum):
    """Why a merchant takes no payments; one under suspicion, or on a name list, is not settled either."""

    risk_event = "risk_event"
    unverified = "unverified"
    black_list = "black_list"
    listed = "listed"


class PersonStop(StrEnum):
    """Why all the business of a customer stops."""

    account_trading = "account_trading"
    name_list = "name_list"


class CardKind(StrEnum):
    """What a bank account is debited as: money that is there, or credit."""

    debit = "debit"
    credit = "credit"


class OwnMoney(StrEnum):
    """Money of the institution's own within the reserve."""

    fees = "fees"
    own_funds = "own_funds"


class CreditReason(StrEnum):
    """Why the institution credits a wallet from its own money."""

    compensation = "compensation"
    return_on_balance = "return_on_balance"


class ProvisionMove(StrEnum):
    """Which way money of the institution's own goes: into the risk provision, or back to own funds."""

    set_aside = "set_aside"
    release = "release"


class RecoverySource(StrEnum):
    """Where a merchant gives back from what was advanced for it: its receipts that wait, or money that it pays in."""

    receipts = "receipts"
    paid_in = "paid_in"


class DisputeReason(StrEnum):
    """Why a payment is disputed. A chargeback 拒付 is the issuing bank's, the others are the customer's."""

    not_received = "not_received"
    not_as_described = "not_as_described"
    unauthorised = "unauthorised"
    duplicate = "duplicate"
    chargeback = "chargeback"


class DisputeOutcome(StrEnum):
    """For whom a dispute is decided."""

    for_customer = "for_customer"
    for_merchant = "for_merchant"


CHANNEL_NUMBER = {
    Channel.online.value: 0,
    Channel.static_code.value: 1,
    Channel.dynamic_code.value: 2,
    Channel.payer_code.value: 3,
}
"""Channels by number; all but the first are bar-code payments 条码支付."""

PERSONAL_CODE_NUMBER = {channel.value: number for number, channel in enumerate(TransferChannel)}
"""0: no code."""

WALLET_CLASS_NUMBER = {WalletClass.I: 1, WalletClass.II: 2, WalletClass.III: 3}
RATING_NUMBER = {Rating.none: 0, Rating.A: 1, Rating.B: 2, Rating.C: 3, Rating.D: 4, Rating.E: 5}
DISPUTE_REASON_NUMBER = {reason.value: number for number, reason in enumerate(DisputeReason, start=1)}
DISPUTE_OUTCOME_NUMBER = {DisputeOutcome.for_customer.value: 1, DisputeOutcome.for_merchant.value: 2}
MERCHANT_KIND_NUMBER = {kind: number for number, kind in enumerate(MerchantKind, 1)}
NATURAL_KINDS = frozenset({MerchantKind.micro, MerchantKind.individual_seller})
"""Merchants without a registration, for which a natural person stands."""

WALLET_STOP_BIT = {WalletStop.case_account: 1, WalletStop.suspicious: 2, WalletStop.lawful_freeze: 4}
"""Reasons as a set of bits; that an account is idle is kept apart, for a new verification alone ends it."""
NAME_LIST_BIT = 1
MERCHANT_STOP_BIT = {
    MerchantStop.risk_event: 1,
    MerchantStop.unverified: 2,
    MerchantStop.black_list: 4,
    MerchantStop.listed: 8,
}

LICENCE_STORED_VALUE_1 = 1
LICENCE_STORED_VALUE_2 = 2
LICENCE_PROCESSING_1 = 4
LICENCE_PROCESSING_2 = 8


class DutyKind(IntEnum):
    """What falls due."""

    large_value_report = 1
    settlement_overdue = 2
    suspicious_report = 3
    merchant_exit = 10  # tidy: number a kind of duty
    incident_report = 20
    incident_written_report = 21
    incident_final_report = 22
    reserve_return = 12
    loss_disclosure = 13  # tidy: number a kind of duty


class ReserveDirection(StrEnum):
    """Which way an entry of the custodian's statement moved the reserve."""

    received = "received"
    paid = "paid"


class IncidentKind(StrEnum):
    """What happened (银发〔2021〕198号, arts. 7 and 8), in their order."""

    public_order = "public_order"
    beneficial_owner = "beneficial_owner"
    data_leak = "data_leak"
    outage = "outage"
    crime = "crime"
    reserve = "reserve"
    other_grave = "other_grave"
    lawsuit = "lawsuit"
    criminal_case = "criminal_case"
    management = "management"
    other_regulator = "other_regulator"
    audit_finding = "audit_finding"
    other = "other"


class IncidentReason(IntFlag):
    """What gave an incident its class: its kind, or a figure."""

    kind = auto()
    records = auto()
    customers = auto()
    outage = auto()
    transactions = auto()
    reserve = auto()
    publicity = auto()
    involved = auto()


class Matter(StrEnum):
    """What is reported or announced before (银发〔2021〕198号, art. 5; 公告〔2015〕第43号, arts. 30, 31, 34)."""

    share_issue = "share_issue"
    owner_listing = "owner_listing"
    innovation = "innovation"
    cross_border_partner = "cross_border_partner"
    major_partner = "major_partner"
    foreign_business = "foreign_business"
    share_pledge = "share_pledge"
    asset_pledge = "asset_pledge"
    guarantees = "guarantees"
    investment = "investment"
    system_change = "system_change"
    auditor_change = "auditor_change"
    other = "other"
    end_of_service = "end_of_service"
    service_pause = "service_pause"
    individual_sellers = "individual_sellers"


INCIDENT_KIND_NUMBER = {kind: number for number, kind in enumerate(IncidentKind, 1)}
MATTER_NUMBER = {matter: number for number, matter in enumerate(Matter, 1)}
"""Numbers in order: a new word stands at the end."""


class Market(StrEnum):
    """Which market a total is of: payments by non-bank institutions 非银行支付, or all electronic payments 电子支付."""

    non_bank = "non_bank"
    electronic = "electronic"


MARKET_NUMBER = {market.value: number for number, market in enumerate(Market, 1)}
