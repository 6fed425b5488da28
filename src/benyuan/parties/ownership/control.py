"""Who controls whom, test by test (PBoC Order [2020] No. 4, art. 3), through any chain and ring.

Control goes down: what an investor controls votes for it, so the votes of its bodies are added to its own; so are those
of whoever has agreed to vote as it does. The least such state is reckoned, in which nobody controls without a ground.
Worked number: A has 60% of B, B 30% and A 21% of C: of C's votes A has 51%, and controls it, though economically it has
39%. Two with 30% and 21% who have agreed to vote alike have 51% together: they control jointly, whoever leads.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from flint import fmpq

from benyuan.parties.ownership.overlay import Overlay
from benyuan.parties.ownership.rings import components
from benyuan.parties.ownership.stakes import Stakes, fraction, rational

NONE, NOUGHT = Fraction(0), fmpq(0)


class Ground(StrEnum):
    """The grounds of control in the order of art. 3."""

    votes = "votes"
    agreement = "agreement"
    power = "power"
    appoints_board = "appoints_board"
    votes_in_board = "votes_in_board"
    accounting = "accounting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """A power over a body by itself: `part` of `whole` seats or votes in its board, the whole for other powers."""

    holder: int
    body: int
    ground: Ground
    part: int = 1
    whole: int = 1

    @property
    def share(self) -> Fraction:
        """The part of the whole."""
        return Fraction(self.part, self.whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Concert:
    """Bodies and individuals who have agreed to vote alike; `lead` says how, 0 where they decide together."""

    members: tuple[int, ...]
    lead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What control is reckoned from: `votes` with the potential ones in them, agreements and powers."""

    votes: Stakes
    concerts: Sequence[Concert] = ()
    powers: Sequence[Power] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Controlled:
    """A body and who controls it directly, one or several who have agreed; by which ground, with what part of votes."""

    body: int
    by: tuple[int, ...]
    ground: Ground
    votes: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """The state. `contested`: bodies of which two have a ground, with the one that was not taken (art. 3 ¶3).

    `rings`: bodies whose majority is held inside a ring, so that nobody outside controls them.
    """

    by_body: Mapping[int, Controlled]
    contested: tuple[Controlled, ...] = ()
    rings: tuple[tuple[int, ...], ...] = field(default=())

    def top(self, body: int) -> tuple[int, ...]:
        """Who controls a body in the end; itself where nobody does."""
        seen: list[int] = []
        here: tuple[int, ...] = (body,)
        while len(here) == 1 and here[0] in self.by_body and here[0] not in seen:
            seen.append(here[0])
            here = self.by_body[here[0]].by
        return here

    def above(self, body: int) -> set[int]:
        """Everybody who controls a body, directly or not, but itself."""
        found: set[int] = set()
        waiting = [body]
        while waiting:
            each = self.by_body.get(waiting.pop())
            for by in each.by if each else ():
                if by not in found and by != body:
                    found.add(by)
                    waiting.append(by)
        return found

    def controlled_by(self, holder: int) -> set[int]:
        """All bodies that a holder controls, directly or not, alone or with others."""
        below: dict[int, list[int]] = {}
        for body, each in self.by_body.items():
            for by in each.by:
                below.setdefault(by, []).append(body)
        found: set[int] = set()
        waiting = [holder]
        while waiting:
            for body in below.get(waiting.pop(), ()):
                if body not in found and body != holder:
                    found.add(body)
                    waiting.append(body)
        return found


def control(grounds: Grounds, *, majority: Fraction) -> Control:
    """Who controls whom: by more than `majority` of the votes, or by powers where no such majority says otherwise."""
    return settled(grounds, majority=majority)[0]


def settled(grounds: Grounds, *, majority: Fraction) -> "tuple[Control, Settled]":
    """The same, with what it was found from, so that it need not be found anew where a few stakes are others."""
    state = Settled(grounds, rational(majority))
    state.settle(state.bodies)
    contested = []
    for power in grounds.powers:
        if power.share <= majority:
            continue
        stands = state.by_body.get(power.body)
        found = Controlled(body=power.body, by=(power.holder,), ground=power.ground, votes=NONE)
        if stands is None:
            brought = state.votes_of(power.body)
            state.take(found)
            state.settle(brought)
        elif stands.by != found.by and state.party(power.holder) != state.party(stands.by[0]):
            contested.append(found)
    rings = state.rings()
    state.bring_near()
    return Control(by_body=state.told(), contested=tuple(contested), rings=rings), state


class Settled:
    """Parties that vote as one, joined as control and agreements are found; what each holds of every body."""

    def __init__(self, grounds: Grounds, majority: fmpq) -> None:
        self._more_than = majority
        self.by_body: dict[int, Controlled] = {}
        self._votes: dict[int, fmpq] = {}
        self._up: dict[int, int] = {}
        self._controlled_up: dict[int, int] = {}
        self._holders: dict[int, dict[int, fmpq]] = {}
        self._held: dict[int, dict[int, fmpq]] = {}
        self._leads: dict[int, tuple[int, ...]] = {}
        self._turned_in: set[int] = set()
        members = (member for concert in grounds.concerts for member in (*concert.members, concert.lead))
        self._steered = {*members, *(one for each in grounds.powers for one in (each.holder, each.body))} - {0}
        for owner, owned, part in grounds.votes.exact():
            holders = self._holders.setdefault(owned, {})
            holders[owner] = holders.get(owner, NOUGHT) + part
            held = self._held.setdefault(owner, {})
            held[owned] = held.get(owned, NOUGHT) + part
        self.bodies = sorted(self._holders)
        for number, concert in enumerate(grounds.concerts, start=1):
            heads = (concert.lead,) if concert.lead else tuple(sorted(concert.members))
            for member in concert.members:
                self._join(member, concert.lead or -number)
            self._leads[self.party(concert.lead or -number)] = heads

    def changed(
        self, holders: Mapping[int, Mapping[int, fmpq]], *, below: Callable[[int], Iterable[int]]
    ) -> "dict[int, Controlled | None] | None":
        """Who controls each body that may be controlled otherwise where some have other `holders`; None: nobody.

        `below`: in which bodies one has votes. Only whoever stands below a body with other holders can be controlled
        otherwise; the others keep their parties. None altogether where an agreement or a power is among them: then all
        is to be reckoned anew.
        """
        reached, waiting = set(holders), sorted(holders)
        while waiting:
            for each in below(waiting.pop()):
                if each not in reached:
                    reached.add(each)
                    waiting.append(each)
        if reached & self._steered:
            return None
        again = copy(self)
        again.restrict(reached, holders)
        again.settle(again.bodies)
        again.bring_near()
        found = again.told()
        return {body: found.get(body) for body in reached}

    def restrict(self, bodies: set[int], holders: Mapping[int, Mapping[int, fmpq]]) -> None:
        """Ask some bodies alone, with other holders where there are any; all others stay in their parties."""
        self._holders = {body: dict(holders.get(body, self._holders.get(body, {}))) for body in bodies}
        self.bodies = sorted(body for body, held in self._holders.items() if held)
        self.by_body, self._votes = Overlay(self.by_body, bodies), Overlay(self._votes, bodies)
        self._up, self._controlled_up = Overlay(self._up, bodies), Overlay(self._controlled_up, bodies)
        self._leads, self._turned_in, self._held = dict(self._leads), set(), {}
        for owned in self.bodies:
            for owner, part in self._holders[owned].items():
                held = self._held.setdefault(self.party(owner), {})
                held[owned] = held.get(owned, NOUGHT) + part

    def party(self, body: int) -> int:
        """Who a body votes with."""
        return _root(self._up, body)

    def domain(self, body: int) -> int:
        """Who controls a body in the end, agreements left aside."""
        return _root(self._controlled_up, body)

    def votes_of(self, body: int) -> list[int]:
        """The bodies in which the party of a body has votes."""
        return sorted(self._held.get(self.party(body), {}))

    def settle(self, bodies: Iterable[int]) -> None:
        """Find control over these, and over whatever it brings votes in, until nothing changes."""
        waiting = list(bodies)[::-1]
        while waiting:
            body = waiting.pop()
            found = None if body in self.by_body else self._majority(body)
            if found is not None:
                brought = self.votes_of(body)  # of these alone the sums change
                self.take(found)
                waiting.extend(brought[::-1])

    def told(self) -> dict[int, Controlled]:
        """By body who controls it, with the votes as fractions."""
        return {
            body: Controlled(body=body, by=found.by, ground=found.ground, votes=fraction(self._votes[body]))
            if body in self._votes
            else found
            for body, found in self.by_body.items()
        }

    def bring_near(self) -> None:
        """Name the nearest of several who stand one above another, and have the majority each with what it controls.

        Who stands above all of them controls too, by way of the nearest; in whatever order bodies come, it is the same.
        """
        open_ = [body for body, found in self.by_body.items() if self._has_several_above(body, found)]
        if not open_:
            return
        edges = {body: tuple(found.by) for body, found in self.by_body.items()}
        edges |= {body: (*edges.get(body, ()), *self._holders[body]) for body in open_}
        asked = set(open_)
        for component in components(edges, sorted(open_))[::-1]:
            for body in component:
                if body in asked:
                    self._near(body)

    def _has_several_above(self, body: int, found: Controlled) -> bool:
        if found.ground not in (Ground.votes, Ground.agreement):
            return False
        return len(found.by) > 1 or self._holders[body].get(found.by[0], NOUGHT) <= self._more_than

    def _near(self, body: int) -> None:
        holders = self._holders[body]
        sums: dict[int, fmpq] = {}
        for holder, part in holders.items():
            for each in self._way_up(holder, body):
                sums[each] = sums.get(each, NOUGHT) + part
        for holder in holders:
            for each in self._way_up(holder, body):
                if sums[each] > self._more_than:
                    self.by_body[body] = Controlled(body=body, by=(each,), ground=Ground.votes, votes=NONE)
                    self._votes[body] = sums[each]
                    return

    def _way_up(self, holder: int, body: int) -> list[int]:
        """A holder and all who control it alone, one above the other, as far as the body itself."""
        way = [holder]
        while True:
            found = self.by_body.get(way[-1])
            if found is None or len(found.by) > 1 or found.by[0] == body or found.by[0] in way:
                return way
            way.append(found.by[0])

    def take(self, found: Controlled) -> None:
        """Note a control, and let the body vote for who controls it."""
        self.by_body[found.body] = found
        if self.domain(found.body) == self.domain(found.by[0]):
            self._turned_in.add(found.body)
            return
        if len(found.by) == 1:
            self._controlled_up[self.domain(found.body)] = self.domain(found.by[0])
        self._join(found.body, found.by[0])

    def rings(self) -> tuple[tuple[int, ...], ...]:
        """The bodies whose majority is held inside, each with those by way of whom."""
        found = []
        for body in sorted(self._turned_in):
            way, here = [body], self.by_body[body].by[0]
            while here != body and here in self.by_body and here not in way:
                way.append(here)
                here = self.by_body[here].by[0]
            found.append(tuple(sorted({*way, here})))
        return tuple(dict.fromkeys(found))

    def _majority(self, body: int) -> Controlled | None:
        for alone, most in self._holders[body].items():
            if most > self._more_than:
                return self._noted(body, (alone,), Ground.votes, most)
        party, votes = self._most(body, self.party)
        if votes <= self._more_than:
            return None
        head, own = self._most(body, self.domain)
        if own > self._more_than and head != body:
            return self._noted(body, (head,), Ground.votes, own)
        heads = self._leads.get(party, (party,))
        if body in heads:
            return None
        return self._noted(body, heads, Ground.agreement, votes)

    def _noted(self, body: int, by: tuple[int, ...], ground: Ground, votes: fmpq) -> Controlled:
        self._votes[body] = votes
        return Controlled(body=body, by=by, ground=ground, votes=NONE)

    def _most(self, body: int, of: Callable[[int], int]) -> tuple[int, fmpq]:
        sums: dict[int, fmpq] = {}
        for holder, part in self._holders[body].items():
            sums[of(holder)] = sums.get(of(holder), NOUGHT) + part
        return max(sums.items(), key=lambda item: (item[1], -item[0]))

    def _join(self, body: int, to: int) -> None:
        """Let the party of a body vote with that of another."""
        small, large = self.party(body), self.party(to)
        if small == large:
            return
        leads = self._leads.pop(small, ())
        if leads and large not in self._leads:
            self._leads[large] = leads
        self._up[small] = large
        held = self._held.setdefault(large, {})
        for owned, part in self._held.pop(small, {}).items():
            held[owned] = held.get(owned, NOUGHT) + part


def _root(up: dict[int, int], body: int) -> int:
    """The last of the way up, the way shortened for the next time."""
    way = []
    while body in up:
        way.append(body)
        body = up[body]
    for each in way:
        up[each] = body
    return body
