"""Proposals on related transactions of a body: where each stands, who voted how, who keeps out, what is left to do.

Sources: PBoC Order [2023] No. 1, arts. 18, 27; CBIRC Order 2022 No. 1, arts. 39, 45, 46, 49. Worked number: five
non-related directors, four in favour: 4 of 5, and two thirds are asked for.
"""

from typing import Any

import msgspec
import numpy as np

from benyuan.assurance.group.reading import body_of, columns_of
from benyuan.assurance.group.related import in_force_on
from benyuan.engine.group import Group
from benyuan.governance.related.matters import Matter, quorum_of, reckoned
from benyuan.governance.related.records import PROPOSAL, RELATED_TRANSACTION
from benyuan.governance.related.vocabulary import SORT_NUMBER, Stage, TransactionSort
from benyuan.governance.related.voting import counted, waiting
from benyuan.parties.ownership.state import state_of
from benyuan.values.dates import from_yyyymmdd, local_day
from benyuan.values.sums import exact_sum

SORTS = {number: TransactionSort(word) for word, number in SORT_NUMBER.items()}
DECIDED = (Stage.approved, Stage.rejected)


class Approval(msgspec.Struct, frozen=True, kw_only=True):
    """A proposal as it stands; amounts in fen, days as yyyymmdd, 0 for none.

    `recused`: who keeps out; `favour`, `against`, `abstain`: votes at this stage; `if_counted`: where it would go were
    the votes counted now; `waiting`: who may vote and has not, `closes_on`: the last day on which they may;
    `opinions_missing`: independent directors who have not written; `used_fen`: of the amount.

    `cast_twice`: individuals with two documents of whom two ballots were cast at one organ before that was stated;
    `conflicted`: who has voted and would have had to keep out by what is known now. Where there is either, `anew` is
    what the ballots come to with each individual's first one, on the day of the decision; else it is empty.
    """

    proposal: int
    party: int
    sort: str
    amount_fen: int
    used_fen: int
    framework: bool
    stage: str
    proposed_on: int
    decided_on: int
    recused: list[int]
    favour: list[int]
    against: list[int]
    abstain: list[int]
    if_counted: str
    waiting: list[int]
    closes_on: int
    opinions_missing: list[int]
    cast_twice: list[int]
    conflicted: list[int]
    anew: str

    @property
    def is_flawed(self) -> bool:
        """Whether it was decided as it would not be with each individual counted once."""
        return self.anew not in ("", self.stage)


def approvals_of(group: Group, body: int, *, on: int = 0) -> list[Approval]:
    """The proposals of a body that were made up to a day, as they stand now, in order. Errors: BadInput."""
    on, seen = on or local_day(group.last_at), group.position
    from_yyyymmdd(on)
    column = columns_of(group)
    body_of(state_of(column, on=on, seen=seen), body)
    mine = (column(PROPOSAL, "body") == body) & (column(PROPOSAL, "proposed_on") <= on)
    with in_force_on(on):
        return [_approval(group, number, on=on, seen=seen) for number in np.flatnonzero(mine).tolist()]


def _approval(group: Group, number: int, *, on: int, seen: int) -> Approval:
    column, rules = columns_of(group), group.regime.pack
    matter = Matter(column, rules, proposal=number, on=on, seen=seen)
    ballots = matter.ballots()
    quorum = quorum_of(rules, matter.law, on=on)
    count = counted(matter.stage, organs=matter.organs, out=matter.out, ballots=ballots, quorum=quorum)
    named: dict[str, Any] = {name: matter.row[name] for name in ("party", "amount_fen", "proposed_on", "decided_on")}
    over = matter.stage in DECIDED
    used = column(RELATED_TRANSACTION, "amount_fen")[column(RELATED_TRANSACTION, "approval") == number]
    cast: dict[str, Any] = {
        vote: sorted(member for member, each in ballots.items() if each.value == vote)
        for vote in ("favour", "against", "abstain")
    }
    return Approval(
        proposal=number,
        **named,
        sort=SORTS[matter.row["sort"]].value,
        used_fen=exact_sum(used),
        framework=bool(matter.row["framework"]),
        stage=matter.stage.name,
        recused=sorted(matter.out),
        **cast,
        if_counted="" if over else count.stage.name,
        waiting=sorted(waiting(matter.stage, organs=matter.organs, out=matter.out, ballots=ballots)),
        closes_on=matter.closes_on(),
        opinions_missing=[] if over else sorted(matter.unheard()),
        **_anew(group, number, matter, seen=seen),
    )


def _anew(group: Group, number: int, matter: Matter, *, seen: int) -> dict[str, Any]:
    """What counts differently because two documents turned out to be one individual's."""
    nothing: dict[str, Any] = {"cast_twice": [], "conflicted": [], "anew": ""}
    decided_on = matter.row["decided_on"]
    if not matter.has_ones:
        return nothing
    then = matter
    if decided_on:
        then = Matter(columns_of(group), group.regime.pack, proposal=number, on=decided_on, seen=seen)
    twice, out = sorted(then.cast_twice()), sorted(then.voters() & set(then.out)) if decided_on else []
    if not twice and not out:
        return nothing
    quorum = quorum_of(group.regime.pack, then.law, on=decided_on or then.on)
    return {"cast_twice": twice, "conflicted": out, "anew": reckoned(then, quorum).name}
