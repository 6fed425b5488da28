"""Statements of BODS turned into the commands of this group, nothing done yet: bodies first, then facts in order.

A fact begins with its interest, or, where that tells no day, with the day of the statement. Of facts that begin on one
day those by which less is held come first, so that no body is held by more than the whole on the way. Worked number: A
sells 30 of its 70 to B on 20260701: A's 40 of 100 is recorded before B's 30.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from benyuan.assurance.group.bods.fields import day, kept, source
from benyuan.assurance.group.bods.interests import KINDS, amount_of, ended, fact_of, words
from benyuan.assurance.group.bods.parties import registering
from benyuan.assurance.group.bods.reading import Details, Fault, Misfit, Read
from benyuan.assurance.group.bods.statements import Entity, Interest, Person, Relationship, Unspecified
from benyuan.assurance.group.bods.steps import Step
from benyuan.assurance.group.bods.words import NOMINATION, NOMINATOR, NOMINEE, Fact
from benyuan.parties.ownership.vocabulary import StakeSort, Steering

NOBODY = frozenset({"anonymousPerson", "unknownPerson", "anonymousEntity", "unknownEntity"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The commands in order. `untold`: statements that say of whom or what nothing is told, by reason."""

    bodies: list[Step] = field(default_factory=list)
    facts: list[Step] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    untold: dict[str, int] = field(default_factory=dict)


def planned(read: Sequence[Read], *, known: Mapping[str, int]) -> Plan:
    """The commands of a file; `known`: records that are bodies of this group already, by number."""
    plan = Plan()
    planner = _Planner(plan, known)
    ordered = sorted(read, key=lambda each: each.statement.statement_date)
    for work in (planner.parties, planner.nominations, planner.relationships):
        work(read if work == planner.parties else ordered)
    plan.facts[:] = in_order(plan.facts)
    plan.faults.sort(key=lambda each: each.line)
    return plan


def in_order(facts: Sequence[Step]) -> list[Step]:
    """By the day on which they begin; of one day those first by which something is given up."""
    found: list[tuple[int, bool, int, Step]] = []
    now: dict[tuple[str, ...], Fraction] = {}
    by_day = sorted(enumerate(facts), key=lambda item: (item[1].fields["from_date"], item[0]))
    for place, step in by_day:
        part = Fraction(step.fields["part"], step.fields["whole"]) if "part" in step.fields else Fraction(0)
        whose = (step.kind, *sorted(step.bodies.items()), step.fields.get("sort", ""))
        found.append((step.fields["from_date"], part >= now.get(whose, Fraction(0)), place, step))
        now[whose] = part
    found.sort(key=lambda item: item[:3])
    return [step for *_, step in found]


class _Planner:
    """Goes through the statements: who there is, who holds for whom, who holds what."""

    def __init__(self, plan: Plan, known: Mapping[str, int]) -> None:
        self._plan = plan
        self._known = known
        self._parties: dict[str, Details] = {}
        self._nobody: set[str] = set()
        self._nominations: dict[str, int] = {}
        self._sides: dict[tuple[str, str], str] = {}
        self._begun: dict[str, int] = {}

    def parties(self, read: Sequence[Read]) -> None:
        """A step for each body and individual."""
        for each in read:
            if not isinstance(each.details, Relationship):
                self._try(each, self._party)

    def nominations(self, read: Sequence[Read]) -> None:
        """Who holds for whom."""
        for each in read:
            if isinstance(each.details, Relationship) and each.details.subject in self._nominations:
                self._try(each, self._side)
        for record, line in self._nominations.items():
            for side in (NOMINEE, NOMINATOR):
                if (record, side) not in self._sides:
                    misfit = Misfit("recordId", record, f"an arrangement with one {side} among the statements")
                    self._plan.faults.append(misfit.on(line))

    def relationships(self, read: Sequence[Read]) -> None:
        """Steps for each interest."""
        for each in read:
            if isinstance(each.details, Relationship) and each.details.subject not in self._nominations:
                self._try(each, self._relationship)

    def _try(self, each: Read, work: Any) -> None:
        try:
            work(each)
        except Misfit as error:
            self._plan.faults.append(error.on(each.line))

    def _leave(self, why: str) -> None:
        self._plan.untold[why] = self._plan.untold.get(why, 0) + 1

    # ------------------------------------------------------------------------------------------------ parties

    def _party(self, each: Read) -> None:
        record, details = each.statement.record_id, each.details
        assert not isinstance(details, Relationship)
        if record in self._parties:
            if self._parties[record] != details:
                raise Misfit("recordId", record, "one statement of each body: a change of what it is called isn't kept")
            return
        self._parties[record] = details
        if isinstance(details, Entity) and details.entity_type.subtype == NOMINATION:
            self._nominations[record] = each.line
        elif record not in self._known:
            form = details.person_type if isinstance(details, Person) else details.entity_type.type
            if form in NOBODY:
                self._nobody.add(record)
                self._leave(f"{each.statement.record_type} of whom nothing is told")
            else:
                self._plan.bodies.append(registering(each, details))

    # ------------------------------------------------------------------------------------------ relationships

    def _side(self, each: Read) -> None:
        details = each.details
        assert isinstance(details, Relationship)
        for place, interest in enumerate(details.interests):
            if interest.type not in (NOMINEE, NOMINATOR):
                raise Misfit(f"recordDetails.interests[{place}].type", interest.type, f"{NOMINEE} or {NOMINATOR}")
            record = self._record(details.interested_party, "recordDetails.interestedParty")
            if record is None:
                raise Misfit("recordDetails.interestedParty", "", "somebody: who holds for whom has to be told")
            before = self._sides.setdefault((str(details.subject), interest.type), record)
            if before != record:
                raise Misfit("recordDetails.interestedParty", record, f"one {interest.type} of an arrangement")

    def _relationship(self, each: Read) -> None:
        details, statement = each.details, each.statement
        assert isinstance(details, Relationship)
        party = details.interested_party
        nominated = party if isinstance(party, str) and party in self._nominations else ""
        owner = self._sides.get((nominated, NOMINEE)) if nominated else self._record(
            party, "recordDetails.interestedParty"
        )  # fmt: skip
        owned = self._record(details.subject, "recordDetails.subject")
        if owner is None or owned is None:
            self._leave("relationship with somebody of whom nothing is told")
            return
        if all(interest.direct_or_indirect == "indirect" for interest in details.interests) and (
            details.component_records
        ):
            self._leave("indirect relationship, reckoned here from its components")
            return
        made = [
            step
            for place, interest in enumerate(details.interests)
            for step in self._steps(each, place, interest, owner=owner, owned=owned, nominated=nominated)
        ]
        if not details.interests:
            raise Misfit("recordDetails.interests", "", "at least one interest")
        self._plan.facts.extend(made)
        self._begun[statement.record_id] = each.line

    def _record(self, who: str | Unspecified, where: str) -> str | None:
        """The record, None where nothing is told of it. Errors: Misfit where it is in no statement."""
        if isinstance(who, Unspecified) or who in self._nobody:
            return None
        if who not in self._parties and who not in self._known:
            raise Misfit(where, who, "the record of a statement in this file, or one that --known names")
        return who

    def _steps(
        self, each: Read, place: int, interest: Interest, *, owner: str, owned: str, nominated: str
    ) -> Iterator[Step]:
        statement, at = each.statement, f"recordDetails.interests[{place}]"
        told = kept(statement)
        fact = fact_of(interest, told, at)
        amount = amount_of(fact, interest.share, told, at)
        starts = day(interest.start_date or statement.statement_date, f"{at}.startDate")
        again = statement.record_id in self._begun
        if again and starts < day(statement.statement_date, "statementDate"):
            starts = day(statement.statement_date, "statementDate")
        closed = statement.record_status == "closed"
        ends = day(interest.end_date, f"{at}.endDate") if interest.end_date else 0
        if closed and not ends:
            ends = day(statement.statement_date, "statementDate")
        key, where_from = f"{statement.statement_id}/{place}", source(statement)
        whose = self._whose(fact, owner=owner, owned=owned, nominated=nominated, at=at)
        if not (again and closed):
            fields = {**words(fact), **amount, "from_date": starts, **where_from}
            yield Step(line=each.line, key=key, kind=KINDS[type(fact)], fields=fields, bodies=whose)
        if ends:
            fields = {**words(fact), **ended(fact, amount), "from_date": ends, **where_from}
            yield Step(line=each.line, key=f"{key}/end", kind=KINDS[type(fact)], fields=fields, bodies=whose)

    def _whose(self, fact: Fact, *, owner: str, owned: str, nominated: str, at: str) -> dict[str, str]:
        if isinstance(fact, StakeSort):
            for_whom = {"nominee_of": self._sides[nominated, NOMINATOR]} if nominated else {}
            return {"owner": owner, "owned": owned, **for_whom}
        if nominated:
            raise Misfit(f"{at}.type", fact.value, "shares or votes, where one holds for another")
        return {"holder" if isinstance(fact, Steering) else "individual": owner, "body": owned}
