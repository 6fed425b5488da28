"""What a related customer of a body's own firm did, graded as a related transaction, and whether anything covers it.

Sources: PBoC Order [2023] No. 1, arts. 14 to 16, 26 to 28; CBIRC Order 2022 No. 1, arts. 14, 23, 57. A customer's draw
asks for nothing; so it is told here on the same day, and what one customer did on a day counts as one. It is covered by
a transaction that the body recorded with that party (and counts in that one), else by a framework, else, where it is
major, by an approval. Worked number: a loan of 700.00 under a recorded transaction of 1,000.00 leaves 300.00 of it for
the next; one of 300.01 counts by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from benyuan.assurance.group.acts import FINANCE, Act, acts_of
from benyuan.assurance.group.joint import A_YEAR
from benyuan.assurance.group.reading import columns_of, names_of
from benyuan.engine.group import Group
from benyuan.governance.related.assessing import Base, Held, base_of
from benyuan.governance.related.grading import Asked, graded
from benyuan.governance.related.laws import HOLDING, Law, base_day, standard_of
from benyuan.governance.related.records import PROPOSAL, RELATED_FRAMEWORK
from benyuan.governance.related.register import register_of
from benyuan.governance.related.together import counted_with
from benyuan.governance.related.vocabulary import SORT_NUMBER, Grade, Stage, TransactionSort
from benyuan.governance.related.world import World
from benyuan.rules import RulePack

EVER = 99_991_231


class Tied(msgspec.Struct, frozen=True, kw_only=True):
    """What a customer who is a related party did on a day, `count` times, amounts in fen.

    `grade`: empty without a figure to measure by, where it has an amount. `cover`: `transaction`, `framework` or
    `approval`, empty for none; what a recorded transaction covers counts in that one.
    """

    party: int
    name: str
    customer: str
    what: str
    sort: str
    on: int
    count: int
    amount_fen: int
    grade: str
    cover: str

    @property
    def counts_fen(self) -> int:
        """What it adds to the year's sum."""
        return 0 if self.cover == "transaction" else self.amount_fen

    @property
    def open_fen(self) -> int:
        """What somebody would have had to approve."""
        return self.amount_fen if self.grade in ("", Grade.major.name) and not self.cover else 0


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
        self, group: Group, held: Held, *, body: int, party: int, sort: TransactionSort, seen: int, gone_fen: int
    ) -> None:
        number = SORT_NUMBER[sort]
        frames, proposals = (Held(columns_of(group), table, seen=seen) for table in (RELATED_FRAMEWORK, PROPOSAL))
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
                since=int(frames["from_date"][place]),
                until=int(frames["until"][place]),
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


def taken(pots: Sequence[Pot], *, on: int, fen: int) -> Pot | None:
    """The first of them that holds so much on a day, once that is taken out of it; None where none does."""
    for pot in pots:
        if fen and pot.since <= on <= pot.until and pot.left_fen >= fen:
            pot.left_fen -= fen
            return pot
    return None


class Grading:
    """Grades a body's acts in their order. `joint`: by the other body, the year's joint loans in fen."""

    def __init__(
        self, group: Group, world: World, held: Held, *, law: Law, body: int, joint: Mapping[int, int]
    ) -> None:
        self._group, self._world, self._held, self._law, self._body = group, world, held, law, body
        self._joint = joint
        self._rules: RulePack = group.regime.pack
        self._done: list[tuple[int, int, int]] = []
        self._pots: dict[tuple[int, TransactionSort], Pots] = {}
        self._together: dict[int, list[frozenset[int]]] = {}
        self._bases: dict[int, Base | None] = {}

    def grade(self, act: Act) -> tuple[str, str]:
        """(grade, cover) of the next act."""
        pots = self._pots_of(act)
        if pot := taken(pots.transactions, on=act.on, fen=act.amount_fen):
            return pot.grade, "transaction"
        within = taken(pots.frameworks, on=act.on, fen=act.amount_fen) is not None
        grade = self._assessed(act, within=within)
        self._done.append((act.on, act.party, act.amount_fen))
        if within:
            return grade, "framework"
        approved = grade == Grade.major.name and taken(pots.approvals, on=act.on, fen=act.amount_fen)
        return grade, "approval" if approved else ""

    def _pots_of(self, act: Act) -> Pots:
        key = act.party, act.sort
        if key not in self._pots:
            gone = self._joint.get(act.party, 0) if act.sort is FINANCE else 0
            seen = self._world.state.seen
            self._pots[key] = Pots(
                self._group, self._held, body=self._body, party=act.party, sort=act.sort, seen=seen, gone_fen=gone
            )
        return self._pots[key]

    def _assessed(self, act: Act, *, within: bool) -> str:
        base = self._base(act.on)
        if base is None:
            return "" if act.amount_fen else Grade.exempt.name
        if act.party not in self._together:
            self._together[act.party] = counted_with(self._world, act.party, body=self._body)
        exempt = self._rules.value(id=self._law.rule("exempt"), on=act.on).parameters
        asked = Asked(
            amount_fen=act.amount_fen,
            base_fen=base.fen,
            years=[self._before(members, act.on) for members in self._together[act.party]],
            small_fen=exempt.fen("individual" if self._world.is_individual(act.party) else "body"),
            in_framework=within,
        )
        return graded(asked, standard=standard_of(self._rules, self._law, on=act.on)).grade.name

    def _base(self, on: int) -> Base | None:
        day = base_day(self._law, on=on)
        if day not in self._bases:
            column, seen = columns_of(self._group), self._world.state.seen
            self._bases[day] = base_of(column, self._law, body=self._body, on=on, seen=seen)
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


def tied_of(
    group: Group, world: World, held: Held, *, law: Law, holding: int, body: int, joint: Mapping[int, int]
) -> Iterator[Tied]:
    """What related customers did in the year of the world's day, up to it, by the register of that day.

    On days before the order's own rules nothing is told.
    """
    acts = acts_of(group, world, body=body)
    related = _related(group, world, law=law, holding=holding, body=body, parties={act.party for act in acts})
    names = names_of(group, world.state, sorted(related))
    rules = [group.regime.pack.rule(name) for name in (law.rule("exempt"), *law.major)]
    grading = Grading(group, world, held, law=law, body=body, joint=joint)
    for act in acts:
        if act.party in related and all(rule.in_force(on=act.on) for rule in rules):
            grade, cover = grading.grade(act)
            yield Tied(
                party=act.party,
                name=names[act.party],
                customer=act.customer,
                what=act.what,
                sort=act.sort.value,
                on=act.on,
                count=act.count,
                amount_fen=act.amount_fen,
                grade=grade,
                cover=cover,
            )


def _related(group: Group, world: World, *, law: Law, holding: int, body: int, parties: set[int]) -> set[int]:
    """Who of them is related by the body's own register, or by that of its holding company."""
    if not parties:
        return set()
    column, rules, on, seen = columns_of(group), group.regime.pack, world.state.on, world.state.seen
    own = register_of(column, rules, body=body, law=law, on=on, seen=seen, today=world)
    found = {party for party in parties if own.of(party)}
    if holding and holding != body and found != parties and rules.rule(HOLDING.rule("parties")).in_force(on=on):
        above = register_of(column, rules, body=holding, law=HOLDING, on=on, seen=seen, today=world)
        found |= {party for party in parties if above.of(party)}
    return found
