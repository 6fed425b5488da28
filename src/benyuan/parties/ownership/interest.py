"""Economic interest, exact: what comes of one unit that goes all ways from owned to owner, or from owner to owned.

Along a way fractions are multiplied, over ways they are added. In a ring the ways have no end; their sum solves
(1 - M) x = s within the component. A ring of which nobody outside owns anything has no solution: it is closed, and
nobody stands behind it. Worked number: A has 90% of B, C the other 10%, B all of C: A has 9/10 of each way round, so
0.9 / (1 - 0.1) = all of B.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from flint import fmpq, fmpq_mat

from benyuan.parties.ownership.rings import components
from benyuan.parties.ownership.stakes import Stakes, fraction

Interests: TypeAlias = dict[int, Fraction]
Weights: TypeAlias = Mapping[int, Mapping[int, fmpq]]
"""For each body those that its edges lead to, with the fraction that goes there."""
Passed: TypeAlias = dict[int, fmpq]
NONE, ALL = fmpq(0), fmpq(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Who stands behind a body in the end: fractions that add up to the whole.

    `owners`: bodies of which no owner is known; `untold`: for each body on the way the part whose owner nobody has
    told; `closed`: for each closed ring, as its bodies in order, what ends there.
    """

    owners: Interests = field(default_factory=dict)
    untold: Interests = field(default_factory=dict)
    closed: dict[tuple[int, ...], Fraction] = field(default_factory=dict)


def behind(stakes: Stakes, body: int) -> Behind:
    """The ultimate owners of a body; itself where no owner of it is known."""
    return behind_in(weights((owned, owner, part) for owner, owned, part in stakes.exact()), body)


def behind_in(up: Weights, body: int) -> Behind:
    """The same, where the owners of each body are at hand."""
    passed, closed = spread(up, body)
    told = {each: sum(up[each].values(), NONE) if each in up else NONE for each in passed}
    rests = {each: amount * (ALL - told[each]) for each, amount in passed.items() if each in up and told[each] < ALL}
    return Behind(
        owners={each: fraction(amount) for each, amount in passed.items() if each not in up and amount != NONE},
        untold={each: fraction(amount) for each, amount in rests.items() if amount != NONE},
        closed={ring: fraction(amount) for ring, amount in closed.items()},
    )


def interests(stakes: Stakes, owner: int) -> Interests:
    """The interest of an owner in every body in which it has any, directly or not; none in itself by way of a ring."""
    down = weights((owner_, owned, part) for owner_, owned, part in stakes.exact() if owned != owner)
    passed, _ = spread(down, owner)
    return {body: fraction(amount) for body, amount in passed.items() if body != owner and amount != NONE}


def weights(edges: Iterable[tuple[int, int, fmpq]]) -> Weights:
    """Edges by the body that they come from; several between two bodies are added."""
    found: dict[int, dict[int, fmpq]] = {}
    for here, there, part in edges:
        ways = found.setdefault(here, {})
        ways[there] = ways[there] + part if there in ways else part
    return found


def spread(edges: Weights, start: int) -> tuple[Passed, dict[tuple[int, ...], fmpq]]:
    """What passes through each body of one unit that begins at `start`; what ends in each closed ring."""
    passed: Passed = {start: ALL}
    closed: dict[tuple[int, ...], fmpq] = {}
    for component in components(edges, [start]):
        if len(component) > 1:
            solved = _solved(edges, component, passed)
            if solved is None:
                closed[tuple(sorted(component))] = sum((passed.get(body, NONE) for body in component), NONE)
                solved = dict.fromkeys(component, NONE)
            passed.update(solved)
        within = set(component)
        for body in component:
            _passes_on(edges.get(body, {}), passed, passed.get(body, NONE), leaving=within)
    return passed, closed


def _passes_on(ways: Mapping[int, fmpq], passed: Passed, amount: fmpq, *, leaving: set[int]) -> None:
    for there, part in ways.items():
        if there not in leaving:
            passed[there] = passed.get(there, NONE) + amount * part


def _solved(edges: Weights, component: Sequence[int], passed: Passed) -> Passed | None:
    """What passes through each body of a ring, given what comes in; None for a closed one."""
    place = {body: number for number, body in enumerate(component)}
    count = len(component)
    matrix, given = fmpq_mat(count, count), fmpq_mat(count, 1)
    for body, here in place.items():
        matrix[here, here] = ALL
        given[here, 0] = passed.get(body, NONE)
    for body, here in place.items():
        for there, part in edges.get(body, {}).items():
            if there in place:
                matrix[place[there], here] -= part
    try:
        solution = matrix.solve(given)
    except ZeroDivisionError:
        return None
    return {body: solution[here, 0] for body, here in place.items()}
