"""A customer's business goes on: taken off the list, or the finding withdrawn."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import PERSON, PERSON_STOPS_CHANGED
from benyuan.payments.vocabulary import NAME_LIST_BIT, PersonStop
from benyuan.usecases.common import Id, Reference, faults_where, rows


@command("restore_person")
class RestoreAll(Command, frozen=True, kw_only=True):
    """End a `stop` of `person` before its time; `reference` is that of the decision to end it."""

    person: Id
    stop: PersonStop
    reference: Reference


class RestorePerson(UseCase):
    """Takes away one reason; the others stay."""

    command = RestoreAll
    needs = (Need(table=PERSON, by="person", prefix="person"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What stops a person is shared."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There is such a stop to end."""
        listed = case.batch.equals("stop", PersonStop.name_list.value)
        on_list = (case.facts["person_stops"] & NAME_LIST_BIT) != 0
        free = np.where(listed, ~on_list, case.facts["person_stopped_until"] <= case.batch.on)
        return faults_where(free, case.batch, "person", "a person who is stopped for this reason")

    def record(self, decided: Decided) -> Recorded:
        """What is left."""
        case, facts = decided.case, decided.case.facts
        listed = case.batch.equals("stop", PersonStop.name_list.value)
        changed = rows(
            decided.accepted,
            id=case.batch.integers("person"),
            stops=facts["person_stops"] & ~np.where(listed, NAME_LIST_BIT, 0),
            stopped_until=np.where(listed, facts["person_stopped_until"], 0),
            barred_until=np.where(listed, facts["person_barred_until"], 0),
        )
        return Recorded(results={}, events=event(PERSON_STOPS_CHANGED, changed))
