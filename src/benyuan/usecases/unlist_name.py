"""An entry is taken off its list; whom it stopped is freed by people, with restore_person."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.parties.lists import LIST_ENTRY, LIST_ENTRY_CHANGED
from benyuan.usecases.common import Id, Reference, faults_where, rows


@command("unlist_name")
class Unlist(Command, frozen=True, kw_only=True):
    """Take `entry` off its list; `reference` is that of the change of the list."""

    entry: Id
    reference: Reference


def not_standing(case: Case) -> dict[int, Invalid]:
    """A fault for each entry that does not stand on its list."""
    gone = ~case.facts.found("entry") | (case.facts["entry_unlisted_on"] != 0)
    return faults_where(gone, case.batch, "entry", "an entry that stands on a list")


class TakeOffList(UseCase):
    """Records the day."""

    command = Unlist
    needs = (Need(table=LIST_ENTRY, by="entry", prefix="entry"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whether an entry stands on its list is shared."""
        return (batch.integers("entry"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It stands there."""
        return not_standing(case)

    def record(self, decided: Decided) -> Recorded:
        """Off."""
        batch = decided.case.batch
        off = rows(decided.accepted, id=batch.integers("entry"), unlisted_on=batch.on)
        return Recorded(results={}, events=event(LIST_ENTRY_CHANGED, off))
