"""Ownership of a day, indexed for related parties: who controls, influences and holds whom; family and posts.

Sources: PBoC Order [2020] No. 4, art. 3; PBoC Order [2023] No. 1, art. 45; CBIRC Order 2022 No. 1, art. 65. Authorities
are never parties, and nobody is related by way of one. Worked number: who has 15% of the votes of a body, and controls
another that has 5%, has 20% and so influence, by the house's figure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from benyuan.parties.bodies.vocabulary import BodyKind, Business
from benyuan.parties.ownership.control import Control, Settled, settled
from benyuan.parties.ownership.dated import Column
from benyuan.parties.ownership.interest import Weights, behind_in, weights
from benyuan.parties.ownership.stakes import fraction
from benyuan.parties.ownership.state import POSTS, Body, State, state_of
from benyuan.parties.ownership.vocabulary import FAMILY_NUMBER, Family, Post
from benyuan.rules import RulePack
from benyuan.rules.quantities import PPM

CONTROL, INFLUENCE, BENEFICIAL = "fhc.control", "rpt.house.influence", "rpt.house.beneficial"
NEAR = tuple(FAMILY_NUMBER[tie] for tie in (Family.spouse, Family.parent, Family.adult_child, Family.sibling))
STEERING_POSTS = tuple(post for post in Post if post is not Post.decides_investments)
NONE = Fraction(0)
Path: TypeAlias = tuple[int, ...]
Reached: TypeAlias = dict[int, Path]
"""Bodies and individuals, each with the way there, both ends included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A state with who controls whom in it, and what is looked up again and again.

    `basis`: what control was found from, and the exact parts, for the worlds of other days (`shifting.py`).
    """

    state: State
    control: Control
    basis: Settled
    influence: Fraction
    beneficial: Fraction
    below: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    votes_of: Mapping[int, Mapping[int, Fraction]] = field(default_factory=dict)
    shares_in: Mapping[int, Mapping[int, Fraction]] = field(default_factory=dict)
    votes_in: Mapping[int, Mapping[int, Fraction]] = field(default_factory=dict)
    owners_of: Weights = field(default_factory=dict)
    exact_votes_of: Weights = field(default_factory=dict)
    exact_votes_in: Weights = field(default_factory=dict)
    kin: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    posts_at: Mapping[int, Mapping[int, tuple[Post, ...]]] = field(default_factory=dict)
    posts_of: Mapping[int, Mapping[int, tuple[Post, ...]]] = field(default_factory=dict)

    def one(self, number: int) -> int:
        """As whom a body counts: an individual with two documents as one."""
        return self.state.ones.of(number)

    def is_individual(self, number: int) -> bool:
        """Whether it is a natural person."""
        return number in self.state.bodies and self.state.bodies[number].kind is BodyKind.individual

    def counts(self, number: int) -> bool:
        """Whether it can be a related party, or be a way to one."""
        return number in self.state.bodies and self.state.bodies[number].kind is not BodyKind.authority

    def business(self, number: int) -> Business:
        """What it does."""
        return self.state.bodies[number].business

    def controlled(self, start: int, *, without: int = 0) -> Reached:
        """What it controls, directly or not, itself left out; nothing by way of `without`."""
        return self._walk(start, self.below, without)

    def controllers(self, start: int, *, share: Fraction, without: int = 0) -> Reached:
        """Who controls it or is its controlling shareholder, up to the end: at `share` of its shares on."""
        found: Reached = {}
        waiting: list[Path] = [(start,)]
        while waiting:
            way = waiting.pop(0)
            here = way[-1]
            by = self.control.by_body.get(here)
            held = self.shares_in.get(here, {})
            above = [*(by.by if by else ()), *(owner for owner, part in held.items() if part >= share)]
            for owner in dict.fromkeys(above):
                if owner not in found and owner not in (start, without) and self.counts(owner):
                    found[owner] = (*way, owner)
                    waiting.append(found[owner])
        return found

    def beneficiaries(self, start: int) -> Reached:
        """Individuals who stand behind a body in the end with as much as the house's figure."""
        if self.is_individual(start):
            return {}
        parts = behind_in(self.owners_of, start).owners
        return {
            owner: (start, owner)
            for owner, part in parts.items()
            if part >= self.beneficial and self.is_individual(owner)
        }

    def concert(self, start: int) -> Reached:
        """Who votes as it does by agreement."""
        return {
            member: (start, member)
            for each in self.state.grounds.concerts
            if start in each.members
            for member in each.members
            if member != start and self.counts(member)
        }

    def family(self, start: int, *, near: bool) -> Reached:
        """An individual's spouse, parents, adult children and siblings; or the others who are close."""
        ties = self.kin.get(start, {})
        return {other: (start, other) for other, tie in ties.items() if (tie in NEAR) is near}

    def influenced(self, start: int, *, without: int = 0) -> Reached:
        """What it influences without controlling it: by votes together with what it controls, powers, or a post."""
        mine = {start: (start,), **self.controlled(start, without=without)}
        votes: dict[int, Fraction] = {}
        ways: Reached = {}
        for owner, way in mine.items():
            for owned, part in self.votes_of.get(owner, {}).items():
                votes[owned] = votes.get(owned, NONE) + part
                ways.setdefault(owned, (*way, owned))
        found = {owned: ways[owned] for owned, part in votes.items() if part >= self.influence}
        for power in self.state.grounds.powers:
            if power.holder in mine:
                found.setdefault(power.body, (*mine[power.holder], power.body))
        for body, posts in self.posts_of.get(start, {}).items():
            if any(post in STEERING_POSTS for post in posts):
                found.setdefault(body, (start, body))
        return {body: way for body, way in found.items() if body not in mine and body != without and self.counts(body)}

    def main_holders(self, body: int, *, main: Fraction) -> Reached:
        """Who holds or controls as much of it as a main shareholder, by itself, by others or in concert; who steers."""
        direct = {*self.shares_in.get(body, {}), *self.votes_in.get(body, {})}
        asked: set[int] = set(direct)
        for owner in direct:
            asked |= {*self.controllers(owner, share=Fraction(1), without=body)}
        asked |= {member for owner in tuple(asked) for member in self.concert(owner)}
        found: Reached = {}
        for owner in sorted(asked):
            together = {owner: (owner,), **self.controlled(owner, without=body)}
            for member in self.concert(owner):
                together |= {member: (owner, member), **self.controlled(member, without=body)}
            held = [
                sum((part for holder, part in parts.get(body, {}).items() if holder in together), NONE)
                for parts in (self.shares_in, self.votes_in)
            ]
            if max(held) >= main and owner != body and self.counts(owner):
                by = next((way for holder, way in together.items() if holder in direct), (owner,))
                found[owner] = (body, *by[::-1])
        for power in self.state.grounds.powers:
            if power.body == body and self.counts(power.holder):
                found.setdefault(power.holder, (body, power.holder))
        return found

    def holding_above(self, body: int) -> int:
        """The nearest financial holding company that controls a body, itself included; 0 for none."""
        return next((each for each in (body, *self._up(body)) if self.business(each) is FINANCIAL_HOLDING), 0)

    def _up(self, body: int) -> Iterator[int]:
        seen, waiting = {body}, [body]
        while waiting:
            by = self.control.by_body.get(waiting.pop(0))
            for owner in by.by if by else ():
                if owner not in seen:
                    seen.add(owner)
                    waiting.append(owner)
                    yield owner

    def _walk(self, start: int, edges: Mapping[int, Iterable[int]], without: int) -> Reached:
        found: Reached = {}
        waiting: list[Path] = [(start,)]
        while waiting:
            way = waiting.pop(0)
            for each in edges.get(way[-1], ()):
                if each not in found and each not in (start, without) and self.counts(each):
                    found[each] = (*way, each)
                    waiting.append(found[each])
        return found


FINANCIAL_HOLDING = Business.financial_holding


def world_of(
    column: Column, rules: RulePack, *, on: int, seen: int, law_on: int, bodies: Mapping[int, Body] | None = None
) -> World:
    """The world of a day, by the figures of `law_on` (yyyymmdd). `bodies`: those of another day, which have no others.

    Errors: RuleNotInForce.
    """
    state = state_of(column, on=on, seen=seen, bodies=bodies)
    shares = [Fraction(rules.value(id=rule, on=law_on).ppm, PPM) for rule in (CONTROL, INFLUENCE, BENEFICIAL)]
    found, basis = settled(state.grounds, majority=shares[0])
    owners_of = weights((owned, owner, part) for owner, owned, part in state.shares.exact())
    below: dict[int, list[int]] = {}
    for body, each in found.by_body.items():
        for by in each.by:
            below.setdefault(by, []).append(body)
    votes_of = weights(state.grounds.votes.exact())
    votes_in = weights((owned, owner, part) for owner, owned, part in state.grounds.votes.exact())
    posts_at, of = posts_of(state)
    return World(
        state=state,
        control=found,
        basis=basis,
        influence=shares[1],
        beneficial=shares[2],
        below={by: tuple(sorted(bodies)) for by, bodies in below.items()},
        exact_votes_of=votes_of,
        exact_votes_in=votes_in,
        votes_of=Fractions(votes_of),
        votes_in=Fractions(votes_in),
        shares_in=Fractions(owners_of),
        owners_of=owners_of,
        kin=kin_of(state),
        posts_at=posts_at,
        posts_of=of,
    )


Posts: TypeAlias = dict[int, dict[int, tuple[Post, ...]]]


def posts_of(state: State) -> tuple[Posts, Posts]:
    """The posts of a state, by body and by individual."""
    return _posts(state, "body", "individual"), _posts(state, "individual", "body")


def kin_of(state: State) -> dict[int, dict[int, int]]:
    """By individual the others who are family, each with what they are."""
    kin: dict[int, dict[int, int]] = {}
    for row in state.families:
        kin.setdefault(row["individual"], {})[row["other"]] = row["tie"]
        kin.setdefault(row["other"], {})[row["individual"]] = row["tie"]
    return kin


class Fractions(Mapping[int, Mapping[int, Fraction]]):
    """Weights as fractions, made where somebody looks: of 100,000 bodies few are asked for."""

    def __init__(self, exact: Weights) -> None:
        self._exact = exact

    def __getitem__(self, body: int) -> Mapping[int, Fraction]:
        return {other: fraction(part) for other, part in self._exact[body].items()}

    def __iter__(self) -> Iterator[int]:
        return iter(self._exact)

    def __len__(self) -> int:
        return len(self._exact)


def _posts(state: State, first: str, second: str) -> Posts:
    found: Posts = {}
    for row in state.offices:
        held = found.setdefault(row[first], {})
        held[row[second]] = (*held.get(row[second], ()), POSTS[row["post"]])
    return found
