"""A secondment or shared post ends, from the day of the command on.

Source: house rule gov.house.reading.two, on PBoC Order [2020] No. 4, art. 34.
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
from benyuan.governance.reading.records import SHARED_POST, SHARED_POST_ENDED
from benyuan.usecases.common import Id, faults_where, rows


@command("end_shared_post")
class EndSharedPostFields(Command, frozen=True, kw_only=True):
    """Number `shared_post` ends today."""

    shared_post: Id


class EndSharedPost(UseCase):
    """Ends it."""

    command = EndSharedPostFields
    needs = (Need(table=SHARED_POST, by="shared_post", prefix="post"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It ends once."""
        return (batch.integers("shared_post"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One that stands or is to come."""
        batch, facts = case.batch, case.facts
        over = (facts["post_ended_on"] != 0) | (facts["post_until"] < batch.on)
        return faults_where(np.asarray(over, np.bool_), batch, "shared_post", "one that is not over")

    def record(self, decided: Decided) -> Recorded:
        """The day."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("shared_post"), ended_on=batch.on)
        return Recorded(results={}, events=event(SHARED_POST_ENDED, columns))
