"""`benyuan cases`: suspicious cases, and what each rests on."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import NotFound
from benyuan.cli.options import Database, Json, reading
from benyuan.cli.output import day, moment, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.engine.group import Group

SUBJECTS = {1: "person", 2: "merchant"}


def cases(
    number: Annotated[
        int | None, typer.Argument(metavar="CASE", min=1, help="A case's number; without it all of them.")
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="Only those that nobody has judged.")] = False,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Suspicious cases: what pattern, whose, how much, what people found, and when it was reported.

        benyuan cases --open
        benyuan cases 3

    With a number also every movement that the pattern marked, with the ID that `benyuan why` explains. `judge_case`
    says what people found, with their analysis; a confirmed case becomes a duty, and `file_duty` says that the report
    is filed. `set_monitoring` sets the patterns' figures. Amounts in yuan, with --json in fen.
    """
    with reading(database) as group:
        if number is not None:
            _one(group, number, as_json=as_json)
            return
        rows = [row for row in case_rows(group) if not (open_only and row["verdict"])]
        monitored = group.records.tables["monitoring"].count
    if as_json:
        say_json(rows)
        return
    if not monitored:
        typer.echo("No institution has set monitoring standards: no pattern is looked for (see set_monitoring).")
    if not rows:
        typer.echo("no cases" + (" are open" if open_only else ""))
    case_table("Suspicious cases", rows)


def case_rows(group: "Group") -> list[dict[str, Any]]:
    """Every case, in order of its number, in words."""
    from benyuan.assurance.cases import case_row
    from benyuan.payments.monitoring.records import VERDICT_NUMBER, Pattern

    verdicts = {0: "", **{number: word for word, number in VERDICT_NUMBER.items()}}
    done = group.records.tables["duty"].column("done_on")
    rows = []
    for number in range(1, group.records.tables["suspicious_case"].count + 1):
        row = case_row(group, number)
        words = {
            "pattern": Pattern(row["pattern"]).name,
            "subject_kind": SUBJECTS[row["subject_kind"]],
            "verdict": verdicts[row["verdict"]],
            "reported_on": int(done[row["duty"]]) if row["duty"] else 0,
        }
        rows.append({"case": number, **row, **words})
    return rows


def case_table(title: str, rows: list[dict[str, Any]]) -> None:
    """Cases for people."""
    columns = ("case", "pattern", "of", "chain", "movements", "yuan", "day", "verdict", "judged", "reported")
    shown = [
        (
            str(row["case"]),
            row["pattern"].replace("_", " "),
            f"{row['subject_kind']}:{row['subject']}",
            str(row["chain"] or ""),
            str(row["movements"]),
            yuan(row["amount_fen"]),
            day(row["happened_on"]),
            row["verdict"] or "open",
            day(row["judged_on"]),
            day(row["reported_on"]),
        )
        for row in rows
    ]
    say_table(title=title, columns=columns, rows=shown, right=("case", "movements", "yuan"))


def _one(group: "Group", number: int, *, as_json: bool) -> None:
    from benyuan.assurance.cases import case_row, movements_of_case

    try:
        row = case_row(group, number)
    except KeyError as missing:
        raise NotFound(f"no case {number}") from missing
    rows = movements_of_case(group, row)
    named = case_rows(group)[number - 1]
    if as_json:
        say_json({**named, "found": rows})
        return
    case_table(f"Case {number}", [named])
    columns = ("ID", "at", "person", "move", "yuan", "from or to", "by credit card")
    shown = [
        (
            str(move["position"]),
            moment(move["at"]),
            str(move["person"]),
            move["move"],
            yuan(move["amount_fen"]),
            f"person:{move['other']}" if move["other"] else f"merchant:{move['merchant']}" * bool(move["merchant"]),
            yuan(move["credit_fen"]) if move["credit_fen"] else "",
        )
        for move in rows
    ]
    say_table(title="What the pattern marked", columns=columns, rows=shown, right=("ID", "yuan", "by credit card"))
