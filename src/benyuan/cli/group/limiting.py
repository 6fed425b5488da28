"""`benyuan group limits`: what a body has outstanding with related parties, beside what it may have."""

from typing import TYPE_CHECKING

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import Body, On, Seen
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.group.limits import LimitsTold, LimitTold


def limits(
    body: Body, on: On = 0, seen: Seen = 0, database: Database = None, keys: Keys = None, as_json: Json = False
) -> None:
    """What a body has given related parties or received, limit by limit: figure and source, used, left, breaches.

        benyuan group limits 3
        benyuan group limits 3 --on 20260630 --json

    Of an institution under a holding company, who receives from one, a bank, insurer, leasing, car finance or asset
    management company, the holding company's guarantees, and limits of the house; what a bank leaves out. Exit code 1
    where one is over. Amounts in yuan, with --json in fen.
    """
    from benyuan.assurance.group.limits import limits_of

    with reading(database, keys=keys) as group:
        told = limits_of(group, body, on=on, seen=seen)
    if as_json:
        say_json(told)
    else:
        show_limits(told)
    if told.breaches:
        raise typer.Exit(FOUND)


def show_limits(told: "LimitsTold") -> None:
    """The limits for people."""
    _show_pledged(told)
    if not told.limits:
        typer.echo("no limit speaks of it")
        return
    say_table(
        title=f"Limits of {told.name}, {day(told.on)}",
        columns=("rule", "article", "counts", "beside", "figure", "of", "source", "limit", "used", "left", ""),
        rows=[_row(each) for each in told.limits],
        right=("figure", "limit", "used", "left"),
    )
    left_out = [
        (
            str(each.transaction),
            f"{each.party} {each.name}",
            each.ground.replace("_", " "),
            each.because,
            yuan(each.left_fen),
            each.source,
        )
        for each in told.left_out
    ]
    if left_out:
        say_table(
            title="Left out of a bank's limits, as art. 16 of Order 2022 No. 1 lets it",
            columns=("no", "party", "ground", "in whose words", "yuan", "source"),
            rows=left_out,
            right=("no", "yuan"),
        )


def _show_pledged(told: "LimitsTold") -> None:
    for each in told.pledged:
        typer.echo(
            f"{each.owner} {each.name} holds {each.held} and has pledged {each.pledged}: the supervisor may keep it "
            f"from transactions ({each.rule}, {each.article})"
        )


def _row(each: "LimitTold") -> tuple[str, ...]:
    figure = each.figure if each.figure_fen is None else f"{each.figure} {yuan(each.figure_fen)}"
    house = " (house)" * each.house
    return (
        *(each.rule, f"{each.document} {each.article}{house}", each.line.replace("_", " ")),
        f"{each.beside} {each.name}" if each.beside else "all",
        *(figure.replace("_", " "), day(each.figure_on) if each.figure_on else "", each.source),
        *("" if fen is None else yuan(fen) for fen in (each.limit_fen, each.used_fen, each.headroom_fen)),
        "OVER" if each.breach else "",
    )
