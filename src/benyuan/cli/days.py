"""`benyuan day`: a closed day of an institution, matched with custodian's statement and clearing house's file."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.clearing import show_clearing
from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.engine.group import Group

LINES = {
    "wallets_fen": "wallets",
    "merchants_fen": "merchants, not paid out yet",
    "own_fen": "own money of the institution",
    "fees_fen": "fees earned, not taken out yet",
    "clearing_out_fen": "in transit, on its way out",
    "clearing_in_fen": "in transit, on its way in",
    "reserve_fen": "reserve, by the book",
    "statement_fen": "reserve, by the custodian's statement",
    "difference_fen": "difference: statement less book",
    "only_on_statement_fen": "received less paid by entries only on the statement",
    "only_in_book_fen": "received less paid by entries only in the book",
    "unexplained_fen": "difference that no entry explains",
    "shortfall_fen": "missing from what customers are owed, by the statement",
}


def day(
    date: Annotated[
        int | None, typer.Argument(metavar="DATE", help="A day that is closed, as yyyymmdd; without it the last one.")
    ] = None,
    institution: Annotated[int, typer.Option("--institution", min=1, metavar="ID", help="Whose day.")] = 1,
    transit: Annotated[bool, typer.Option("--transit", help="Every transaction in transit at the day's end.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """A closed day: customers' money, the reserve, the custodian's statement, and every entry on one side only.

        benyuan day
        benyuan day 20260731 --institution 1
        benyuan day --transit --json

    An entry of the book and one of the statement match that have the same direction, reference and amount. Entries
    are listed that had no match when that day was closed; `matched_on` says at which close one was found since.

    Where the clearing house's file has been taken in (`record_clearing_line`), the balance of what it owes and of what
    it is to pay out is told transaction by transaction: in transit, open, resolved (`resolve_clearing_item`), and what
    nothing explains. Exit code 1 where the statement differs from the book, something is open or unexplained. Figures
    in yuan, with --json in fen.
    """
    from benyuan.assurance.clearing import clearing_of_day, transit_of_day

    with reading(database) as group:
        number = _closed(group, institution, date)
        held = group.records.tables["closed_day"]
        figures = {name: int(held.column(name)[number]) for name in held.table.columns}
        entries = _open_entries(group, institution, figures["date"])
        cleared = clearing_of_day(group, institution=institution, date=figures["date"])
        moving = transit_of_day(group, institution=institution, date=figures["date"]) if transit else []
    if as_json:
        listed = {"transit": moving} if transit else {}
        say_json({**figures, "entries": entries, "clearing": cleared, **listed})
    else:
        _show(figures, entries)
        if cleared:
            show_clearing(cleared, moving)
    if figures["difference_fen"] or entries or (cleared and not _is_clean(cleared)):
        raise typer.Exit(1)


def _is_clean(cleared: dict[str, Any]) -> bool:
    return not (cleared["items"] or cleared["unexplained_in_fen"] or cleared["unexplained_out_fen"])


def _closed(group: "Group", institution: int, date: int | None) -> int:
    import numpy as np

    if institution > group.records.tables["institution"].count:
        raise NotFound(f"no institution {institution}")
    held = group.records.tables["closed_day"]
    found = held.column("institution") == institution
    if date is not None:
        found &= held.column("date") == date
    if not found.any():
        which = "no day" if date is None else f"no day {date}"
        raise NotFound(f"{which} of institution {institution} is closed; `close_day` closes one")
    return int(np.flatnonzero(found)[-1])


def _open_entries(group: "Group", institution: int, date: int) -> list[dict[str, Any]]:
    import numpy as np

    from benyuan.payments.reserve_entries import Direction, Side

    held = group.records.tables["reserve_entry"]
    matched = held.column("matched_on")
    wanted = (held.column("institution") == institution) & (held.column("date") <= date)
    wanted &= (matched == 0) | (matched > date)
    entries = []
    for number in np.flatnonzero(wanted).tolist():
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        entries.append(
            {
                "reserve_entry": number,
                "side": Side(row["side"]).name,
                "date": row["date"],
                "direction": Direction(row["direction"]).name,
                "reference": _reference(group, row["position"]),
                "amount_fen": row["amount_fen"],
                "command": row["position"],
                "matched_on": row["matched_on"],
            }
        )
    return entries


def _reference(group: "Group", position: int) -> str:
    from benyuan.engine.codec import item_of

    opened = group.reader.at_position(position)
    return str(item_of(opened.body["columns"]["reference"], position - opened.block.first_position))


def _show(figures: dict[str, int], entries: list[dict[str, Any]]) -> None:
    title = f"Institution {figures['institution']}, {shown_day(figures['date'])}"
    rows = [(line, yuan(figures[name])) for name, line in LINES.items()]
    say_table(title=title, columns=("", "yuan"), rows=rows, right=("yuan",))
    columns = ("only in the", "dated", "direction", "reference", "yuan", "command", "matched since")
    shown = [
        (
            entry["side"],
            shown_day(entry["date"]),
            entry["direction"],
            entry["reference"],
            yuan(entry["amount_fen"]),
            str(entry["command"]),
            shown_day(entry["matched_on"]),
        )
        for entry in entries
    ]
    say_table(title="Entries on one side only", columns=columns, rows=shown, right=("yuan", "command"))
    if not entries:
        typer.echo("Every entry of the reserve stands in the book and on the statement.")
