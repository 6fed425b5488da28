"""`benyuan disputes`: disputed payments, what is held for them, and how they were decided."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.engine.group import Group


def disputes(
    open_only: Annotated[bool, typer.Option("--open", help="Only those that nobody has decided.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Disputed payments: whose, how much, what is on hold, since when, and how they were decided.

        benyuan disputes --open
        benyuan disputes --json

    `open_dispute` holds of the merchant's money what it has not been paid out yet. `decide_dispute` gives it back to
    the merchant, or returns the amount to the sources that paid, advanced from own funds where the merchant lacks it.
    `benyuan why` explains the payment by its ID. Amounts in yuan, with --json in fen.
    """
    with reading(database) as group:
        rows = [row for row in dispute_rows(group) if not (open_only and row["outcome"])]
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no disputes" + (" are open" if open_only else ""))
    columns = ("dispute", "ID", "of", "at", "reason", "yuan", "on hold", "opened", "outcome", "decided", "advanced")
    shown = [
        (
            str(row["dispute"]),
            str(row["payment"]),
            f"wallet:{row['wallet']}",
            f"merchant:{row['merchant']}",
            row["reason"].replace("_", " "),
            yuan(row["amount_fen"]),
            yuan(row["on_hold_fen"]),
            day(row["opened_on"]),
            row["outcome"].replace("_", " ") or "open",
            day(row["decided_on"]),
            yuan(row["advanced_fen"]) if row["advanced_fen"] else "",
        )
        for row in rows
    ]
    say_table(title="Disputes", columns=columns, rows=shown, right=("dispute", "ID", "yuan", "on hold", "advanced"))


def dispute_rows(group: "Group") -> list[dict[str, Any]]:
    """Every dispute, in order of its number, in words. `on_hold_fen`: of `held_fen` what still is."""
    from benyuan.payments.vocabulary import DISPUTE_OUTCOME_NUMBER, DISPUTE_REASON_NUMBER

    reasons = {number: word for word, number in DISPUTE_REASON_NUMBER.items()}
    outcomes = {0: "", **{number: word for word, number in DISPUTE_OUTCOME_NUMBER.items()}}
    held = group.records.tables["dispute"]
    found = []
    for number in range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        words = {
            "reason": reasons[row["reason"]],
            "outcome": outcomes[row["outcome"]],
            "on_hold_fen": 0 if row["outcome"] else row["held_fen"],
        }
        found.append({"dispute": number, **row, **words})
    return found
