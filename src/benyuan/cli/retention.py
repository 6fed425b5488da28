"""`benyuan retention`: what is over its term by law and date, and the erasing of it."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, progress_bar, say_json, say_table
from benyuan.cli.teaching import help_of

if TYPE_CHECKING:
    from benyuan.assurance.retention import Due, Erasure
    from benyuan.engine.group import Group

app = typer.Typer(help="Records kept as long as the law asks, and erased after.", no_args_is_help=True)
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, as 2036-06-01; without it today.")]


def due(on: On = None, database: Database = None, as_json: Json = False) -> None:
    """What would be erased on a day, by sort of record: rule, article, how many, what holds some back, sample ids.

        benyuan retention due
        benyuan retention due --on 2036-06-01

    Nothing is changed, and no keys are needed. A day to come may be asked for; the rules are those known today.
    """
    from benyuan.assurance.retention import due as due_on

    with reading(database) as group:
        date = _date(on, group)
        found, unfinished = due_on(group, on=date), group.store.is_erasing()
    if as_json:
        say_json({"on": date, "unfinished": unfinished, "due": [asdict(row) for row in found]})
        return
    _say_due(found, date)
    if unfinished:
        typer.echo("an erasure was begun and not finished: `benyuan retention erase` finishes it")


def erase(on: On = None, database: Database = None, keys: Keys = None, as_json: Json = False) -> None:
    """Erase what is over its term, a command for each sort and day in the log; then destroy keys and clean the files.

        benyuan retention erase
        benyuan retention erase --on 2036-06-01

    The day is none to come, and not before the log's last. What is held back stays: open disputes, cases, duties,
    freezes, investigations. Asked again it erases nothing twice; killed, it goes on where it stopped. The file is
    written anew at the end, which needs as much room again; nobody may read it meanwhile. Copies of the database and
    of the keys that were made before are yours to destroy.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.retention import erase as erase_on
    from benyuan.engine.group import system_clock
    from benyuan.values.dates import day_begins_at, local_day
    from benyuan.values.errors import BadInput

    with open_group(url_that_is(database), keys=keys, clock=system_clock) as group:
        date, today, last = _date(on, group), local_day(system_clock()), local_day(group.last_at)
        if not last <= date <= today:
            raise BadInput("on", date, f"a day from {last}, that of the log's last command, to {today}, which is today")
        at = None if date == today else max(day_begins_at(date), group.last_at)
        with progress_bar(shown=not as_json) as bar:
            task = bar.add_task("erasing", total=None)
            done = erase_on(group, on=date, at=at, progress=lambda sort, start, count: bar.advance(task, count))
    if as_json:
        say_json({"on": date, **asdict(done)})
    else:
        _say_done(done)


def _date(on: str | None, group: "Group") -> int:
    from benyuan.values.dates import local_day, parse_yyyymmdd

    return local_day(group.now()) if on is None else parse_yyyymmdd(on, field="on")


def _say_due(found: "list[Due]", date: int) -> None:
    columns = ("sort", "rule", "article", "years", "due", "held back", "began", "for example")
    rows = [
        (
            row.sort.replace("_", " "),
            row.rule or "no rule in force",
            f"{row.document}{row.article}",
            str(row.years or ""),
            row.count,
            ", ".join(f"{reason} {count:,}" for reason, count in sorted(row.held.items())),
            f"{day(row.first_start)} – {day(row.last_start)}" if row.count else "",
            ", ".join(map(str, row.samples)),
        )
        for row in found
    ]
    say_table(title=f"Over their term on {day(date)}", columns=columns, rows=rows, right=("years", "due"))
    if not any(row.count for row in found):
        typer.echo("nothing is due")


def _say_done(done: "Erasure") -> None:
    for sort, count in done.erased.items():
        typer.echo(f"{sort.replace('_', ' ')}: {count:,} erased")
    for sort, count in done.held.items():
        if count:
            typer.echo(f"{sort.replace('_', ' ')}: {count:,} held back")
    if not done.days:
        typer.echo("nothing is due")
    typer.echo(f"{done.days:,} commands in the log, {done.keys:,} keys destroyed")


for command in (due, erase):
    app.command(help=help_of(command))(command)
