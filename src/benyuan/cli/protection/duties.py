"""`benyuan protection duties`: what every firm of the group owes, in one list."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.protection.calendar import Duty

On: TypeAlias = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day, as 2026-06-01; without it that of the last command."),
]


def duties(
    on: On = None,
    days: Annotated[
        int | None,
        typer.Option("--days", min=0, help="Only what is overdue or past its aim, or falls due within so many days."),
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The one calendar of duties of all rooms: whose, what, since when, until when, how it stands, by which article.

        benyuan protection duties --on 2026-06-17
        benyuan protection duties --days 7

    `due` is the law's day. Where no text names one, `expected` is the day of a house rule; passing it is no breach, and
    is shown as past the aim. `level` says how far a duty that is overdue or past its aim climbs by the house's steps;
    `climb_duties` puts it on record. `first`: the first last day of an answer that new facts moved, and how often.

    Exit code 1 where a duty is overdue by the law.
    """
    from benyuan.assurance.protection.calendar import calendar
    from benyuan.values.dates import local_day, parse_yyyymmdd

    with reading(database) as group:
        date = local_day(group.last_at) if on is None else parse_yyyymmdd(on, field="on")
        found = calendar(group, on=date, days=days)
    if as_json:
        say_json({"on": date, "duties": found})
    else:
        _say(found, date)
    if any(each.state == "overdue" for each in found):
        raise typer.Exit(1)


def standing(state: str, days: int) -> str:
    """How a duty stands, in words, with the days that have passed."""
    words = state.replace("_", " the ")
    return f"{words} by {days}" if state in ("overdue", "past_aim") else words


def _say(found: "list[Duty]", date: int) -> None:
    dates = ("arose", "first", "due", "expected", "done")
    what = ("room", "duty", "owner", "what", "about", *dates, "state", "level", "article")
    rows = [
        (
            each.room,
            str(each.duty),
            each.owner,
            each.kind.replace("_", " "),
            str(each.about or ""),
            day(each.arose_on),
            f"{day(each.first_due_on)} ×{each.restarts}" if each.restarts else "",
            *(day(date) for date in (each.due_on, each.expected_on, each.done_on)),
            standing(each.state, -each.days_left),
            str(each.level or ""),
            f"{each.document}{each.article}",
        )
        for each in found
    ]
    if not rows:
        typer.echo("no duties")
    say_table(title=f"Duties on {day(date)}", columns=what, rows=rows, right=("duty", "about", "level"))
