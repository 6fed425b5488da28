"""What customers have said yes and no to, looked up: the last word on a topic counts, from the moment it is said.

Sources: PIPL, arts. 14 to 16, 23, 24, 29; PBoC Order [2020] No. 5, arts. 29, 30; CBIRC Order 2022 No. 9, arts. 40, 44.
Worked: yes, no, yes on marketing leaves a yes; a no on sharing with lender 1 leaves sharing with lender 2 as it was.
"""

from collections.abc import Iterable

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


def last_of(places: Ints, books: Books, *, topic: Topic, receiver_kind: int = 0, receiver: int = 0) -> int:
    """The place of the last choice on a topic, and for sharing on a receiver; 0 for none."""
    wanted = {"topic": TOPIC_NUMBER[topic], "receiver_kind": receiver_kind, "receiver": receiver}
    for place in reversed(places.tolist()):
        if all(int(books.column(CHOICE, name)[place]) == number for name, number in wanted.items()):
            return int(place)
    return 0


def facts_of(prefix: str, places: Ints, books: Books) -> dict[str, Ints]:
    """The choices at these places as columns of facts: `<prefix>_choice` and what it says."""
    told = {f"{prefix}_{name}": books.column(CHOICE, name)[places] for name in TOLD}
    return {f"{prefix}_choice": places, **told}
