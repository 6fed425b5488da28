"""Which licence covers what on a day, and whether every account of the ledger is a licensed, consolidated body's.

Sources: PBoC Order [2020] No. 4, arts. 13, 24; for the books the house rule `fhc.house.books`. Worked number: a book of
120 accounts whose body has no licence on the day is listed with its accounts as runs, 41 to 160.
"""

from collections.abc import Iterator, Mapping

import msgspec

from benyuan.assurance.group.books import LIMITS, Firm, books_of, firm_of, runs_of, standing_of
from benyuan.assurance.group.reading import Owned, body_of, columns_of, names_of, owned
from benyuan.assurance.group.sourced import LicenceTold, licence_told
from benyuan.engine.group import Group
from benyuan.parties.bodies.licences import Licence, licences_of
from benyuan.parties.bodies.vocabulary import NO_FINANCE, BodyKind, Business
from benyuan.rules.places import Place, place_of, value_on

BOOKS, NAME = "fhc.house.books", "fhc.name"
PARTNER = "partner"
Held = Mapping[tuple[int, Business], Licence]


class Book(msgspec.Struct, frozen=True, kw_only=True):
    """A book: how many accounts, for whom it is kept, whose body it is, by which licence.

    `gate`: whether the gate of the firm's own postings takes it for licensed, None where no gate asks; `lacks`: what is
    missing of body, licence, gate and consolidation; where something is, `runs` are its accounts, first and last.
    """

    book: int
    accounts: int
    firm: str
    body: int
    name: str
    business: str
    licence: LicenceTold | None
    gate: bool | None
    consolidated: bool | None
    lacks: list[str]
    runs: list[tuple[int, int]]


class Unlicensed(msgspec.Struct, frozen=True, kw_only=True):
    """A body that does a financial business without a licence for it on the day, wherever its accounts are."""

    body: int
    name: str
    business: str


class Named(msgspec.Struct, frozen=True, kw_only=True):
    """A body whose name has a word that it may not have, or lacks one that it must have."""

    body: int
    name: str
    word: str
    asked: str


class Licences(msgspec.Struct, frozen=True, kw_only=True):
    """The answer on a day. `accounts` is the ledger's count, and the sum of those of the books.

    `unattributed`: accounts of books that lack anything; `top` 0: consolidation was not asked about.
    """

    top: int
    on: int
    seen: int
    place: Place
    name_place: Place
    licences: list[LicenceTold]
    books: list[Book]
    accounts: int
    unattributed: int
    unlicensed: list[Unlicensed]
    names: list[Named]


def licences_told(group: Group, *, top: int = 0, on: int = 0, seen: int = 0) -> Licences:
    """Every book and every body; with `top` also whether each is in its group. Errors: BadInput.

    Accounts are those that were open by the log position, whenever in it they were opened.
    """
    world = owned(group, on=on, seen=seen)
    state, rules = world.state, group.regime.pack
    if top:
        body_of(state, top, field="top")
    inside = world.control.controlled_by(top) | {top} if top else None
    held = licences_of(columns_of(group), on=state.on, seen=state.seen)
    books = list(_books(group, world, held, inside))
    return Licences(
        top=top,
        on=state.on,
        seen=state.seen,
        place=place_of(BOOKS, value_on(rules, BOOKS, on=state.on)),
        name_place=place_of(NAME, value_on(rules, NAME, on=state.on)),
        licences=[licence_told(group, held[key]) for key in sorted(held)],
        books=books,
        accounts=sum(each.accounts for each in books),
        unattributed=sum(each.accounts for each in books if each.lacks),
        unlicensed=list(_unlicensed(group, world, held, inside)),
        names=list(_names(group, world, held)),
    )


def _books(group: Group, world: Owned, held: Held, inside: set[int] | None) -> Iterator[Book]:
    state = world.state
    whose: dict[int, list[int]] = {}
    for body, each in state.bodies.items():
        if each.book:
            whose.setdefault(each.book, []).append(body)
    names = names_of(group, state, {bodies[0] for bodies in whose.values()})
    for book, accounts in sorted(books_of(group, seen=state.seen).items()):
        firm, bodies = firm_of(group, book), whose.get(book, [])
        body = bodies[0] if len(bodies) == 1 else 0
        licence = _licence(group, world, held, body, firm) if body else None
        gate = standing_of(group, firm, on=state.on) if firm else None
        consolidated = _consolidated(body, firm, inside)
        lacks = list(_lacks(world, bodies=bodies, licence=licence, gate=gate, consolidated=consolidated, firm=firm))
        yield Book(
            book=book,
            accounts=len(accounts),
            firm=f"{firm.sort} {firm.number}" if firm else "",
            body=body,
            name=names[body] if body else "",
            business=state.bodies[body].business.value if body else "",
            licence=licence_told(group, licence) if licence else None,
            gate=gate,
            consolidated=consolidated,
            lacks=lacks,
            runs=runs_of(accounts) if lacks else [],
        )


def _consolidated(body: int, firm: Firm | None, inside: set[int] | None) -> bool | None:
    """None where it is not asked: without a top, and of a partner, who is a body of its own."""
    return None if inside is None or not body or (firm and firm.sort == PARTNER) else body in inside


def _licence(group: Group, world: Owned, held: Held, body: int, firm: Firm | None) -> Licence | None:
    """The licence that covers the book: for a business of its firm's, else for what the body does."""
    if firm is None:
        return held.get((body, world.state.bodies[body].business))
    tiers = value_on(group.regime.pack, BOOKS, on=world.state.on).tiers
    wanted = [Business(tier.code("business")) for tier in tiers if tier.code("firm") == firm.sort]
    found = (held.get((body, business)) for business in wanted)
    return next((licence for licence in found if licence is not None), None)


def _lacks(
    world: Owned,
    *,
    bodies: list[int],
    licence: Licence | None,
    gate: bool | None,
    consolidated: bool | None,
    firm: Firm | None,
) -> Iterator[str]:
    if firm and firm.sort == LIMITS:
        return
    if len(bodies) != 1:
        yield "body" if not bodies else f"one body: it has {', '.join(map(str, bodies))}"
    elif licence is None and (firm or world.state.bodies[bodies[0]].business not in NO_FINANCE):
        yield "licence"
    if gate is False:
        yield "gate"
    if consolidated is False:
        yield "consolidation"


def _unlicensed(group: Group, world: Owned, held: Held, inside: set[int] | None) -> Iterator[Unlicensed]:
    state = world.state
    found = [
        body
        for body, each in state.bodies.items()
        if (inside is None or body in inside) and each.business not in NO_FINANCE and (body, each.business) not in held
    ]
    names = names_of(group, state, found)
    for body in found:
        yield Unlicensed(body=body, name=names[body], business=state.bodies[body].business.value)


def _names(group: Group, world: Owned, held: Held) -> Iterator[Named]:
    """Words of a holding company in other names, and a holding company without its word; names of Chinese alone."""
    state = world.state
    firms = [body for body, each in state.bodies.items() if each.kind is not BodyKind.individual]
    tiers = value_on(group.regime.pack, NAME, on=state.on).tiers
    for body, name in names_of(group, state, firms).items():
        licensed = (body, Business.financial_holding) in held
        for tier in tiers:
            word = tier.code("word")
            if not licensed and word in name:
                yield Named(body=body, name=name, word=word, asked="no such word without a licence")
            if licensed and tier.flag("part_of_name") and word not in name and not name.isascii():
                yield Named(body=body, name=name, word=word, asked="this word in the name")
