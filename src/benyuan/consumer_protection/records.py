"""What all parts of consumer protection share: the duties that it owes by a day."""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

PROTECTION_DUTY = Table(
    name="protection_duty",
    columns=("kind", "person", "borrower", "subject", "about", "arose_on", "due_on", "done_on", "level"),
)
"""What is owed to a customer by a day: `kind` of `vocabulary.DutyKind`, `about` the complaint, request or incident.

`due_on` 0: the text names no day. `level`: how far an overdue one has climbed, 0 for not at all.
"""
FIRM_DUTY = Table(
    name="protection_firm_duty", columns=("institution", "lender", "bureau", "kind", "year", "duty"), indexed=("duty",)
)
"""Whose a duty is that is owed to no one customer: one firm, the others 0; `year`: the one that it is about."""
DUTY_PAPER = Table(name="protection_duty_paper", columns=("duty", "paper", "position"), indexed=("paper",))
"""By which paper such a duty was done: the number of its digest's text."""
PROTECTION_DUTY_AROSE = folds("protection_duty_arose", table=PROTECTION_DUTY, adds=True)
PROTECTION_DUTY_CHANGED = folds("protection_duty_changed", table=PROTECTION_DUTY, adds=False)
FIRM_DUTY_RAISED = folds("protection_firm_duty_raised", table=FIRM_DUTY, adds=True)
DUTY_PAPER_KEPT = folds("protection_duty_paper_kept", table=DUTY_PAPER, adds=True)
