"""A role to read personal data ends, from the day of the command on.

Source: house rule gov.house.reading, on PBoC Order [2020] No. 5, art. 33 and PIPL, art. 51 item 4.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.governance.reading.records import READING_ENDED, READING_ROLE
from benyuan.usecases.common import Id, faults_where, rows


@command("end_reading")
class EndReadingFields(Command, frozen=True, kw_only=True):
    """Role number `reading_role` ends today."""

    reading_role: Id


class EndReading(UseCase):
    """Ends it."""

    command = EndReadingFields
    needs = (Need(table=READING_ROLE, by="reading_role", prefix="role"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It ends once."""
        return (batch.integers("reading_role"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A role that stands or is to come."""
        batch, facts = case.batch, case.facts
        over = (facts["role_ended_on"] != 0) | (facts["role_until"] < batch.on)
        return faults_where(np.asarray(over, np.bool_), batch, "reading_role", "one that is not over")

    def record(self, decided: Decided) -> Recorded:
        """The day."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("reading_role"), ended_on=batch.on)
        return Recorded(results={}, events=event(READING_ENDED, columns))
