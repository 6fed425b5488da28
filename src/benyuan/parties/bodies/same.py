"""Documents that belong to one individual: who has two is one, wherever individuals are compared.

Source: house rule gov.house.same_individual, on PBoC Order [2020] No. 4, arts. 3 ¶4, 19. Who is registered is so by
one document; so one who shows an identity card here and a passport there has two numbers, until somebody states that
both are one. Worked: individual 3 shows a card, individual 7 a passport; stated to be one at position 90, both count as
3 as known from 90 on, and as two individuals as known at 89.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.parties.bodies.records import BODY

_Column: TypeAlias = Callable[[Table, str], NDArray[np.int64]]

SAME_INDIVIDUAL = Table(
    name="same_individual", columns=("one", "other", "holds", "invented", "position"), indexed=("one", "other")
)
"""`one`, `other`: opaque numbers of two documents, the lesser first; of one pair the latest row counts."""
BOTH = (("document", "number", "identity"), ("known_document", "known_number", "known"))
"""Of each document of a statement the fields with its kind, its sealed number, and its opaque number in the log."""
SAME_STATED = folds("same_individual_stated", table=SAME_INDIVIDUAL, adds=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ones:
    """As whom each document and each registered individual counts; who is in no pair counts as itself.

    `documents`: by number of a document the least of those of the same individual; `bodies`: by number of a registered
    individual the least number of the same one.
    """

    documents: Mapping[int, int] = field(default_factory=dict)
    bodies: Mapping[int, int] = field(default_factory=dict)

    def document(self, number: int) -> int:
        """As which document it counts."""
        return self.documents.get(number, number)

    def of(self, body: int) -> int:
        """As whom a body counts."""
        return self.bodies.get(body, body)

    def all_of(self, body: int) -> tuple[int, ...]:
        """All numbers of the individual, the one as which they count first."""
        first = self.of(body)
        return (first, *sorted(each for each, as_ in self.bodies.items() if as_ == first and each != first))

    def column(self, bodies: NDArray[np.int64]) -> NDArray[np.int64]:
        """A column of bodies, each as whom it counts."""
        if not self.bodies or not len(bodies):
            return bodies
        found = bodies.copy()
        for body, first in self.bodies.items():
            if body != first:
                found[bodies == body] = first
        return found

    def together(self, bodies: Iterable[int]) -> set[int]:
        """Some bodies, each individual once."""
        return {self.of(body) for body in bodies}


NOBODY = Ones()
"""Nobody has shown two documents."""


def ones_of(column: _Column, *, seen: int | None = None, ever: bool = False) -> Ones:
    """Who is one with whom, as known at a log position; None: as known now. `ever`: what was corrected counts too."""
    held = {name: column(SAME_INDIVIDUAL, name)[1:] for name in SAME_INDIVIDUAL.columns}
    known = np.flatnonzero(held["position"] <= seen) if seen is not None else np.arange(len(held["position"]))
    if not len(known):
        return NOBODY
    stands: dict[tuple[int, int], bool] = {}
    for place in known.tolist():
        stands[int(held["one"][place]), int(held["other"][place])] = bool(held["holds"][place])
    documents = _least(pair for pair, holds in stands.items() if holds or ever)
    return Ones(documents=documents, bodies=_bodies(column, documents, seen=seen))


def joined_directly(column: _Column, *, one: int, other: int) -> bool:
    """Whether these two documents themselves are stated to be of one individual."""
    low, high = sorted((one, other))
    mine = np.flatnonzero((column(SAME_INDIVIDUAL, "one") == low) & (column(SAME_INDIVIDUAL, "other") == high))
    return bool(len(mine)) and bool(column(SAME_INDIVIDUAL, "holds")[mine[-1]])


def _least(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """By number the least number that it is joined to, in any number of steps."""
    up: dict[int, int] = {}

    def root(number: int) -> int:
        while up.setdefault(number, number) != number:
            number = up[number]
        return number

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        up[high] = low
    return {number: root(number) for number in sorted(up)}


def _bodies(column: _Column, documents: Mapping[int, int], *, seen: int | None) -> dict[int, int]:
    identity, position = column(BODY, "identity"), column(BODY, "position")
    mine = np.isin(identity, list(documents)) & (identity != 0)
    if seen is not None:
        mine &= position <= seen
    first: dict[int, int] = {}
    found: dict[int, int] = {}
    for body in np.flatnonzero(mine).tolist():
        found[body] = first.setdefault(documents[int(identity[body])], body)
    return found
