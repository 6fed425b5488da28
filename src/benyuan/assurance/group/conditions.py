"""What holders and leaders of a holding company are asked that only documents show: met, failed, barred or not shown.

Sources: PBoC Order [2020] No. 4, arts. 8 to 12; PBoC Order [2021] No. 2, arts. 6, 8 to 12. Worked: a certificate good
until 20261231 meets its condition on that day and is told as expired on the next; a fact that bars goes before it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from benyuan.assurance.group.reading import Owned, columns_of, given_at, source_at
from benyuan.engine.group import Group
from benyuan.holding_company.conditions import (
    BACKGROUNDS,
    CONDITIONS,
    OF_NON_FINANCIAL,
    Answer,
    Condition,
    Evidence,
    Fact,
    Role,
    Told,
    conditions_of,
    told,
)
from benyuan.holding_company.records import ADVERSE_FACT, EVIDENCE_KEY, FACT_KEY, FITNESS_EVIDENCE
from benyuan.holding_company.vocabulary import EXECUTIVES, GOVERNED
from benyuan.parties.bodies.vocabulary import NO_FINANCE, BodyKind, Business
from benyuan.parties.ownership.dated import rows_in_force
from benyuan.parties.ownership.vocabulary import FAMILY_NUMBER, Family, Post
from benyuan.rules.places import Place

HEADS = {
    Post.head_of_finance: Role.head_of_finance,
    Post.head_of_risk: Role.head_of_risk,
    Post.head_of_compliance: Role.head_of_compliance,
    Post.head_of_audit: Role.head_of_audit,
}
INSURERS = frozenset({Business.life_insurance, Business.property_insurance, Business.reinsurance})
WHERE: Mapping[Condition, frozenset[Business]] = dict(
    zip(BACKGROUNDS, (frozenset({Business.commercial_bank}), frozenset({Business.securities}), INSURERS), strict=True)
)
"""What is controlled where a background is asked for."""
DIRECTORS = frozenset({Post.chair, Post.vice_chair, Post.director, Post.independent_director})
SPOUSE = FAMILY_NUMBER[Family.spouse]
ASKED = frozenset({BodyKind.authority, BodyKind.product})
"""Of whom nothing is asked."""


class ConditionTold(msgspec.Struct, frozen=True, kw_only=True):
    """One condition; `of`: directors or executives, where one of them must meet it. Days as yyyymmdd, 0 for none.

    `by`: the document or fact, with who issued, judged or found it; `until`: the last day, of a bar too; `after`: the
    document is of a later day than that from which the condition was asked (`asked_on`).
    """

    who: int
    of: str
    condition: str
    state: Answer
    by: str
    until: int
    asked_on: int
    after: bool
    place: Place


class Papers:
    """All documents that a holding company relies on and all facts, on a day as known at a position."""

    def __init__(self, group: Group, world: Owned, holding: int) -> None:
        self._group, self._world, self._holding = group, world, holding
        state, column = world.state, columns_of(group)
        shown = rows_in_force(column, FITNESS_EVIDENCE, key=EVIDENCE_KEY, on=state.on, seen=state.seen)
        facts = rows_in_force(column, ADVERSE_FACT, key=FACT_KEY, on=state.on, seen=state.seen)
        self._positions = {
            FITNESS_EVIDENCE.name: {row["id"]: row["position"] for row in shown},
            ADVERSE_FACT.name: {row["id"]: row["position"] for row in facts},
        }
        self._evidence: dict[int, list[Evidence]] = {}
        for row in shown:
            if row["holding"] == holding:
                self._evidence.setdefault(row["who"], []).append(
                    Evidence(
                        who=row["who"],
                        condition=CONDITIONS[row["condition"]],
                        number=row["id"],
                        met=bool(row["met"]),
                        from_date=row["from_date"],
                        until=row["until"],
                    )
                )
        self._facts: dict[int, list[Fact]] = {}
        for row in facts:
            if row["stands"]:
                found = {name: row[name] for name in ("who", "from_date", "over_on")}
                fact = Fact(condition=CONDITIONS[row["condition"]], number=row["id"], **found)
                self._facts.setdefault(row["who"], []).append(fact)

    def of(self, who: int, conditions: Iterable[Condition], *, asked_on: int = 0) -> list[ConditionTold]:
        """The conditions of one party. Errors: BadInput."""
        state = self._world.state
        spouses = {
            other
            for row in state.families
            for one, other in ((row["individual"], row["other"]), (row["other"], row["individual"]))
            if one == who and row["tie"] == SPOUSE
        }
        found = told(
            who,
            conditions,
            evidence=self._evidence.get(who, []),
            facts=[fact for each in (who, *sorted(spouses)) for fact in self._facts.get(each, [])],
            spouses=spouses,
            asked_on=asked_on,
            on=state.on,
            rules=self._group.regime.pack,
        )
        return [self._shown(each) for each in found]

    def holder(self, body: int, role: Role) -> list[ConditionTold]:
        """Of a shareholder or controller; of one whose business is finance what is asked of whoever holds."""
        each = self._world.state.bodies[body]
        if each.kind in ASKED:
            return []
        individual = each.kind is BodyKind.individual
        asked = conditions_of({role}, individual=individual)
        finance = not individual and each.business not in NO_FINANCE
        return self.of(body, [one for one in asked if not (finance and one in OF_NON_FINANCIAL)])

    def person(self, individual: int, posts: Collection[Post], *, since: int) -> list[ConditionTold]:
        """Of somebody with posts, held since a day."""
        roles = {HEADS[post] for post in posts if post in HEADS}
        roles |= {Role.leads} if GOVERNED & set(posts) else set()
        roles |= {Role.executive} if EXECUTIVES & set(posts) else set()
        roles |= {Role.independent} if Post.independent_director in posts else set()
        return self.of(individual, conditions_of(roles, individual=True), asked_on=since)

    def company(self, posts: Mapping[int, Collection[Post]]) -> Iterator[ConditionTold]:
        """Art. 10: one director and one executive who have led in each sector that is controlled. Errors: BadInput."""
        world = self._world
        controlled = {world.state.bodies[each].business for each in world.control.controlled_by(self._holding)}
        for condition, businesses in WHERE.items():
            for of, wanted in (("directors", DIRECTORS), ("executives", EXECUTIVES)):
                if businesses & controlled:
                    people = [who for who, held in sorted(posts.items()) if wanted & set(held)]
                    yield self._best(condition, people, of=of)

    def _best(self, condition: Condition, people: Sequence[int], *, of: str) -> ConditionTold:
        """How the one stands who shows it best; as not shown by the company, where nobody does."""
        order = (Answer.met, Answer.expired, Answer.failed, Answer.not_shown)
        found = [each for who in people for each in self.of(who, [condition])] or self.of(self._holding, [condition])
        best = min(found, key=lambda each: order.index(each.state))
        who = self._holding if best.state is Answer.not_shown else best.who
        return msgspec.structs.replace(best, of=of, who=who)

    def _shown(self, each: Told) -> ConditionTold:
        return ConditionTold(
            **{
                name: getattr(each, name)
                for name in ("who", "condition", "state", "until", "asked_on", "after", "place")
            },
            of="",
            by=self._by(each),
        )

    def _by(self, each: Told) -> str:
        """The paper in words."""
        if each.state is Answer.not_shown:
            return ""
        table, number = (ADVERSE_FACT, each.fact) if each.fact else (FITNESS_EVIDENCE, each.evidence)
        position = self._positions[table.name][number]
        given, source = given_at(self._group, position), source_at(self._group, position)
        whose = f"found by {given['authority']}" if each.fact else f"{given['issuer']}, judged by {given['judged_by']}"
        return f"{source}; {whose}"
