"""`benyuan protection duties`: what every firm of the group owes, in one list."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.options import Database, Json, instant, reading
from benyuan.cli.output import day, moment, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.protection.calendar import Duty

On: TypeAlias = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The end of this day, as 2026-06-01; without it the last command."),
]
At: TypeAlias = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="This time, such as 2026-06-01T14:00+08:00, in place of --on."),
]


def duties(
    on: On = None,
    at: At = None,
    days: Annotated[
        int | None,
        typer.Option("--days", min=0, help="Only what is overdue or past its aim, or falls due within so many days."),
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """The one calendar of duties of all rooms: whose, what, since when, until when, how it stands, by which article.

        benyuan protection duties --on 2026-06-17
        benyuan protection duties --at 2026-06-17T14:00+08:00
        benyuan protection duties --days 7

    `due` is the law's day, or its moment where hours rule; days are looked at at their end, hours at the end of the day
    of --on, or to the microsecond at --at or the last command. Where no text names a day, `expected` is the day of a
    house rule; passing it is no breach, and is shown as past the aim. `level` says how far a duty that is overdue or
    past its aim climbs by the house's steps; `climb_duties` puts it on record. `first`: the first last day of an answer
    that new facts moved, and how often.

    Exit code 1 where a duty is overdue by the law.
    """
    from benyuan.assurance.protection.calendar import calendar
    from benyuan.values.dates import local_day, parse_yyyymmdd
    from benyuan.values.errors import BadInput

    if on is not None and at is not None:
        raise BadInput("--at", at, "--on or --at, not both")
    with reading(database) as group:
        now = None if on is not None else group.last_at if at is None else instant(at)
        date = parse_yyyymmdd(on, field="on") if on is not None else local_day(now or 0)
        found = calendar(group, on=date, days=days, at=now)
    if as_json:
        say_json({"on": date, "at": now, "duties": found})
    else:
        _say(found, date)
    if any(each.state == "overdue" for each in found):
        raise typer.Exit(1)


def standing(state: str, days: int) -> str:
    """How a duty stands, in words, with the days that have passed."""
    words = state.replace("_", " the ")
    return f"{words} by {days}" if state in ("overdue", "past_aim") and days else words


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
            moment(each.due_at) if each.due_at else day(each.due_on),
            day(each.expected_on),
            moment(each.done_at) if each.done_at else day(each.done_on),
            standing(each.state, -each.days_left),
            str(each.level or ""),
            f"{each.document}{each.article}",
        )
        for each in found
    ]
    if not rows:
        typer.echo("no duties")
    say_table(title=f"Duties on {day(date)}", columns=what, rows=rows, right=("duty", "about", "level"))
