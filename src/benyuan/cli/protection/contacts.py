"""`benyuan protection contacts`: who was contacted about a borrower's debts, and how many calls are left today."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, moment, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.protection.contacts import BorrowerContacts

ZONE_HELP = "Count by this clock, minutes east of Greenwich, and not by that on record."


def contacts(
    borrower: Annotated[int, typer.Argument(metavar="BORROWER", min=1, help="Whose debts.")],
    zone: Annotated[int | None, typer.Option("--zone", min=-720, max=840, help=ZONE_HELP)] = None,
    at: Annotated[int, typer.Option("--at", help="At this instant, in microseconds since 1970 UTC.")] = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Every contact about a borrower's debts, what stops them, and how many calls are left on the debtor's day.

        benyuan protection contacts 3
        benyuan protection contacts 3 --zone 540 --json

    A call counts when it reached somebody, over all who collect. Times are those of China; `there` is the date at the
    debtor's place, by the zone on record (`record_borrower_zone`). The day begins anew at midnight there; calling may
    begin when the hours of coll.hours do. Without --at the instant is that of the log's last command.
    """
    from benyuan.assurance.protection.contacts import contacts_of

    with reading(database) as group:
        try:
            told = contacts_of(group, borrower=borrower, at=at or group.last_at, zone=zone)
        except LookupError as error:
            raise NotFound(error.args[0]) from None
    say_json(told) if as_json else _show(told)


def _show(told: "BorrowerContacts") -> None:
    rows = [
        (
            moment(each.made_at),
            day(each.local_date),
            each.means,
            each.addressee,
            f"collector {each.collector}" if each.collector else "lender",
            "reached" if each.effective else "",
            "agreed hour" if each.agreed_hours else "",
            "asked to stop" if each.asked_to_stop else "",
            str(each.command),
        )
        for each in told.contacts
    ]
    columns = ("at", "there", "means", "to", "by", "result", "hour", "wish", "command")
    say_table(title=f"Contacts with borrower {told.borrower}", columns=columns, rows=rows, right=("command",))
    if told.stops:
        typer.echo("collecting is stopped: " + ", ".join(told.stops))
    halts = (("complaint", told.complaints), ("claim", told.debt_claims), ("objection", told.objections))
    for word, numbers in halts:
        if numbers:
            open_ones = ", ".join(f"{word} {number}" for number in numbers)
            typer.echo(f"collecting halts until there is an answer: {open_ones}")
    if told.planned:
        typer.echo("planned and not made yet: " + ", ".join(f"plan {number}" for number in told.planned))
    if told.guarantors:
        typer.echo("on record: " + ", ".join(f"guarantor {number}" for number in told.guarantors))
    if len(told.zones) > 1:
        typer.echo("moved of late: it must be day in all of the zones " + ", ".join(map(str, told.zones)))
    if told.hardship_until:
        typer.echo(f"a hardship plan runs until {day(told.hardship_until)}")
    calls = told.calls
    left = "no limit yet" if calls.limit is None else f"{calls.used} of {calls.limit} calls used, {calls.left} left"
    typer.echo(f"{day(calls.local_date)} there (zone {calls.zone}): {left}; anew from {moment(calls.next_at)} in China")
