"""The facts that can matter to one body: those of whatever hangs together with it, on whatever day.

Bodies hang together by stakes, powers, posts, families and agreements to vote alike; an individual with two documents
by both. An authority of which nobody holds anything joins nobody: no party is related by way of one, and what it
controls has no say in what else it controls.
Worked number: of 100,000 bodies, of which 300 hang together, a register of one of these looks at the facts of 300.
"""

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.governance.related.records import RELATED_DECLARATION
from benyuan.parties.bodies.records import BODY
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BodyKind
from benyuan.parties.ownership.dated import Column
from benyuan.parties.ownership.records import CONCERT_MEMBER, CONCERT_TERMS, FAMILY_TIE, OFFICE, STAKE, STEERING

Ints: TypeAlias = NDArray[np.int64]
ENDS = {
    STAKE.name: ("owner", "owned", "nominee_of"),
    STEERING.name: ("holder", "body"),
    OFFICE.name: ("individual", "body"),
    FAMILY_TIE.name: ("individual", "other"),
}
"""The columns that name bodies; of each row the second is what is held, steered or worked at."""
TABLES = (STAKE, STEERING, OFFICE, FAMILY_TIE)
JOINS = (
    *((table, name) for table in (OFFICE, FAMILY_TIE) for name in ENDS[table.name]),
    *((STAKE, "owned"), (STAKE, "nominee_of"), (STEERING, "body")),
    *((CONCERT_MEMBER, "member"), (CONCERT_TERMS, "lead")),
)
"""Who stands here joins others, an authority too."""
AUTHORITY = BODY_KIND_NUMBER[BodyKind.authority]


def nearby(column: Column, *, body: int) -> Column:
    """The columns with those rows alone that can matter to a body; ids of bodies and of agreements are as they were."""
    mine = hangs_together(column, body=body)
    places: dict[str, Any] = {
        table.name: np.flatnonzero(np.any([mine[column(table, end)] for end in ENDS[table.name]], axis=0))
        for table in TABLES
    }
    places[RELATED_DECLARATION.name] = np.flatnonzero(column(RELATED_DECLARATION, "body") == body)

    def of(table: Table, name: str) -> Ints:
        values = column(table, name)
        return np.concatenate([values[:1], values[places[table.name]]]) if table.name in places else values

    return of


def hangs_together(column: Column, *, body: int) -> NDArray[np.bool_]:
    """By number of body whether it hangs together with this one; number 0 is nobody."""
    count = len(column(BODY, "kind"))
    pairs = [*_pairs(column), *_agreed(column), _same(column)]
    one, other = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    joins = ~_alone(column, count)
    kept = (one > 0) & (other > 0) & joins[one] & joins[other]
    labels = _labels(count, one[kept], other[kept])
    found: NDArray[np.bool_] = labels == labels[body]
    found[0] = False
    return found


def _pairs(column: Column) -> list[tuple[Ints, Ints]]:
    found = [(column(table, ENDS[table.name][0])[1:], column(table, ENDS[table.name][1])[1:]) for table in TABLES]
    return [*found, (column(STAKE, "nominee_of")[1:], column(STAKE, "owned")[1:])]


def _same(column: Column) -> tuple[Ints, Ints]:
    """Each individual who has shown two documents with whom they count as, corrected or not."""
    bodies = ones_of(column, ever=True).bodies
    return np.array(list(bodies), np.int64), np.array(list(bodies.values()), np.int64)


def _agreed(column: Column) -> list[tuple[Ints, Ints]]:
    """Each member of an agreement with its first one, and with who leads."""
    terms, member = column(CONCERT_MEMBER, "terms")[1:], column(CONCERT_MEMBER, "member")[1:]
    _, first, place = np.unique(terms, return_index=True, return_inverse=True)
    return [(member, member[first[place.reshape(-1)]]), (member, column(CONCERT_TERMS, "lead")[terms])]


def _alone(column: Column, count: int) -> NDArray[np.bool_]:
    """Authorities of which nobody holds anything, who are in no agreement; what has a post or a family is none."""
    alone: NDArray[np.bool_] = column(BODY, "kind") == AUTHORITY
    for table, name in JOINS:
        alone[column(table, name)[1:]] = False
    assert len(alone) == count
    return alone


def _labels(count: int, one: Ints, other: Ints) -> Ints:
    """By number the least number that it hangs together with."""
    labels = np.arange(count)
    while True:
        low = np.minimum(labels[one], labels[other])
        found = labels.copy()
        np.minimum.at(found, one, low)
        np.minimum.at(found, other, low)
        found = found[found]
        if np.array_equal(found, labels):
            return labels
        labels = found
