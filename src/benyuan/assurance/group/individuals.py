"""Who has shown more than one document, and who may have without anybody having said so.

Source: house rule gov.house.same_individual, on PBoC Order [2020] No. 4, arts. 3 ¶4, 19. Worked: individual 3 with a
card and individual 7 with a passport of the same name are alike until somebody states that both are one; two cards with
different birth days are not.
"""

from collections.abc import Collection, Iterator

import msgspec

from benyuan.assurance.group.reading import columns_of, given_at, source_at
from benyuan.engine.group import Group
from benyuan.engine.vault import VaultLocked
from benyuan.governance.checks.records import STAFF
from benyuan.parties.bodies.records import BODY
from benyuan.parties.bodies.same import SAME_INDIVIDUAL, Ones, ones_of
from benyuan.parties.bodies.vocabulary import BODY_KIND_NUMBER, BodyKind
from benyuan.parties.documents import DocumentKind, born_on
from benyuan.parties.names import normal_name

INDIVIDUAL = BODY_KIND_NUMBER[BodyKind.individual]


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of two documents, by what paper; `holds` false: that they are not one's. The latest counts."""

    documents: list[str]
    holds: bool
    source: str
    position: int


class Joined(msgspec.Struct, frozen=True, kw_only=True):
    """One individual: the numbers on the register, the first of which stands in answers, the staff, the documents.

    `documents`: their kinds, as `body 3: resident_id`; their numbers lie in the vault.
    """

    bodies: list[int]
    staff: list[int]
    documents: list[str]
    statements: list[Statement]


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """Two who have the same name, and no birth day that speaks against it: a suggestion, no more."""

    name: str
    one: str
    other: str
    same_birth_day: bool


class Individuals(msgspec.Struct, frozen=True, kw_only=True):
    """Both; `looked`: of how many names were compared, 0 without the vault's keys."""

    joined: list[Joined]
    alike: list[Alike]
    looked: int


class _Shown(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody has shown a document."""

    where: str
    identity: int
    position: int


def individuals_of(group: Group, *, seen: int = 0) -> Individuals:
    """All who are stated to be one, as known at a position, and, with the vault's keys, who looks alike besides."""
    seen = seen or group.position
    shown = list(_shown(group, seen))
    ones = ones_of(columns_of(group), seen=seen)
    try:
        alike, looked = list(_alike(group, shown, ones)), len(shown)
    except VaultLocked:
        alike, looked = [], 0
    return Individuals(joined=list(_joined(group, shown, ones, seen)), alike=alike, looked=looked)


def alike_among(group: Group, bodies: Collection[int], *, seen: int) -> list[Alike]:
    """Who of some looks like another of them. Errors: VaultLocked."""
    wanted = {f"body {body}" for body in bodies}
    shown = [each for each in _shown(group, seen) if each.where in wanted]
    return list(_alike(group, shown, ones_of(columns_of(group), seen=seen)))


def _shown(group: Group, seen: int) -> Iterator[_Shown]:
    column = columns_of(group)
    held = [column(BODY, name).tolist() for name in ("kind", "identity", "position")]
    for body, (kind, identity, position) in enumerate(zip(*held, strict=True)):
        if body and kind == INDIVIDUAL and identity and position <= seen:
            yield _Shown(where=f"body {body}", identity=identity, position=position)
    staff = [column(STAFF, name).tolist() for name in ("identity", "position")]
    for member, (identity, position) in enumerate(zip(*staff, strict=True)):
        if member and identity and position <= seen:
            yield _Shown(where=f"staff {member}", identity=identity, position=position)


def _joined(group: Group, shown: list[_Shown], ones: Ones, seen: int) -> Iterator[Joined]:
    column = columns_of(group)
    rows = [
        {name: int(column(SAME_INDIVIDUAL, name)[place]) for name in SAME_INDIVIDUAL.columns}
        for place in range(1, len(column(SAME_INDIVIDUAL, "one")))
    ]
    rows = [row for row in rows if row["position"] <= seen]
    for first in sorted({*ones.documents.values()}):
        mine = [each for each in shown if ones.document(each.identity) == first]
        places = [each.where.split() for each in mine]
        yield Joined(
            bodies=[int(number) for sort, number in places if sort == "body"],
            staff=[int(number) for sort, number in places if sort == "staff"],
            documents=[f"{each.where}: {given_at(group, each.position)['document']}" for each in mine],
            statements=[_statement(group, row) for row in rows if ones.document(row["one"]) == first],
        )


def _statement(group: Group, row: dict[str, int]) -> Statement:
    given = given_at(group, row["position"])
    return Statement(
        documents=[str(given["known_document"]), str(given["document"])],
        holds=bool(row["holds"]),
        source=source_at(group, row["position"]),
        position=row["position"],
    )


def _alike(group: Group, shown: list[_Shown], ones: Ones) -> Iterator[Alike]:
    named: dict[str, list[tuple[_Shown, int]]] = {}
    sealed = group.payloads.read_all([each.position for each in shown])
    for each, held in zip(shown, sealed, strict=True):
        if held is not None:
            kind = DocumentKind(given_at(group, each.position)["document"])
            born = born_on(kind=kind, number=held["number"])
            named.setdefault(normal_name(held["full_name"]), []).append((each, born))
    for name, found in sorted(named.items()):
        for place, (one, born) in enumerate(found):
            for other, birth in found[place + 1 :]:
                if ones.document(one.identity) != ones.document(other.identity) and (born == birth or not born * birth):
                    yield Alike(
                        name=name, one=one.where, other=other.where, same_birth_day=bool(born) and born == birth
                    )
