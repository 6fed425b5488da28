"""A seller is treated as a firm no more (PBoC Announcement [2015] No. 43, arts. 34, 39)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import PERSON
from benyuan.payments.sellers import SELLER, SELLER_CHANGED
from benyuan.usecases.common import Id, Reference, faults_where, rows


@command("dismiss_seller")
class Dismiss(Command, frozen=True, kw_only=True):
    """`person` is treated as a natural person again, from now on; `reference` is that of the finding."""

    person: Id
    reference: Reference


class DismissSeller(UseCase):
    """Ends the recognition; the limits bind at once, with all that was counted."""

    command = Dismiss
    needs = (Need(table=PERSON, by="person", prefix="person"), Need(table=SELLER, by="person", prefix="seller"))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A recognition ends once."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The person is a recognised seller today."""
        nobody = case.facts["seller_valid_until"] < case.batch.on
        return faults_where(nobody, case.batch, "person", "a person who is recognised as a seller today")

    def record(self, decided: Decided) -> Recorded:
        """No last day any more."""
        ended = rows(decided.accepted, id=decided.case.batch.integers("person"), valid_until=0)
        return Recorded(results={}, events=event(SELLER_CHANGED, ended))
