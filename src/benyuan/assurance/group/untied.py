"""Related parties whose document is that of a customer of the company's own firm, and who are not tied to it.

Sources: PBoC Order [2023] No. 1, arts. 11, 19 (what is on file of related parties is checked against other things).
Documents are sealed, and each firm's customers have identities of their own; with the vault's keys the sealed number of
a party is opened, made into the text by which the firm would know it, and that text's keyed hash is looked up. Nothing
of the number is shown or kept. Worked: individual 5 is registered by a card that borrower 2 has shown to the lender
whose book the body's is: party 5, borrower 2, until `tie_customer` says so.
"""

from collections.abc import Collection, Iterator

import msgspec
import numpy as np

from benyuan.assurance.group.reading import columns_of, given_at_each
from benyuan.consumer_finance.records import BORROWER_IDENTITY, LENDER
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.engine.vault import VaultLocked
from benyuan.parties.bodies.records import BODY
from benyuan.parties.bodies.same import BOTH, SAME_INDIVIDUAL
from benyuan.parties.bodies.vocabulary import BodyKind
from benyuan.parties.ownership.state import State
from benyuan.parties.people import SEPARATOR
from benyuan.payments.records import BUSINESS, IDENTITY, INSTITUTION
from benyuan.usecases.related.acts import ties_of


class Untied(msgspec.Struct, frozen=True, kw_only=True):
    """A related party, and the customer that it is: a person, merchant or borrower with its number."""

    party: int
    customer: str


def untied_of(group: Group, state: State, *, body: int, parties: Collection[int]) -> list[Untied] | None:
    """Those of `parties` who are customers of the firms with a body's book, by their documents now, and not tied.

    None without the vault's keys, for then nobody can say.
    """
    book = state.bodies[body].book
    if not book:
        return []
    held = ties_of(columns_of(group), book=book, seen=state.seen)
    tied = {
        (each.body, f"{what} {number}")
        for each in held
        for what, number in (("person", each.person), ("merchant", each.merchant), ("borrower", each.borrower))
        if number and each.held(state.on)
    }
    try:
        found = sorted(set(_customers(group, state, book=book, parties=parties)) - tied)
    except VaultLocked:
        return None
    return [Untied(party=party, customer=customer) for party, customer in found]


def _customers(group: Group, state: State, *, book: int, parties: Collection[int]) -> Iterator[tuple[int, str]]:
    """The parties with the customers that they are."""
    known = _documents(group, state, parties)
    for table, scope in ((INSTITUTION, ""), (LENDER, "lender ")):
        for firm in np.flatnonzero(columns_of(group)(table, "book") == book).tolist():
            asked = [(party, *_text(f"{scope}{firm}", *shown)) for party, shown in known if not scope or len(shown) > 1]
            numbers = group.payloads.identities_known([text for _, _, text in asked])
            for (party, what, _), number in zip(asked, numbers.tolist(), strict=True):
                whose = "borrower" if scope else what
                customer = _customer(group, whose, number)
                if customer:
                    yield party, f"{whose} {customer}"


def _documents(group: Group, state: State, parties: Collection[int]) -> list[tuple[int, tuple[str, ...]]]:
    """By party the code of a body, or documents and numbers of an individual; what was erased tells nothing."""
    known = [
        (party, state.bodies[number].position)
        for party in sorted(parties)
        for number in state.ones.all_of(party)
        if number in state.bodies
    ]
    positions = [position for _, position in known]
    given = given_at_each(group, positions, names=("document",))
    sealed = group.payloads.read_all(positions)
    found: list[tuple[int, tuple[str, ...]]] = []
    for (party, position), payload in zip(known, sealed, strict=True):
        if state.bodies[party].kind is BodyKind.individual and payload:
            found.append((party, (str(given[position]["document"]), str(payload["number"]))))
        elif payload and payload.get("code"):
            found.append((party, (str(payload["code"]),)))
    return list(dict.fromkeys([*found, *_stated(group, state, parties)]))


def _stated(group: Group, state: State, parties: Collection[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """By party the documents that are stated to be of the same individual, whether one is registered by them or not."""
    column, one = columns_of(group), state.ones.document
    whose = {one(int(column(BODY, "identity")[party])): party for party in parties if party in state.bodies}
    positions = [each for each in column(SAME_INDIVIDUAL, "position")[1:].tolist() if each <= state.seen]
    sealed = group.payloads.read_all(positions)
    given = given_at_each(group, positions, names=("document", "known_document", "identity", "known"))
    for position, payload in zip(positions, sealed, strict=True):
        for document, number, identity in BOTH if payload else ():
            party = whose.get(one(int(given[position][identity])), 0)
            if payload and party:
                yield party, (str(given[position][document]), str(payload[number]))


def _text(scope: str, *shown: str) -> tuple[str, str]:
    """What a customer with a document or code is, and the text by which a firm knows it."""
    what, first = ("merchant", "business") if len(shown) == 1 else ("person", "person")
    return what, SEPARATOR.join((first, scope, *shown))


def _customer(group: Group, what: str, identity: int) -> int:
    """The customer with an identity, 0 for none."""
    tables: dict[str, tuple[Table, str]] = {
        "person": (IDENTITY, "person"),
        "merchant": (BUSINESS, "merchant"),
        "borrower": (BORROWER_IDENTITY, "borrower"),
    }
    table, column = tables[what]
    row = group.records.look_up(table, np.array([identity], np.int64), on=0)
    return int(row[column][0]) if identity else 0
