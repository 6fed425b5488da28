"""The bodies and the ownership of a group on a day as statements of BODS 0.4.

One statement for each body, for each fact one of its own, so that each has the source that it rests on. A stake that
is held for another is held by an arrangement of nomination between the two, as the standard wants it. Worked number:
two bodies and a stake are three statements; a pledge is none, since the standard has no word for it, and is counted.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, TypeAlias

import msgspec

from benyuan.assurance.group.bods.statements import (
    ENCODER,
    VERSION,
    Agent,
    Annotation,
    Entity,
    EntityType,
    Identifier,
    Interest,
    Jurisdiction,
    Kept,
    Name,
    Person,
    Publication,
    Relationship,
    Source,
    Statement,
    Unspecified,
    identified,
    share_of,
)
from benyuan.assurance.group.bods.words import (
    ARRANGEMENT,
    CODE_SCHEME,
    COUNTED,
    ID_CARD,
    NOMINATION,
    NOMINATOR,
    NOMINEE,
    OF_KIND,
    PLACE_NAMES,
    WORD_OF,
    Fact,
)
from benyuan.assurance.group.reading import columns_of, given_at_each
from benyuan.engine.group import Group
from benyuan.parties.bodies.records import BODY_BUSINESS
from benyuan.parties.bodies.vocabulary import BodyKind
from benyuan.parties.documents import DocumentKind
from benyuan.parties.ownership.dated import Row, rows_as_recorded, rows_in_force
from benyuan.parties.ownership.records import KEYS, OFFICE, STEERING
from benyuan.parties.ownership.state import BUSINESSES, POSTS, SORTS, STEERINGS, State, state_of
from benyuan.parties.ownership.vocabulary import Post, StakeSort, Steering
from benyuan.values.dates import from_yyyymmdd, local_day

SOURCE_FIELDS = ("source", "source_date", "invented", "name", "document")
NOTE = "what the standard has no field for"
SEALED = "name and document lie in the vault, which was not opened for this"
ERASED = "name and document have been erased"
Opened: TypeAlias = Mapping[int, Mapping[str, Any] | None]
"""By body what the vault holds of it; None where it was erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The statements, and how many facts of which sort the standard has no words for."""

    on: int
    seen: int
    statements: list[Statement]
    left_out: dict[str, int]


def opened_of(group: Group, *, seen: int) -> Opened:
    """What the vault holds of each body that is known at a position. Errors: VaultLocked, SealBroken."""
    positions = {
        body: position for body, position in enumerate(_positions(group).tolist()) if body and position <= seen
    }
    group.payloads.ready()
    read = group.payloads.read_all(list(positions.values()))
    return dict(zip(positions, read, strict=True))


def _positions(group: Group) -> Any:
    return group.records.tables["body"].column("position")


def exported(group: Group, *, on: int, seen: int, publisher: str, opened: Opened | None = None) -> Exported:
    """Ownership on a day (yyyymmdd), as known at a log position. Without `opened` nothing that is sealed is told."""
    column = columns_of(group)
    state = state_of(column, on=on, seen=seen)
    steered = rows_as_recorded(column, STEERING, key=KEYS[STEERING.name], on=on, seen=seen)
    powers = tuple(row for row in steered if row["part"])
    does = _business(group, on=on, seen=seen)
    posts = rows_as_recorded(column, OFFICE, key=KEYS[OFFICE.name], on=on, seen=seen)
    offices = tuple(row for row in posts if row["holds"])
    facts = (*state.held, *powers, *offices)
    positions = [*(body.position for body in state.bodies.values()), *(row["position"] for row in facts)]
    telling = _Telling(
        state=state,
        given=given_at_each(group, positions, names=SOURCE_FIELDS),
        does=does,
        opened=opened,
        publisher=publisher,
        published=_text(local_day(group.last_at)),
    )
    told = [
        *telling.bodies(),
        *telling.nominations(),
        *telling.stakes(),
        *telling.powers(powers),
        *telling.posts(offices),
    ]
    left_out = {
        "pledge": len(state.pledged),
        "agreement to vote alike": len(state.grounds.concerts),
        "tie of family": len(state.families),
        "individual with two documents": len({*state.ones.bodies.values()}),
    }
    return Exported(
        on=on, seen=seen, statements=told, left_out={what: count for what, count in left_out.items() if count}
    )


def _business(group: Group, *, on: int, seen: int) -> dict[int, Row]:
    """By body the row of what it does on the day; where nothing has begun yet the first that will."""
    column, key = columns_of(group), ("owner",)
    found: dict[int, Row] = {}
    for row in rows_in_force(column, BODY_BUSINESS, key=(*key, "from_date"), on=LAST_DAY, seen=seen):
        found.setdefault(row["owner"], row)
    return found | {row["owner"]: row for row in rows_in_force(column, BODY_BUSINESS, key=key, on=on, seen=seen)}


LAST_DAY = 99_991_231


@dataclass(frozen=True, slots=True, kw_only=True)
class _Telling:
    state: State
    given: Mapping[int, Mapping[str, Any]]
    does: Mapping[int, Row]
    opened: Opened | None
    publisher: str
    published: str

    def bodies(self) -> Iterator[Statement]:
        """One for each body and individual, in order."""
        for number, body in self.state.bodies.items():
            given, row = self.given[body.position], self.does[number]
            kept = Kept(
                kind="" if body.kind is BodyKind.individual else body.kind.value,
                place=body.place.value,
                business="" if body.kind is BodyKind.individual else BUSINESSES[row["business"]].value,
                from_date=_text(row["from_date"]),
                document=str(given.get("document", "")),
                invented=bool(given["invented"]),
            )
            sealed = None if self.opened is None else self.opened.get(number)
            details = (
                self._person(sealed, str(given.get("document", "")))
                if body.kind is BodyKind.individual
                else self._entity(number, str(given["name"]), sealed)
            )
            kind = "person" if body.kind is BodyKind.individual else "entity"
            yield self._statement(kind, record_of(number), record_of(number), details, body.position, kept, row)

    def _person(self, sealed: Mapping[str, Any] | None, document: str) -> Person:
        if sealed is None:
            why = Unspecified(
                reason="informationUnknownToPublisher", description=SEALED if self.opened is None else ERASED
            )
            return Person(is_component=False, person_type="anonymousPerson", unspecified_person_details=why)
        scheme = ID_CARD if document == DocumentKind.resident_id else ""
        return Person(
            is_component=False,
            person_type="knownPerson",
            names=[Name(type="legal", full_name=str(sealed["full_name"]))],
            identifiers=[Identifier(id=str(sealed["number"]), scheme=scheme, scheme_name=document)],
        )

    def _entity(self, number: int, name: str, sealed: Mapping[str, Any] | None) -> Entity:
        body = self.state.bodies[number]
        form, subtype = OF_KIND[body.kind]
        where, code = PLACE_NAMES[body.place]
        codes = [Identifier(id=str(sealed["code"]), scheme_name=CODE_SCHEME)] if sealed and sealed.get("code") else []
        return Entity(
            is_component=False,
            entity_type=EntityType(type=form, subtype=subtype, details=body.kind.value),
            name=name,
            jurisdiction=Jurisdiction(name=where, code=code),
            identifiers=codes,
        )

    def nominations(self) -> Iterator[Statement]:
        """For each two of whom one holds for the other: the arrangement, and who is who in it."""
        pairs: dict[tuple[int, int], Row] = {}
        for row in self.state.nominees:
            pairs.setdefault((row["owner"], row["nominee_of"]), row)
        for (nominee, nominator), row in sorted(pairs.items()):
            record = nomination_of(nominee, nominator)
            entity = Entity(is_component=False, entity_type=EntityType(type=ARRANGEMENT, subtype=NOMINATION))
            yield self._told("entity", record, record, entity, row)
            for word, party in ((NOMINEE, nominee), (NOMINATOR, nominator)):
                joined = Relationship(
                    is_component=False,
                    subject=record,
                    interested_party=record_of(party),
                    interests=[Interest(type=word, direct_or_indirect="direct")],
                )
                yield self._told("relationship", f"{record}-{word}", record, joined, row)

    def stakes(self) -> Iterator[Statement]:
        """Each stake that is held."""
        for row in self.state.held:
            holder = nomination_of(row["owner"], row["nominee_of"]) if row["nominee_of"] else record_of(row["owner"])
            yield self._fact(SORTS[row["sort"]], row, holder=holder, owner=row["owner"], subject=row["owned"])

    def powers(self, rows: Iterable[Row]) -> Iterator[Statement]:
        """Each power."""
        for row in rows:
            holder = record_of(row["holder"])
            yield self._fact(STEERINGS[row["steering"]], row, holder=holder, owner=row["holder"], subject=row["body"])

    def posts(self, rows: Iterable[Row]) -> Iterator[Statement]:
        """Each post."""
        for row in rows:
            holder = record_of(row["individual"])
            yield self._fact(POSTS[row["post"]], row, holder=holder, owner=row["individual"], subject=row["body"])

    def _fact(self, fact: Fact, row: Row, *, holder: str, owner: int, subject: int) -> Statement:
        counted = isinstance(fact, StakeSort) or (isinstance(fact, Steering) and fact in COUNTED)
        part = Fraction(row["part"], row["whole"]) if not isinstance(fact, Post) else None
        interest = Interest(
            type=WORD_OF[fact],
            direct_or_indirect="direct",
            details=fact.value,
            share=share_of(part) if counted and part is not None else None,
            start_date=_text(row["from_date"]),
        )
        details = Relationship(
            is_component=False, subject=record_of(subject), interested_party=holder, interests=[interest]
        )
        kept = Kept(fact=fact.value, part=row.get("part", 0), whole=row.get("whole", 0), invented=bool(row["invented"]))
        record = f"benyuan-{fact.value.replace('_', '-')}-{owner}-{subject}"
        return self._statement("relationship", record, record_of(subject), details, row["position"], kept, row)

    def _told(self, kind: str, record: str, subject: str, details: Any, row: Row) -> Statement:
        kept = Kept(invented=bool(row["invented"]))
        return self._statement(kind, record, subject, details, row["position"], kept, row)

    def _statement(
        self, kind: Any, record: str, subject: str, details: Any, position: int, kept: Kept, row: Mapping[str, int]
    ) -> Statement:
        given = self.given[position]
        source = None if kept.invented else Source(description=str(given["source"]))
        bare = Statement(
            statement_id="",
            statement_date=_text(int(given["source_date"]) or row["from_date"]),
            declaration_subject=subject,
            record_id=record,
            record_type=kind,
            record_details=msgspec.Raw(ENCODER.encode(details)),
            source=source,
            annotations=[_noted(kept)] if kept != Kept() else [],
        )
        publication = Publication(
            publication_date=self.published, bods_version=VERSION, publisher=Agent(name=self.publisher)
        )
        return msgspec.structs.replace(identified(bare, publisher=self.publisher), publication_details=publication)


def record_of(body: int) -> str:
    """The record of a body."""
    return f"benyuan-body-{body}"


def nomination_of(nominee: int, nominator: int) -> str:
    """The record of an arrangement by which one holds for another."""
    return f"benyuan-nomination-{nominee}-{nominator}"


def _noted(kept: Kept) -> Annotation:
    return Annotation(statement_pointer_target="", motivation="commenting", description=NOTE, benyuan=kept)


def _text(yyyymmdd: int) -> str:
    return str(from_yyyymmdd(yyyymmdd))
