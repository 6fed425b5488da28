"""The records of reading: roles, footings at two entities, and what was read. Opaque numbers and days."""

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table

READING_ROLE = Table(
    name="reading_role",
    columns=("staff", "kept", "task", "from_date", "until", "granted_by", "ended_on", "position"),
    indexed=("staff",),
)
"""`from_date`, `until`: the first and the last day; `ended_on`: the day from which it is over before, 0 for none."""
SHARED_POST = Table(
    name="shared_post",
    columns=("staff", "other", "footing", "from_date", "until", "ended_on", "position"),
    indexed=("staff",),
)
"""One individual, who is `staff` of one entity and `other` of another. `staff` is the smaller of the two numbers."""
PERSONAL_READ = Table(
    name="personal_read",
    columns=("sort", "entity", "staff", "kept", "task", "on_date", "position"),
)
"""A reading that was let through. `staff`: 0 where nobody of the staff was named; `position`: of the command."""
READING_GRANTED = folds("reading_granted", table=READING_ROLE, adds=True)
READING_ENDED = folds("reading_ended", table=READING_ROLE, adds=False)
POST_SHARED = folds("post_shared", table=SHARED_POST, adds=True)
SHARED_POST_ENDED = folds("shared_post_ended", table=SHARED_POST, adds=False)
READ = folds("personal_data_read", table=PERSONAL_READ, adds=True)
