"""What customers have said yes and no to, looked up: the last word on one thing counts, from the moment it is said.

Sources: PIPL, arts. 14 to 16, 23, 24, 29; PBoC Order [2020] No. 5, arts. 29, 30; CBIRC Order 2022 No. 9, arts. 40, 44.
One thing is a topic, and for sharing and sensitive data a receiver and a purpose besides. A no without a purpose, or
without a receiver, is a no to all of them. Worked: yes, no, yes on marketing leaves a yes; a yes to lender 1 for
service and another for research stand side by side; a no to lender 1 ends both, and leaves lender 2 as it was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.records import CHOICE, WHOSE
from benyuan.consumer_protection.contact.vocabulary import TOPIC_NUMBER, Topic
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books

Ints = NDArray[np.int64]
TOLD = ("given", "purpose", "kinds", "until")


def of_each(batch: Batch, books: Books) -> Iterable[Ints]:
    """For each command the places of its customer's choices, in order."""
    columns = [batch.integers(name).tolist() for name in WHOSE]
    for ids in zip(*columns, strict=True):
        name, number = next(((name, item) for name, item in zip(WHOSE, ids, strict=True) if item), (WHOSE[0], 0))
        yield books.all_with(CHOICE, name, number) if number else np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What one yes is about, in the numbers of the vocabulary; 0 where the topic has no receiver or purpose."""

    topic: int
    receiver_kind: int = 0
    receiver: int = 0
    purpose: int = 0

    def heard(self, said: "Thing", *, given: bool) -> bool:
        """Whether something said counts for this: a yes to just this, a no to this or to all of its kind."""
        if given:
            return said == self
        receiver = (said.receiver_kind, said.receiver) in ((0, 0), (self.receiver_kind, self.receiver))
        return said.topic == self.topic and receiver and said.purpose in (0, self.purpose)


def things(columns: Mapping[str, Ints]) -> list[Thing]:
    """Columns as things, a place each."""
    names = ("topic", "receiver_kind", "receiver", "purpose")
    parts = (columns[name].tolist() for name in names)
    return [Thing(**dict(zip(names, each, strict=True))) for each in zip(*parts, strict=True)]


def thing_at(books: Books, place: int) -> Thing:
    """What the choice at a place is about."""
    return Thing(**{name: int(books.column(CHOICE, name)[place]) for name in Thing.__slots__})


def last_of(places: Ints, books: Books, thing: Thing) -> int:
    """The place of the last choice that counts for a thing; 0 for none."""
    given = books.column(CHOICE, "given")
    for place in reversed(places.tolist()):
        if thing.heard(thing_at(books, place), given=bool(given[place])):
            return int(place)
    return 0


def last_on(places: Ints, books: Books, topic: Topic) -> int:
    """The same for a topic that has neither receiver nor purpose."""
    return last_of(places, books, Thing(topic=TOPIC_NUMBER[topic]))


def ended_by(places: Ints, books: Books, no: Thing) -> list[int]:
    """The places of the yeses that stand and that this no ends, in order."""
    given = books.column(CHOICE, "given")
    yeses = {thing_at(books, place): place for place in places.tolist() if given[place]}
    heard = [place for thing, place in yeses.items() if thing.heard(no, given=False)]
    return sorted(place for place in heard if last_of(places, books, thing_at(books, place)) == place)


def facts_of(prefix: str, places: Ints, books: Books) -> dict[str, Ints]:
    """The choices at these places as columns of facts: `<prefix>_choice` and what it says."""
    told = {f"{prefix}_{name}": books.column(CHOICE, name)[places] for name in TOLD}
    return {f"{prefix}_choice": places, **told}
