"""All collecting from a borrower stops while a complaint, a dispute or the like is open, and goes on when it is over.

Source: a rule of the house (`cp.house.collection.pause`). Several stops may stand, and the last that ends lets
collecting go on. Worked: stopped for a complaint and for a dispute, resumed for the complaint: still stopped.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.records import STOP, STOP_BEGAN, STOP_ENDED
from benyuan.consumer_protection.contact.vocabulary import STOP_NUMBER, StopReason
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, MaybeId, faults_where, numbered, rows


@command("stop_collection")
class CollectionStop(Command, frozen=True, kw_only=True):
    """Stop all collecting from `borrower` for a reason; `about`: the complaint or dispute, 0 where it has no number."""

    borrower: Id
    reason: StopReason
    about: MaybeId = 0


class StopCollection(UseCase):
    """A stop is a row; no gate stands in its way."""

    command = CollectionStop
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)

    def record(self, decided: Decided) -> Recorded:
        """The stop."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[STOP.name])
        columns = {
            "borrower": batch.integers("borrower"),
            "reason": batch.numbers("reason", STOP_NUMBER),
            "about": batch.integers("about"),
            "began_on": batch.on,
            "ended_on": 0,
            "position": batch.position,
        }
        return Recorded(results={"stop": ids}, events=event(STOP_BEGAN, rows(accepted, id=ids, **columns)))


@command("resume_collection")
class CollectionResumed(Command, frozen=True, kw_only=True):
    """The reason for `stop` is over; other stops of the borrower hold on."""

    stop: Id


class ResumeCollection(UseCase):
    """Ends one stop."""

    command = CollectionResumed
    needs = (Need(table=STOP, by="stop", prefix="stop"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A stop ends once."""
        return (batch.integers("stop"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It stands."""
        over = np.asarray(case.facts["stop_ended_on"] != 0, np.bool_)
        return faults_where(over, case.batch, "stop", "a stop that stands")

    def record(self, decided: Decided) -> Recorded:
        """Ended on this day."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("stop"), ended_on=batch.on)
        return Recorded(results={}, events=event(STOP_ENDED, columns))
