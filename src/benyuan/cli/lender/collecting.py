"""`benyuan lender collections`: what falls due by the agreements on automatic repayment, as the list for the bank."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.lender.showing import Lender, Limit, Out, check, tell
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day as shown_day
from benyuan.cli.output import say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.collections import Due

SHOWN = 20
AMOUNTS = ("asked_fen", "wallet_fen", "card_fen")


def collections(
    date: Annotated[int, typer.Argument(metavar="DATE", help="The day on which they are collected, as yyyymmdd.")],
    lender: Lender = 1,
    limit: Limit = SHOWN,
    out: Out = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Which pay-later accounts are collected from on a day, and what the bank is to be asked for each.

        benyuan lender collections 20260428
        benyuan lender collections 20260428 --out due.csv
        benyuan run answers.csv --kind collect_account

    One row an account that has agreed, that owes what a statement asks for, and whose day it is: the due day, or the
    day of the next try. `wallet_fen` is what the wallet holds of it, `card_fen` the rest, which the bank is asked for.
    What the bank paid comes back as a file with the columns account and card_fen (0 where it refused). The wallet pays
    what it holds then, so the list is drawn on the day itself.

    The screen shows the first --limit; files and JSON hold all. Figures in yuan, with --json and in files in fen.
    """
    from benyuan.assurance.collections import collections_due

    check(out, database=database)
    with reading(database) as group:
        due = collections_due(group, lender=lender, on=date)
    columns = {name: getattr(due, name) for name in due.__slots__}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*(c.tolist() for c in columns.values()), strict=True)]
    content = {"lender": lender, "date": date, "rows": rows} if as_json and out is None else None
    tell(content=content, columns=columns, out=out, as_json=as_json, show=lambda: _show(due, lender, date, limit))


def _show(due: "Due", lender: int, date: int, limit: int) -> None:
    count = len(due.account)
    if count == 0:
        typer.echo(f"nothing to collect for lender {lender} on {shown_day(date)}")
        return
    rows = [
        (
            str(due.account[place]),
            str(due.bank_account[place]) if due.bank_account[place] else "",
            *(yuan(int(getattr(due, name)[place])) for name in AMOUNTS),
            str(due.number[place]),
        )
        for place in range(min(limit, count))
    ]
    rows.append((f"all {count:,}", "", *(yuan(sum(getattr(due, name).tolist())) for name in AMOUNTS), ""))
    right = ("bank account", "asked", "from the wallet", "from the bank", "try")
    title = f"To be collected for lender {lender} on {shown_day(date)}, yuan"
    say_table(title=title, columns=("account", *right), rows=rows, right=right)
