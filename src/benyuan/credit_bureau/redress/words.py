"""The words of objections, complaints and reviews, and the numbers that stand for them.

Sources: State Council Order 631, arts. 25, 26; 银发〔2024〕37号, arts. 16, 19; PIPL, art. 24.
"""

from enum import StrEnum

from benyuan.credit_bureau.vocabulary import DutyKind, ObjectionOutcome
from benyuan.decisions.words import numbers_of


class Door(StrEnum):
    """By which way something came in."""

    counter = "counter"
    internet = "internet"
    letter = "letter"
    telephone = "telephone"


class FurnisherSays(StrEnum):
    """What a furnisher found when it looked at what was objected to."""

    wrong = "wrong"
    right = "right"
    cannot_confirm = "cannot-confirm"


class Finding(StrEnum):
    """What the bureau decides on an objection; the words of `ObjectionOutcome`."""

    corrected = "corrected"
    no_fault = "no-fault"
    not_confirmed = "not-confirmed"


class ComplaintOutcome(StrEnum):
    """How the branch ended a complaint: it found for the person or not, the person withdrew it, or it was stopped."""

    upheld = "upheld"
    not_upheld = "not-upheld"
    withdrawn = "withdrawn"
    stopped = "stopped"


class ReviewOutcome(StrEnum):
    """What people who looked at a score again decided."""

    stands = "stands"
    changed = "changed"
    set_aside = "set-aside"


class YearlyReport(StrEnum):
    """What a bureau hands in to the central bank year by year."""

    audit = "audit"
    business = "business"


SAYS_NUMBER = numbers_of(FurnisherSays, first=1)
COMPLAINT_OUTCOME_NUMBER = numbers_of(ComplaintOutcome, first=1)
REVIEW_OUTCOME_NUMBER = numbers_of(ReviewOutcome, first=1)
FINDING_NUMBER = {
    Finding.corrected.value: int(ObjectionOutcome.corrected),
    Finding.no_fault.value: int(ObjectionOutcome.no_fault),
    Finding.not_confirmed.value: int(ObjectionOutcome.not_confirmed),
}
EXPLAINED = 1
"""The outcome of a request for an explanation that was given."""

DONE_BY = {
    DutyKind.answer_objection: "decide_objection or answer_objection",
    DutyKind.tell_shown: "tell_member",
    DutyKind.explain_complaint: "explain_complaint",
    DutyKind.explain_score: "give_explanation",
    DutyKind.review_score: "decide_review",
    DutyKind.audit_report: "file_bureau_duty",
    DutyKind.annual_report: "file_bureau_duty",
}
"""The command that does a duty of each kind."""
