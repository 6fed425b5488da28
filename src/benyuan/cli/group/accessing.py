"""`benyuan group access`: who may read which personal data where, who has read what, and what is amiss."""

from typing import TYPE_CHECKING

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.group.checking import Where
from benyuan.cli.group.owning import On
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.group.access import Access


def access(body: Where = 0, on: On = 0, database: Database = None, as_json: Json = False) -> None:
    """Who may read which personal data at which entity, who has read what and how often, and who was refused.

        benyuan group access
        benyuan group access 2 --on 20260630 --json

    Of a body, and of the institution, lender or bureau that keeps its book in this ledger. Exit code 1 where something
    is amiss: an entity that reads without staff on record, a role unused for long, a role of who has left, of who gives
    roles, or of who works at two entities without a record why.
    """
    from benyuan.assurance.group.access import access_of

    with reading(database) as group:
        told = access_of(group, body, on=on)
    if as_json:
        say_json(told)
    else:
        _show(told)
    if told.amiss:
        raise typer.Exit(FOUND)


def _show(told: "Access") -> None:
    for place in told.places:
        typer.echo(place)
    roles = [
        (
            *(str(each.reading_role), str(each.staff), each.entity, each.data, each.task),
            *(day(each.from_date), day(each.until), day(each.read_on) if each.read_on else ""),
        )
        for each in told.roles
    ]
    if not roles:
        typer.echo("nobody has a role to read: grant_reading")
    say_table(
        title=f"Who may read what, {day(told.on)}",
        columns=("role", "staff", "of", "data", "for", "from", "until", "last read"),
        rows=roles,
        right=("role", "staff"),
    )
    readings = [
        (
            *(each.entity, str(each.staff or "none"), each.data, each.task, f"{each.readings:,}"),
            *(day(each.first_on), day(each.last_on)),
        )
        for each in told.readings
    ]
    say_table(
        title="Who has read what",
        columns=("of", "staff", "data", "for", "readings", "first", "last"),
        rows=readings,
        right=("readings",),
    )
    refused = [
        (str(each.position), day(each.on), each.command, each.client, each.entity, str(each.reader), each.standing)
        for each in told.refused
    ]
    say_table(
        title="Refused",
        columns=("position", "on", "command", "client", "of", "reader", "standing"),
        rows=refused,
        right=("position",),
    )
    amiss = [(each.what, each.entity, str(each.staff or ""), each.told, each.rule) for each in told.amiss]
    say_table(title="Amiss", columns=("what", "of", "staff", "told", "rule"), rows=amiss)
    for each in told.at_two:
        typer.echo(f"{each}, and it is on record why")
