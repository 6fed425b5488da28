"""What books of this ledger are exposed to at a day's end, by counterparty, and who has lent to them.

Source: PBoC Order [2020] No. 4, arts. 32, 33 (`fhc.concentration`). Worked number: a lender has 40.00 with a bank, its
partner owes it 3.00, its largest borrower has drawn 9.00: three exposures; what an authority keeps is none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from benyuan.assurance.group.acts import ties_of
from benyuan.assurance.group.counterparts import funded_of, kept_of
from benyuan.assurance.group.own_books import BookToTell
from benyuan.assurance.group.reading import Owned, columns_of
from benyuan.assurance.posted import Posted
from benyuan.consumer_finance.chart import BorrowerOwn, PartnerOwn
from benyuan.consumer_finance.records import BORROWER, LENDER, PARTNER
from benyuan.engine.group import Group
from benyuan.holding_company.prudential.exposures import Exposure
from benyuan.holding_company.prudential.tallies import Origin
from benyuan.parties.bodies.vocabulary import NO_FINANCE, BodyKind

LEDGER = "this ledger"
LARGEST = 10  # tidy: number of borrowers that are told by name, as many as the rule's ten largest


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnExposures:
    """By counterparty; `funders`: what is owed to each; `unkept`: (body, money) of which nobody said where it is.

    `others_fen`: by body what borrowers have drawn besides those that are told.
    """

    exposures: list[Exposure]
    funders: list[Exposure]
    unkept: list[tuple[int, str]]
    others_fen: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    group: Group
    world: Owned
    posted: Posted
    day: int

    def exposure(
        self, book: BookToTell, counterparty: int, party: str, fen: int, what: str, *, of_person: bool = False
    ) -> Exposure:
        """One, with the account or accounts that it is read from; `party` where the counterparty is no body."""
        bodies = self.world.state.bodies
        finance = counterparty in bodies and bodies[counterparty].business not in NO_FINANCE
        return Exposure(
            counterparty=counterparty,
            party="" if counterparty else party,
            industry="finance" if finance else "",
            region="",
            of_person=of_person,
            origin=Origin(
                body=book.body,
                what=f"{what} at the end of {self.day}",
                amount_fen=fen,
                where=f"book {book.book}",
                source=LEDGER,
            ),
        )


def own_exposures(
    group: Group, world: Owned, books: Mapping[int, BookToTell], posted: Posted, *, day: int
) -> OwnExposures:
    """What these books (by number) have at a day's end, by what was posted by then.

    `world`: whose bodies, and from which position of the log.
    """
    at = _At(group=group, world=world, posted=posted, day=day)
    unkept: list[tuple[int, str]] = []
    found = [*_kept(at, books, unkept.append), *_partners(at, books)]
    funders: list[Exposure] = []
    others: dict[int, int] = {}
    for lender, number in enumerate(columns_of(group)(LENDER, "book")[1:].tolist(), 1):
        if number in books:
            drawn, rest = _borrowers(at, books[number], lender)
            found += drawn
            others[books[number].body] = rest
            funders += _funders(at, books[number], lender)
    return OwnExposures(exposures=found, funders=funders, unkept=unkept, others_fen=others)


def _kept(at: _At, books: Mapping[int, BookToTell], unkept: Callable[[tuple[int, str]], None]) -> Iterator[Exposure]:
    bodies = {number: book.body for number, book in books.items()}
    known = at.world.state
    for each in kept_of(at.group, bodies, on=at.day, seen=known.seen):
        fen = at.posted.balance(each.account)
        words = each.money.value.replace("_", " ")
        if fen > 0 and not each.keeper:
            unkept((each.body, f"with whom its {words} stands"))
        elif fen > 0 and not _is_authority(at, each.keeper):
            yield at.exposure(books[each.book], each.keeper, "", fen, f"{words}, account {each.account},")


def _is_authority(at: _At, body: int) -> bool:
    held = at.world.state.bodies.get(body)
    return held is not None and held.kind is BodyKind.authority


def _partners(at: _At, books: Mapping[int, BookToTell]) -> Iterator[Exposure]:
    """What partners owe on joint loans, each the body whose the partner's book is."""
    column = columns_of(at.group)
    whose = {body.book: number for number, body in at.world.state.bodies.items() if body.book}
    for partner in range(1, len(column(PARTNER, "lender"))):
        number = int(column(LENDER, "book")[int(column(PARTNER, "lender")[partner])])
        account = int(column(PARTNER, "first_account")[partner]) + PartnerOwn.settlement
        fen = at.posted.balance(account) if number in books else 0
        if fen > 0:
            other = whose.get(int(column(PARTNER, "book")[partner]), 0)
            party = f"partner {partner} of book {number}"
            yield at.exposure(books[number], other, party, fen, f"owed by partner {partner}, account {account},")


def _borrowers(at: _At, book: BookToTell, lender: int) -> tuple[list[Exposure], int]:
    """Those who have drawn most, and what the others have drawn together."""
    column = columns_of(at.group)
    mine = np.flatnonzero(column(BORROWER, "lender") == lender)
    mine = mine[mine > 0]
    accounts = column(BORROWER, "first_usage")[mine] + BorrowerOwn.line
    drawn = at.posted.net(accounts)
    order = np.lexsort((mine, -drawn))[:LARGEST]
    ties = {
        tie.borrower: tie.body
        for tie in ties_of(at.group, book=book.book, seen=at.world.state.seen)
        if tie.borrower and tie.held(at.day)
    }
    told = []
    for borrower, account, fen in zip(*(each[order].tolist() for each in (mine, accounts, drawn)), strict=True):
        if fen > 0:
            party = f"borrower {borrower} of book {book.book}"
            what = f"drawn by borrower {borrower}, account {account},"
            told.append(at.exposure(book, ties.get(borrower, 0), party, fen, what, of_person=True))
    return told, int(drawn.sum()) - sum(each.origin.amount_fen for each in told)


def _funders(at: _At, book: BookToTell, lender: int) -> Iterator[Exposure]:
    for each in funded_of(at.group, lender=lender, on=at.day, seen=at.world.state.seen):
        if each.fen > 0:
            party = f"not named, to book {book.book}"
            yield at.exposure(book, each.funder, party, each.fen, "lent to it")
