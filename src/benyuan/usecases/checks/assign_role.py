"""A member of staff gets a role: one area of the entity's work, to make or to check in it.

Source: house rule gov.house.checks, on PBoC Order [2020] No. 4, arts. 31 ¶2, 34. Nothing is dated back: a role
begins on the day of the command or later. Once the entity requires checks, giving a role needs a checker itself.
"""

import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.governance.checks.records import ROLE_ASSIGNED, STAFF_ROLE
from benyuan.governance.checks.words import ACT_NUMBER, AREA_NUMBER, Act, Area
from benyuan.usecases.checks.shared import staff_need
from benyuan.usecases.common import Id, Yyyymmdd, no_such_day, numbered, rows


@command("assign_role")
class RoleFields(Command, frozen=True, kw_only=True):
    """From `from_date` on `staff` may `act` in `area`, at the entity whose staff it is."""

    staff: Id
    area: Area
    act: Act
    from_date: Yyyymmdd


class AssignRole(UseCase):
    """Gives it; it stands until `end_role`."""

    command = RoleFields
    needs = (staff_need("staff"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day that has not gone by."""
        return no_such_day(case.batch, "from_date", since=case.batch.on)

    def record(self, decided: Decided) -> Recorded:
        """The role."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[STAFF_ROLE.name])
        columns = {
            **{name: batch.integers(name) for name in ("staff", "from_date")},
            "area": batch.numbers("area", AREA_NUMBER),
            "act": batch.numbers("act", ACT_NUMBER),
            "ended_on": np.int64(0),
            "position": batch.position,
        }
        return Recorded(results={"role": ids}, events=event(ROLE_ASSIGNED, rows(accepted, id=ids, **columns)))
