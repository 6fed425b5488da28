"""The register of related parties, from facts of ownership, posts, family, agreements and declarations.

Sources: PBoC Order [2023] No. 1, arts. 6 to 10, 45, for a holding company; CBIRC Order 2022 No. 1, arts. 5 to 9, 65,
for a bank and the like. Worked number: a shareholder that sold on 20260131 what made it a main one is a related party
up to and on 20270131, with the ground "past".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from benyuan.governance.related.laws import Law
from benyuan.governance.related.nearby import nearby
from benyuan.governance.related.records import DECLARED_KEY, RELATED_DECLARATION
from benyuan.governance.related.shifting import world_shifted
from benyuan.governance.related.vocabulary import GROUND_NUMBER, PartyGround, When
from benyuan.governance.related.world import STEERING_POSTS, Path, Reached, World, world_of
from benyuan.parties.ownership.dated import Column, rows_in_force
from benyuan.parties.ownership.records import (
    CONCERT_TERMS,
    FAMILY_TIE,
    OFFICE,
    STAKE,
    STEERING,
)
from benyuan.rules import RulePack
from benyuan.rules.quantities import PPM
from benyuan.values.dates import add_months

GROUNDS = {number: PartyGround(word) for word, number in GROUND_NUMBER.items()}
FACTS = (STAKE, STEERING, OFFICE, FAMILY_TIE, CONCERT_TERMS, RELATED_DECLARATION)
_Reach: TypeAlias = Callable[[int], Reached]
Found: TypeAlias = Iterator[tuple[PartyGround, int, Path]]
"""A ground, who has it, and the way from the company to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedParty:
    """One ground of one party, which stands in the register once for each of its grounds.

    `place`: in the order; `path`: the way from the company; `invented`: declared without a document.
    """

    party: int
    ground: PartyGround
    when: When
    place: str
    path: Path
    invented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The related parties of a body on a day, in order of party and ground."""

    body: int
    law: Law
    world: World
    entries: tuple[RelatedParty, ...]

    def of(self, party: int) -> list[RelatedParty]:
        """The grounds of one party; none for who is none."""
        one = self.world.one(party)
        return [entry for entry in self.entries if entry.party == one]


def register_of(
    column: Column, rules: RulePack, *, body: int, law: Law, on: int, seen: int, today: World | None = None
) -> Register:
    """The register of a body on a day (yyyymmdd), as known at a log position. `today`: the world of that day, if there.

    Errors: RuleNotInForce.
    """
    today = today or world_of(column, rules, on=on, seen=seen, law_on=on)
    near = nearby(column, body=body)
    found: dict[tuple[int, PartyGround], tuple[When, Path, bool]] = {}
    for day in sorted(_days(near, rules, law, on, seen), key=lambda each: (each != on, each)):
        when = When.now if day == on else When.past if day < on else When.coming
        world = today
        if day != on:
            world = world_shifted(today, near, rules, on=day)
        for ground, party, path in _by_facts(world, rules, body=body, law=law, on=on):
            found.setdefault((party, ground), (when, path, False))
        for row in rows_in_force(near, RELATED_DECLARATION, on=day, seen=seen, key=DECLARED_KEY):
            if row["body"] == body and row["holds"]:
                ground, party = GROUNDS[row["ground"]], row["party"]
                found.setdefault((party, ground), (when, (body, party), bool(row["invented"])))
    place = _Places.of(rules, law, on=on)
    order = list(PartyGround)
    return Register(
        body=body,
        law=law,
        world=today,
        entries=tuple(
            RelatedParty(
                party=party,
                ground=ground,
                when=when,
                place=place.of_entry(today, ground, when, path),
                path=path,
                invented=invented,
            )
            for (party, ground), (when, path, invented) in sorted(
                found.items(), key=lambda item: (item[0][0], order.index(item[0][1]))
            )
        ),
    )


def _days(column: Column, rules: RulePack, law: Law, on: int, seen: int) -> list[int]:
    """The day, and each on which something that is known changed or will change, twelve months back and forward.

    Between two of them all is as on the first, so that what ends on one of them is found on one before it.
    """
    months = rules.value(id=law.rule("look"), on=on).count
    first, last = add_months(on, -months), add_months(on, months)
    days = {on, first}
    for table in FACTS:
        begins, position = column(table, "from_date")[1:], column(table, "position")[1:]
        days |= set(begins[(begins > first) & (begins <= last) & (position <= seen)].tolist())
    return sorted(days)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Places:
    """Where each ground stands in the order."""

    by_ground: Mapping[tuple[str, str], str]
    look: str

    @classmethod
    def of(cls, rules: RulePack, law: Law, *, on: int) -> "_Places":
        tiers = rules.value(id=law.rule("parties"), on=on).tiers
        look = rules.value(id=law.rule("look"), on=on).cite
        return cls(
            by_ground={(tier.code("ground"), tier.code("of")): tier.code("place") for tier in tiers},
            look=f"{look.article or ''}{look.item or ''}",
        )

    def of_entry(self, world: World, ground: PartyGround, when: When, path: Path) -> str:
        """For a ground that reaches, what counts is whether an individual reaches; else whether the party is one."""
        who = path[1:-1] if ground.value.endswith("_reach") else path[-1:]
        sort = "individual" if any(world.is_individual(each) for each in who) else "body"
        plain = self.by_ground.get((ground.value, "any"), self.by_ground.get((ground.value, sort), ""))
        return plain if when is When.now else f"{self.look}; {plain}"


def _by_facts(world: World, rules: RulePack, *, body: int, law: Law, on: int) -> Found:
    """The grounds that facts show on one day; a body that was not there yet has none."""
    if body not in world.state.bodies:
        return
    share, main = (Fraction(rules.value(id=law.rule(name), on=on).ppm, PPM) for name in ("controlling", "main_holder"))
    affiliates = world.controlled(body)
    inside = {body, *affiliates}
    sides = _Sides.of(world, body=body, share=share, main=main)
    for found in (
        sides.named(),
        _around(world, sides, inside),
        _insiders(world, body, inside),
        ((PartyGround.affiliate, each, way) for each, way in affiliates.items()),
        ((PartyGround.associate, each, way) for each, way in world.influenced(body).items()),
    ):
        yield from (item for item in found if item[1] != body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sides:
    """The shareholders' side: those of art. 7 item 1 and of item 2, by ground."""

    first: Mapping[PartyGround, Reached]
    second: Mapping[PartyGround, Reached]

    @classmethod
    def of(cls, world: World, *, body: int, share: Fraction, main: Fraction) -> "_Sides":
        first = world.controllers(body, share=share)
        holders = {each: way for each, way in world.main_holders(body, main=main).items() if each not in first}
        above = _joined(holders, lambda each: world.controllers(each, share=share, without=body))
        return cls(
            first={
                PartyGround.controller: first,
                PartyGround.controller_concert: _joined(first, world.concert),
                PartyGround.controller_beneficial: _joined(first, world.beneficiaries),
            },
            second={
                PartyGround.main_holder: holders,
                PartyGround.main_holder_controller: above,
                PartyGround.main_holder_concert: _joined(holders, world.concert),
                PartyGround.main_holder_beneficial: _joined(holders, world.beneficiaries),
            },
        )

    def named(self) -> Found:
        """All of them."""
        for ground, reached in (*self.first.items(), *self.second.items()):
            yield from ((ground, each, way) for each, way in reached.items())

    @property
    def of_first(self) -> Reached:
        """Those of item 1."""
        return _merged(self.first.values())

    @property
    def of_second(self) -> Reached:
        """Those of item 2 that are not of item 1 as well."""
        return {each: way for each, way in _merged(self.second.values()).items() if each not in self.of_first}


def _around(world: World, sides: _Sides, inside: set[int]) -> Found:
    """Family and officers of the shareholders' side, and what it reaches (arts. 7 items 3, 4; 9 items 2, 3)."""
    first, second = sides.of_first, sides.of_second
    both = {**second, **first}
    family = _joined(both, lambda each: world.family(each, near=True))
    near = (
        (PartyGround.holder_family, family),
        (PartyGround.holder_officer, _joined(both, lambda each: _officers(world, each))),
        (PartyGround.close_family, _joined(both, lambda each: world.family(each, near=False))),
    )
    reaches = (
        (PartyGround.controller_reach, _joined(first, lambda each: _within(world, each))),
        (PartyGround.main_holder_reach, _joined(second, world.controlled)),
        (PartyGround.holder_family_reach, _joined(family, world.controlled)),
        (PartyGround.influenced_by_holder, _joined(second, world.influenced)),
    )
    for ground, reached in near:
        yield from ((ground, each, way) for each, way in reached.items() if each not in inside)
    for ground, reached in reaches:
        yield from ((ground, each, way) for each, way in reached.items() if each not in inside and each not in both)


def _within(world: World, start: int) -> Reached:
    return {**world.influenced(start), **world.controlled(start)}


def _insiders(world: World, body: int, inside: set[int]) -> Found:
    """Who has a post, their family, and what these reach (arts. 8; 9 items 2, 3)."""
    insiders: Reached = {each: (body, each) for each in world.posts_at.get(body, {})}
    family = _joined(insiders, lambda each: world.family(each, near=True))
    reaches = (
        (PartyGround.insider, insiders),
        (PartyGround.insider_family, family),
        (PartyGround.insider_reach, _joined({**family, **insiders}, world.controlled)),
        (PartyGround.influenced_by_insider, _joined(insiders, world.influenced)),
        (PartyGround.close_family, _joined(insiders, lambda each: world.family(each, near=False))),
    )
    for ground, reached in reaches:
        yield from ((ground, each, way) for each, way in reached.items() if each not in inside)


def _officers(world: World, body: int) -> Reached:
    posts = world.posts_at.get(body, {})
    return {each: (body, each) for each, held in posts.items() if any(post in STEERING_POSTS for post in held)}


def _joined(starts: Reached, reach: _Reach) -> Reached:
    """What is reached from each, with the whole way; the first way to somebody counts."""
    found: Reached = {}
    for each, way in starts.items():
        for further, on in reach(each).items():
            found.setdefault(further, (*way, *on[1:]))
    return found


def _merged(parts: Iterable[Reached]) -> Reached:
    found: Reached = {}
    for part in parts:
        for each, way in part.items():
            found.setdefault(each, way)
    return found
