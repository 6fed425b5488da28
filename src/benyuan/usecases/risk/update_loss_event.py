"""What is known of a loss has changed: its amount, or what it came from. The earlier figures stay on record.

Source: PBoC Order [2020] No. 4, art. 30; house rule gov.house.loss.tell. Worked number: 900,000.00 that turn out to
be 1,000,000.00 have reached the first step now, and the board is told within three days of today.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.governance.risk.losses import aim_of, amounts_of
from benyuan.governance.risk.records import LOSS_CHANGE, LOSS_CHANGED, LOSS_EVENT
from benyuan.governance.risk.words import CAUSE_NUMBER, RootCause
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, faults_where, numbered, rows
from benyuan.usecases.related.shared import one
from benyuan.usecases.risk.duties import Follows, body_of_entity, raised
from benyuan.usecases.risk.record_loss_event import Words

EVENT_NEED = Need(table=LOSS_EVENT, by="event", prefix="event")


@command("update_loss_event", personal=("words",))
class LossUpdate(Command, frozen=True, kw_only=True):
    """Of loss `event` it is now known that `gross_fen` were lost, and what it came from; `words`: why."""

    event: Id
    gross_fen: Fen
    cause: RootCause
    words: Words


class UpdateLossEvent(UseCase):
    """Adds what is known."""

    command = LossUpdate
    needs = (EVENT_NEED,)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What it was known to be at most, what was made good, and whose body it is."""
        del rules
        number = int(batch.integers("event")[0])
        before = amounts_of(books.column, number, on=batch.on)
        reached = books.column(LOSS_CHANGE, "gross_fen")[books.column(LOSS_CHANGE, "event") == number]
        of = {name: int(facts[f"event_{name}"][0]) for name in ("sort", "entity")}
        body = body_of_entity(books, **of, on=batch.on) if of["sort"] else 0
        return one(before=max(reached.tolist(), default=0), recovered=before.recovered_fen, body=body), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """No less than has been made good."""
        less = case.batch.integers("gross_fen") < case.facts["recovered"]
        made = f"no less than what has been made good: {int(case.facts['recovered'][0])}"
        return faults_where(np.asarray(less, np.bool_), case.batch, "gross_fen", made)

    def record(self, decided: Decided) -> Recorded:
        """The row, and what is owed where a step was newly reached."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        gross, event_id = int(batch.integers("gross_fen")[0]), int(batch.integers("event")[0])
        known = {
            "event": batch.integers("event"),
            "gross_fen": batch.integers("gross_fen"),
            "cause": batch.numbers("cause", CAUSE_NUMBER),
            "on_date": batch.on,
            "position": batch.position,
        }
        aim = aim_of(case.rules, before_fen=int(facts["before"][0]), gross_fen=gross, on=batch.on)
        owed = [Follows(kind=RelatedDuty.tell_board_of_loss, aim_on=aim, loss=event_id)] if aim and accepted[0] else []
        of = {name: int(facts[f"event_{name}"][0]) for name in ("sort", "entity")}
        changes = numbered(accepted, facts.next_ids[LOSS_CHANGE.name])
        return Recorded(
            results={"tell_by": np.array([aim], np.int64)},
            events=[
                *event(LOSS_CHANGED, rows(accepted, id=changes, **known)),
                *raised(facts, batch, **of, body=int(facts["body"][0]), owed=owed),
            ],
        )
