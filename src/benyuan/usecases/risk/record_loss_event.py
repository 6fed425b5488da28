"""Money was lost by fraud, error, failure or accident, or nearly; kept with its day, its amount and what it came from.

Source: PBoC Order [2020] No. 4, art. 30; house rule gov.house.loss.tell. What happened is personal: sealed. Nothing
of it is rewritten: what is found out later is a row of its own. Worked number: 1,000,000.00 lost are the house's
first step, so the board is told within three days; one fen less are not.
"""

from collections.abc import Mapping
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.governance.risk.losses import TELL_LOSS, aim_of
from benyuan.governance.risk.records import LOSS_CHANGE, LOSS_CHANGED, LOSS_EVENT, LOSS_RECORDED
from benyuan.governance.risk.words import (
    CATEGORY_NUMBER,
    CAUSE_NUMBER,
    HAPPENED_NUMBER,
    Happened,
    LossCategory,
    RootCause,
)
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import AtEntity, entity_faults, entity_there, sort_number
from benyuan.usecases.common import Fen, Memo, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.related.shared import one
from benyuan.usecases.risk.duties import Follows, body_of_entity, raised

Words: TypeAlias = Annotated[Memo, msgspec.Meta(min_length=1)]


@command("record_loss_event", personal=("words",))
class LossFields(AtEntity, frozen=True, kw_only=True):
    """`gross_fen` were lost at `entity`, or of a near miss might have been; `words`: what happened."""

    category: LossCategory
    happened: Happened
    gross_fen: Fen
    happened_on: Yyyymmdd
    found_on: Yyyymmdd
    cause: RootCause
    words: Words


class RecordLossEvent(UseCase):
    """Keeps the event and what is known of it today."""

    command = LossFields
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the entity is there, and whose body it is."""
        del facts, rules
        there = entity_there(batch, books)
        of = {"sort": sort_number(batch), "entity": int(batch.integers("entity")[0])}
        return one(there=there, body=body_of_entity(books, **of, on=batch.on) if there else 0), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Days that have come, in order."""
        batch = case.batch
        case.rules.value(id=TELL_LOSS, on=batch.on)
        early = batch.integers("found_on") < batch.integers("happened_on")
        return {
            **faults_where(np.asarray(early, np.bool_), batch, "found_on", "no day before happened_on"),
            **no_such_day(batch, "happened_on", until=batch.on),
            **no_such_day(batch, "found_on", until=batch.on),
            **entity_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The event, and what is owed of a large one."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[LOSS_EVENT.name])
        columns = {
            "sort": sort_number(batch),
            **{name: batch.integers(name) for name in ("entity", "happened_on", "found_on")},
            "category": batch.numbers("category", CATEGORY_NUMBER),
            "happened": batch.numbers("happened", HAPPENED_NUMBER),
            "recorded_on": batch.on,
            "position": batch.position,
        }
        known = {
            "event": ids,
            "gross_fen": batch.integers("gross_fen"),
            "cause": batch.numbers("cause", CAUSE_NUMBER),
            "on_date": batch.on,
            "position": batch.position,
        }
        changes = numbered(accepted, facts.next_ids[LOSS_CHANGE.name])
        aim, owed = 0, []
        if accepted[0]:
            aim = aim_of(case.rules, before_fen=0, gross_fen=int(batch.integers("gross_fen")[0]), on=batch.on)
            owed = [Follows(kind=RelatedDuty.tell_board_of_loss, aim_on=aim, loss=int(ids[0]))] if aim else []
        of = {"sort": sort_number(batch), "entity": int(batch.integers("entity")[0]), "body": int(facts["body"][0])}
        return Recorded(
            results={"event": ids, "tell_by": np.array([aim], np.int64)},
            events=[
                *event(LOSS_RECORDED, rows(accepted, id=ids, **columns)),
                *event(LOSS_CHANGED, rows(accepted, id=changes, **known)),
                *raised(facts, batch, **of, owed=owed),
            ],
        )
