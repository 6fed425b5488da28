"""Some of a loss was made good, by insurance, by who caused it, or by others; never more than was lost.

Source: PBoC Order [2020] No. 4, art. 30. Worked number: of 100.00 lost 30.00 are made good, then 70.00: nothing is
left, and a further fen makes no sense.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.risk.losses import amounts_of
from benyuan.governance.risk.records import LOSS_RECOVERED, LOSS_RECOVERY
from benyuan.governance.risk.words import HAPPENED_NUMBER, SOURCE_NUMBER, Happened, RecoveredFrom
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, Reference, faults_where, numbered, rows
from benyuan.usecases.related.shared import one
from benyuan.usecases.risk.update_loss_event import EVENT_NEED


@command("recover_loss_event")
class Recovery(Command, frozen=True, kw_only=True):
    """`amount_fen` of loss `event` was made good by `source`; `reference`: by what it shows."""

    event: Id
    amount_fen: Fen
    source: RecoveredFrom
    reference: Reference


class RecoverLossEvent(UseCase):
    """Adds it."""

    command = Recovery
    needs = (EVENT_NEED,)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What is left of the loss."""
        del facts, rules
        return one(left=amounts_of(books.column, int(batch.integers("event")[0]), on=batch.on).net_fen), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A loss, and no more than is left of it."""
        batch, facts = case.batch, case.facts
        missed = np.asarray(facts["event_happened"] == HAPPENED_NUMBER[Happened.near_miss], np.bool_)
        more = np.asarray(batch.integers("amount_fen") > facts["left"], np.bool_)
        return {
            **faults_where(more, batch, "amount_fen", f"no more than is left of the loss: {int(facts['left'][0])}"),
            **faults_where(missed, batch, "event", "a loss, and no near miss"),
        }

    def record(self, decided: Decided) -> Recorded:
        """What was made good, and what is left."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[LOSS_RECOVERY.name])
        columns = {
            **{name: batch.integers(name) for name in ("event", "amount_fen")},
            "source": batch.numbers("source", SOURCE_NUMBER),
            "on_date": batch.on,
            "position": batch.position,
        }
        left = case.facts["left"] - batch.integers("amount_fen")
        return Recorded(results={"left_fen": left}, events=event(LOSS_RECOVERED, rows(accepted, id=ids, **columns)))
