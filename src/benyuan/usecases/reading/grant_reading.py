"""A member of staff may read one kind of personal data for one task, at the entity whose staff it is, for some days.

Sources: house rules gov.house.reading, gov.house.reading.other and gov.house.reading.longest, on PBoC Order [2020]
No. 5, art. 33 and PIPL, art. 51 item 4. Order of checks: who grants makes roles at that entity; is another individual
than the reader, and so is who proposed or checked it; no longer than the house has it. Worked number: from 2026-05-01
at most 366 days, until 2027-05-01.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import text_faults
from benyuan.governance.reading.records import READING_GRANTED, READING_ROLE
from benyuan.governance.reading.words import KEPT_NUMBER, TASK_NUMBER, Kept, Task
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import staff_need
from benyuan.usecases.common import Id, numbered, rows
from benyuan.usecases.reading.granting import GATES, Granted, granted_faults, granting
from benyuan.usecases.related.shared import one


@command("grant_reading")
class ReadingFields(Granted, frozen=True, kw_only=True):
    """From `from_date` until and with `until`, `staff` may read `kept` for `task`; `granted_by` sends the command."""

    staff: Id
    kept: Kept
    task: Task


class GrantReading(UseCase):
    """Gives it; it is over after its last day, or from `end_reading` on."""

    command = ReadingFields
    needs = (staff_need("staff"), staff_need("granted_by"))
    gates = GATES
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether who grants makes roles there, and whether the reader has had a hand in it."""
        del rules
        return one(**granting(batch, facts, books)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A task besides what each grant asks for."""
        batch = case.batch
        unsaid = batch.equals("task", Task.unsaid.value)
        return {**granted_faults(case), **text_faults(unsaid, batch, "task", "what it is read for")}

    def record(self, decided: Decided) -> Recorded:
        """The role."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[READING_ROLE.name])
        columns = {
            **{name: batch.integers(name) for name in ("staff", "from_date", "until", "granted_by")},
            "kept": batch.numbers("kept", KEPT_NUMBER),
            "task": batch.numbers("task", TASK_NUMBER),
            "ended_on": np.int64(0),
            "position": batch.position,
        }
        return Recorded(results={"reading_role": ids}, events=event(READING_GRANTED, rows(accepted, id=ids, **columns)))
