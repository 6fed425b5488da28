"""`benyuan bureau inquiries, misuse, cases`: who was shown what, what stands out, and what people found."""

from typing import Annotated, Any

import typer

from benyuan.cli.bureau.doing import Home, rows_of, word
from benyuan.cli.failures import FOUND
from benyuan.cli.options import Database, Json, Keys, reading, url_that_is
from benyuan.cli.output import day, moment, say_json, say_table

OPEN, FOUND_WORDS = 0, ("open", "no misuse", "misuse")
LAST = 100


def inquiries(
    subject: Annotated[int, typer.Option("--subject", min=0, help="Only those about this file.")] = 0,
    member: Annotated[int, typer.Option("--member", min=0, help="Only those of this member.")] = 0,
    limit: Annotated[int, typer.Option(min=1, help="The last so many.")] = LAST,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Who was shown what, when and for what: members, the persons themselves, the bureau's own staff.

        benyuan bureau inquiries --subject 3
        benyuan why 1234

    The ID is that of the log, which `benyuan why` explains. No names: who looked is sealed with the command.
    """
    with reading(database) as group:
        rows = [
            _told(row)
            for row in rows_of(group, "bureau_inquiry")
            if subject in (0, row["subject"]) and member in (0, row["member"])
        ][-limit:]
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no inquiries")
    columns = ("ID", "at", "file", "by", "for", "consent", "shown")
    shown = [
        (
            str(row["position"]),
            moment(row["at"]),
            str(row["subject"]),
            row["by"],
            row["purpose"],
            str(row["consent"] or ""),
            ", ".join(row["sections"]),
        )
        for row in rows
    ]
    say_table(title="Inquiries", columns=columns, rows=shown, right=("ID", "file", "consent"))


def _told(row: dict[str, int]) -> dict[str, Any]:
    from benyuan.credit_bureau.vocabulary import PRODUCT_NUMBER, PURPOSE_NUMBER, ROLE_NUMBER, WAY_NUMBER
    from benyuan.credit_bureau.words import SECTION_BITS
    from benyuan.decisions.words import words_of

    role = word(ROLE_NUMBER, row["role"])
    by = f"member:{row['member']}" if row["member"] else f"staff, {role}" if role else "the person"
    words = {
        "by": by,
        "purpose": word(PURPOSE_NUMBER, row["purpose"]),
        "sections": words_of(row["sections"], SECTION_BITS),
        "product": word(PRODUCT_NUMBER, row["product"]),
        "role": role,
        "way": word(WAY_NUMBER, row["way"]),
    }
    return {**row, **words}


def misuse(
    date: Annotated[int | None, typer.Argument(metavar="DATE", help="The day, as yyyymmdd; the log's last.")] = None,
    open_cases: Annotated[
        bool, typer.Option("--open-cases", help="Open a case of each find; the day is over.")
    ] = False,
    bureau: Home = 1,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """What stands out in a day's asking: volume, hours, no account afterwards, one person, refusals in a row.

        benyuan bureau misuse 20260501
        benyuan bureau misuse 20260501 --open-cases

    The figures are the house's, no law gives any: `benyuan rules show cr.watch.refused` and its like. Exit code 1 where
    something stands out. Run it again as often as you like: each find gets one case.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.bureau.misuse import misuse_of_day
    from benyuan.assurance.bureau.misuse import open_cases as opening
    from benyuan.values.dates import local_day

    with open_group(url_that_is(database), keys=keys, read_only=not open_cases) as group:
        on = local_day(group.last_at) if date is None else date
        found = misuse_of_day(group, bureau=bureau, on=on)
        numbers = opening(group, bureau=bureau, on=on) if open_cases else []
    names = ("sort", "member", "subject", "staff", "count")
    rows = [{name: getattr(each, name) for name in names} for each in found]
    if as_json:
        say_json({"on": on, "found": rows, "cases": numbers})
    else:
        _show_found(on, rows, numbers)
    if rows:
        raise typer.Exit(FOUND)


def _show_found(on: int, rows: list[dict[str, Any]], numbers: list[int]) -> None:
    columns = ("what", "by", "file", "staff", "times")
    shown = [
        (
            row["sort"],
            f"member:{row['member']}" if row["member"] else "own staff",
            str(row["subject"] or ""),
            str(row["staff"] or ""),
            str(row["count"]),
        )
        for row in rows
    ]
    say_table(title=f"What stands out on {day(on)}", columns=columns, rows=shown, right=("file", "staff", "times"))
    if not rows:
        typer.echo(f"nothing stands out on {day(on)}")
    if numbers:
        typer.echo("cases " + ", ".join(map(str, numbers)))


def cases(
    open_only: Annotated[bool, typer.Option("--open", help="Only those that nobody has judged.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Cases of unusual asking, and what people found (`judge_bureau_case`, then `stop_member`).

    benyuan bureau cases --open
    """
    from benyuan.credit_bureau.vocabulary import CASE_SORT_NUMBER

    with reading(database) as group:
        rows: list[dict[str, Any]] = [
            {**row, "sort": word(CASE_SORT_NUMBER, row["sort"]), "found": FOUND_WORDS[row["misuse"]]}
            for row in rows_of(group, "bureau_case")
            if not (open_only and row["misuse"] != OPEN)
        ]
    if as_json:
        say_json(rows)
        return
    if not rows:
        typer.echo("no cases" + (" are open" if open_only else ""))
    columns = ("case", "what", "member", "file", "day", "times", "found")
    shown = [
        (
            str(row["number"]),
            row["sort"],
            str(row["member"] or "own staff"),
            str(row["subject"] or ""),
            day(row["on"]),
            str(row["count"]),
            row["found"],
        )
        for row in rows
    ]
    say_table(title="Cases of unusual asking", columns=columns, rows=shown, right=("case", "file", "times"))
