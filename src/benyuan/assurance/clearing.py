"""A matched day of the clearing house's file as it was closed, and what became of one transaction or line.

Matches leave no rows behind: what is asked here is found again in the log by the steps by which the closes found it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.books import EngineBooks
from benyuan.engine.codec import item_of, unpacked
from benyuan.engine.group import Group
from benyuan.ledger import LegFlag
from benyuan.ledger.layout import ROW
from benyuan.payments.chart import AccountCode, Own
from benyuan.payments.clearing.closing import in_transit, lines_of
from benyuan.payments.clearing.records import CLEARING_REASON_NUMBER, LINE_KIND, Finding
from benyuan.payments.reserve_entries import Direction
from benyuan.values.dates import add_calendar_days

REASONS = {0: "", **{number: word for word, number in CLEARING_REASON_NUMBER.items()}}
NOT_POSTED = LegFlag.pending | LegFlag.void_pending_transfer


def clearing_of_day(group: Group, *, institution: int, date: int) -> dict[str, Any] | None:
    """The figures of a matched day, and the items that were open when it was closed; None where nothing was matched."""
    days = _rows(group, "clearing_day", institution)
    number = next((number for number in days if _cell(group, "clearing_day", "date", number) == date), 0)
    if not number:
        return None
    figures = _row(group, "clearing_day", number)
    items = [
        item_row(group, item)
        for item in _rows(group, "clearing_item", institution)
        if _was_open(_row(group, "clearing_item", item), date=date, position=figures["position"])
    ]
    return {**figures, "items": items}


def transit_of_day(group: Group, *, institution: int, date: int) -> list[dict[str, Any]]:
    """The transactions that were in transit when a matched day was closed, in order of direction and log."""
    day = clearing_of_day(group, institution=institution, date=date)
    if day is None:
        return []
    first = _cell(group, "institution", "first_account", institution)
    accounts = (first + Own.clearing_in, first + Own.clearing_out)
    since = day["transit_from"]
    found = in_transit(_books(group), institution=institution, accounts=accounts, since=since, date=date, closing=True)
    columns = (found.order.tolist(), found.direction.tolist(), found.amount_fen.tolist(), found.on.tolist())
    return [
        {"order": order, "direction": Direction(way).name, "amount_fen": fen, "booked_on": on}
        for order, way, fen, on in zip(*columns, strict=True)
    ]


def item_row(group: Group, number: int) -> dict[str, Any]:
    """An item in words: what is open about it, the kind of our command, the house's own reference."""
    row = _row(group, "clearing_item", number)
    words = {
        "direction": Direction(row["direction"]).name,
        "finding": Finding(row["finding"]).name,
        "reason": REASONS[row["reason"]],
        "kind": _kind(group, row["order"]),
        "reference": _reference(group, row["line"]),
    }
    told = {"clearing_item": number, **row, **words}
    if row["finding"] == Finding.only_in_file:
        told["hint"] = _hint(group, row)
    return told


def clearing_of_command(group: Group, position: int) -> list[dict[str, Any]]:
    """What became of a line, or of each of a command's postings through the clearing house; empty for any other."""
    if _kind(group, position) == LINE_KIND:
        return [_of_line(group, position)]
    return [_of_order(group, position, *posting) for posting in _postings(group, position)]


def _of_line(group: Group, position: int) -> dict[str, Any]:
    """A line is with an item, or it matched, or no close has looked at it."""
    items = np.flatnonzero(group.records.tables["clearing_item"].column("line") == position)
    if position and len(items):
        return _state_of_item(group, int(items[0]))
    parts = group.records.tables["clearing_part"]
    opened = group.reader.at_position(position)
    names = ("institution", "date", "order")
    line = {name: int(item_of(opened.body["columns"][name], position - opened.block.first_position)) for name in names}
    mine = (parts.column("institution") == line["institution"]) & (parts.column("date") == line["date"])
    there = np.flatnonzero(mine & (parts.column("first") <= position) & (parts.column("last") >= position))
    looked = int(parts.column("looked_at_on")[there[0]]) if len(there) else 0
    state = "matched" if looked else "not_looked_at"
    return {"state": state, "order": line["order"], "line": position, "cleared_on": line["date"], "on": looked}


def _of_order(group: Group, position: int, direction: int, fen: int, on: int, institution: int) -> dict[str, Any]:
    said = {"direction": Direction(direction).name, "amount_fen": fen, "order": position}
    held = group.records.tables["clearing_item"]
    mine = (held.column("order") == position) & (held.column("direction") == direction)
    items = np.flatnonzero(mine & (held.column("book_fen") == fen) & (held.column("institution") == institution))
    if len(items):
        return {**said, **_state_of_item(group, int(items[0]))}
    days = _rows(group, "clearing_day", institution)
    if not days or on < _began_on(group, institution, days[0]):
        return {**said, "state": "not_looked_at"}
    return {**said, **_found_in_lines(group, position, direction, on, institution)}


def _found_in_lines(group: Group, position: int, direction: int, on: int, institution: int) -> dict[str, Any]:
    """The line that names a transaction: it came by the first close after which the transaction was due."""
    days = _rows(group, "clearing_day", institution)
    due = [day for day in days if _cell(group, "clearing_day", "transit_from", day) > on]
    until = _cell(group, "clearing_day", "date", due[0] if due else days[-1])
    looked = group.records.tables["clearing_part"].column("looked_at_on")
    of = group.records.tables["clearing_part"].column("institution") == institution
    for part in np.flatnonzero(of & (looked >= on) & (looked <= until)).tolist():
        lines = lines_of(_books(group), np.array([part]), institution=institution)
        found = np.flatnonzero((lines.order == position) & (lines.direction == direction))
        if len(found):
            line, cleared = int(lines.id[found[0]]), int(lines.on[found[0]])
            return {"state": "matched", "line": line, "cleared_on": cleared, "on": int(looked[part])}
    return {"state": "in_transit"}


def _state_of_item(group: Group, number: int) -> dict[str, Any]:
    row = item_row(group, number)
    state = "matched" if row["matched_on"] else "resolved" if row["resolved"] else row["finding"]
    names = ("clearing_item", "order", "line", "cleared_on", "book_fen", "file_fen", "reason", "resolved", "hint")
    return {"state": state, "on": row["matched_on"], **{name: row[name] for name in names if name in row}}


def _began_on(group: Group, institution: int, first_day: int) -> int:
    """The first day whose transactions were looked at."""
    parts = _rows(group, "clearing_part", institution)
    date = _cell(group, "clearing_day", "date", first_day)
    dates = [
        _cell(group, "clearing_part", "date", part)
        for part in parts
        if _cell(group, "clearing_part", "looked_at_on", part) == date
    ]
    return add_calendar_days(min(dates), -1)


def _postings(group: Group, position: int) -> list[tuple[int, int, int, int]]:
    """(direction, fen, day, institution) of each posting of a command that the clearing house is to settle."""
    opened = group.reader.at_position(position)
    rows = unpacked(opened.block.rows, dtype=ROW, count=opened.block.legs)
    mine = rows[(rows["reference"] == position) & ((rows["flags"] & NOT_POSTED) == 0) & (rows["amount"] > 0)]
    accounts, on = group.ledger.state.accounts, opened.batch().on
    sides = {"debit_account": AccountCode.clearing_in, "credit_account": AccountCode.clearing_out}
    found = []
    for (side, code), direction in zip(sides.items(), Direction, strict=True):
        for row in mine[accounts["code"][mine[side]] == code]:
            book = int(accounts["book"][row[side]])
            (owner,) = np.flatnonzero(group.records.tables["institution"].column("book") == book).tolist()
            found.append((int(direction), int(row["amount"]), on, owner))
    return found


def _hint(group: Group, row: dict[str, int]) -> str:
    """What is the matter with the reference of a line that no transaction answers."""
    order = row["order"]
    if not order:
        return "it names no order of ours"
    if not _kind(group, order):
        return "there is no such command"
    ways = [posting[0] for posting in _postings(group, order) if posting[3] == row["institution"]]
    if not ways:
        return "that command moves nothing through the clearing house"
    return "another line names that order" if row["direction"] in ways else "that order goes the other way"


def _was_open(row: dict[str, int], *, date: int, position: int) -> bool:
    since_matched = row["matched_on"] == 0 or row["matched_on"] > date
    return row["opened_on"] <= date and since_matched and (row["resolved"] == 0 or row["resolved"] > position)


def _kind(group: Group, position: int) -> str:
    return group.reader.at_position(position).block.kind if 0 < position <= group.position else ""


def _reference(group: Group, line: int) -> str:
    if not line:
        return ""
    opened = group.reader.at_position(line)
    return str(item_of(opened.body["columns"]["reference"], line - opened.block.first_position))


def _books(group: Group) -> EngineBooks:
    return group.books()


def _column(group: Group, table: str, name: str) -> NDArray[np.int64]:
    return group.records.tables[table].column(name)


def _cell(group: Group, table: str, name: str, number: int) -> int:
    return int(_column(group, table, name)[number])


def _row(group: Group, table: str, number: int) -> dict[str, int]:
    held = group.records.tables[table]
    return {name: int(held.column(name)[number]) for name in held.table.columns}


def _rows(group: Group, table: str, institution: int) -> list[int]:
    return np.flatnonzero(_column(group, table, "institution") == institution).tolist()
