"""What a related customer did, graded as a related transaction, and what covers it: for the report and for the gate.

Sources: PBoC Order [2023] No. 1, arts. 14 to 16, 26 to 28; CBIRC Order 2022 No. 1, arts. 14, 23, 57. An act is covered
by a transaction that the body recorded with that party (and counts in that one), else by a framework, else, where it is
major, by an approval. Worked number: a loan of 700.00 under a recorded transaction of 1,000.00 leaves 300.00 of it for
the next; one of 300.01 counts by itself.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from benyuan.governance.related.assessing import Base, Held, base_of
from benyuan.governance.related.grading import Asked, graded
from benyuan.governance.related.laws import Law, base_day, standard_of
from benyuan.governance.related.records import PROPOSAL, RELATED_FRAMEWORK, RELATED_TRANSACTION
from benyuan.governance.related.together import counted_with
from benyuan.governance.related.vocabulary import SORT_NUMBER, Grade, Stage, TransactionSort
from benyuan.governance.related.world import World
from benyuan.parties.ownership.dated import Column
from benyuan.rules import RulePack
from benyuan.usecases.related.acts import A_YEAR, FINANCE, Act
from benyuan.values.dates import add_calendar_days

EVER = 99_991_231  # tidy: number a day after all others


@dataclass(frozen=True, slots=True, kw_only=True)
class Treated:
    """How an act is treated. `grade`: empty without a figure to measure by, where it has an amount.

    `cover`: `transaction`, `framework` or `approval`, empty for none. `year_fen`: the sum that it was tested by.
    `insider`: the organs decide on it whatever it comes to (Order 2022 No. 1, art. 45).
    """

    act: Act
    grade: str
    cover: str
    year_fen: int = 0
    base_fen: int = 0
    insider: bool = False

    @property
    def asks(self) -> bool:
        """Whether it needs an approval of its own, where nothing else covers it."""
        return self.grade == Grade.major.name or (self.insider and self.grade == Grade.ordinary.name)

    @property
    def open_fen(self) -> int:
        """What somebody would have to approve."""
        return self.act.amount_fen if (self.asks or not self.grade) and not self.cover else 0


@dataclass(slots=True, kw_only=True)
class Pot:
    """What covers acts from a day until a day, and the fen that are left of it; `grade`: of a recorded transaction."""

    since: int
    until: int
    left_fen: int
    grade: str = ""


class Pots:
    """What covers acts of one sort with one party, used up in order."""

    def __init__(
        self, column: Column, held: Held, *, body: int, party: int, sort: TransactionSort, seen: int, gone_fen: int
    ) -> None:
        number = SORT_NUMBER[sort]
        frames, proposals = (Held(column, table, seen=seen) for table in (RELATED_FRAMEWORK, PROPOSAL))
        deals = (held["body"] == body) & (held["reaches"] == party) & (held["sort"] == number)
        deals &= (held["grade"] != Grade.unrelated) & ((held["gives"] != 0) | (sort is not FINANCE))
        self.transactions = [
            Pot(
                since=int(held["signed_on"][place]),
                until=EVER,
                left_fen=int(held["amount_fen"][place]),
                grade=Grade(int(held["grade"][place])).name,
            )
            for place in np.flatnonzero(deals).tolist()
        ]
        framed = (frames["body"] == body) & (frames["party"] == party) & (frames["sort"] == number)
        self.frameworks = [
            Pot(
                since=max(int(frames["from_date"][place]), int(frames["signed_on"][place])),
                until=min(int(frames["until"][place]), renewed(frames, int(frames.ids[place]))),
                left_fen=int(frames["amount_fen"][place])
                - gone_fen
                - held.sum_where(held["framework"] == frames.ids[place]),
            )
            for place in np.flatnonzero(framed).tolist()
        ]
        stands = (proposals["body"] == body) & (proposals["party"] == party) & (proposals["sort"] == number)
        stands &= (proposals["stage"] == Stage.approved) & (proposals["framework"] == 0)
        self.approvals = [
            Pot(
                since=int(proposals["decided_on"][place]),
                until=EVER,
                left_fen=int(proposals["amount_fen"][place]) - held.sum_where(held["approval"] == proposals.ids[place]),
            )
            for place in np.flatnonzero(stands).tolist()
        ]


def renewed(frames: Held, framework: int) -> int:
    """The last day before another framework takes the place of one."""
    begins = frames["from_date"][frames["renews"] == framework]
    return add_calendar_days(int(begins.min()), -1) if len(begins) else EVER


def taken(pots: Sequence[Pot], *, on: int, fen: int) -> Pot | None:
    """The first of them that holds so much on a day, once that is taken out of it; None where none does."""
    for pot in pots:
        if fen and pot.since <= on <= pot.until and pot.left_fen >= fen:
            pot.left_fen -= fen
            return pot
    return None


class Grades:
    """Grades a body's acts in their order. `joint`: by the other body, the year's joint loans in fen.

    `insiders`: the parties on whose transactions the organs decide whatever they come to.
    """

    def __init__(
        self,
        column: Column,
        rules: RulePack,
        world: World,
        *,
        law: Law,
        body: int,
        joint: Mapping[int, int],
        insiders: Collection[int],
    ) -> None:
        self._column, self._rules, self._world, self._law, self._body = column, rules, world, law, body
        self._held = Held(column, RELATED_TRANSACTION, seen=world.state.seen)
        self._joint, self._insiders = joint, insiders
        self._done: list[tuple[int, int, int]] = []
        self._pots: dict[tuple[int, TransactionSort], Pots] = {}
        self._together: dict[int, list[frozenset[int]]] = {}
        self._bases: dict[int, Base | None] = {}

    @property
    def plain(self) -> bool:
        """Whether nobody whose acts were treated has two things that could cover one."""
        return all(
            len(pots.transactions) + len(pots.frameworks) + len(pots.approvals) <= 1 for pots in self._pots.values()
        )

    def treat(self, acts: Iterable[Act]) -> list[Treated]:
        """How acts are treated, in order; those of days before the order's own rules are left out."""
        rules = [self._rules.rule(name) for name in (self._law.rule("exempt"), *self._law.major)]
        return [self._treated(act) for act in acts if all(rule.in_force(on=act.on) for rule in rules)]

    def _treated(self, act: Act) -> Treated:
        pots = self._pots_of(act)
        if pot := taken(pots.transactions, on=act.on, fen=act.amount_fen):
            return Treated(act=act, grade=pot.grade, cover="transaction")
        within = taken(pots.frameworks, on=act.on, fen=act.amount_fen) is not None
        found = self._assessed(act, within=within)
        self._done.append((act.on, act.party, act.amount_fen))
        if within:
            return replace(found, cover="framework")
        approved = found.asks and taken(pots.approvals, on=act.on, fen=act.amount_fen)
        return replace(found, cover="approval" if approved else "")

    def _pots_of(self, act: Act) -> Pots:
        key = act.party, act.sort
        if key not in self._pots:
            gone = self._joint.get(act.party, 0) if act.sort is FINANCE else 0
            seen = self._world.state.seen
            self._pots[key] = Pots(
                self._column, self._held, body=self._body, party=act.party, sort=act.sort, seen=seen, gone_fen=gone
            )
        return self._pots[key]

    def _assessed(self, act: Act, *, within: bool) -> Treated:
        base = self._base(act.on)
        if base is None:
            return Treated(act=act, grade="" if act.amount_fen else Grade.exempt.name, cover="")
        if act.party not in self._together:
            self._together[act.party] = counted_with(self._world, act.party, body=self._body)
        exempt = self._rules.value(id=self._law.rule("exempt"), on=act.on).parameters
        insider = act.party in self._insiders and act.amount_fen > 0
        asked = Asked(
            amount_fen=act.amount_fen,
            base_fen=base.fen,
            years=[self._before(members, act.on) for members in self._together[act.party]],
            small_fen=0 if insider else exempt.fen("individual" if self._world.is_individual(act.party) else "body"),
            in_framework=within,
        )
        found = graded(asked, standard=standard_of(self._rules, self._law, on=act.on))
        return Treated(
            act=act, grade=found.grade.name, cover="", year_fen=found.year_fen, base_fen=base.fen, insider=insider
        )

    def _base(self, on: int) -> Base | None:
        day = base_day(self._law, on=on)
        if day not in self._bases:
            seen = self._world.state.seen
            self._bases[day] = base_of(self._column, self._law, body=self._body, on=on, seen=seen)
        return self._bases[day]

    def _before(self, members: frozenset[int], on: int) -> list[int]:
        """The year's amounts before, in order; joint loans as if they had come first."""
        held = self._held
        mine = (held["body"] == self._body) & (held["signed_on"] // A_YEAR == on // A_YEAR)
        mine &= (held["signed_on"] <= on) & (held["grade"] != Grade.unrelated) & np.isin(held["reaches"], list(members))
        recorded = zip(held["signed_on"][mine].tolist(), held["amount_fen"][mine].tolist(), strict=True)
        rows = [*recorded, *((day, fen) for day, party, fen in self._done if party in members)]
        first = sum(fen for party, fen in self._joint.items() if party in members)
        return [first, *(fen for _, fen in sorted(rows, key=lambda row: row[0]))]
