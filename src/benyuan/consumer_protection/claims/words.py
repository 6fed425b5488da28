"""The words of complaints, requests about data and data incidents, and the numbers that stand for them.

Sources: CBIRC Order 2020 No. 3, arts. 12, 18, 20; PBoC Order [2020] No. 5, arts. 34, 39, 43; PIPL, arts. 18, 45 to 50.
The codes of product, issue and cause are ours, in the manner of public complaint data elsewhere, with a root cause
added.
"""

from enum import IntEnum, StrEnum

from benyuan.decisions.words import numbers_of


class Complainant(StrEnum):
    """Who brings a complaint: the customer, who acts for them by law, whom they sent, or an heir."""

    customer = "customer"
    guardian = "guardian"
    agent = "agent"
    heir = "heir"


class Clock(IntEnum):
    """Whose rules set the days: a lender's supervisor, the central bank for what its branch passed on, or the house."""

    nfra = 1
    pbc = 2
    house = 3


class Way(StrEnum):
    """How a complaint came to the firm."""

    direct = "direct"
    pbc_branch = "pbc-branch"
    nfra = "nfra"


class Channel(StrEnum):
    """By which channel; `visit`: in person."""

    visit = "visit"
    telephone = "telephone"
    letter = "letter"
    email = "email"
    app = "app"
    website = "website"
    chat = "chat"


class ProductSort(StrEnum):
    """What it is about, by the firm whose customer complains."""

    wallet = "wallet"
    payment = "payment"
    transfer = "transfer"
    cash_loan = "cash-loan"
    pay_later = "pay-later"
    instalments = "instalments"
    investment = "investment"
    credit_file = "credit-file"
    credit_score = "credit-score"
    other = "other"


class Issue(StrEnum):
    """What the customer complains of."""

    opening = "opening"
    price = "price"
    unauthorised = "unauthorised"
    wrong_amount = "wrong-amount"
    refund = "refund"
    disclosure = "disclosure"
    suitability = "suitability"
    marketing = "marketing"
    consent = "consent"
    privacy = "privacy"
    collection = "collection"
    record = "record"
    service = "service"
    closing = "closing"
    other = "other"


class Cause(StrEnum):
    """The root cause, as found; `not-known` until then."""

    not_known = "not-known"
    product_design = "product-design"
    terms = "terms"
    system = "system"
    process = "process"
    error = "error"
    conduct = "conduct"
    partner = "partner"
    fraud = "fraud"
    information = "information"
    law = "law"
    misunderstanding = "misunderstanding"


class Reason(StrEnum):
    """Why more time is taken."""

    complex = "complex"
    especially_complex = "especially-complex"
    special = "special"


class Party(StrEnum):
    """Who brings evidence."""

    customer = "customer"
    firm = "firm"
    partner = "partner"
    other = "other"


class AnswerOutcome(StrEnum):
    """What the firm decided."""

    upheld = "upheld"
    partly = "partly"
    not_upheld = "not-upheld"
    settled = "settled"


class ReviewDecision(StrEnum):
    """What a review came to."""

    stands = "stands"
    changed = "changed"


class Wanted(StrEnum):
    """What a customer asks about their own data."""

    see = "see"
    export = "export"
    correct = "correct"
    delete = "delete"
    withdraw_consent = "withdraw-consent"
    explanation = "explanation"
    human = "human"


class DataOutcome(StrEnum):
    """What became of a request."""

    done = "done"
    partly = "partly"
    refused = "refused"


class Ground(StrEnum):
    """Why a request is refused or met in part; `none` where it is met.

    `still-needed`: no case for deletion is given; `other-basis`: the handling rests on no consent;
    `no-such-decision`: no weighty one was made by machine.
    """

    none = "none"
    kept_by_law = "kept-by-law"
    confidential = "confidential"
    technically = "technically"
    others_data = "others-data"
    right_as_it_is = "right-as-it-is"
    still_needed = "still-needed"
    other_basis = "other-basis"
    no_such_decision = "no-such-decision"


class DebtClaim(StrEnum):
    """What a borrower claims about a debt beside a complaint: its record is wrong, or it can't be paid as agreed."""

    objection = "objection"
    hardship = "hardship"


class ClaimOutcome(StrEnum):
    """What the lender decided on a claim."""

    met = "met"
    partly = "partly"
    refused = "refused"


class Harm(StrEnum):
    """What a data incident may do to people: endanger person or property, other harm, or none."""

    danger = "danger"
    other = "other"
    none = "none"


class Mishap(StrEnum):
    """What happened to the data."""

    leak = "leak"
    damage = "damage"
    loss = "loss"
    tampering = "tampering"


class NoticeItem(StrEnum):
    """What a notice of a data incident says, besides the kinds of data."""

    cause = "cause"
    harm = "harm"
    measures = "measures"
    advice = "advice"
    contact = "contact"


class Told(StrEnum):
    """Who is told of a data incident: the central bank's branch, the customers, the authority for personal data."""

    branch = "branch"
    customers = "customers"
    authority = "authority"


COMPLAINANT_NUMBER = numbers_of(Complainant, first=1)
WAY_NUMBER = numbers_of(Way, first=1)
CHANNEL_NUMBER = numbers_of(Channel, first=1)
PRODUCT_NUMBER = numbers_of(ProductSort, first=1)
ISSUE_NUMBER = numbers_of(Issue, first=1)
CAUSE_NUMBER = numbers_of(Cause)
ANSWER_NUMBER = numbers_of(AnswerOutcome, first=1)
REVIEW_NUMBER = numbers_of(ReviewDecision, first=1)
WANTED_NUMBER = numbers_of(Wanted, first=1)
DATA_OUTCOME_NUMBER = numbers_of(DataOutcome, first=1)
GROUND_NUMBER = numbers_of(Ground)
DEBT_CLAIM_NUMBER = numbers_of(DebtClaim, first=1)
CLAIM_OUTCOME_NUMBER = numbers_of(ClaimOutcome, first=1)
HARM_NUMBER = numbers_of(Harm, first=1)
MISHAP_NUMBER = numbers_of(Mishap, first=1)
NOTICE_BITS = {item.value: 1 << place for place, item in enumerate(NoticeItem)}

PRODUCTS_OF = {
    "person": {"wallet", "payment", "transfer", "investment", "other"},
    "borrower": {"cash-loan", "pay-later", "instalments", "other"},
    "subject": {"credit-file", "credit-score", "other"},
}
"""Which products a customer of each firm can complain about."""
