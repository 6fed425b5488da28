"""`benyuan freezes`: amounts of wallets that are frozen by law, in their order, and what of them is held."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.engine.group import Group


def freezes(
    open_only: Annotated[bool, typer.Option("--open", help="Only those that stand.")] = False,
    wallet: Annotated[int | None, typer.Option(min=1, help="Only those of this wallet.")] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Amounts of wallets that are frozen by law, the first first: how much was ordered, is held, is short, went out.

        benyuan freezes --open
        benyuan freezes --wallet 3 --json

    `freeze_amount` freezes, `lift_freeze` lifts, `deduct_frozen` pays out to the authority. A freeze that is short
    blocks the wallet until `secure_freeze` has taken what came in since. `suspend_wallet` with lawful_freeze freezes
    the whole wallet. The ID is that of the freeze; `benyuan why` explains it. Amounts in yuan, with --json in fen.
    """
    with reading(database) as group:
        rows = [row for row in freeze_rows(group) if not (open_only and row["ended_on"])]
    rows = [row for row in rows if wallet is None or row["wallet"] == wallet]
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no freezes" + (" stand" if open_only else ""))
    money = ("ordered_fen", "amount_fen", "held_fen", "short_fen", "deducted_fen")
    shown = [
        (
            *(str(row["freeze"]), str(row["position"]), f"wallet:{row['wallet']}"),
            *(yuan(row[name]) for name in money),
            *(day(row["frozen_on"]), day(row["ended_on"])),
        )
        for row in rows
    ]
    columns = ("freeze", "ID", "of", "ordered", "frozen", "held", "short", "deducted", "since", "ended")
    right = ("freeze", "ID", "ordered", "frozen", "held", "short", "deducted")
    say_table(title="Freezes", columns=columns, rows=shown, right=right)


def freeze_rows(group: "Group") -> list[dict[str, Any]]:
    """Every freeze, in order of its number, which is that of the orders."""
    held = group.records.tables["wallet_freeze"]
    found = []
    for number in range(1, held.count + 1):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        found.append({"freeze": number, **row, "short_fen": row["amount_fen"] - row["held_fen"]})
    return found
