"""A member of staff leaves the entity: from the day of the command on nothing is theirs to do or to read there.

Sources: PBoC Order [2005] No. 3, art. 28 ¶2 (who is moved away is stopped at once); 银发〔2018〕102号, 二（一）. Roles
that nobody has ended are told by `benyuan group access`. An entity that requires checks keeps two for its staff.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.checks.records import STAFF_ENDED, STAFF_LEFT
from benyuan.governance.checks.standing import has_left, has_two, requires_from
from benyuan.governance.checks.words import Area
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import staff_need
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.related.shared import one


@command("end_staff")
class EndStaffFields(Command, frozen=True, kw_only=True):
    """Member number `staff` leaves today."""

    staff: Id


class EndStaff(UseCase):
    """Records the day; whoever comes back is registered anew, under another login."""

    command = EndStaffFields
    needs = (staff_need("staff"),)
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A member leaves once."""
        return (batch.integers("staff"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether they have left, and whether two would be left for the staff of an entity that requires checks."""
        del rules
        staff, sort, entity = (
            int(batch.integers("staff")[0]),
            int(facts["staff_sort"][0]),
            int(facts["staff_entity"][0]),
        )

        def without(table: Table, name: str) -> NDArray[np.int64]:
            column = books.column(table, name)
            leaver = {"staff": staff, "left_on": batch.on}
            return np.append(column, leaver.get(name, 0)) if table.name == STAFF_LEFT.name else column

        kept = has_two(without, sort=sort, entity=entity, area=Area.staff, on=batch.on)
        enough = kept or not requires_from(books.column, sort=sort, entity=entity)
        return one(enough=enough, gone=has_left(books.column, staff=staff, on=batch.on)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A member who is there, and not the last for the entity's staff."""
        batch, facts = case.batch, case.facts
        last = "one without whom another could still check what one of the staff area makes"
        return {
            **faults_where(np.asarray(facts["enough"] == 0, np.bool_), batch, "staff", last),
            **faults_where(np.asarray(facts["gone"] != 0, np.bool_), batch, "staff", "one who has not left"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The day."""
        case, accepted = decided.case, decided.accepted
        ids = numbered(accepted, case.facts.next_ids[STAFF_LEFT.name])
        columns = {"staff": case.batch.integers("staff"), "left_on": case.batch.on, "position": case.batch.position}
        return Recorded(results={}, events=event(STAFF_ENDED, rows(accepted, id=ids, **columns)))
