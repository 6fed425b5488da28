"""The clearing house's lines matched at the close of a day, and what the clearing accounts' balances consist of.

A transaction is a posting to the account of what the house owes or is to pay; it is in transit until a line names it.
What is older than the newest clearing date of the lines and still without one becomes an item, as does every line
without a transaction; an item is tried again at each later close. So on every day and for either account

    balance = in transit + open items + items resolved by people + a rest that nothing explains

where an item counts with what the book has less what the file has, and the rest is what the lines come to less what
the house has paid (`clear`). Source: PBoC Order [2021] No. 1, art. 41 (day by day, with the clearing house); that it
is done transaction by transaction is a choice of ours. Worked number: 100.00 and 40.00 are topped up on the first,
20.00 on the second, and the file of the second names 100.00 and 39.00: 20.00 are in transit and 1.00 is open, the 21.00
that the house still owes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.books import Books
from benyuan.decisions.facts import Table
from benyuan.payments.clearing.matching import Column, Side, paired
from benyuan.payments.clearing.records import (
    CLEARING_DAY,
    CLEARING_ITEM,
    CLEARING_PART,
    CLEARING_REASON_NUMBER,
    LINE_KIND,
    ClearingReason,
    Finding,
)
from benyuan.payments.reserve_entries import Direction
from benyuan.payments.vocabulary import ReserveDirection
from benyuan.values.dates import add_calendar_days, local_days

Rows: TypeAlias = dict[str, Column]

DIRECTIONS = {direction.value: int(Direction[direction.name]) for direction in ReserveDirection}
SUFFIX = {Direction.received: "in_fen", Direction.paid: "out_fen"}
MET = ("id", "finding", "line", "booked_on", "cleared_on", "book_fen", "file_fen", "matched_on")
NEW = ("direction", "finding", "order", "line", "booked_on", "cleared_on", "book_fen", "file_fen")
FIGURES = (
    *("matches", "transit_from", "lines", "matched", "transit", "open"),
    *(f"{what}_{side}" for what in ("file", "transit", "open", "resolved") for side in SUFFIX.values()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """What a close found: figures by the names in `FIGURES`; parts looked at; items that met, and new ones."""

    figures: Mapping[str, int]
    parts: Column
    met: Rows
    new: Rows


def match_clearing(books: Books, *, institution: int, accounts: tuple[int, int], date: int) -> Matching:
    """Match an institution's lines up to a day (yyyymmdd); `accounts`: what the house owes, what it is to pay out.

    Nothing before the first lines: matching begins with the transactions of the day before their clearing date. Nothing
    either for the date 0, by which a close says that it will be refused.
    """
    parts = _parts_to_look_at(books, institution=institution, date=date)
    since = _transit_from(books, institution, parts) if date else 0
    if since == 0:
        return Matching(figures=dict.fromkeys(FIGURES, 0), parts=parts, met=_empty(MET), new=_empty(NEW))
    lines = lines_of(books, parts, institution=institution)
    transit = in_transit(books, institution=institution, accounts=accounts, since=since, date=date, closing=False)
    items = Items(books, institution=institution)
    first = paired(in_book := transit.joined(items.in_book()), lines, able=_knows(lines))
    left = first.left_book[first.left_book < len(transit)]
    second = paired(waiting := transit.chosen(left), in_file := items.in_file())
    newest = max(since, int(lines.on.max(initial=0)))
    late = waiting.chosen(second.left_book).on < newest
    still = waiting.chosen(second.left_book[~late])
    met = _stacked(
        MET,
        items.line_came(in_book.chosen(first.same_book), lines.chosen(first.same_file), matched_on=date),
        items.line_came(in_book.chosen(first.other_book), lines.chosen(first.other_file), matched_on=0),
        items.order_came(waiting.chosen(second.same_book), in_file.chosen(second.same_file), matched_on=date),
        items.order_came(waiting.chosen(second.other_book), in_file.chosen(second.other_file), matched_on=0),
    )
    new = _stacked(
        NEW,
        _differing(in_book.chosen(first.other_book), lines.chosen(first.other_file)),
        _only_in_book(waiting.chosen(second.left_book[late])),
        _only_in_file(lines.chosen(first.left_file)),
    )
    figures = {
        "matches": 1,
        "transit_from": newest,
        "lines": len(lines),
        "matched": len(first.same_book) + len(second.same_book),
        "transit": len(still),
        **_sums("file", lines.direction, lines.amount_fen),
        **_sums("transit", still.direction, still.amount_fen),
        **items.standing(met, new),
    }
    return Matching(figures=figures, parts=parts, met=met, new=new)


def in_transit(
    books: Books, *, institution: int, accounts: tuple[int, int], since: int, date: int, closing: bool
) -> Side:
    """Transactions from `since` up to `date` (yyyymmdd) that no line named by the close of the day before.

    `closing`: nor by the close of `date` itself. Found again by the same steps by which the closes found them.
    """
    made = _transactions(books, accounts, since=since, date=date)
    alive = np.ones(len(made), np.bool_)
    part_days, parts_mine = books.column(CLEARING_PART, "looked_at_on"), _of(books, CLEARING_PART, institution)
    items, mine = books.column(CLEARING_ITEM, "met_on"), _of(books, CLEARING_ITEM, institution)
    days = np.unique(np.concatenate([part_days[parts_mine], items[mine]]))
    until = date if closing else add_calendar_days(date, -1)
    for day in days[(days >= since) & (days <= until)].tolist():
        there = np.flatnonzero(alive & (made.on <= day))
        lines = lines_of(books, np.flatnonzero(parts_mine & (part_days == day)), institution=institution)
        came = _met_before(books, np.flatnonzero(mine & (items == day)))
        for side, able in ((lines, _knows(lines)), (came, None)):
            found = paired(made.chosen(there), side, able=able)
            alive[there[found.same_book]] = False
            alive[there[found.other_book]] = False
            there = there[found.left_book]
    return made.chosen(alive)


def lines_of(books: Books, parts: Column, *, institution: int) -> Side:
    """The lines of these parts, in the order of the log."""
    first, last, dates = (books.column(CLEARING_PART, name)[parts] for name in ("first", "last", "date"))
    sides = [nothing()]
    for part in range(len(parts)):
        for commands in books.commands(LINE_KIND, first=int(first[part]), last=int(last[part])):
            held = commands.columns
            mine = np.flatnonzero((held["institution"] == institution) & (held["date"] == dates[part]))
            direction = np.array([DIRECTIONS[word] for word in commands.words["direction"]], np.int64)
            whole = Side(
                order=held["order"],
                direction=direction,
                amount_fen=held["amount_fen"],
                on=held["date"],
                id=held["position"],
            )
            sides.append(whole.chosen(mine))
    return _together(sides)


def _transactions(books: Books, accounts: tuple[int, int], *, since: int, date: int) -> Side:
    """Postings to what the house owes, and to what it is to pay out; what `clear` takes off is none."""
    sides = [nothing()]
    for account, direction, sign in zip(accounts, Direction, (1, -1), strict=True):
        moves = books.account_moves(account, since=since)
        amount, on = sign * moves["moved"], local_days(moves["at"]).astype(np.int64)
        whole = Side(
            order=moves["reference"],
            direction=np.full(len(amount), int(direction)),
            amount_fen=amount,
            on=on,
            id=np.zeros(len(amount), np.int64),
        )
        sides.append(whole.chosen((amount > 0) & (on <= date)))
    return _together(sides)


class Items:
    """The items of an institution."""

    def __init__(self, books: Books, *, institution: int) -> None:
        self._held = {name: books.column(CLEARING_ITEM, name) for name in CLEARING_ITEM.columns}
        self._mine = self._held["institution"] == institution
        self._open = self._mine & (self._held["matched_on"] == 0) & (self._held["resolved"] == 0)

    def in_book(self) -> Side:
        """Open ones that wait for a line."""
        return self._side(Finding.only_in_book, "book_fen", "booked_on")

    def in_file(self) -> Side:
        """Open ones that wait for a transaction."""
        waiting = self._side(Finding.only_in_file, "file_fen", "cleared_on")
        return waiting.chosen(waiting.order < self._held["line"][waiting.id])

    def line_came(self, book: Side, file: Side, *, matched_on: int) -> Rows:
        """Items whose line has come; a transaction that was no item yet makes no row."""
        known = book.id > 0
        book, file = book.chosen(known), file.chosen(known)
        return _both(book, file, items=book.id, line=file.id, finding=Finding.only_in_book, matched_on=matched_on)

    def order_came(self, book: Side, file: Side, *, matched_on: int) -> Rows:
        """Items whose transaction has come."""
        line = self._held["line"][file.id]
        return _both(book, file, items=file.id, line=line, finding=Finding.only_in_file, matched_on=matched_on)

    def standing(self, met: Rows, new: Rows) -> dict[str, int]:
        """How many are open then, and by account what open and resolved ones come to: book less file, in fen."""
        held = self._held
        left = self._open.copy()
        left[met["id"]] = False
        unlike = met["matched_on"] == 0
        ways = np.concatenate([held["direction"][left], held["direction"][met["id"]][unlike], new["direction"]])
        rest = [rows["book_fen"] - rows["file_fen"] for rows in (held, met, new)]
        resolved = self._mine & (held["resolved"] != 0)
        resolved &= held["reason"] != CLEARING_REASON_NUMBER[ClearingReason.not_settled]
        return {
            "open": len(ways),
            **_sums("open", ways, np.concatenate([rest[0][left], rest[1][unlike], rest[2]])),
            **_sums("resolved", held["direction"][resolved], rest[0][resolved]),
        }

    def _side(self, finding: Finding, amount: str, on: str) -> Side:
        ids = np.flatnonzero(self._open & (self._held["finding"] == finding))
        names = {"order": "order", "direction": "direction", "amount_fen": amount, "on": on}
        return Side(id=ids, **{name: self._held[column][ids] for name, column in names.items()})


def nothing() -> Side:
    """No rows."""
    empty = np.zeros(0, np.int64)
    return Side(order=empty, direction=empty, amount_fen=empty, on=empty, id=empty)


def _knows(lines: Side) -> NDArray[np.bool_]:
    """Which lines name an order that was given before they came; the others have guessed it."""
    known: NDArray[np.bool_] = lines.order < lines.id
    return known


def _parts_to_look_at(books: Books, *, institution: int, date: int) -> Column:
    waiting = books.column(CLEARING_PART, "looked_at_on") == 0
    due = books.column(CLEARING_PART, "date") <= date
    return np.flatnonzero(_of(books, CLEARING_PART, institution) & waiting & due)


def _transit_from(books: Books, institution: int, parts: Column) -> int:
    """The first day whose transactions can be in transit; 0 where no line has ever come."""
    days = np.flatnonzero(_of(books, CLEARING_DAY, institution))
    if len(days):
        return int(books.column(CLEARING_DAY, "transit_from")[days[-1]])
    dates = books.column(CLEARING_PART, "date")[parts]
    return add_calendar_days(int(dates.min()), -1) if len(dates) else 0


def _of(books: Books, table: Table, institution: int) -> NDArray[np.bool_]:
    mine: NDArray[np.bool_] = books.column(table, "institution") == institution
    return mine


def _met_before(books: Books, ids: Column) -> Side:
    """What was an item before its transaction came, as lines over what the book had: they take the transaction."""
    names = {"order": "order", "direction": "direction", "amount_fen": "book_fen", "on": "cleared_on", "id": "line"}
    waited = ids[books.column(CLEARING_ITEM, "opened_on")[ids] < books.column(CLEARING_ITEM, "met_on")[ids]]
    return Side(**{name: books.column(CLEARING_ITEM, column)[waited] for name, column in names.items()})


def _both(book: Side, file: Side, *, items: Column, line: Column, finding: Finding, matched_on: int) -> Rows:
    known = finding if matched_on else Finding.amount_differs
    return {
        "id": items,
        "finding": np.full(len(items), int(known)),
        "line": line,
        "booked_on": book.on,
        "cleared_on": file.on,
        "book_fen": book.amount_fen,
        "file_fen": file.amount_fen,
        "matched_on": np.full(len(items), matched_on),
    }


def _differing(book: Side, file: Side) -> Rows:
    fresh = book.id == 0
    return _item(Finding.amount_differs, book=book.chosen(fresh), file=file.chosen(fresh))


def _only_in_book(book: Side) -> Rows:
    return _item(Finding.only_in_book, book=book)


def _only_in_file(file: Side) -> Rows:
    return _item(Finding.only_in_file, file=file)


def _item(finding: Finding, *, book: Side | None = None, file: Side | None = None) -> Rows:
    one = book if book is not None else file
    assert one is not None
    nought = np.zeros(len(one), np.int64)
    return {
        "direction": one.direction,
        "finding": np.full(len(one), int(finding)),
        "order": one.order,
        "line": nought if file is None else file.id,
        "booked_on": nought if book is None else book.on,
        "cleared_on": nought if file is None else file.on,
        "book_fen": nought if book is None else book.amount_fen,
        "file_fen": nought if file is None else file.amount_fen,
    }


def _sums(what: str, direction: Column, amounts: Column) -> dict[str, int]:
    return {f"{what}_{side}": int(amounts[direction == way].sum()) for way, side in SUFFIX.items()}


def _stacked(names: tuple[str, ...], *parts: Rows) -> Rows:
    return {name: np.concatenate([part[name] for part in parts]).astype(np.int64) for name in names}


def _empty(names: tuple[str, ...]) -> Rows:
    return dict.fromkeys(names, np.zeros(0, np.int64))


def _together(sides: list[Side]) -> Side:
    return Side(
        order=np.concatenate([side.order for side in sides]),
        direction=np.concatenate([side.direction for side in sides]),
        amount_fen=np.concatenate([side.amount_fen for side in sides]),
        on=np.concatenate([side.on for side in sides]),
        id=np.concatenate([side.id for side in sides]),
    )
