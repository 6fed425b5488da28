"""A proposal as it stands on a day, and the figures that decide a vote on it.

Sources: PBoC Order [2023] No. 1, arts. 18, 27; CBIRC Order 2022 No. 1, arts. 39, 45, 46. Worked number: who voted at
the committee and sits in the board votes there again: ballots count at their own stage.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from benyuan.decisions.facts import Table
from benyuan.governance.related.assessing import binding
from benyuan.governance.related.laws import HOLDING, Law
from benyuan.governance.related.records import (
    BALLOT,
    COMMITTEE_SEAT,
    MEETING,
    OPINION,
    PROPOSAL,
    PROPOSAL_INTEREST,
    SEAT_KEY,
)
from benyuan.governance.related.vocabulary import VOTE_NUMBER, Stage, Vote
from benyuan.governance.related.voting import Organs, Quorum, counted, interested, organs_of
from benyuan.governance.related.world import World, world_of
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.ownership.dated import Column, rows_in_force
from benyuan.rules import RulePack

VOTES = {number: Vote(word) for word, number in VOTE_NUMBER.items()}


class Matter:
    """A proposal on a day: the order that binds its body, the organs, who keeps out, what was cast."""

    def __init__(self, column: Column, rules: RulePack, *, proposal: int, on: int, seen: int) -> None:
        row = {name: int(column(PROPOSAL, name)[proposal]) for name in PROPOSAL.columns}
        ones = ones_of(column, seen=seen)
        self._ones = ones
        row["party"] = ones.of(row["party"])
        self.row = row
        self.stage = Stage(row["stage"])
        self._column, self._proposal, self.on = column, proposal, on
        world: World = world_of(column, rules, on=on, seen=seen, law_on=on)
        law, _ = binding(world, row["body"])
        self.law: Law = law or HOLDING
        self.organs: Organs = organs_in(column, world, body=row["body"], on=on, seen=seen)
        told = self._of(PROPOSAL_INTEREST, "individual").values()
        self.out = interested(world, self.organs, body=row["body"], party=row["party"], told=set(told))

    def ballots(self, stage: Stage | None = None) -> dict[int, Vote]:
        """What was cast at the stage (None: the one that it is at), by member; of one individual what was cast first.

        An individual with two documents may have cast two before anybody stated that both are one.
        """
        found: dict[int, Vote] = {}
        for member, vote in self._cast(self.stage if stage is None else stage):
            found.setdefault(member, vote)
        return found

    @property
    def has_ones(self) -> bool:
        """Whether any individual of the group has shown two documents."""
        return bool(self._ones.bodies)

    def voters(self) -> set[int]:
        """Who has voted, at whatever organ but one that decided alone and heard them declare."""
        stages = [stage for stage in Stage if stage is not Stage.board_alone]
        return {member for stage in stages for member, _ in self._cast(stage)}

    def cast_twice(self) -> dict[int, int]:
        """Who has cast more than one ballot at some stage, and how many."""
        counts = [Counter(member for member, _ in self._cast(stage)) for stage in Stage]
        return {member: many for count in counts for member, many in sorted(count.items()) if many > 1}

    def _cast(self, stage: Stage) -> Iterator[tuple[int, Vote]]:
        members, votes, stages = (self._of(BALLOT, name) for name in ("member", "vote", "stage"))
        return ((members[row], VOTES[votes[row]]) for row in members if stages[row] == stage)

    def closes_on(self) -> int:
        """The last day of voting at the stage, by the last call; 0 where none was called."""
        stages, days = self._of(MEETING, "stage"), self._of(MEETING, "closes_on")
        return next((days[row] for row in sorted(days, reverse=True) if stages[row] == self.stage), 0)

    def opinions(self) -> set[int]:
        """Whose opinions there are."""
        return set(self._of(OPINION, "director").values())

    def unheard(self) -> set[int]:
        """The independent directors who need not keep out, and have written nothing yet."""
        return set(self.organs.independent) - set(self.out) - self.opinions()

    def _of(self, table: Table, name: str) -> dict[int, int]:
        places = np.flatnonzero(self._column(table, "proposal") == self._proposal)
        values = self._column(table, name)
        values = self._ones.column(values) if name in table.people else values
        return {int(place): int(values[place]) for place in places.tolist() if place}


def reckoned(matter: Matter, quorum: Quorum) -> Stage:
    """Where the ballots lead, organ by organ, each individual's first one counted; an organ without ballots is next."""
    stage = Stage.committee
    while True:
        ballots = matter.ballots(stage)
        if stage in (Stage.approved, Stage.rejected) or not ballots:
            return stage
        stage = counted(stage, organs=matter.organs, out=matter.out, ballots=ballots, quorum=quorum).stage


def organs_in(column: Column, world: World, *, body: int, on: int, seen: int) -> Organs:
    """The organs of a body on a day."""
    seats = rows_in_force(column, COMMITTEE_SEAT, on=on, seen=seen, key=SEAT_KEY)
    return organs_of(world, seats, body=body)


def quorum_of(rules: RulePack, law: Law, *, on: int) -> Quorum:
    """The figures that decide a vote. Errors: RuleNotInForce."""
    vote = rules.value(id=law.rule("vote"), on=on)

    def house(name: str) -> Fraction:
        return rules.value(id=f"rpt.house.{name}", on=on).parameters.fraction("part")

    return Quorum(
        board=vote.parameters.fraction("part"),
        committee=house("committee_vote"),
        shareholders=house("shareholders_vote"),
        least=vote.count,
    )
