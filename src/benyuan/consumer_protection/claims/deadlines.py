"""Whose clock a complaint runs by, its last day, and how far that may move.

Sources: CBIRC Order 2020 No. 3, arts. 18, 20, 43 (a lender: 15, 30 and 30 more calendar days); PBoC Order [2020] No. 5,
arts. 39, 43, 65, 66 (what a branch passed on: 15, at most 60; what was made to the firm itself: no days).
Worked number: a lender's complaint of 2026-03-02 is decided by 03-17, if complex by 04-01, if especially so by 05-01.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.words import Clock
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.rules import RulePack
from benyuan.values.dates import add_calendar_days

LENDERS, COMPLEX, FURTHER = "cp.nfra.complaint.simple", "cp.nfra.complaint.complex", "cp.nfra.complaint.special"
PASSED_ON, LONGEST = "cp.pbc.complaint.passed_on", "cp.pbc.complaint.extended"
CLASSED, FEEDBACK = "cp.pbc.complaint.data", "cp.pbc.complaint.feedback"
DIRECT, HOUSE = "cp.pbc.complaint.direct", "cp.house.complaint.direct"
GROUP, MAJOR, CONTENT = "cp.nfra.complaint.group", "cp.nfra.complaint.major", "cp.nfra.complaint.answer"
REVIEW, FILES, CLIMB = "cp.nfra.review", "cp.pbc.complaint_file", "cp.house.complaint.climb"
BREACH, DANGER, AUTHORITY = "cp.pbc.breach_report", "cp.pbc.breach_report.danger", "pi.breach"
AVOIDED, NOTICE = "pi.breach.avoided", "pi.breach.notice"
RULE_OF_CLOCK = {Clock.nfra: LENDERS, Clock.pbc: PASSED_ON, Clock.house: DIRECT}
RESPONSE = "pi.response_days"
ANEW, REDRESS = "cp.house.complaint.anew", "cp.house.redress"
RECUSAL, HOUSE_RECUSAL = "cp.nfra.complaint.recusal", "cp.house.complaint.recusal"
HOUSE_CONTENT, REFUSALS = "cp.house.complaint.answer", "pi.refusal.grounds"
OBJECTION, HARDSHIP_ANSWER = "cr.dispute.days", "cp.house.hardship.answer"
TAKEN_IN = "cp.house.objection.taken_in"
RULE_OF = {
    DutyKind.give_data: "pi.rights.access",
    DutyKind.correct_data: "pi.rights.correct",
    DutyKind.delete_data: "pi.delete",
    DutyKind.erase_data: "pi.delete",
    DutyKind.end_consent: "pi.consent.withdraw",
    DutyKind.explain_decision: "pi.auto.explain_refuse",
    DutyKind.decide_again: "pi.auto.explain_refuse",
    DutyKind.review_complaint: REVIEW,
    DutyKind.feed_back: FEEDBACK,
    DutyKind.pay_redress: REDRESS,
    DutyKind.answer_objection: OBJECTION,
    DutyKind.answer_hardship: HARDSHIP_ANSWER,
    DutyKind.take_in_objection: TAKEN_IN,
    DutyKind.report_incident: BREACH,
    DutyKind.tell_of_incident: BREACH,
    DutyKind.tell_authority: AUTHORITY,
}
"""Under which rule a duty is owed; of an answer it depends on the clock of the complaint."""
AIM_OF = {
    **dict.fromkeys(
        (
            *(DutyKind.give_data, DutyKind.correct_data, DutyKind.delete_data, DutyKind.end_consent),
            *(DutyKind.explain_decision, DutyKind.decide_again),
        ),
        RESPONSE,
    ),
    DutyKind.answer_complaint: HOUSE,
    DutyKind.pay_redress: REDRESS,
    DutyKind.answer_hardship: HARDSHIP_ANSWER,
    DutyKind.take_in_objection: TAKEN_IN,
}
"""Which aim of the house says by when a duty without a day of law is expected to be done."""


def clock_of(*, lender: bool, by_branch: bool) -> Clock:
    """Whose rules: what a branch of the central bank passed on runs by its order, whoever got it."""
    if by_branch:
        return Clock.pbc
    return Clock.nfra if lender else Clock.house


def days_after(pack: RulePack, *, rule: str, from_on: int) -> int:
    """The last day of a deadline by the value of `from_on`, which isn't counted. Errors: RuleNotInForce."""
    return add_calendar_days(from_on, pack.value(id=rule, on=from_on).count)


def aims(pack: RulePack, *, kind: NDArray[np.int64], arose_on: NDArray[np.int64]) -> NDArray[np.int64]:
    """By which day the house means to have done duties without a day of law, shape (n,) to (n,); 0: it has no aim."""
    found = np.zeros(len(kind), np.int64)
    for of, rule in AIM_OF.items():
        places = np.flatnonzero(kind == of)
        days, place = np.unique(arose_on[places], return_inverse=True)
        aim = [
            days_after(pack, rule=rule, from_on=day) if pack.in_force(id=rule, on=day) else 0 for day in days.tolist()
        ]
        found[places] = np.array(aim, np.int64)[place.reshape(-1)]
    return found


def last_day(pack: RulePack, *, clock: Clock, from_on: int) -> int:
    """The first last day of an answer; 0 where no text names one. Errors: RuleNotInForce."""
    return 0 if clock is Clock.house else days_after(pack, rule=RULE_OF_CLOCK[clock], from_on=from_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How far a complaint can be extended: the latest day, 0 for not at all; by which rule.

    `approval`: somebody has to approve, and the customer has to be told.
    """

    latest_on: int
    rule: str
    approval: bool = True


def room(pack: RulePack, *, clock: Clock, from_on: int, steps: int) -> Room:
    """What is left of the time that the texts allow. Errors: RuleNotInForce."""
    if clock is Clock.house:
        return Room(latest_on=0, rule=DIRECT)
    if clock is Clock.pbc:
        latest = 0 if steps else days_after(pack, rule=LONGEST, from_on=from_on)
        return Room(latest_on=latest, rule=LONGEST)
    complex_on = days_after(pack, rule=COMPLEX, from_on=from_on)
    if steps == 0:
        return Room(latest_on=complex_on, rule=COMPLEX, approval=False)
    further = pack.value(id=FURTHER, on=from_on).count
    return Room(latest_on=add_calendar_days(complex_on, further) if steps == 1 else 0, rule=FURTHER)


def level_of(pack: RulePack, *, on: int, days_overdue: int) -> int:
    """How far a duty so many days overdue has climbed by the steps of the house; 0 where none is in force."""
    value = pack.in_force(id=CLIMB, on=on)
    reached = [tier.count("level") for tier in value.tiers if tier.count("overdue") <= days_overdue] if value else []
    return max(reached, default=0)
