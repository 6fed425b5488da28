"""Which body a book is of, which order binds it, and who is related to it on a day: kept until ownership changes.

Sources: PBoC Order [2023] No. 1, arts. 2, 6 to 10; CBIRC Order 2022 No. 1, arts. 2, 5 to 9. Reckoned from the whole of
ownership, once for each state of it, day and body. A business, or a control, that held when the day began binds all
that day: worked, a business that is recorded as gone and back on 1 May binds on 1 May in between too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from benyuan.decisions.books import Books
from benyuan.governance.related.assessing import binding, is_insider
from benyuan.governance.related.laws import HOLDING, Law
from benyuan.governance.related.records import RELATED_DECLARATION
from benyuan.governance.related.register import Register, RelatedParty, register_of
from benyuan.governance.related.together import counted_with
from benyuan.governance.related.world import World, world_of
from benyuan.parties.bodies.records import BODY, BODY_BUSINESS
from benyuan.parties.bodies.same import SAME_INDIVIDUAL
from benyuan.parties.bodies.vocabulary import Business
from benyuan.parties.ownership.records import (
    CONCERT_MEMBER,
    CONCERT_TERMS,
    FAMILY_TIE,
    OFFICE,
    PLEDGE,
    STAKE,
    STEERING,
)
from benyuan.rules import RuleNotInForce, RulePack
from benyuan.values.dates import add_calendar_days

OWNERSHIP = (
    *(BODY, BODY_BUSINESS, STAKE, CONCERT_TERMS, CONCERT_MEMBER, STEERING, PLEDGE, OFFICE, FAMILY_TIE),
    SAME_INDIVIDUAL,
)
REGISTER = (*OWNERSHIP, RELATED_DECLARATION)
"""All tables that say who is related to whom, and who is one individual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A body that an order binds, the holding company above it, and who is related to it; `world`: of the day.

    `insiders`: of those the ones whose transactions its organs decide on whatever they come to. `businesses`: what the
    body does, and did when the day began.
    """

    body: int
    law: Law
    holding: int
    world: World
    related: frozenset[int]
    insiders: frozenset[int]
    businesses: frozenset[Business]
    _joined: dict[int, frozenset[int]] = field(default_factory=dict, compare=False)

    def joined(self, party: int) -> frozenset[int]:
        """All whose acts count together with those of a party, by way of whomever."""
        if party not in self._joined:
            self._joined[party] = frozenset().union(*counted_with(self.world, party, body=self.body))
        return self._joined[party]


class Sides:
    """The bodies of books on a day (yyyymmdd), as known at a log position, by the rules of that day."""

    def __init__(self, books: Books, rules: RulePack, *, on: int, seen: int) -> None:
        self._books, self._rules, self._on, self._seen = books, rules, on, seen

    def bodies(self, book: int) -> list[int]:
        """Whose a book is on the day, or was when it began; nobody's before the rules on control."""
        try:
            worlds = [self.world(), self._before()]
        except RuleNotInForce:
            return []
        found = (body for world in worlds for body, each in world.state.bodies.items() if book and each.book == book)
        return list(dict.fromkeys(found))

    def of(self, body: int) -> list[Side]:
        """The body under each order that binds it on the day, or did when it began; none before the orders."""
        made = []
        for law, holding in dict.fromkeys(binding(world, body) for world in (self.world(), self._before())):
            if law is not None:
                try:
                    made.append(self._side(body, law, holding))
                except RuleNotInForce:
                    continue
        return made

    def world(self) -> World:
        """The world of the day."""
        return self._world(self._on)

    def _before(self) -> World:
        """That with which it began, by the rules of the day."""
        return self._world(add_calendar_days(self._on, -1))

    def _world(self, day: int) -> World:
        def make() -> World:
            return world_of(self._books.column, self._rules, on=day, seen=self._seen, law_on=self._on)

        made: World = self._books.kept("worlds", OWNERSHIP, self._rules, (day, self._on), make)
        return made

    def _side(self, body: int, law: Law, holding: int) -> Side:
        def make() -> Side:
            grounds: dict[int, list[RelatedParty]] = {}
            for register in self._registers(law, body, holding):
                mine = {party: register.of(party) for party in {each.party for each in register.entries} - {*grounds}}
                grounds |= mine
            world, rules = self.world(), self._rules
            insiders = [party for party, of in grounds.items() if is_insider(world, rules, law, of, on=self._on)]
            return Side(
                body=body,
                law=law,
                holding=holding,
                world=world,
                related=frozenset(grounds),
                insiders=frozenset(insiders),
                businesses=frozenset(
                    each.business(body) for each in (world, self._before()) if body in each.state.bodies
                ),
            )

        key = (self._on, body, law.number, holding)
        made: Side = self._books.kept("sides", REGISTER, self._rules, key, make)
        known = replace(made.world, state=replace(made.world.state, seen=self._seen))  # other tables have gone on
        return replace(made, world=known)

    def _registers(self, law: Law, body: int, holding: int) -> Iterator[Register]:
        """Its own register, and that of the holding company above it, once that has one."""
        asked = [(body, law)]
        if holding not in (0, body) and self._rules.rule(HOLDING.rule("parties")).in_force(on=self._on):
            asked.append((holding, HOLDING))
        for whose, of in asked:
            yield register_of(
                self._books.column, self._rules, body=whose, law=of, on=self._on, seen=self._seen, today=self.world()
            )
