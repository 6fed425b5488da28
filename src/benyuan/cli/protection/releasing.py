"""`benyuan protection release`: what waits of sales past their days goes on to the makers, all in one go."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from benyuan.cli.failures import FOUND
from benyuan.cli.options import Database, Json, url_that_is
from benyuan.cli.output import day, say_json, say_table, yuan
from benyuan.cli.settling import moment_of

if TYPE_CHECKING:
    from benyuan.engine.group import Group

CLIENT = "benyuan protection release"
CHUNK = 4_000


def release(
    dry: Annotated[bool, typer.Option("--dry-run", help="Only say which are due; nothing is moved.")] = False,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="As 2026-05-06T08:20:00+08:00, not after now; now, or the log's end."),
    ] = None,
    chunk: Annotated[int, typer.Option(min=1, help="Sales a commit.")] = CHUNK,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Let all that waits of sales go on to their makers, where the days to cancel are over (`release_sale`).

    benyuan protection release --dry-run
    benyuan protection release
    benyuan protection release --at 2026-05-06T00:10:00+08:00 --json

    Meant for every morning, before `benyuan settle` and `close_day`, which refuses while money of a sale waits past its
    day (`cp.house.exit.released`). If it is killed on the way, run it again: what has gone on is due
    no more. Exit code 1 where one was refused. Amounts in yuan, with --json in fen.
    """
    from benyuan.app import open as open_group
    from benyuan.assurance.protection.suitability import due_releases
    from benyuan.values.dates import local_day

    with open_group(url_that_is(database), read_only=dry) as group:
        moment = moment_of(group, at)
        on = local_day(moment)
        due = due_releases(group, on=on)
        done = [] if dry else _released(group, due, at=moment, chunk=chunk)
    refused = [each for each in done if each["refusal"]]
    if as_json:
        say_json({"on": on, "dry_run": dry, "due": due, "released": done})
    else:
        _show(on, due, done, dry=dry)
    if refused:
        raise typer.Exit(FOUND)


def _released(group: "Group", due: list[int], *, at: int, chunk: int) -> list[dict[str, Any]]:
    """The answer of each sale; a chunk is a commit."""
    from benyuan.decisions.commands import Request
    from benyuan.usecases.protection.suitability.release_sale import Release

    made, first = [], group.position
    for start in range(0, len(due), chunk):
        part = due[start : start + chunk]
        requests = [
            Request(client=CLIENT, key=f"sale {sale} after {first}", command=Release(sale=sale), at=at) for sale in part
        ]
        for sale, answer in zip(part, group.execute(requests), strict=True):
            fault = answer.refusal or answer.invalid
            fen = answer.results.get("released_fen", 0) if answer.accepted else 0
            words = fault.text() if fault else ""
            made.append({"sale": sale, "released_fen": fen, "position": answer.position, "refusal": words})
    return made


def _show(on: int, due: list[int], done: list[dict[str, Any]], *, dry: bool) -> None:
    if dry:
        typer.echo(f"{len(due):,} sales are due on {day(on)}; nothing was moved (--dry-run)")
        return
    gone = [each for each in done if not each["refusal"]]
    if gone:
        rows = [(str(each["sale"]), str(each["position"]), yuan(each["released_fen"])) for each in gone]
        say_table(
            title="Gone on to the makers", columns=("sale", "ID", "yuan"), rows=rows, right=("sale", "ID", "yuan")
        )
    typer.echo(f"{len(gone):,} sales released on {day(on)}, {yuan(sum(each['released_fen'] for each in gone))} yuan")
    for each in done:
        if each["refusal"]:
            typer.echo(f"sale {each['sale']}: {each['refusal']}")
