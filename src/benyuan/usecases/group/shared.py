"""What the commands of the group share: bodies found by their identity, faults of sources, the rows of a new body."""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import Event, event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import HIDDEN, Invalid
from benyuan.decisions.usecase import Case, Decided
from benyuan.decisions.words import text_faults
from benyuan.parties.bodies.records import (
    BODY,
    BODY_BUSINESS,
    BODY_BUSINESS_RECORDED,
    BODY_IDENTITY,
    BODY_REGISTERED,
    BODY_SHOWN,
)
from benyuan.parties.bodies.sources import is_invented
from benyuan.parties.bodies.vocabulary import PLACE_NUMBER
from benyuan.usecases.common import faults_where, no_such_day, numbered, rows

Column: TypeAlias = NDArray[np.int64]
KNOWN_NEED = Need(table=BODY_IDENTITY, by="identity", prefix="known")


def registered_already(case: Case, *, field: str) -> dict[int, Invalid]:
    """A fault for each body whose code or document another one has."""
    known = case.facts.found("known") & (case.batch.integers("identity") != 0)
    return {
        place: Invalid(
            field=field, value=HIDDEN, constraint=f"one that no body has: body {case.facts['known_body'][place]} has it"
        )
        for place in np.flatnonzero(known).tolist()
    }


def source_faults(case: Case) -> dict[int, Invalid]:
    """A figure or fact has a document with a day that has come, or is called invented, and not both."""
    batch = case.batch
    named = np.array([source.strip() != "" for source in batch.values("source")], np.bool_)
    undated = (batch.integers("source_date") != 0) != named
    return {
        **no_such_day(batch, "source_date", none=True, until=batch.on),
        **faults_where(undated, batch, "source_date", "the day of the source, 0 where there is none"),
        **text_faults(named == (is_invented(batch) != 0), batch, "source", "a document, or else invented: true"),
    }


def new_body(decided: Decided, *, kind: Any, business: Any, book: Any) -> tuple[Column, list[Event]]:
    """The numbers of new bodies, and the events that make them."""
    case, accepted = decided.case, decided.accepted
    batch, facts = case.batch, case.facts
    ids = numbered(accepted, facts.next_ids[BODY.name])
    shown = rows(accepted & (batch.integers("identity") != 0), id=batch.integers("identity"), body=ids, since=batch.on)
    body = {
        "id": ids,
        "kind": kind,
        "place": batch.numbers("place", PLACE_NUMBER),
        "identity": batch.integers("identity"),
        "registered_on": batch.on,
        "position": batch.position,
    }
    does = {
        "id": numbered(accepted, facts.next_ids[BODY_BUSINESS.name]),
        "owner": ids,
        "from_date": batch.integers("from_date"),
        "business": business,
        "book": book,
        "position": batch.position,
    }
    return ids, [
        *event(BODY_REGISTERED, rows(accepted, **body)),
        *event(BODY_SHOWN, shown),
        *event(BODY_BUSINESS_RECORDED, rows(accepted, **does)),
    ]
