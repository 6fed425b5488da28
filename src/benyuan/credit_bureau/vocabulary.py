"""The words of the credit bureau that commands, files and records use, and the numbers that stand for them.

Account types and month statuses are those that people know from the second-generation personal credit report; the
purposes of an inquiry are those of PBoC Order [2005] No. 3, art. 12, and those of objections, staff and the person.
"""

from enum import IntEnum, IntFlag, StrEnum

from benyuan.decisions.words import numbers_of


class MemberSort(StrEnum):
    """What a member 接入机构 of the bureau is: it furnishes, asks, or both."""

    bank = "bank"
    consumer_finance = "consumer-finance"
    micro_lender = "micro-lender"
    guarantor = "guarantor"
    lessor = "lessor"
    insurer = "insurer"
    utility = "utility"
    court = "court"
    tax_authority = "tax-authority"
    administration = "administration"
    other = "other"


class Sort(StrEnum):
    """What a member furnishes."""

    accounts = "accounts"
    months = "months"
    inquiries = "inquiries"
    public = "public"


class AccountType(StrEnum):
    """Types of account: D1 non-revolving loan, R1 revolving loan, R2 credit card, R3 semi-credit card, R4 sub-account.

    C1 is an account in collection: one that its lender wrote off or passed on.
    """

    non_revolving = "D1"
    revolving = "R1"
    credit_card = "R2"
    semi_credit_card = "R3"
    under_a_line = "R4"
    collection = "C1"


class MonthStatus(StrEnum):
    """How an account stood at the end of a month.

    N paid as agreed; 1 to 7 late by up to 30, 60, 90, 120, 150, 180 and by more days; * nothing was to be paid; # not
    known; M paid after the due day and within the month; B bad debt; D paid by a guarantor; Z settled with assets;
    C closed, all paid; G ended in another way; A adjusted.
    """

    normal = "N"
    late_1 = "1"
    late_2 = "2"
    late_3 = "3"
    late_4 = "4"
    late_5 = "5"
    late_6 = "6"
    late_7 = "7"
    nothing_due = "*"
    unknown = "#"
    within_month = "M"
    bad_debt = "B"
    paid_by_guarantor = "D"
    settled_with_assets = "Z"
    closed = "C"
    ended = "G"
    adjusted = "A"


class PublicKind(StrEnum):
    """Records of courts and authorities, and of services paid for afterwards."""

    judgment = "judgment"
    enforcement = "enforcement"
    penalty = "penalty"
    tax_arrears = "tax-arrears"
    service_arrears = "service-arrears"


class Purpose(StrEnum):
    """What an answer of the bureau is for. The last three are those of its own staff."""

    loan = "loan"
    credit_card = "credit-card"
    guarantor = "guarantor"
    representative = "representative"
    post_loan = "post-loan"
    objection = "objection"
    own = "own"
    complaint = "complaint"
    quality = "quality"
    audit = "audit"


class Product(StrEnum):
    """What a member asks for."""

    report = "report"
    score = "score"


class Way(StrEnum):
    """How a member of staff looks (PBoC Order [2021] No. 4, art. 37 ¶2)."""

    unsaid = ""
    screen = "screen"
    printed = "printed"
    file = "file"


class Mode(StrEnum):
    """What a consent lets its holder do with the answer (consentMode)."""

    view = "view"
    store = "store"
    query = "query"
    stream = "stream"


class Fetch(StrEnum):
    """Whether a consent is for one answer or for several over time (fetchType)."""

    once = "once"
    periodic = "periodic"


class Restricted(StrEnum):
    """Kinds of data that need the person's own written consent after the adverse effects were told (art. 14 ¶2)."""

    income = "income"
    deposits = "deposits"
    securities = "securities"
    insurance = "insurance"
    real_estate = "real-estate"
    tax_paid = "tax-paid"


class Section(IntFlag):
    """Parts of a report; which of them an answer shows is told by a sum."""

    identity = 1
    summary = 2
    accounts = 4
    months = 8
    public = 16
    inquiries = 32
    notes = 64
    score = 128


class Role(StrEnum):
    """What a member of the bureau's own staff does; each may look for some purposes only (art. 22 ¶2)."""

    service = "service"
    objections = "objections"
    quality = "quality"
    audit = "audit"


class FaultKind(StrEnum):
    """What a person says is wrong."""

    not_mine = "not-mine"
    wrong_status = "wrong-status"
    wrong_amount = "wrong-amount"
    wrong_date = "wrong-date"
    missing = "missing"
    no_consent = "no-consent"
    overdue_erasure = "overdue-erasure"
    other = "other"


class ObjectionOutcome(IntEnum):
    """How an objection ended (art. 25 ¶3)."""

    open = 0
    corrected = 1
    no_fault = 2
    not_confirmed = 3
    withdrawn = 4


class DutyKind(IntEnum):
    """What the bureau owes by a day."""

    answer_objection = 1
    tell_shown = 2
    explain_complaint = 3
    explain_score = 4
    review_score = 5
    audit_report = 6
    annual_report = 7


class CaseSort(StrEnum):
    """Unusual asking, by what stood out."""

    volume = "volume"
    hours = "hours"
    no_account = "no-account"
    one_person = "one-person"
    probing = "probing"


MEMBER_SORT_NUMBER = numbers_of(MemberSort, first=1)
SORT_NUMBER = numbers_of(Sort, first=1)
ACCOUNT_TYPE_NUMBER = numbers_of(AccountType, first=1)
STATUS_NUMBER = numbers_of(MonthStatus)
PUBLIC_KIND_NUMBER = numbers_of(PublicKind, first=1)
PURPOSE_NUMBER = numbers_of(Purpose, first=1)
MODE_NUMBER = numbers_of(Mode, first=1)
FETCH_NUMBER = numbers_of(Fetch, first=1)
ROLE_NUMBER = numbers_of(Role, first=1)
FAULT_KIND_NUMBER = numbers_of(FaultKind, first=1)
CASE_SORT_NUMBER = numbers_of(CaseSort, first=1)
PRODUCT_NUMBER = numbers_of(Product, first=1)
WAY_NUMBER = numbers_of(Way)
RESTRICTED_NUMBER = numbers_of(Restricted, first=1)

NEGATIVE_STATUSES = (
    *(MonthStatus.late_1, MonthStatus.late_2, MonthStatus.late_3, MonthStatus.late_4),
    *(MonthStatus.late_5, MonthStatus.late_6, MonthStatus.late_7),
    *(MonthStatus.bad_debt, MonthStatus.paid_by_guarantor, MonthStatus.settled_with_assets, MonthStatus.ended),
)
"""Statuses that tell of a breach of contract: negative data 不良信息 (State Council Order 631, art. 44(3))."""

STAFF_PURPOSES = (Purpose.complaint, Purpose.quality, Purpose.audit)
"""Purposes that only the bureau's own staff have."""
WITHOUT_CONSENT = (Purpose.post_loan, Purpose.objection, Purpose.own, *STAFF_PURPOSES)
"""Purposes that need no consent: care for an account of one's own, the check of an objection, the person themself."""
WITH_CONSENT = tuple(purpose for purpose in Purpose if purpose not in WITHOUT_CONSENT)
"""Purposes of a member that need the person's consent."""
TO_LEND = (Purpose.loan, Purpose.credit_card)
"""Purposes of who is about to lend to the person."""
OF_OWN_ACCOUNT = (Purpose.post_loan, Purpose.objection)
"""Purposes of a member that need an account of its own with the person instead."""
MEMBER_PURPOSES = (*WITH_CONSENT, *OF_OWN_ACCOUNT)
FINANCIAL = (
    *(MemberSort.bank, MemberSort.consumer_finance, MemberSort.micro_lender, MemberSort.guarantor),
    *(MemberSort.lessor, MemberSort.insurer),
)
"""Financial institutions, and local financial organisations that are treated alike (2021 No. 4, art. 5)."""
LENDERS = (MemberSort.bank, MemberSort.consumer_finance, MemberSort.micro_lender)
"""Those whose business is lending (State Council Order 631, art. 29)."""

SECTIONS_OF = {
    Purpose.loan: Section.summary
    | Section.accounts
    | Section.months
    | Section.public
    | Section.inquiries
    | Section.notes
    | Section.score,
    Purpose.credit_card: Section.summary
    | Section.accounts
    | Section.months
    | Section.public
    | Section.inquiries
    | Section.notes
    | Section.score,
    Purpose.guarantor: Section.summary | Section.accounts | Section.public | Section.notes | Section.score,
    Purpose.representative: Section.summary | Section.accounts | Section.public | Section.notes,
    Purpose.post_loan: Section.summary | Section.public | Section.notes | Section.score,
    Purpose.objection: Section.identity
    | Section.accounts
    | Section.months
    | Section.public
    | Section.inquiries
    | Section.notes,
    Purpose.own: Section.identity
    | Section.summary
    | Section.accounts
    | Section.months
    | Section.public
    | Section.inquiries
    | Section.notes
    | Section.score,
    Purpose.complaint: Section.identity
    | Section.accounts
    | Section.months
    | Section.public
    | Section.inquiries
    | Section.notes,
    Purpose.quality: Section.accounts | Section.months | Section.public | Section.notes,
    Purpose.audit: Section.inquiries | Section.notes,
}
"""What each purpose needs, and no more is shown (PIPL, art. 6); which sections those are is our choice."""

OF_ONE_ACCOUNT = Section.accounts | Section.months | Section.notes
"""What a member gets that checks an objection, and of its own account alone: it has no consent to more."""
