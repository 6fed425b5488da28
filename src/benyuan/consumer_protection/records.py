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
PROTECTION_DUTY_AROSE = folds("protection_duty_arose", table=PROTECTION_DUTY, adds=True)
PROTECTION_DUTY_CHANGED = folds("protection_duty_changed", table=PROTECTION_DUTY, adds=False)
