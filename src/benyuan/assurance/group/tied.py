"""What a related customer of a body's own firm did, graded as a related transaction, and whether anything covers it.

Sources: PBoC Order [2023] No. 1, arts. 14 to 16, 26 to 28; CBIRC Order 2022 No. 1, arts. 14, 23, 57. A customer's draw
asks for nothing; so it is told here on the same day, and what one customer did on a day counts as one. It is covered by
a transaction that the body recorded with that party (and counts in that one), else by a framework, else, where it is
major, by an approval. Worked number: a loan of 700.00 under a recorded transaction of 1,000.00 leaves 300.00 of it for
the next; one of 300.01 counts by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from benyuan.assurance.group.reading import columns_of, names_of
from benyuan.engine.group import Group
from benyuan.governance.related.assessing import is_insider
from benyuan.governance.related.laws import HOLDING, Law
from benyuan.governance.related.register import register_of
from benyuan.governance.related.vocabulary import Grade
from benyuan.governance.related.world import World
from benyuan.usecases.related.act_grades import Grades
from benyuan.usecases.related.acts import Year, acts_of

ABOVE = HOLDING.rule("parties")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A body on the world's day, its order and holding company; `joint`: by the other body, the year's joint loans."""

    world: World
    law: Law
    holding: int
    body: int
    joint: Mapping[int, int]


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
    insider: bool

    @property
    def counts_fen(self) -> int:
        """What it adds to the year's sum."""
        return 0 if self.cover == "transaction" else self.amount_fen

    @property
    def open_fen(self) -> int:
        """What somebody would have had to approve."""
        asks = self.grade in ("", Grade.major.name) or (self.insider and self.grade == Grade.ordinary.name)
        return self.amount_fen if asks and not self.cover else 0


def tied_of(group: Group, asked: Asking) -> Iterator[Tied]:
    """What related customers did in the year of the world's day, up to it, by the register of that day.

    On days before the order's own rules nothing is told.
    """
    state = asked.world.state
    year = Year(books=group.books(), on=state.on, seen=state.seen)
    acts = acts_of(year, book=state.bodies[asked.body].book)
    related = _related(group, asked, parties={act.party for act in acts})
    names = names_of(group, state, sorted(related))
    column, rules = columns_of(group), group.regime.pack
    insiders = {party for party, insider in related.items() if insider}
    grades = Grades(column, rules, asked.world, law=asked.law, body=asked.body, joint=asked.joint, insiders=insiders)
    for each in grades.treat(act for act in acts if act.party in related):
        act = each.act
        yield Tied(
            party=act.party,
            name=names[act.party],
            customer=act.customer,
            what=act.what,
            sort=act.sort.value,
            on=act.on,
            count=act.count,
            amount_fen=act.amount_fen,
            grade=each.grade,
            cover=each.cover,
            insider=each.insider,
        )


def _related(group: Group, asked: Asking, *, parties: set[int]) -> dict[int, bool]:
    """Who of them is related by the body's own register, or by that of its holding company; whether as an insider."""
    if not parties:
        return {}
    world, law, body, holding = asked.world, asked.law, asked.body, asked.holding
    column, rules, on, seen = columns_of(group), group.regime.pack, world.state.on, world.state.seen
    own = register_of(column, rules, body=body, law=law, on=on, seen=seen, today=world)
    found = {party: own.of(party) for party in parties}
    if holding and holding != body and not all(found.values()) and rules.rule(ABOVE).in_force(on=on):
        above = register_of(column, rules, body=holding, law=HOLDING, on=on, seen=seen, today=world)
        found = {party: grounds or above.of(party) for party, grounds in found.items()}
    return {party: is_insider(world, rules, law, grounds, on=on) for party, grounds in found.items() if grounds}
