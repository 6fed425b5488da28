"""Who decides on a related transaction, who keeps out, and whether an organ has approved it.

Sources: PBoC Order [2023] No. 1, arts. 18, 27, 45; CBIRC Order 2022 No. 1, arts. 39, 45, 46, 49. Worked number: of
five non-related directors four must be in favour (10/3, up); where two of them come, the shareholders decide.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from benyuan.governance.related.vocabulary import DIRECTORS, Stage, Vote
from benyuan.governance.related.world import World
from benyuan.parties.ownership.dated import Row
from benyuan.parties.ownership.vocabulary import STAKE_NUMBER, Post, StakeSort

ALL, NONE = Fraction(1), Fraction(0)
POTENTIAL = STAKE_NUMBER[StakeSort.potential_votes]


class Fault(StrEnum):
    """What a committee lacks."""

    none = ""
    few = "fewer members than asked for"
    no_director = "a member who is no director"
    chair = "no independent director in the chair"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organs:
    """A body's organs on a day: directors, the independent ones, the committee; holders with their parts of votes."""

    directors: frozenset[int]
    independent: frozenset[int]
    committee: frozenset[int]
    chairs: frozenset[int]
    holders: Mapping[int, Fraction]

    def fault(self, *, least: int) -> Fault:
        """What the committee lacks to be one."""
        if len(self.committee) < least:
            return Fault.few
        if self.committee - self.directors:
            return Fault.no_director
        return Fault.none if len(self.chairs) == 1 and self.chairs <= self.independent else Fault.chair

    def members(self, stage: Stage) -> Mapping[int, Fraction]:
        """Who votes at a stage, and with what weight; nobody once it is decided."""
        match stage:
            case Stage.committee:
                return dict.fromkeys(self.committee, ALL)
            case Stage.board | Stage.board_alone:
                return dict.fromkeys(self.directors, ALL)
            case Stage.shareholders:
                return self.holders
            case _:
                return {}


def organs_of(world: World, seats: Collection[Row], *, body: int) -> Organs:
    """The organs of a body. `seats`: the rows of its committee in force."""
    posts = world.posts_at.get(body, {})
    held = [row for row in seats if row["body"] == body and row["holds"]]
    return Organs(
        directors=frozenset(each for each, held_posts in posts.items() if set(held_posts) & set(DIRECTORS)),
        independent=frozenset(each for each, held_posts in posts.items() if Post.independent_director in held_posts),
        committee=frozenset(row["individual"] for row in held),
        chairs=frozenset(row["individual"] for row in held if row["chairs"]),
        holders=_votes_now(world, body),
    )


def _votes_now(world: World, body: int) -> dict[int, Fraction]:
    """Who votes with what part, nothing exercised: whoever may only become a shareholder is none yet."""
    may: dict[int, Fraction] = {}
    for row in world.state.held:
        if row["owned"] == body and row["sort"] == POTENTIAL:
            holder = row["nominee_of"] or row["owner"]
            may[holder] = may.get(holder, NONE) + Fraction(row["part"], row["whole"])
    whole = ALL + sum(may.values(), NONE)
    found = {each: part * whole - may.get(each, NONE) for each, part in world.votes_in.get(body, {}).items()}
    return {each: part for each, part in found.items() if part > 0}


def _proxies(world: World, organs: Organs, *, body: int, sides: Collection[int]) -> set[int]:
    """Who has votes without shares, where a side has shares without votes: they may be the same."""
    shares = world.shares_in.get(body, {})
    lent = any(part > organs.holders.get(each, NONE) for each, part in shares.items() if each in sides)
    return {each for each, part in organs.holders.items() if lent and part > shares.get(each, NONE)}


def interested(world: World, organs: Organs, *, body: int, party: int, told: Collection[int]) -> frozenset[int]:
    """Directors and shareholders who are the other side, or could sway fairness; the body itself is nobody's side."""
    above = world.controllers(party, share=ALL, without=body)
    joined = {party, *world.controlled(party, without=body), *above}
    family = {kin for each in joined for kin in _family(world, each)}
    sisters = {each for head in above for each in world.controlled(head, without=body)}
    sides = joined | family | sisters | {member for each in joined for member in world.concert(each)}
    members = {*organs.directors, *organs.committee, *organs.holders}
    keeps_out = frozenset(
        each
        for each in members
        if each in sides or each in told or _sways(world, each, joined, body) or _controls(world, each, sides, body)
    )
    return keeps_out | _proxies(world, organs, body=body, sides=keeps_out | sides)


def _family(world: World, each: int) -> set[int]:
    return {kin for near in (True, False) for kin in world.family(each, near=near)}


def _sways(world: World, member: int, joined: Collection[int], body: int) -> bool:
    """Whether a member or its family has influence over one of these, by votes, a power or a post."""
    own = {member, *_family(world, member)}
    posts = {at for each in own for at in world.posts_of.get(each, {}) if at != body}
    return any(posts.union(world.influenced(each, without=body)) & set(joined) for each in own)


def _controls(world: World, member: int, sides: Collection[int], body: int) -> bool:
    return bool(set(world.controlled(member, without=body)) & set(sides))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """What a vote comes to, in people or, of shareholders, in parts of the votes; `of`: what the part is of."""

    present: int
    favour: Fraction
    of: Fraction
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Quorum:
    """The figures that decide: parts of the board, of the committee and of the shareholders, and the least number."""

    board: Fraction
    committee: Fraction
    shareholders: Fraction
    least: int


def counted(
    stage: Stage, *, organs: Organs, out: Collection[int], ballots: Mapping[int, Vote], quorum: Quorum
) -> Count:
    """The next stage, from the ballots cast at this one. `out`: who keeps out, but where the board decides alone."""
    away = set() if stage is Stage.board_alone else set(out)
    weights = {member: weight for member, weight in organs.members(stage).items() if member not in away}
    cast = {member: vote for member, vote in ballots.items() if member in weights}
    favour = sum((weights[member] for member, vote in cast.items() if vote is Vote.favour), Fraction(0))
    whole = sum(weights.values(), Fraction(0))
    if stage is Stage.shareholders:
        whole = sum((weights[member] for member in cast), Fraction(0))
    return Count(
        present=len(cast),
        favour=favour,
        of=whole,
        stage=_next(stage, organs=organs, out=out, present=len(cast), favour=favour, of=whole, quorum=quorum),
    )


def _next(
    stage: Stage,
    *,
    organs: Organs,
    out: Collection[int],
    present: int,
    favour: Fraction,
    of: Fraction,
    quorum: Quorum,
) -> Stage:
    match stage:
        case Stage.committee:
            return Stage.board if of == 0 or favour > of * quorum.committee else Stage.rejected
        case Stage.board if present < quorum.least:
            told = sum(organs.holders.values(), NONE) >= ALL
            return Stage.board_alone if told and set(organs.holders) <= set(out) else Stage.shareholders
        case Stage.board | Stage.board_alone:
            return Stage.approved if of and favour >= of * quorum.board else Stage.rejected
        case _:
            return Stage.approved if favour > of * quorum.shareholders else Stage.rejected
