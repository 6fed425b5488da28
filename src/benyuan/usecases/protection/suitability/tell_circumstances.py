"""An investor tells of something that may change what they can bear: no test before it carries a sale any more.

Source: Order 2025 No. 7, art. 29, second paragraph. A loss of legal capacity is told here too (art. 19).
"""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import INVESTOR, INVESTOR_CHANGED
from benyuan.consumer_protection.suitability.vocabulary import CAPACITY_NUMBER, CapacityTold
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Memo, faults_where, rows

UNCHANGED = -1


@command("tell_circumstances", personal=("what",))
class Circumstances(Command, frozen=True, kw_only=True):
    """`person` has told `what` changed; `capacity`: legal capacity from now on."""

    person: Id
    what: Memo = ""
    capacity: CapacityTold = CapacityTold.unchanged


class TellCircumstances(UseCase):
    """Keeps the log position, against which tests are held."""

    command = Circumstances
    needs = (Need(table=INVESTOR, by="person", prefix="investor"),)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """The last one counts."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An investor."""
        return faults_where(~case.facts.found("investor"), case.batch, "person", "a person registered as an investor")

    def record(self, decided: Decided) -> Recorded:
        """Told."""
        batch = decided.case.batch
        told = batch.numbers("capacity", {**CAPACITY_NUMBER, CapacityTold.unchanged.value: UNCHANGED})
        columns = {
            "id": batch.integers("person"),
            "told": batch.position,
            "capacity": np.where(told == UNCHANGED, decided.case.facts["investor_capacity"], told),
        }
        return Recorded(results={}, events=event(INVESTOR_CHANGED, rows(decided.accepted, **columns)))
