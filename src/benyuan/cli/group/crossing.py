"""`benyuan group crossings`: what personal data went from one entity to another, and whether each had its ground."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.checking import Where
from benyuan.cli.group.owning import On
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.group.crossings import Crossings

SIDES = ("institution", "lender")


def crossings(
    body: Where = 0,
    on: On = 0,
    by_day: Annotated[
        bool, typer.Option("--by-day", help="What purchases on credit told the lender, day by day.")
    ] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Personal data that went from one entity to another: from whom, to whom, what, on what ground, and the proof.

        benyuan group crossings
        benyuan group crossings 2 --on 20260630 --json
        benyuan group crossings --by-day

    Each ground is looked up again as it stood when the data crossed; what the rooms' own records say crossed, and
    has no row, is told too. What a purchase on credit tells the lender is reckoned from the booked purchases. Also who
    is staff of several entities. Exit code 1 where a crossing is not proved.
    """
    from benyuan.assurance.group.crossings import crossings_of

    with reading(database) as group:
        told = crossings_of(group, body, on=on)
    if as_json:
        say_json(told)
    else:
        _show(told, by_day=by_day)
    if told.unproved:
        raise typer.Exit(FOUND)


def _show(told: "Crossings", *, by_day: bool) -> None:
    for place in told.places:
        typer.echo(place)
    sums = [
        (
            *(each.giver, each.receiver, each.data.replace("_", " "), each.ground.replace("_", " ")),
            *(str(each.crossings), str(each.records), str(each.gone or ""), day(each.first_on), day(each.last_on)),
        )
        for each in told.sums
    ]
    if not sums:
        typer.echo("nothing has crossed")
    say_table(
        title=f"Crossings of personal data, up to {day(told.on)}",
        columns=("from", "to", "what", "ground", "crossings", "records", "ground erased", "first", "last"),
        rows=sums,
        right=("crossings", "records", "ground erased"),
    )
    if by_day:
        say_table(
            title="What purchases on credit told the lender",
            columns=("on", "from", "to", "what", "crossings"),
            rows=[
                (day(each.on), *(f"{name} {getattr(each, name)}" for name in SIDES), each.data, str(each.crossings))
                for each in told.purchases
            ],
            right=("crossings",),
        )
    if told.older:
        typer.echo(f"before the first row, by the rooms' own records: {told.older}")
    unproved = [
        (str(each.position), day(each.on), each.giver, each.receiver, each.data, each.reason) for each in told.unproved
    ]
    say_table(
        title="Not proved",
        columns=("position", "on", "from", "to", "what", "why"),
        rows=unproved,
        right=("position",),
    )
    several = [(", ".join(map(str, each.staff)), ", ".join(each.entities)) for each in told.at_several]
    say_table(title="Staff of several entities", columns=("staff", "of"), rows=several)
