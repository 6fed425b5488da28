"""The records of risk limits, readings, losses and what is owed of them. Rows are never rewritten, but for levels.

`sort` and `entity` as those of staff (`governance.checks.words.EntitySort`).
"""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

RISK_LIMIT = Table(
    name="risk_limit",
    columns=(*("sort", "entity", "ratio", "direction", "warning_ppm", "limit_ppm", "owner", "from_date", "position"),),
)
"""Of one ratio and direction of an entity the latest that has begun counts. `owner`: a member of staff."""
RISK_READING = Table(
    name="risk_reading",
    columns=("limit", "part", "whole", "value_ppm", "light", "on_date", "position"),
    indexed=("limit",),
)
"""What a ratio was, exactly `part` of `whole`, and how it stood to the limit."""
RISK_DUTY = Table(
    name="risk_duty",
    columns=("sort", "entity", "ratio", "reading", "loss", "aim_on", "level"),
    keyed=True,
)
"""Of a duty of governance, by its number: whose it is, what reading or loss it follows from, and the house's day.

`level`: how far it has climbed.
"""
LOSS_EVENT = Table(
    name="loss_event",
    columns=("sort", "entity", "category", "happened", "happened_on", "found_on", "recorded_on", "position"),
)
LOSS_CHANGE = Table(
    name="loss_change", columns=("event", "gross_fen", "cause", "on_date", "position"), indexed=("event",)
)
"""How much it is and what it came from, as known then; the latest counts. Of a near miss: what might have been lost."""
LOSS_RECOVERY = Table(
    name="loss_recovery", columns=("event", "amount_fen", "source", "on_date", "position"), indexed=("event",)
)
RISK_LIMIT_SET = folds("risk_limit_set", table=RISK_LIMIT, adds=True)
RISK_READ = folds("risk_read", table=RISK_READING, adds=True)
RISK_DUTY_AROSE = folds("risk_duty_arose", table=RISK_DUTY, adds=True)
RISK_DUTY_CLIMBED = folds("risk_duty_climbed", table=RISK_DUTY, adds=False)
LOSS_RECORDED = folds("loss_recorded", table=LOSS_EVENT, adds=True)
LOSS_CHANGED = folds("loss_changed", table=LOSS_CHANGE, adds=True)
LOSS_RECOVERED = folds("loss_recovered", table=LOSS_RECOVERY, adds=True)
