"""`benyuan protection complaints`: complaints as they stand, a month by product and cause, files over their time."""

from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table, yuan
from benyuan.cli.protection.duties import On, standing

if TYPE_CHECKING:
    from benyuan.assurance.protection.complaints import Complaint, Line


def complaints(
    on: On = None,
    month: Annotated[
        str | None, typer.Option("--month", metavar="MONTH", help="The table of a month, as 2026-06.")
    ] = None,
    files: Annotated[bool, typer.Option("--files", help="Only files whose time of keeping is over.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Customers' complaints with their days; a month by product and cause; files that need be kept no longer.

        benyuan protection complaints --on 2026-06-17
        benyuan protection complaints --month 2026-06
        benyuan protection complaints --files --on 2029-06-18

    `clock`: nfra for a lender's (15, 30, 60 days), pbc for what a branch of the central bank passed on (15, at most
    60), house where no text names days. `anew`: how often new facts began a lender's days anew, and the first last day.
    A month's cause is the one known at its end, and what a review gave stands in the month of the review. What was said
    is sealed and not shown here.
    """
    from benyuan.assurance.protection.complaints import complaints as all_on
    from benyuan.assurance.protection.complaints import monthly, over
    from benyuan.values.dates import local_day, parse_yyyymmdd

    with reading(database) as group:
        date = local_day(group.last_at) if on is None else parse_yyyymmdd(on, field="on")
        if month is not None:
            lines = monthly(group, month=parse_yyyymmdd(f"{month}-01", field="month") // 100)
            say_json({"month": month, "lines": lines}) if as_json else _say_month(month, lines)
            return
        found = over(group, on=date) if files else all_on(group, on=date)
    if as_json:
        say_json({"on": date, "complaints": found})
    else:
        _say(found, date)


def _say(found: "list[Complaint]", date: int) -> None:
    columns = (
        "complaint",
        "customer",
        "clock",
        "product",
        "issue",
        "cause",
        "received",
        "anew",
        "due",
        "answered",
        "state",
        "file until",
    )
    rows = [
        (
            str(each.complaint),
            each.customer,
            each.clock,
            each.product,
            each.issue,
            each.cause,
            day(each.received_on),
            f"×{each.restarts} since {day(each.first_due_on)}" if each.restarts else "",
            day(each.due_on or each.expected_on),
            day(each.answered_on),
            standing(each.state, each.days_overdue) + (", major" if each.major else ""),
            day(each.kept_until),
        )
        for each in found
    ]
    if not rows:
        typer.echo("no complaints")
    say_table(title=f"Complaints on {day(date)}", columns=columns, rows=rows, right=("complaint",))


def _say_month(month: str, lines: "list[Line]") -> None:
    numbers = ("received", "repeats", "answered", "late", "withdrawn", "open", "overdue", "past aim")
    money = ("redress", "by review")
    rows = [
        (
            each.customers,
            each.product,
            each.cause,
            *(str(number or "") for number in (each.received, each.repeats, each.answered, each.answered_late)),
            *(str(number or "") for number in (each.withdrawn, each.open, each.overdue, each.past_aim)),
            *(yuan(fen) for fen in (each.redress_fen, each.review_redress_fen)),
        )
        for each in lines
    ]
    if not rows:
        typer.echo("no complaints")
    columns = ("of", "product", "cause", *numbers, *money)
    say_table(title=f"Complaints of {month}", columns=columns, rows=rows, right=(*numbers, *money))
