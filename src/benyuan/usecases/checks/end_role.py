"""A role ends, from the day of the command on: what was proposed or checked by its holder lets nothing through after.

Source: house rule gov.house.checks. An entity that requires checks keeps one who makes and another who checks for its
staff, or nobody could ever be given a role there again.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need, Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.checks.records import ROLE_ENDED, STAFF, STAFF_ROLE
from benyuan.governance.checks.standing import has_two, requires_from
from benyuan.governance.checks.words import Area
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.related.shared import one


@command("end_role")
class EndFields(Command, frozen=True, kw_only=True):
    """Role number `role` ends today."""

    role: Id


class EndRole(UseCase):
    """Ends it."""

    command = EndFields
    needs = (
        Need(table=STAFF_ROLE, by="role", prefix="role"),
        Need(table=STAFF, by="role_staff", prefix="staff"),
    )
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether two would be left for the staff of an entity that requires checks."""
        del rules
        role, sort, entity = int(batch.integers("role")[0]), int(facts["staff_sort"][0]), int(facts["staff_entity"][0])

        def without(table: Table, name: str) -> NDArray[np.int64]:
            column = books.column(table, name)
            if table.name != STAFF_ROLE.name or name != "ended_on":
                return column
            ended = column.copy()
            ended[role] = batch.on
            return ended

        kept = has_two(without, sort=sort, entity=entity, area=Area.staff, on=batch.on)
        return one(enough=kept or not requires_from(books.column, sort=sort, entity=entity)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A role that stands, and not the last for the entity's staff."""
        batch, facts = case.batch, case.facts
        last = "one without which another could still check what one of the staff area makes"
        return {
            **faults_where(np.asarray(facts["enough"] == 0, np.bool_), batch, "role", last),
            **faults_where(np.asarray(facts["role_ended_on"] != 0, np.bool_), batch, "role", "one that has not ended"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The day."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("role"), ended_on=batch.on)
        return Recorded(results={}, events=event(ROLE_ENDED, columns))
