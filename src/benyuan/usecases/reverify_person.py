"""A customer is verified again: idle wallets go on, and so do those beside a case account.

Source: 银发〔2016〕261号, items 一（二）, 一（六）. The case account itself stays stopped.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Decided, Recorded, UseCase
from benyuan.payments.identity import KEPT_DOCUMENT
from benyuan.payments.records import PERSON, PERSON_REVERIFIED
from benyuan.usecases.common import Id, Reference, rows


@command("reverify_person")
class Reverify(Command, frozen=True, kw_only=True):
    """Record that `person` has been verified again; `reference` is that of the record of it."""

    person: Id
    reference: Reference


class ReverifyPerson(UseCase):
    """Asks for a document on file that is valid; update_person brings another."""

    command = Reverify
    needs = (Need(table=PERSON, by="person", prefix="person"),)
    gates = (KEPT_DOCUMENT,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What is known of a person is shared."""
        return (batch.integers("person"),)

    def record(self, decided: Decided) -> Recorded:
        """The place in the log up to which the person is verified."""
        batch = decided.case.batch
        person = batch.integers("person")
        shown = rows(decided.accepted, id=person, reverified=batch.position, reverify_by=0)
        return Recorded(results={}, events=event(PERSON_REVERIFIED, shown))
