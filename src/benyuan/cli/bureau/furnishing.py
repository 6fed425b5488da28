"""`benyuan bureau furnish`, `withdraw`, `parcels`, `erase`: files of members, taken back; what is over its years."""

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.bureau.doing import CLIENT, Home, carry_out, rows_of
from benyuan.cli.failures import FOUND
from benyuan.cli.files import check_out
from benyuan.cli.options import Database, Json, Keys, Language, Spoken, reading, url_that_is
from benyuan.cli.output import day, progress_bar, say_json, say_table

if TYPE_CHECKING:
    from benyuan.assurance.bureau.furnishing import Furnished
    from benyuan.rules import RulePack

SHOWN = 10
COLUMNS = ("line", "rule", "field", "reason")


def furnish(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="CSV, Parquet or JSON lines.")
    ],
    sort: Annotated[str, typer.Option(help="accounts, months, public or inquiries.")],
    member: Annotated[int, typer.Option("--member", min=1, help="Whose file it is.")],
    correct: Annotated[bool, typer.Option("--correct", help="Months take the place of those that are there.")] = False,
    back: Annotated[
        Path | None, typer.Option("--back", dir_okay=False, help="Where the lines that were not taken go, as CSV.")
    ] = None,
    bureau: Home = 1,
    language: Spoken = Language.en,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Furnish a member's file; what is not taken comes back, line by line, with the reason.

        benyuan bureau furnish accounts.csv --sort accounts --member 1
        benyuan bureau furnish march.parquet --sort months --member 1 --back refused.csv
        benyuan bureau furnish wrong.csv --sort months --member 1 --correct

    Good records are taken though others are not (exit code 1 then). A load that was stopped goes on when it is begun
    again; the same file twice is taken once. Months: account (the bureau's number) or account_number (the member's),
    month, status (N, 1 to 7, * # M B D Z C G A), balance_fen, limit_fen, due_fen, paid_fen, overdue_fen, due_on,
    paid_on, ended_on, risk_class, terms_left, terms_overdue; and for what is negative notified_on and notice, a digest
    that proves the notice. Other columns are refused: there is no place for them.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.bureau.account_files import furnish_accounts
    from benyuan.assurance.bureau.furnishing import furnish_file
    from benyuan.credit_bureau.vocabulary import Sort
    from benyuan.values.errors import BadInput

    if sort not in list(Sort) or (correct and sort != Sort.months):
        raise BadInput("sort", sort, "months, where something is corrected" if correct else "one of " + ", ".join(Sort))
    check_out(back, forms=(".csv",), option="--back", database=database)
    with open_group(url_that_is(database), keys=keys) as group, progress_bar(shown=not as_json) as bar:
        task = bar.add_task("records", total=None)
        whose: dict[str, Any] = {"bureau": bureau, "member": member, "client": CLIENT}
        if sort == Sort.accounts:
            done = furnish_accounts(group, file, **whose)
        else:
            done = furnish_file(
                group,
                file,
                sort=Sort(sort),
                correct=correct,
                told=lambda count: bar.advance(task, count),
                **whose,
            )
        pack, on = group.regime.pack, group.now()
    rows = _rows(done, pack, at=on, language=language)
    if back is not None:
        _write(back, rows)
    _say(done, rows, file=file, as_json=as_json)
    if done.stopped is not None or done.refused:
        raise typer.Exit(FOUND)


def _rows(done: "Furnished", pack: "RulePack", *, at: int, language: Language) -> list[tuple[int, str, str, str]]:
    """The records that were not taken, as (line, rule, field, reason), reasons in words."""
    from benyuan.values.dates import local_day

    words: dict[str, str] = {}
    for each in done.refused:
        if each.rule and not each.constraint and each.rule not in words:
            words[each.rule] = pack.refusal(id=each.rule, on=local_day(at)).text(language)
    return [(each.line, each.rule, each.field, each.constraint or words[each.rule]) for each in done.refused]


def _write(path: Path, rows: list[tuple[int, str, str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def _say(done: "Furnished", rows: list[tuple[int, str, str, str]], *, file: Path, as_json: bool) -> None:
    stopped = "" if done.stopped is None else _reason(done)
    if as_json:
        refused = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
        told = {"file": file.name, "records": done.records, "taken": done.taken, "parcels": done.parcels}
        say_json({**told, "refused": refused, "stopped": stopped})
        return
    typer.echo(f"{file.name}: {done.records:,} records, {done.taken:,} taken, {len(rows):,} not taken")
    if done.parcels:
        typer.echo(f"parcels {', '.join(map(str, done.parcels))}")
    if rows:
        say_table(title="Not taken", columns=COLUMNS, rows=rows[:SHOWN], right=("line",))
    if len(rows) > SHOWN:
        typer.echo(f"and {len(rows) - SHOWN:,} more; --back FILE writes them all")
    if stopped:
        typer.echo(stopped)


def _reason(done: "Furnished") -> str:
    answer = done.stopped
    assert answer is not None
    fault = answer.refusal or answer.invalid
    return fault.text() if fault is not None else "not taken"


def withdraw(
    parcel: Annotated[int, typer.Argument(min=1, metavar="PARCEL", help="As `benyuan bureau parcels` numbers them.")],
    member: Annotated[int, typer.Option("--member", min=1, help="Whose it is.")],
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Take back what a member furnished with one command: all its records leave the file.

    benyuan bureau withdraw 3 --member 1
    """
    from benyuan.usecases.bureau.withdraw_parcel import WithdrawalFields

    carry_out(WithdrawalFields(member=member, parcel=parcel), database=database, keys=keys, as_json=as_json)


def parcels(database: Database = None, as_json: Json = False) -> None:
    """What members have furnished in bulk: whose, of what sort, how many records, when, and whether it was taken back.

    benyuan bureau parcels
    """
    from benyuan.credit_bureau.records import PARCEL
    from benyuan.credit_bureau.vocabulary import SORT_NUMBER

    words = {number: name for name, number in SORT_NUMBER.items()}
    with reading(database) as group:
        found: list[dict[str, Any]] = [{**row, "sort": words[row["sort"]]} for row in rows_of(group, PARCEL.name)]
    if as_json:
        say_json({"parcels": found})
        return
    columns = ("parcel", "bureau", "member", "sort", "records", "on", "command", "withdrawn")
    rows = [
        (
            *(row["number"], row["bureau"], row["member"], row["sort"], row["records"]),
            *(day(row["on"]), row["position"], f"by command {row['withdrawn']}" if row["withdrawn"] else ""),
        )
        for row in found
    ]
    say_table(title="Furnished", columns=columns, rows=rows, right=("parcel", "bureau", "member", "records", "command"))


def erase(bureau: Home = 1, database: Database = None, keys: Keys = None, as_json: Json = False) -> None:
    """Erase the negative data whose years are over today; then destroy keys and write the files anew.

        benyuan bureau erase

    Meant for every day. What goes on is never over. Killed, it goes on where it stopped; the file is written anew at
    the end, which needs as much room again.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.bureau.erasing import erase_over
    from benyuan.engine.group import system_clock

    with open_group(url_that_is(database), keys=keys, clock=system_clock) as group:
        done = erase_over(group, bureau=bureau)
    if as_json:
        say_json({"on": done.on, "months": done.months, "public": done.public, "keys": done.keys})
    else:
        typer.echo(f"{day(done.on)}: {done.months:,} months and {done.public:,} public records erased")
        typer.echo(f"{done.keys:,} keys destroyed")
