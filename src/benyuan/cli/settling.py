"""`benyuan settle`: every merchant that is due today paid out in one go, in a way that can be killed and run again."""

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import FOUND, NotFound
from benyuan.cli.options import Database, Json, url_that_is
from benyuan.cli.output import day, say_json, say_table, yuan

if TYPE_CHECKING:
    from benyuan.assurance.settlement_run import Run
    from benyuan.engine.group import Group

CLIENT = "benyuan settle"
CHUNK = 4_000
NAMED = 20
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def settle(
    institution: Annotated[int, typer.Option("--institution", min=1, metavar="ID", help="Whose merchants.")] = 1,
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say who is due; nothing is paid.")] = False,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="As 2026-05-06T08:20:00+08:00, not after now; now, or the log's end."),
    ] = None,
    chunk: Annotated[int, typer.Option(min=1, help="Merchants a commit.")] = CHUNK,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Pay out every merchant that is due on the day, by the cycle agreed with it (`agree_settlement`).

        benyuan settle --dry-run
        benyuan settle
        benyuan settle --at 2026-05-06T08:20:00+08:00 --json

    Nothing waits longer than the law's last day, whatever was agreed. If it is killed on the way, run it again: who has
    been paid out is due no more. Merchants without an agreed cycle, suspected or on a list are named, not paid;
    exit code 1 where there are such, or where a settlement was refused. Amounts in yuan, with --json in fen.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.settlement_run import run_of
    from benyuan.values.dates import local_day

    with open_group(url_that_is(database), read_only=dry) as group:
        if institution > group.records.tables["institution"].count:
            raise NotFound(f"no institution {institution}")
        moment = moment_of(group, at)
        run = run_of(group, institution=institution, on=local_day(moment))
        answers = [] if dry else _pay_out(group, run, at=moment, chunk=chunk)
    told = _told(run, answers, dry=dry)
    if as_json:
        say_json(told)
    else:
        _show(run, told, dry=dry)
    if told["refused"] or run.without_cycle or run.suspended:
        raise typer.Exit(FOUND)


def moment_of(group: "Group", at: str | None) -> int:
    """When it is. Errors: BadInput for a time before the log's end, or after now."""
    from benyuan.engine.group import system_clock
    from benyuan.values.errors import BadInput

    now = max(system_clock(), group.last_at)
    if at is None:
        return now
    given = _instant(at)
    if not group.last_at <= given <= now:
        raise BadInput("at", at, "a time with its zone, not before the log's end and not after now")
    return given


def _instant(text: str) -> int:
    """A time with its zone as microseconds since 1970 UTC; -1 for any other text."""
    try:
        given = dt.datetime.fromisoformat(text)
    except ValueError:
        return -1
    return (given - EPOCH) // dt.timedelta(microseconds=1) if given.tzinfo else -1


def _pay_out(group: "Group", run: "Run", *, at: int, chunk: int) -> list[dict[str, Any]]:
    """The answer of each merchant; a chunk is a commit."""
    from benyuan.decisions.commands import Request
    from benyuan.usecases.settle import Settle

    made, first = [], group.position
    for start in range(0, len(run.due), chunk):
        part = run.due[start : start + chunk]
        requests = [
            Request(
                client=CLIENT,
                key=f"{run.on} merchant {due.merchant} after {first}",
                command=Settle(merchant=due.merchant, through=due.through),
                at=at,
            )
            for due in part
        ]
        for due, answer in zip(part, group.execute(requests), strict=True):
            fault = answer.refusal or answer.invalid
            made.append(
                {
                    "merchant": due.merchant,
                    "through": due.through,
                    "cycle": due.cycle,
                    "settled_fen": answer.results.get("settled_fen", 0) if answer.accepted else 0,
                    "position": answer.position,
                    "refusal": fault.text() if fault else "",
                }
            )
    return made


def _told(run: "Run", answers: list[dict[str, Any]], *, dry: bool) -> dict[str, Any]:
    import msgspec

    refused = [answer for answer in answers if answer["refusal"]]
    return {
        "on": run.on,
        "dry_run": dry,
        "due": msgspec.to_builtins(run.due),
        "settled": [answer for answer in answers if not answer["refusal"]],
        "settled_fen": sum(answer["settled_fen"] for answer in answers),
        "refused": refused,
        "without_cycle": run.without_cycle,
        "suspended": run.suspended,
    }


def _show(run: "Run", told: dict[str, Any], *, dry: bool) -> None:
    by_cycle: dict[tuple[str, int], list[int]] = {}
    for due in run.due:
        by_cycle.setdefault((due.cycle, due.through), []).append(due.due_fen)
    rows = [
        (cycle.replace("_", " "), day(through), len(amounts), yuan(sum(amounts)))
        for (cycle, through), amounts in sorted(by_cycle.items())
    ]
    say_table(
        title=f"Due on {day(run.on)}",
        columns=("cycle", "receipts through", "merchants", "yuan"),
        rows=rows,
        right=("merchants", "yuan"),
    )
    if dry:
        typer.echo(f"{len(run.due):,} merchants are due; nothing was paid (--dry-run)")
    else:
        typer.echo(f"{len(told['settled']):,} merchants settled, {yuan(told['settled_fen'])} yuan")
    for answer in told["refused"]:
        typer.echo(f"merchant {answer['merchant']}: {answer['refusal']}")
    for words, merchants in (
        ("no agreed cycle", run.without_cycle),
        ("under suspicion or on a name list", run.suspended),
    ):
        if merchants:
            named = ", ".join(map(str, merchants[:NAMED])) + (", …" if len(merchants) > NAMED else "")
            typer.echo(f"{len(merchants):,} merchants with money wait, {words}: {named}")
