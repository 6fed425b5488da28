"""The shape of a group on a day: who is in it and by what, who is behind it, and what the law asks of its ownership.

Source: PBoC Order [2020] No. 4, arts. 3, 8, 11, 12, 18, 19, 53. Every finding names its rule and what was found beside
what is asked. Worked number: an institution on the fourth layer is a finding of `fhc.layers`, 4 where 3 is asked.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import msgspec

from benyuan.assurance.group.keeping import LOCK, let_go
from benyuan.assurance.group.reading import Owned, body_of, names_of, owned, share
from benyuan.engine.group import Group
from benyuan.parties.bodies.vocabulary import TYPE_OF, BodyKind, Business
from benyuan.parties.ownership.interest import behind, interests
from benyuan.parties.ownership.stakes import Stakes
from benyuan.parties.ownership.structure import Crossing, crossings, investors, layers, rounds

LAYERS, CROSS, COUNT, MAIN = "fhc.layers", "fhc.no_reverse_cross", "fhc.investor_count", "fhc.main_shareholder"
OWN_FUNDS, PRODUCTS = "fhc.own_funds", "fhc.sh.products_cap"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """An exact part: `text` such as 1/3, `ppm` cut to parts per million for tables."""

    text: str
    ppm: int

    @classmethod
    def of(cls, part: Fraction) -> "Part":
        """A fraction as it is shown."""
        return cls(text=str(part), ppm=int(part * 1_000_000))


class Holder(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who stands behind a body in the end; `how`: owner, untold or closed ring."""

    body: int
    name: str
    how: str
    part: Part


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A body of the group: its layer, by whom and on what ground it is controlled, the interest of the top in it."""

    body: int
    name: str
    business: str
    type: int
    layer: int
    by: list[int]
    ground: str
    votes: Part
    interest: Part
    invented: bool


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What is not as the law asks, or what people have to look at: the rule, the bodies, what is found and asked."""

    rule: str
    document: str
    article: str
    status: str
    bodies: list[int]
    found: str
    asked: str


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """The answer for a top body on a day, as known at a log position."""

    top: int
    name: str
    on: int
    seen: int
    behind: list[Holder]
    members: list[Member]
    findings: list[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    rule: str
    bodies: Sequence[int]
    found: str
    asked: str


def shape_of(group: Group, top: int, *, on: int = 0, seen: int = 0, whole_group: bool = False) -> Shape:
    """The shape of what `top` controls. `whole_group`: it counts as one (art. 6 ¶2).

    Errors: BadInput for no such body, and before the rules on it.
    """
    world = owned(group, on=on, seen=seen)
    state = world.state
    body_of(state, top, field="top")
    at = layers(world.control, state.shares, top)
    names = names_of(group, state, {top, *at, *_everybody(world, top)})
    found = _findings(group, world, top, at, whole_group=whole_group)
    return Shape(
        top=top,
        name=names[top],
        on=state.on,
        seen=state.seen,
        behind=list(_holders(world, top, names)),
        members=list(_members(world, top, at, names)),
        findings=[_told(group, each, on=state.on) for each in found],
    )


def behind_of(group: Group, body: int, *, on: int = 0, seen: int = 0) -> list[Holder]:
    """Who stands behind a body in the end; the parts add up to the whole. Errors: BadInput."""
    world = owned(group, on=on, seen=seen)
    body_of(world.state, body)
    return list(_holders(world, body, names_of(group, world.state, _everybody(world, body))))


def _everybody(world: Owned, top: int) -> set[int]:
    found = behind(world.state.shares, top)
    return {*found.owners, *found.untold, *(body for ring in found.closed for body in ring)}


def _holders(world: Owned, top: int, names: Mapping[int, str]) -> Iterator[Holder]:
    found = behind(world.state.shares, top)
    for how, parts in (("owner", found.owners), ("untold", found.untold)):
        for body, part in sorted(parts.items()):
            yield Holder(body=body, name=names[body], how=how, part=Part.of(part))
    for ring, part in sorted(found.closed.items()):
        yield Holder(body=ring[0], name=", ".join(names[body] for body in ring), how="closed ring", part=Part.of(part))


def _members(world: Owned, top: int, at: Mapping[int, int], names: Mapping[int, str]) -> Iterator[Member]:
    held = interests(world.state.shares, top)
    invented = {row["owned"] for row in world.state.held if row["invented"]}
    for body in sorted(at, key=lambda each: (at[each], each)):
        business, by = world.state.bodies[body].business, world.control.by_body.get(body)
        yield Member(
            body=body,
            name=names[body],
            business=business.value,
            type=TYPE_OF.get(business, 0),
            layer=at[body],
            by=list(by.by) if by and body != top else [],
            ground=by.ground.value if by and body != top else "",
            votes=Part.of(by.votes if by and body != top else Fraction(0)),
            interest=Part.of(held.get(body, Fraction(int(body == top)))),
            invented=body in invented,
        )


def _findings(group: Group, world: Owned, top: int, at: Mapping[int, int], *, whole_group: bool) -> Iterator[_Found]:
    on, state = world.state.on, world.state
    types = {body: TYPE_OF[state.bodies[body].business] for body in at if state.bodies[body].business in TYPE_OF}
    main = share(group, MAIN, on=on)
    most = group.regime.pack.value(id=LAYERS, on=on).count
    for body in sorted(types):
        if at[body] > most:
            yield _Found(rule=LAYERS, bodies=(body,), found=f"layer {at[body]}", asked=f"{most} layers")
    parents = {top, *world.control.above(top)}
    others = {body for body in at if body not in types and body != top} if whole_group else set()
    for each in crossings(state.shares, parents=parents, types=types, others=others, main=main):
        bodies = (each.owner, each.owned)
        asked = f"less than {main}" if each.crossing is Crossing.main_of_other_type else "none"
        yield _Found(rule=CROSS, bodies=bodies, found=f"{each.crossing.value}: {each.part}", asked=asked)
    for ring in rounds(state.shares, types=types):
        yield _Found(rule=CROSS, bodies=ring, found="held round through several", asked="none")
    for ring in world.control.rings:
        yield _Found(rule=OWN_FUNDS, bodies=ring, found="a ring whose majorities are held inside", asked="none")
    for row in state.nominees:
        if row["owned"] in parents or row["owned"] in at:
            three = (row["owner"], row["nominee_of"], row["owned"])
            yield _Found(rule=OWN_FUNDS, bodies=three, found="held for another", asked="none")
    yield from _several_stakes(group, world, main=main)
    yield from _products(group, world, top)
    for gone in let_go(group, top, on=on, seen=state.seen):
        told = f"{gone.before} to {gone.after} on {gone.on}, held since {gone.since}"
        yield _Found(rule=LOCK, bodies=(gone.owner, top), found=told, asked=f"kept until {gone.free_on}")


def _together(world: Owned) -> list[set[int]]:
    """Who counts as one: those in concert, families, and whoever controls another."""
    concerts = [set(concert.members) for concert in world.state.grounds.concerts]
    families = [{row["individual"], row["other"]} for row in world.state.families]
    return [*concerts, *families, *({body, *by.by} for body, by in world.control.by_body.items())]


def _several_stakes(group: Group, world: Owned, *, main: Fraction) -> Iterator[_Found]:
    state = world.state
    value = group.regime.pack.value(id=COUNT, on=state.on)
    holdings = {body for body, each in state.bodies.items() if each.business is Business.financial_holding}
    outside = [body for body, each in state.bodies.items() if each.kind is BodyKind.authority]
    held = _held_outside(state.shares, holdings, outside)
    for investor in investors(held, bodies=holdings, together=_together(world)):
        reached = [body for body in investor.main_of(main=main) if body not in investor.members]
        if len(reached) > value.count:
            yield _Found(
                rule=COUNT,
                bodies=(*investor.members, *reached),
                found=f"main shareholder of {len(reached)}",
                asked=f"{value.count} at most",
            )
    most = value.parameters.count("controlled")
    controlled: dict[int, list[int]] = {}
    for holding in sorted(holdings):
        for head in world.control.top(holding):
            if head != holding and head not in outside:
                controlled.setdefault(head, []).append(holding)
    for head, under in sorted(controlled.items()):
        if len(under) > most:
            yield _Found(rule=COUNT, bodies=(head, *under), found=f"controls {len(under)}", asked=f"{most} at most")


def _held_outside(shares: Stakes, holdings: set[int], outside: Sequence[int]) -> Stakes:
    """The stakes in these bodies, without those of authorities."""
    kept = [
        place
        for place, (owner, body) in enumerate(zip(shares.owner.tolist(), shares.owned.tolist(), strict=True))
        if body in holdings and owner not in outside
    ]
    return Stakes(owner=shares.owner[kept], owned=shares.owned[kept], part=shares.part[kept], whole=shares.whole[kept])


def _products(group: Group, world: Owned, top: int) -> Iterator[_Found]:
    """Financial products that one body controls, together, in the holding company."""
    state = world.state
    most = share(group, PRODUCTS, on=state.on)
    sums: dict[tuple[int, ...], Fraction] = {}
    members: dict[tuple[int, ...], list[int]] = {}
    for owner, body, part in state.shares.rows():
        if body == top and state.bodies[owner].kind is BodyKind.product:
            head = world.control.top(owner)
            sums[head] = sums.get(head, Fraction(0)) + part
            members.setdefault(head, []).append(owner)
    for head, part in sorted(sums.items()):
        if part > most:
            bodies = (*head, *members[head])
            yield _Found(rule=PRODUCTS, bodies=bodies, found=str(part), asked=f"{most} at most")


def _told(group: Group, found: _Found, *, on: int) -> Finding:
    value = group.regime.pack.value(id=found.rule, on=on)
    named: dict[str, Any] = {
        "document": value.cite.document,
        "article": value.cite.article or "",
        "status": value.status.value,
    }
    return Finding(
        rule=found.rule, bodies=list(dict.fromkeys(found.bodies)), found=found.found, asked=found.asked, **named
    )
