"""`benyuan merchants`: merchants, where they are, how they are paid out, and what waits for them."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.engine.group import Group


def merchants(
    unplaced: Annotated[bool, typer.Option("--unplaced", help="Only those without a place of business.")] = False,
    without_cycle: Annotated[
        bool, typer.Option("--without-cycle", help="Only those with no agreed settlement.")
    ] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Merchants that are served: kind, province, settlement cycle, what has come in and waits, and what stops them.

        benyuan merchants --unplaced
        benyuan merchants --without-cycle --json

    `place_merchant` records a place, `agree_settlement` a cycle. Nobody is named: a merchant is known by its number.
    Amounts in yuan, with --json in fen.
    """
    with reading(database) as group:
        rows = [
            row
            for row in merchant_rows(group)
            if not (unplaced and row["province"]) and not (without_cycle and row["cycle"])
        ]
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no such merchants")
    columns = ("merchant", "kind", "province", "cycle", "settled through", "waits", "stops")
    shown = [
        (
            str(row["merchant"]),
            row["kind"].replace("_", " "),
            row["province"],
            row["cycle"].replace("_", " "),
            day(row["settled_through"]),
            yuan(row["waits_fen"]),
            ", ".join(row["stops"]).replace("_", " "),
        )
        for row in rows
    ]
    say_table(title="Merchants", columns=columns, rows=shown, right=("merchant", "waits"))


def merchant_rows(group: "Group") -> list[dict[str, Any]]:
    """Every merchant that has not left, in order of its number, in words."""
    import numpy as np

    from benyuan.payments.places import MERCHANT_PLACE, Province
    from benyuan.payments.settlement_cycles import CYCLE_NUMBER, SETTLEMENT_CYCLE
    from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, MERCHANT_STOP_BIT

    held = group.records.tables["merchant"]
    numbers = np.arange(1, held.count + 1)
    placed = group.records.look_up(MERCHANT_PLACE, numbers, on=0)
    agreed = group.records.look_up(SETTLEMENT_CYCLE, numbers, on=0)
    kinds = {number: kind.value for kind, number in MERCHANT_KIND_NUMBER.items()}
    cycles = {number: cycle for cycle, number in CYCLE_NUMBER.items()}
    provinces = [*Province]
    waits = group.ledger.balances(held.column("account")[1:])
    found = []
    for place, number in enumerate(numbers.tolist()):
        row = {name: int(held.column(name)[number]) for name in held.table.columns}
        if row["left_on"]:
            continue
        cycle = int(agreed["cycle"][place])
        found.append(
            {
                "merchant": number,
                "institution": row["institution"],
                "kind": kinds[row["kind"]],
                "province": provinces[int(placed["province"][place])].value if placed["province"][place] else "",
                "cycle": f"{cycles[cycle]} {int(agreed['count'][place])}" if cycle else "",
                "registered_on": row["registered_on"],
                "verified_on": row["verified_on"],
                "settled_through": row["settled_through"],
                "waits_fen": int(waits.credits_posted[place] - waits.debits_posted[place]),
                "stops": [stop.value for stop, bit in MERCHANT_STOP_BIT.items() if row["stops"] & bit],
            }
        )
    return found
