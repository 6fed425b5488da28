"""`benyuan shares`: an institution's shares of its market, beside figures of a draft that never came into force."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.market_shares import Shares

DRAFT = (
    "By the draft of 2021-01-20, which never came into force: an early warning that refuses nothing. "
    "Order 768 (art. 42) has no such figures."
)
OF_YEAR = 10_000


def shares(
    year: Annotated[
        int | None, typer.Argument(metavar="YEAR", help="The year; without it that of the log's end.")
    ] = None,
    institution: Annotated[int, typer.Option("--institution", min=1, metavar="ID", help="Whose shares.")] = 1,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Shares of the market in a year, and where a draft that never came into force would have warned.

        benyuan shares 2026
        benyuan shares --json

    Markets' totals, and the largest others, are recorded with `record_market`; own figures are reckoned from payments
    and transfers in the log. Nothing is refused by it, and the exit code is 0 whatever it says. Amounts in yuan, with
    --json in fen.
    """
    from benyuan.assurance.market_shares import shares_of
    from benyuan.values.dates import local_day

    with reading(database) as group:
        if institution > group.records.tables["institution"].count:
            raise NotFound(f"no institution {institution}")
        asked = year if year is not None else local_day(group.last_at) // OF_YEAR
        made = shares_of(group, institution=institution, year=asked)
    if as_json:
        import msgspec

        say_json({**msgspec.to_builtins(made), "draft": DRAFT})
        return
    _show(made)


def _show(made: "Shares") -> None:
    from benyuan.values.shares import share_text

    typer.echo(f"DRAFT. {DRAFT}")
    own = [("amount", yuan(made.own.amount_fen)), ("payments and transfers", f"{made.own.count:,}")]
    say_table(title=f"Institution {made.institution}, {made.year}", columns=("", "value"), rows=own, right=("value",))
    if not made.rows:
        typer.echo(f"no market of {made.year} is recorded; `record_market` records one")
        return
    columns = ("market", "by", "of institutions", "share", "draft's figure", "the draft would")
    rows = [
        (
            row.market.replace("_", " "),
            row.by,
            str(row.institutions),
            share_text(row.share_of, row.total),
            row.threshold,
            "warn" if row.reached else row.note or "say nothing",
        )
        for row in made.rows
    ]
    say_table(title="Early warning (draft)", columns=columns, rows=rows, right=("of institutions", "share"))
