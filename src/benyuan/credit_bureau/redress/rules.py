"""The rules of redress by the kind of duty, and the days that they name.

Sources: State Council Order 631, art. 25 (20 days); 银发〔2024〕37号, art. 14 (no days: those that the branch sets);
Personal Information Protection Law, art. 24 (no days); Order [2021] No. 4, art. 43; Order [2013] No. 1, art. 28. Where
the law names no day a house rule says by when the work is expected: passing it is shown, and is no breach.
Worked number: an objection received on 2026-03-01 is answered by 2026-03-21, the last day counted.
"""

from benyuan.credit_bureau.vocabulary import DutyKind
from benyuan.rules import RulePack
from benyuan.values.dates import add_calendar_days

DISPUTE_DAYS, DISPUTE_OUTCOME = "cr.dispute.days", "cr.dispute.outcome"
STATEMENT, EXPLAIN_COMPLAINT = "cr.statement", "cr.complaint.explain"
BRANCH_INTAKE, BRANCH_DAYS = "cr.complaint.intake", "cr.complaint.days"
AUTOMATED = "pi.auto.explain_refuse"
AUDIT, ANNUAL_REPORT = "cr.audit.yearly", "cr.annual.report"
EVIDENCE, TELL_SHOWN = "cr.redress.evidence", "cr.redress.tell_shown"
EXPLAIN_DAYS, REVIEW_DAYS = "cr.redress.explain", "cr.redress.review"

RULE_OF = {
    DutyKind.answer_objection: DISPUTE_DAYS,
    DutyKind.tell_shown: TELL_SHOWN,
    DutyKind.explain_complaint: EXPLAIN_COMPLAINT,
    DutyKind.explain_score: AUTOMATED,
    DutyKind.review_score: AUTOMATED,
    DutyKind.audit_report: AUDIT,
    DutyKind.annual_report: ANNUAL_REPORT,
}
"""Which rule a duty of each kind is owed under."""
HOUSE_RULE_OF = {
    DutyKind.tell_shown: TELL_SHOWN,
    DutyKind.explain_score: EXPLAIN_DAYS,
    DutyKind.review_score: REVIEW_DAYS,
}
"""Which house rule says by when a duty that has no legal day is expected to be done."""


def due_on(rules: RulePack, *, rule: str, from_on: int) -> int:
    """The last day of a deadline in calendar days, of which the first is the day after `from_on`.

    The value that was in force on `from_on` counts. Errors: RuleNotInForce.
    """
    return add_calendar_days(from_on, rules.value(id=rule, on=from_on).count)
