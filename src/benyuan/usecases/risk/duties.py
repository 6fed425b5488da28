"""Duties that follow from readings and losses: rows among those of governance, and beside each whose it is and by when.

Source: house rules gov.house.risk.tell and gov.house.loss.tell. No text names a day, so passing the house's is no
breach; it shows as past the aim and climbs. Worked: a breach has three duties; read again while they are open it has
no more.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Facts
from benyuan.governance.checks.words import SORT_NUMBER, EntitySort
from benyuan.governance.related.records import GOVERNANCE_DUTY, GOVERNANCE_DUTY_AROSE
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.governance.risk.records import RISK_DUTY, RISK_DUTY_AROSE
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.usecases.checks.shared import TABLE_OF


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """A duty to raise; `reading` or `loss` is what it is about."""

    kind: RelatedDuty
    aim_on: int
    ratio: int = 0
    reading: int = 0
    loss: int = 0


def raised(facts: Facts, batch: Batch, *, sort: int, entity: int, body: int, owed: Sequence[Follows]) -> list[Event]:
    """The rows of new duties of one command."""
    first, count = facts.next_ids[GOVERNANCE_DUTY.name], len(owed)
    ids = list(range(first, first + count))
    duties = {
        "id": ids,
        "kind": [int(each.kind) for each in owed],
        "body": [body] * count,
        "about": [each.reading or each.loss for each in owed],
        "law": [0] * count,
        "arose_on": [batch.on] * count,
        "due_on": [0] * count,
        "done_on": [0] * count,
    }
    beside = {
        "id": ids,
        "sort": [sort] * count,
        "entity": [entity] * count,
        **{name: [getattr(each, name) for each in owed] for name in ("ratio", "reading", "loss", "aim_on")},
        "level": [0] * count,
    }
    return [*event(GOVERNANCE_DUTY_AROSE, duties), *event(RISK_DUTY_AROSE, beside)]


def open_duties(books: Books, *, sort: int, entity: int) -> list[dict[str, int]]:
    """The duties of an entity that follow from readings and losses and are not done, with their numbers."""
    ids, done, kind = (
        books.ids(RISK_DUTY),
        books.column(GOVERNANCE_DUTY, "done_on"),
        books.column(GOVERNANCE_DUTY, "kind"),
    )
    held = {name: books.column(RISK_DUTY, name) for name in RISK_DUTY.columns}
    mine = np.flatnonzero((held["sort"] == sort) & (held["entity"] == entity) & (done[ids] == 0)).tolist()
    return [
        {"duty": int(ids[place]), "kind": int(kind[ids[place]]), **{name: int(held[name][place]) for name in held}}
        for place in mine
        if place
    ]


def body_of_entity(books: Books, *, sort: int, entity: int, on: int) -> int:
    """The body that an entity is, or whose book it keeps; 0 where none is on record."""
    if sort == SORT_NUMBER[EntitySort.body]:
        return entity
    table = TABLE_OF[next(word for word, number in SORT_NUMBER.items() if number == sort)]
    book = int(books.column(table, "book")[entity])
    held = {name: books.column(BODY_BUSINESS, name) for name in ("owner", "book", "from_date")}
    mine = np.flatnonzero((held["book"] == book) & (held["from_date"] <= on) & (held["owner"] != 0)).tolist()
    return int(held["owner"][mine[-1]]) if mine and book else 0
