"""The records of staff, roles and proposals: opaque numbers and days. Names and documents lie in the vault."""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

STAFF = Table(
    name="staff",
    columns=("sort", "entity", "identity", "login", "registered_on", "position"),
    indexed=("login",),
)
"""Who works at an entity. `login`: a number of the client's name under which this member's commands come."""
STAFF_ROLE = Table(
    name="staff_role",
    columns=("staff", "area", "act", "from_date", "ended_on", "position"),
    indexed=("staff",),
)
"""`from_date`: the first day, `ended_on`: the day from which it is over, 0 while it is not."""
STAFF_LEFT = Table(name="staff_left", columns=("staff", "left_on", "position"), indexed=("staff",))
"""From `left_on` on nothing is the member's to do, whatever roles have not been ended."""
CHECKS_REQUIRED = Table(name="checks_required", columns=("sort", "entity", "from_date", "position"))
"""From when on an entity's sensitive commands need a checker; nothing ends it."""
CHECK_PROPOSAL = Table(
    name="check_proposal",
    columns=(
        *("sort", "entity", "kind", "area", "body", "maker", "proposed_on", "until"),
        *("checker", "verdict", "checked_on", "used_by", "used_on", "position", "checked_by"),
    ),
    indexed=("body",),
)
"""`kind`: a number of the command's name; `body`: a keyed number of the whole command; `until`: the last day of use.

`used_by`: the log position of the command that it let through, `checked_by`: of the check; 0 for none.
"""
STAFF_REGISTERED = folds("staff_registered", table=STAFF, adds=True)
ROLE_ASSIGNED = folds("staff_role_assigned", table=STAFF_ROLE, adds=True)
ROLE_ENDED = folds("staff_role_ended", table=STAFF_ROLE, adds=False)
STAFF_ENDED = folds("staff_ended", table=STAFF_LEFT, adds=True)
CHECKS_WERE_REQUIRED = folds("checks_were_required", table=CHECKS_REQUIRED, adds=True)
CHECK_PROPOSED = folds("check_proposed", table=CHECK_PROPOSAL, adds=True)
CHECK_DECIDED = folds("check_decided", table=CHECK_PROPOSAL, adds=False)
CHECK_USED = folds("check_used", table=CHECK_PROPOSAL, adds=False)
