"""`benyuan duties`: what fell due, of whom and until when, and what of it is done."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.engine.group import Group

SUBJECTS, DIRECTIONS = {1: "person", 2: "merchant", 3: "institution", 20: "incident"}, {0: "", 1: "in", 2: "out"}
SORTS = {0: "", 1: "account", 2: "bank to bank"}


def duties(
    open_only: Annotated[bool, typer.Option("--open", help="Only those that are not done.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Duties with their deadlines, and what of them is done.

        benyuan duties --open
        benyuan duties --json

    Large values and suspicions to report, merchants to pay out, the return on the reserve of a month, the disclosure of
    a year, incidents. `file_duty` with a duty's number says that a report is filed. Amounts in yuan, with --json in
    fen.
    """
    with reading(database) as group:
        rows = [row for row in duty_rows(group) if not (open_only and row["done_on"])]
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no duties" + (" are open" if open_only else ""))
    columns = ("duty", "what", "of", "direction", "sort", "yuan", "arose", "due", "done")
    shown = [
        (
            str(row["duty"]),
            row["kind"].replace("_", " "),
            f"{row['subject_kind']}:{row['subject']}",
            row["direction"],
            row["sort"],
            yuan(row["amount_fen"]),
            day(row["arose_on"]),
            day(row["due_on"]),
            day(row["done_on"]),
        )
        for row in rows
    ]
    say_table(title="Duties", columns=columns, rows=shown, right=("duty", "yuan"))


def duty_rows(group: "Group") -> list[dict[str, Any]]:
    """Every duty, in order of its number, in words."""
    from benyuan.payments.vocabulary import DutyKind

    held = group.records.tables["duty"]
    found = []
    for number in range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        words = {
            "kind": DutyKind(row["kind"]).name,
            "subject_kind": SUBJECTS[row["subject_kind"]],
            "direction": DIRECTIONS[row["direction"]],
            "sort": SORTS[row["sort"]],
        }
        found.append({"duty": number, **row, **words})
    return found
