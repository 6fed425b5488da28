"""`benyuan group organs`: the board and supervisors of a bank or insurer, held against the code of governance."""

from typing import Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.owning import On, Seen
from benyuan.cli.group.showing import CHECKS, check_row
from benyuan.cli.options import Database, Json, Keys, reading
from benyuan.cli.output import day, say_json, say_table


def organs(
    body: Annotated[int, typer.Argument(min=1, metavar="BODY", help="The bank or insurer, by number.")],
    on: On = 0,
    seen: Seen = 0,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Whether the board and the supervisors of a bank or insurer are made up as the code of governance asks.

        benyuan group organs 5
        benyuan group organs 5 --on 20261231 --json

    Chair and chief executive apart, a third of independent directors and of external supervisors, years and posts of
    each independent director. The code's text is not at hand; each row says how well it is known. Exit code 1 where
    something is not as asked.
    """
    from benyuan.assurance.group.organs import organs_of

    with reading(database, keys=keys) as group:
        told = organs_of(group, body, on=on, seen=seen)
    if as_json:
        say_json(told)
    else:
        invented = f", {told.invented} posts invented" if told.invented else ""
        by = "" if told.how == "direct" else ", by reference"
        counted = f"{told.unmet} not as asked, {told.untold} that can't be told{invented}"
        typer.echo(f"{told.name} on {day(told.on)}, {told.business.replace('_', ' ')}{by}: {counted}")
        say_table(title="Board and supervisors", columns=CHECKS, rows=[check_row(each) for each in told.checks])
    if told.unmet:
        raise typer.Exit(FOUND)
