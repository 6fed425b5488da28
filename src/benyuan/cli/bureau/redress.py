"""`benyuan bureau duties`, `objections` and `complaints`: what is owed to people and by when."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.bureau.duties import Duty
    from benyuan.engine.group import Group

Bureau: TypeAlias = Annotated[int, typer.Option("--bureau", min=0, metavar="ID", help="Of this bureau; 0: of all.")]
On: TypeAlias = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="The day, as 2026-06-01; without it that of the last command."),
]
Open: TypeAlias = Annotated[bool, typer.Option("--open", help="Only what is not done.")]


def duties(
    on: On = None, open_only: Open = False, bureau: Bureau = 0, database: Database = None, as_json: Json = False
) -> None:
    """What a bureau owes, by when, under which article, and what of it is done.

        benyuan bureau duties
        benyuan bureau duties --open --on 2026-06-01

    Objections to answer, members to tell what is right, complaints to explain, scores to explain or look at, audits and
    reports of a year. The law's own day is `due`; where it names none, `expected` is the day of a house rule, and
    passing it is no breach. `file_bureau_duty`, `tell_member` and so on, as the last column says, do a duty.

    Exit code 1 where a duty is overdue by the law.
    """
    from benyuan.assurance.bureau.duties import State
    from benyuan.assurance.bureau.duties import duties as duties_on

    with reading(database) as group:
        date = _date(on, group)
        found = [each for each in duties_on(group, on=date, bureau=bureau) if not (open_only and each.done_on)]
    if as_json:
        say_json({"on": date, "duties": found})
    else:
        _say_duties(found, date)
    if any(each.state is State.overdue for each in found):
        raise typer.Exit(1)


def objections(
    subject: Annotated[int, typer.Option("--subject", min=0, metavar="ID", help="About this file; 0: all.")] = 0,
    open_only: Open = False,
    bureau: Bureau = 0,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """People's objections: about what, what the furnisher says, how they ended and after how many days.

        benyuan bureau objections --open
        benyuan bureau objections --subject 3

    What was said in words is sealed and not shown here.
    """
    from benyuan.assurance.bureau.redress import objections as objections_of

    with reading(database) as group:
        found = [
            each
            for each in objections_of(group, bureau=bureau, subject=subject)
            if not (open_only and each.outcome != "open")
        ]
    if as_json:
        say_json(found)
        return
    numbers, days = ("objection", "file", "member", "account", "month"), ("received", "due")
    columns = (*numbers, "fault", *days, "says", "outcome", "answered")
    rows = [
        (
            *(str(number or "") for number in (each.objection, each.subject, each.member, each.account, each.month)),
            each.fault,
            day(each.received_on),
            day(each.due_on),
            each.said,
            each.outcome.replace("_", " "),
            day(each.answered_on),
        )
        for each in found
    ]
    if not rows:
        typer.echo("no objections" + (" are open" if open_only else ""))
    say_table(title="Objections", columns=columns, rows=rows, right=numbers)


def complaints(bureau: Bureau = 0, database: Database = None, as_json: Json = False) -> None:
    """Complaints that branches of the central bank have sent on: the bureau's day, and the branch's own.

        benyuan bureau complaints

    `due` is the day that the branch set for the bureau's explanation; the text itself names none. In the last two
    columns stand the days by which the branch looks at the papers and concludes: they bind the branch.
    """
    from benyuan.assurance.bureau.redress import complaints as complaints_of

    with reading(database) as group:
        found = complaints_of(group, bureau=bureau)
    if as_json:
        say_json(found)
        return
    own = ("complaint", "file", "received", "due", "explained", "ended", "outcome")
    columns = (*own, "branch looks by", "concludes by")
    rows = [
        (
            str(each.complaint),
            str(each.subject or ""),
            *(day(date) for date in (each.received_on, each.due_on, each.explained_on, each.concluded_on)),
            each.outcome,
            day(each.branch_looks_by) or each.branch_note,
            day(each.branch_concludes_by),
        )
        for each in found
    ]
    if not rows:
        typer.echo("no complaints")
    say_table(title="Complaints", columns=columns, rows=rows, right=columns[:2])


def _date(on: str | None, group: "Group") -> int:
    from benyuan.values.dates import local_day, parse_yyyymmdd

    return local_day(group.last_at) if on is None else parse_yyyymmdd(on, field="on")


def _say_duties(found: "list[Duty]", date: int) -> None:
    columns = ("duty", "what", "file", "member", "arose", "due", "expected", "done", "left", "state", "article", "by")
    rows = [
        (
            str(each.duty),
            each.kind.replace("_", " "),
            str(each.subject or ""),
            str(each.member or ""),
            day(each.arose_on),
            day(each.due_on),
            day(each.expected_on),
            day(each.done_on),
            str(each.days_left) if not each.done_on and (each.due_on or each.expected_on) else "",
            each.state.value + (", behind" if each.behind and not each.breach else ""),
            f"{each.document}{each.article}",
            each.done_by,
        )
        for each in found
    ]
    if not rows:
        typer.echo("no duties")
    say_table(title=f"Duties on {day(date)}", columns=columns, rows=rows, right=("duty", "file", "member", "left"))
