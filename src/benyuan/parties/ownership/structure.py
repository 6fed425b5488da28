"""The shape of a group: layers of legal persons, holdings back and across, one investor's several stakes.

Sources: PBoC Order [2020] No. 4, arts. 8, 18, 19, 53. The figures stand in the rules; here is what they are compared
with. Worked number: holding company, bank, its leasing company: three layers; the leasing company holding 1% of the
holding company: one holding back.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from benyuan.parties.ownership.control import Control
from benyuan.parties.ownership.rings import components
from benyuan.parties.ownership.stakes import Stakes

NONE = Fraction(0)


class Crossing(StrEnum):
    """Holdings that a group should not have (art. 18 ¶2)."""

    back = "back"
    across = "across"
    main_of_other_type = "main_of_other_type"
    across_to_non_financial = "across_to_non_financial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """One such holding, with the part that is held."""

    crossing: Crossing
    owner: int
    owned: int
    part: Fraction


def layers(control: Control, stakes: Stakes, top: int) -> dict[int, int]:
    """The layer of `top`, which is 1, and of each body that it controls: one more than the nearest that holds it.

    Counted along stakes among the controlled; a body that is controlled by agreement or power alone is held by who
    controls it.
    """
    group = control.controlled_by(top) | {top}
    below: dict[int, set[int]] = {}
    for owner, owned, _ in stakes.rows():
        if owner in group and owned in group:
            below.setdefault(owner, set()).add(owned)
    for body, found in control.by_body.items():
        for by in found.by:
            if by in group and body in group:
                below.setdefault(by, set()).add(body)
    found_at, here, layer = {top: 1}, [top], 1
    while here:
        layer += 1
        reached = sorted({body for owner in here for body in below.get(owner, ()) if body not in found_at})
        found_at.update(dict.fromkeys(reached, layer))
        here = reached
    return found_at


def crossings(
    stakes: Stakes, *, parents: Collection[int], types: Mapping[int, int], others: Collection[int], main: Fraction
) -> list[Crossed]:
    """Holdings back, across, and as main shareholder of another type, in order of owner and owned.

    `parents`: the holding company and who stands above it in the group; `types`: for each financial institution of the
    group its type; `others`: bodies of the group that are none, where the whole group counts as one, else empty;
    `main`: from which part on a holder is a main shareholder. Across is a pair that hold one another.
    """
    parts: dict[tuple[int, int], Fraction] = {}
    for owner, owned, part in stakes.rows():
        parts[owner, owned] = parts.get((owner, owned), NONE) + part
    return [
        Crossed(crossing=crossing, owner=owner, owned=owned, part=part)
        for (owner, owned), part in sorted(parts.items())
        for crossing in _sorts(owner, owned, part, parts=parts, parents=parents, types=types, others=others, main=main)
    ]


def rounds(stakes: Stakes, *, types: Collection[int]) -> list[tuple[int, ...]]:
    """Financial institutions of which each is held by the next, three or more in a ring, whatever the parts."""
    below: dict[int, list[int]] = {}
    for owner, owned, _ in stakes.rows():
        if owner in types and owned in types:
            below.setdefault(owner, []).append(owned)
    found = (tuple(sorted(ring)) for ring in components(below, sorted(below)) if len(ring) > 2)
    return sorted(found)


def _sorts(
    owner: int,
    owned: int,
    part: Fraction,
    *,
    parts: Mapping[tuple[int, int], Fraction],
    parents: Collection[int],
    types: Mapping[int, int],
    others: Collection[int],
    main: Fraction,
) -> Iterator[Crossing]:
    if owner not in types and owner not in others:
        return
    mutual = (owned, owner) in parts
    if owner in types and owned in parents:
        yield Crossing.back
    if owner in types and owned in types:
        if mutual:
            yield Crossing.across
        if types[owner] != types[owned] and part >= main:
            yield Crossing.main_of_other_type
    if mutual and (owner in types) != (owned in types) and (owner in others or owned in others):
        yield Crossing.across_to_non_financial


@dataclass(frozen=True, slots=True, kw_only=True)
class Investor:
    """Holders who count as one: a holder with its related parties and those in concert with it (art. 19)."""

    members: tuple[int, ...]
    parts: Mapping[int, Fraction]

    def main_of(self, *, main: Fraction) -> list[int]:
        """The bodies in which they hold, together, as much as a main shareholder."""
        return sorted(body for body, part in self.parts.items() if part >= main)


def investors(stakes: Stakes, *, bodies: Collection[int], together: Sequence[Collection[int]]) -> list[Investor]:
    """Everybody who holds of these bodies; `together` says who counts as one, and whoever is in two joins them."""
    head: dict[int, int] = {}
    for each in together:
        members = sorted(each)
        for member in members[1:]:
            head[_first(head, member)] = _first(head, members[0])
    found: dict[int, dict[int, Fraction]] = {}
    members_of: dict[int, set[int]] = {}
    for owner, owned, part in stakes.rows():
        if owned in bodies:
            held = found.setdefault(_first(head, owner), {})
            held[owned] = held.get(owned, NONE) + part
            members_of.setdefault(_first(head, owner), set()).add(owner)
    return [Investor(members=tuple(sorted(members_of[first])), parts=found[first]) for first in sorted(found)]


def _first(head: Mapping[int, int], body: int) -> int:
    while body in head and head[body] != body:
        body = head[body]
    return body
