"""What is given to a member of staff for some days: by whom, not by themselves, and for how long at most.

Sources: house rules gov.house.checks.role, gov.house.reading.other and gov.house.reading.longest, on PBoC Order [2020]
No. 5, art. 33. Who proposed or checked exactly this, where the entity requires checks, is not the member either.
Worked: whoever has the role to make in the area staff at institution 1 gives there; to nobody's own other number.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Gate
from benyuan.governance.checks.records import CHECK_PROPOSAL
from benyuan.governance.checks.standing import are_one, has_left, holds_role
from benyuan.governance.checks.words import Act, Area
from benyuan.usecases.checks.propose_command import ROLE
from benyuan.usecases.checks.shared import sender_faults, staff_of
from benyuan.usecases.common import Id, Yyyymmdd, day_exists, faults_where, no_such_day
from benyuan.values.dates import add_calendar_days

OTHER, LONGEST = "gov.house.reading.other", "gov.house.reading.longest"
BODY_NUMBER = "body_number"
"""The column with the number of the whole command, where a proposal may stand behind it."""


class Granted(Command, frozen=True, kw_only=True):
    """From `from_date` until and with `until`; `granted_by` sends the command."""

    from_date: Yyyymmdd
    until: Yyyymmdd
    granted_by: Id


def _another(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["themselves"] == 0, np.bool_)


def _makes_roles(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["makes"] != 0, np.bool_)


def _whose_role(case: Case, place: int) -> dict[str, Any]:
    return {**staff_of(case, "granted_by", place), "area": Area.staff.value, "act": Act.maker.value}


def _both(case: Case, place: int) -> dict[str, Any]:
    return {**staff_of(case, "staff", place), **staff_of(case, "granted_by", place)}


def _short_enough(case: Case) -> NDArray[np.bool_]:
    most = case.rules.value(id=LONGEST, on=case.batch.on).count
    pairs = zip(*(case.batch.integers(name).tolist() for name in ("from_date", "until")), strict=True)
    return np.array([until <= add_calendar_days(first, most - 1) for first, until in pairs], np.bool_)


def _days(case: Case, place: int) -> dict[str, Any]:
    told = {name: int(case.batch.integers(name)[place]) for name in ("from_date", "until")}
    return {"days": case.rules.value(id=LONGEST, on=case.batch.on).count, **told}


GATES = (
    Gate(rule=ROLE, passes=_makes_roles, figures=_whose_role),
    Gate(rule=OTHER, passes=_another, figures=_both),
    Gate(rule=LONGEST, passes=_short_enough, figures=_days),
)


def granting(batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books) -> dict[str, Any]:
    """Whether who grants makes roles there, whether the member has had a hand in it, and whether they have left."""
    grants, member = int(batch.integers("granted_by")[0]), int(batch.integers("staff")[0])
    here = all(facts[f"staff_{name}"][0] == facts[f"granted_by_{name}"][0] for name in ("sort", "entity"))
    makes = here and holds_role(books.column, staff=grants, area=Area.staff, act=Act.maker, on=batch.on)
    themselves = any(are_one(books.column, each, member) for each in {grants, *_hands(batch, books)})
    return {"makes": makes, "themselves": themselves, "gone": has_left(books.column, staff=member, on=batch.on)}


def granted_faults(case: Case) -> dict[int, Invalid]:
    """Days in order that have not gone by, a member who is there; sent by who grants it."""
    batch = case.batch
    first = int(batch.integers("from_date")[0])
    gone = np.asarray(case.facts["gone"] != 0, np.bool_)
    return {
        **no_such_day(batch, "until", since=first if day_exists(first) else batch.on),
        **no_such_day(batch, "from_date", since=batch.on),
        **faults_where(gone, batch, "staff", "one who has not left"),
        **sender_faults(case, "granted_by"),
    }


def _hands(batch: Batch, books: Books) -> set[int]:
    """Who proposed and who checked exactly this."""
    body = int(batch.integers(BODY_NUMBER)[0]) if BODY_NUMBER in batch.columns else 0
    found = books.all_with(CHECK_PROPOSAL, "body", body) if body else np.zeros(0, np.int64)
    return {int(books.column(CHECK_PROPOSAL, name)[row]) for row in found for name in ("maker", "checker")} - {0}
