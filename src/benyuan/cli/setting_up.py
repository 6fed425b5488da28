"""`benyuan init`: a database with an institution and its standing, and nothing else."""

from enum import StrEnum
from typing import Annotated

import typer

from benyuan.cli.options import Database, Json, url_to_make
from benyuan.cli.output import day, say_json

CLIENT = "benyuan init"


class Licence(StrEnum):
    """Classes of licence (PBoC Order [2024] No. 4, art. 55)."""

    stored_value_1 = "stored_value_1"
    stored_value_2 = "stored_value_2"
    processing_1 = "processing_1"
    processing_2 = "processing_2"


class RatingName(StrEnum):
    """PBoC's yearly rating; none: not rated."""

    none = "none"
    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"


DEFAULT_LICENCES = [Licence.stored_value_1, Licence.processing_1]


def init(
    name: Annotated[str, typer.Option(help="The institution's name.")] = "本源支付",
    licence: Annotated[
        list[Licence], typer.Option(help="A class of licence that it holds; repeatable.")
    ] = DEFAULT_LICENCES,
    rating: Annotated[RatingName, typer.Option(help="Its rating.")] = RatingName.none,
    real_name_ppm: Annotated[
        int, typer.Option(min=0, max=1_000_000, help="Its share of real-name Class II and III accounts, per million.")
    ] = 0,
    since: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="YYYY-MM-DD", help="The day from which all this holds and on which the log begins; today."
        ),
    ] = None,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Make a database with an institution, its licences and its rating.

        benyuan init
        benyuan init --database bank.db --name 某某支付 --rating A --real-name-ppm 960000 --from 2026-01-01

    With --from in the past, commands of that time on can be taken in: time never goes back in a log. A database that
    already has commands in it is left alone (exit code 2).
    """
    from benyuan.app import path_of
    from benyuan.engine.group import system_clock
    from benyuan.values.dates import local_day, parse_yyyymmdd

    url = url_to_make(database)
    from_date = parse_yyyymmdd(since, field="from") if since else local_day(system_clock())
    institution = _found(
        url, name=name, licences=licence, rating=rating, real_name_ppm=real_name_ppm, from_date=from_date
    )
    if as_json:
        say_json({"database": url, "institution": institution, "from_date": from_date})
        return
    typer.echo(f"{path_of(url)}: institution {institution}, its standing from {day(from_date)} on.")
    typer.echo("")
    typer.echo("Next, commands from a file, such as people.jsonl with the line")
    typer.echo(f'  {{"kind":"register_person","institution":{institution},"document":"resident_id",')
    typer.echo('   "number":"11010519491231002X","full_name":"王小明","phone":"13800000000","occupation":"cook",')
    typer.echo('   "address":"北京市朝阳区…","valid_until":0}')
    typer.echo("  benyuan run people.jsonl")
    typer.echo("All kinds of command and their fields: docs/reference/commands.md")


def _found(
    url: str, *, name: str, licences: list[Licence], rating: RatingName, real_name_ppm: int, from_date: int
) -> int:
    """Register the institution and its standing; returns its id. Errors: BadInput for a database with commands."""
    from benyuan.app import open as open_group
    from benyuan.app import path_of
    from benyuan.decisions.commands import Request
    from benyuan.engine.group import system_clock
    from benyuan.payments.licences import CLASSES
    from benyuan.payments.vocabulary import Rating
    from benyuan.usecases.record_standing import Standing
    from benyuan.usecases.register_institution import Register
    from benyuan.values.dates import day_begins_at
    from benyuan.values.errors import BadInput

    if not name.strip():
        raise BadInput("name", name, "a name")
    at = min(system_clock(), day_begins_at(from_date))
    if at < 0:
        raise BadInput("from", day(from_date), "a day from 1970-01-02 on: the log's times begin there")
    with open_group(url, create=True) as group:
        if group.position:
            raise BadInput("database", path_of(url), f"one without commands; this has {group.position:,}")
        made = group.execute([Request(client=CLIENT, key="institution", command=Register(name=name), at=at)])[0]
        institution = int(made.results["institution"])
        standing = Standing(
            institution=institution,
            from_date=from_date,
            licences=sum(CLASSES[item.value] for item in set(licences)),
            rating=Rating(rating.value),
            real_name_ppm=real_name_ppm,
        )
        group.execute([Request(client=CLIENT, key="standing", command=standing, at=at)])
    return institution
