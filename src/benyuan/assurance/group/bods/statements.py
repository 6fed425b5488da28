"""Statements of BODS 0.4 as they are written and read: those fields of the standard that are kept here.

Source: Open Ownership, Beneficial Ownership Data Standard 0.4, schema/*.json. What the standard has no field for stands
in an annotation of the statement, which the standard allows to have properties of its own. Worked number: 1 of 3 is no
exact percentage; it is more than 33.3333333333 and less than 33.3333333334, and the annotation says 1 of 3.
"""

import hashlib
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeAlias

import msgspec

VERSION = "0.4"
HUNDRED, PLACES = 100, 10
STEP = 10**PLACES
Many: TypeAlias = list[str]


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What all parts of a statement share: names as the standard writes them, nothing written that is not there."""


class Jurisdiction(Part, frozen=True, kw_only=True):
    """A country or a part of one."""

    name: str
    code: str = ""


class Identifier(Part, frozen=True, kw_only=True):
    """A number by which somebody gives out."""

    id: str = ""
    scheme: str = ""
    scheme_name: str = ""


class Unspecified(Part, frozen=True, kw_only=True):
    """Why nothing is said of somebody."""

    reason: str
    description: str = ""


class EntityType(Part, frozen=True, kw_only=True):
    """The form of an entity."""

    type: str
    subtype: str = ""
    details: str = ""


class Entity(Part, frozen=True, kw_only=True):
    """What an entity is."""

    is_component: bool
    entity_type: EntityType
    name: str = ""
    jurisdiction: Jurisdiction | None = None
    identifiers: list[Identifier] = []
    founding_date: str = ""
    unspecified_entity_details: Unspecified | None = None


class Name(Part, frozen=True, kw_only=True):
    """A name of a person."""

    type: str = ""
    full_name: str


class Person(Part, frozen=True, kw_only=True):
    """Who a person is."""

    is_component: bool
    person_type: str
    names: list[Name] = []
    identifiers: list[Identifier] = []
    unspecified_person_details: Unspecified | None = None


class Share(Part, frozen=True, kw_only=True):
    """A part in per cent."""

    exact: Decimal | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    exclusive_minimum: Decimal | None = None
    exclusive_maximum: Decimal | None = None


class Interest(Part, frozen=True, kw_only=True):
    """One interest of a party in a subject."""

    type: str = ""
    direct_or_indirect: str = ""
    details: str = ""
    share: Share | None = None
    start_date: str = ""
    end_date: str = ""


class Relationship(Part, frozen=True, kw_only=True):
    """The interests that one has in another."""

    is_component: bool
    component_records: Many = []
    subject: str | Unspecified
    interested_party: str | Unspecified
    interests: list[Interest] = []


class Kept(Part, frozen=True, kw_only=True):
    """What is kept here and has no field in the standard.

    `fact`: which sort of stake, which power or which post; `part` of `whole`: the exact part; `invented`: no document.
    """

    kind: str = ""
    place: str = ""
    business: str = ""
    from_date: str = ""
    document: str = ""
    fact: str = ""
    part: int = 0
    whole: int = 0
    invented: bool = False


class Annotation(Part, frozen=True, kw_only=True):
    """A note on a statement; ours carries `benyuan`."""

    statement_pointer_target: str
    motivation: str
    description: str = ""
    benyuan: Kept | None = None


class Agent(Part, frozen=True, kw_only=True):
    """Who asserts or publishes."""

    name: str = ""


class Source(Part, frozen=True, kw_only=True):
    """Where a statement comes from."""

    type: Many = []
    description: str = ""
    url: str = ""
    asserted_by: list[Agent] = []


class Publication(Part, frozen=True, kw_only=True):
    """When and by whom it was published."""

    publication_date: str
    bods_version: str
    publisher: Agent


class Statement(Part, frozen=True, kw_only=True):
    """One statement; `record_details` is that of its `record_type`."""

    statement_id: str
    statement_date: str
    declaration_subject: str
    record_id: str
    record_type: Literal["entity", "person", "relationship"]
    record_status: str = ""
    record_details: msgspec.Raw
    source: Source | None = None
    annotations: list[Annotation] = []
    publication_details: Publication | None = None


ENCODER = msgspec.json.Encoder(decimal_format="number")


def share_of(part: Fraction) -> Share:
    """A part as a percentage: exact where ten decimals are enough, else the two between which it lies."""
    percent = part * HUNDRED
    below = Decimal(percent * STEP // 1).scaleb(-PLACES)
    if Fraction(below) == percent:
        return Share(exact=_plain(below))
    above = below + Decimal(1).scaleb(-PLACES)
    return Share(exclusive_minimum=_plain(below), exclusive_maximum=_plain(above))


def _plain(number: Decimal) -> Decimal:
    """Without noughts at the end, and without a power of ten."""
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def identified(statement: Statement, *, publisher: str) -> Statement:
    """The statement with its id: what it says, of which record of which publisher; said again it is the same."""
    bare = msgspec.structs.replace(statement, statement_id="", publication_details=None, record_status="")
    digest = hashlib.sha256(publisher.encode() + b"\0" + ENCODER.encode(bare)).hexdigest()
    return msgspec.structs.replace(statement, statement_id=digest)


def written(statements: list[Statement]) -> bytes:
    """A file of statements: an array, each statement on a line of its own."""
    return b"[\n" + b",\n".join(ENCODER.encode(each) for each in statements) + b"\n]\n"
