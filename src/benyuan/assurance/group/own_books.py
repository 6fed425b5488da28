"""Books of this ledger as trial balances: what stood on each account at a day's end, on the lines of a group's chart.

Income and expenses of earlier years stand with retained earnings, since no book is closed into equity at the end of a
year. Worked number: 30.00 of interest earned by the end of 2025 and 50.00 by the end of June 2026 are, on that day,
30.00 of retained earnings and 20.00 of interest income.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.group.books import Firm, firm_of
from benyuan.assurance.group.counterparts import funded_of, mirrored_in
from benyuan.assurance.group.reading import columns_of
from benyuan.assurance.lending import closed_days
from benyuan.assurance.posted import Posted, legs_at, posted_by
from benyuan.consumer_finance.chart import LenderAccount, LenderOwn
from benyuan.consumer_finance.records import LENDER
from benyuan.decisions.facts import MONEY
from benyuan.engine.group import Group
from benyuan.holding_company.consolidation.accounts import AccountKind, AccountMap
from benyuan.holding_company.consolidation.chart import Chart, Part
from benyuan.holding_company.consolidation.entries import Entries, Ints
from benyuan.holding_company.consolidation.sources import TrialBalanceOf
from benyuan.parties.bodies.figures import A_YEAR, YEAR_ENDS
from benyuan.payments.records import CLOSED_DAY
from benyuan.values.dates import local_day
from benyuan.values.errors import BadInput

RETAINED, PARTNERS, LENDERS = "retained_earnings", "partner", "lender"
Row = tuple[int, int, int]
"""Number of a line, counterparty, debits less credits in fen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BookToTell:
    """The book of a body, with its accounts of money and the kind of each."""

    body: int
    book: int
    accounts: Ints
    codes: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class _At:
    """What all books are told by: balances at the end of the period and of the year before it, the map, the mirrors."""

    period: int
    kinds: Mapping[int, AccountKind]
    map: AccountMap
    chart: Chart
    ended: Posted
    before: Posted
    mirrors: Mapping[int, int]
    inside: frozenset[int]
    seen: int


def bodies_of_books(whose: Mapping[int, int]) -> dict[int, int]:
    """By book the body whose it is. Errors: BadInput where two bodies have one book."""
    found: dict[int, int] = {}
    for body, book in sorted(whose.items()):
        if book in found:
            raise BadInput("book", f"{book} of bodies {found[book]}, {body}", "the book of one body")
        if book:
            found[book] = body
    return found


def books_to_tell(group: Group, bodies: Mapping[int, int]) -> list[BookToTell]:
    """Those of the books, with their bodies, that hold money and are all that a body has.

    A partner's book has its part of joint loans alone, neither its own capital nor whatever else it does: the partner
    tells all of it in a return.
    """
    held = group.ledger.state.accounts[: group.ledger.account_count + 1]
    found = []
    for book, body in sorted(bodies.items(), key=lambda each: each[1]):
        firm = firm_of(group, book)
        if firm is not None and firm.sort == PARTNERS:
            continue
        accounts = np.flatnonzero((held["book"] == book) & (held["unit"] == MONEY))
        accounts = accounts[accounts > 0]
        if len(accounts):
            codes = held["code"][accounts].astype(np.int64)
            found.append(BookToTell(body=body, book=book, accounts=accounts, codes=codes))
    return found


def book_entries(
    group: Group,
    books: Sequence[BookToTell],
    *,
    bodies: Mapping[int, int],
    period: int,
    accounts: AccountMap,
    chart: Chart,
    first_sent: int,
    inside: Collection[int] = (),
    seen: int = 0,
) -> list[Entries]:
    """The trial balance of each book on the period's last day (yyyymmdd), numbered as sent from `first_sent` on.

    `bodies`: of all books of the group, also of those that mirror something and are not told here. `inside`: all
    bodies of the group, with or without a book. `seen`: as known at a log position; 0: at its end.

    Errors: BadInput names all codes of accounts and legs that the map has no line for.
    """
    _all_mapped(books, accounts, period=period)
    before = period // A_YEAR * A_YEAR - A_YEAR + YEAR_ENDS
    at = _At(
        period=period,
        kinds=accounts.on(period),
        map=accounts,
        chart=chart,
        ended=posted_by(group, date=period, seen=seen),
        before=posted_by(group, date=before, seen=seen),
        mirrors=mirrored_in(group, bodies, inside=inside, on=period, seen=seen or group.position),
        inside=frozenset(inside),
        seen=seen or group.position,
    )
    return [_entries(group, each, at, sent=sent) for sent, each in enumerate(books, first_sent)]


def book_source(book: BookToTell) -> TrialBalanceOf:
    """Where its figures stand."""
    return TrialBalanceOf(body=book.body, what=f"book {book.book}", source="this ledger")


def not_closed(group: Group, books: Sequence[BookToTell], *, period: int, seen: int) -> list[int]:
    """The bodies whose book is not closed on the day: what its close would post is not in the figures.

    At a position of the log that is not after the day none is. Whether it was closed between such a position and the
    log's end is not told: closes bear no position.
    """
    over = seen >= group.position or local_day(group.reader.at_position(seen).block.last_at) > period
    return [each.body for each in books if not (over and _closed(group, firm_of(group, each.book), period))]


def _closed(group: Group, firm: Firm | None, date: int) -> bool:
    if firm is None:
        return True
    tables = group.records.tables
    if firm.sort == "institution":
        held = tables[CLOSED_DAY.name]
        return bool(((held.column("institution") == firm.number) & (held.column("date") == date)).any())
    return firm.sort == "bureau" or date in closed_days(group, lender=firm.number)


def _all_mapped(books: Sequence[BookToTell], accounts: AccountMap, *, period: int) -> None:
    kinds, wrong = accounts.on(period), []
    for each in books:
        codes = np.unique(each.codes).tolist()
        counted = [code for code in codes if code in kinds and kinds[code].counts]
        lacking = sorted({*accounts.missing(codes, on=period), *counted})
        if lacking:
            wrong.append(f"book {each.book}: codes {', '.join(map(str, lacking))}")
    if wrong:
        raise BadInput("accounts", "; ".join(wrong), f"a line for each in the map of accounts on {period}")


def _entries(group: Group, book: BookToTell, at: _At, *, sent: int) -> Entries:
    by_leg = np.array([at.kinds[code].by_leg for code in book.codes.tolist()], np.bool_)
    sums: dict[tuple[int, int], int] = {}
    rows = [
        *_plain(book, at, ~by_leg),
        *_by_leg(group, book, at, book.accounts[by_leg]),
        *_funded(group, book, at),
    ]
    for key, body, net in rows:
        sums[key, body] = sums.get((key, body), 0) + net
    kept = sorted((*key, net) for key, net in sums.items() if net)
    line, other, net_fen = np.array(kept, np.int64).reshape(-1, 3).T
    return Entries(
        body=np.full(len(kept), book.body, np.int64),
        line=line,
        counterparty=other,
        debit_fen=np.maximum(net_fen, 0),
        credit_fen=np.maximum(-net_fen, 0),
        sent=np.full(len(kept), sent, np.int64),
    )


def _plain(book: BookToTell, at: _At, kept: NDArray[np.bool_]) -> Iterator[Row]:
    """Sums over the accounts that stand on a line by their balance, by code, side and counterparty."""
    accounts, codes = book.accounts[kept], book.codes[kept]
    ended, before = at.ended.net(accounts), at.before.net(accounts)
    other = np.zeros(len(accounts), np.int64)
    mirrored = np.isin(codes, [code for code, kind in at.kinds.items() if kind.mirrored])
    for place in np.flatnonzero(mirrored & np.isin(accounts, list(at.mirrors))).tolist():
        other[place] = at.mirrors[int(accounts[place])]
    found, places = np.unique(np.stack([codes, ended < 0, other]), axis=1, return_inverse=True)
    sums = np.zeros((2, found.shape[1]), np.int64)
    for row, amounts in enumerate((ended, before)):
        np.add.at(sums[row], places.reshape(-1), amounts)
    for code, below, body, now, then in zip(*found.tolist(), *sums.tolist(), strict=True):
        sides = at.kinds[code].sides
        if sides is not None:
            yield from _split(at, sides.credit if below else sides.debit, body, now=now, then=then)


def _split(at: _At, line: int, other: int, *, now: int, then: int) -> Iterator[Row]:
    """What is income or expense: the year's on its line, that of the years before with retained earnings."""
    if at.chart.is_part(Part.income, Part.expense)[line]:
        yield line, other, now - then
        yield _retained(at.chart), 0, then
    else:
        yield line, other, now


def _funded(group: Group, book: BookToTell, at: _At) -> Iterator[Row]:
    """Of what a lender has borrowed, what it owes to each body of the group goes from others to that one."""
    kind = at.kinds.get(LenderAccount.borrowings)
    firm = firm_of(group, book.book)
    if kind is None or kind.sides is None or not kind.mirrored or firm is None or firm.sort != LENDERS:
        return
    account = int(columns_of(group)(LENDER, "first_account")[firm.number]) + LenderOwn.borrowings
    line = kind.sides.of(at.ended.balance(account))
    for each in funded_of(group, lender=firm.number, on=at.period, seen=at.seen):
        if each.funder in at.inside and each.funder != book.body:
            yield line, each.funder, -each.fen
            yield line, 0, each.fen


def _retained(chart: Chart) -> int:
    if RETAINED not in chart.by_name:
        raise BadInput("lines", ", ".join(chart.by_name), f"a line {RETAINED}")
    return chart.by_name[RETAINED].number


def _by_leg(group: Group, book: BookToTell, at: _At, accounts: Ints) -> Iterator[Row]:
    """What stands on accounts that are told by the kinds of leg on them. Errors: BadInput for legs without a line."""
    year, most = at.period // A_YEAR * A_YEAR, legs_at(group, at.seen)
    sums: dict[tuple[int, bool], list[int]] = {}
    for account in accounts.tolist():
        last = int(group.ledger.state.accounts[account]["last_leg"])
        for rows in group.ledger.rows_back(account, last=last, stop=0):
            told = (rows.leg <= most) & (rows.business_date <= at.period) & (rows.moved != 0)
            kind, debit, earlier = rows.code.astype(np.int64), rows.moved > 0, rows.business_date < year
            for key in np.unique((2 * kind + debit)[told]).tolist():
                mine = told & (2 * kind + debit == key)
                held = sums.setdefault((key // 2, key % 2 == 1), [0, 0])
                held[0] += int(rows.moved[mine].sum())
                held[1] += int(rows.moved[mine & earlier].sum())
    lacking = sorted({code for code, _ in sums} - set(at.map.legs))
    if lacking:
        told_of = f"book {book.book}: legs {', '.join(map(str, lacking))}"
        raise BadInput("legs", told_of, "a line for each kind of leg in the map of accounts")
    for (code, side), (now, then) in sorted(sums.items()):
        line = at.map.legs[code].of(1 if side else -1)
        yield from _split(at, line, 0, now=now, then=then)
