"""`benyuan why` and `benyuan verify`: a decision laid open, and the whole log checked."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.clearing import say_clearing
from benyuan.cli.failures import FOUND, NotFound
from benyuan.cli.options import Database, Json, Keys, Language, Spoken, reading, url_that_is
from benyuan.cli.output import progress_bar, say_json

if TYPE_CHECKING:
    from benyuan.engine.verify import Report

DIFFERENCES_SHOWN = 10


def why(
    position: Annotated[int, typer.Argument(metavar="ID", min=1, help="The command's place in the log.")],
    language: Spoken = Language.en,
    database: Database = None,
    as_json: Json = False,
) -> None:
    """Why a command ended as it did: every gate and limit that it met, with article and figures.

        benyuan why 123456
        benyuan why 123456 --language zh
        benyuan why 123456 --json

    The ID stands in every answer and in `benyuan history`. A decision stops at its first refusal; here the checks
    after it are shown as well. Of what goes through the clearing house, and of the lines of its file, it says whether
    they have been matched.
    """
    from benyuan.assurance.clearing import clearing_of_command
    from benyuan.engine.why import why as explain

    with reading(database) as group:
        if position > group.position:
            raise NotFound(f"no command {position}; the log ends at {group.position}")
        explanation = explain(group, position)
        cleared = clearing_of_command(group, position)
    if as_json:
        import msgspec

        say_json({**msgspec.to_builtins(explanation), "clearing": cleared})
    else:
        typer.echo(explanation.text(language.value))
        say_clearing(cleared, language)


def verify(
    fold_only: Annotated[
        bool, typer.Option("--fold-only", help="Check hashes and rebuild, but decide nothing again: faster.")
    ] = False,
    database: Database = None,
    keys: Keys = None,
    as_json: Json = False,
) -> None:
    """Check the log's hashes, rebuild everything from it and compare, and decide every command again.

        benyuan verify
        benyuan verify --database group.db --fold-only
        benyuan verify --json

    A fault is a row that is not what the log says, and names the first bad one. A difference is a decision that these
    rules and this release would not make again. Either gives exit code 1. Nothing is written.
    """
    from benyuan.app import path_of, vault_of
    from benyuan.engine.verify import verify as check
    from benyuan.storage.sqlite import SqliteStore
    from benyuan.usecases import USE_CASES

    url = url_that_is(database)
    path = path_of(url)
    store = SqliteStore(path, read_only=True)
    began = time.perf_counter()
    try:
        last = store.last_block()
        total = last.first_position + last.commands - 1 if last else 0
        with progress_bar(shown=not as_json) as bar:
            task = bar.add_task("verifying", total=total)
            report = check(
                store,
                vault=vault_of(url, keys=keys),
                use_cases=USE_CASES,
                redecide=not fold_only,
                progress=lambda done: bar.advance(task, done),
            )
    finally:
        store.close()
    seconds = time.perf_counter() - began
    if as_json:
        import msgspec

        say_json({"database": path, "seconds": round(seconds, 3), **msgspec.to_builtins(report)})
    else:
        _say(report, path=path, seconds=seconds, fold_only=fold_only)
    if not report.ok:
        raise typer.Exit(FOUND)


def _say(report: "Report", *, path: str, seconds: float, fold_only: bool) -> None:
    typer.echo(f"{path}: {report.commands:,} commands in {report.blocks:,} blocks, {report.legs:,} legs")
    typer.echo(f"head {report.head}")
    again = "nothing decided again" if fold_only else f"{report.commands - report.undecidable:,} decided again"
    typer.echo(f"{again}, {report.undecidable:,} not decidable, {report.erased_payloads:,} payloads erased")
    if report.unopened_payloads:
        typer.echo(f"{report.unopened_payloads:,} payloads not compared: their keys are not here (--keys)")
    for fault in report.faults:
        typer.echo(f"FAULT {fault}")
    for difference in report.differences[:DIFFERENCES_SHOWN]:
        typer.echo(f"DIFFERENCE command {difference.position}: was {difference.was}, now {difference.now}")
    more = len(report.differences) - DIFFERENCES_SHOWN
    if more > 0:
        typer.echo(f"and {more:,} more differences; --json has them all")
    typer.echo(f"{'everything holds' if report.ok else 'NOT as logged'}  ({seconds:.1f} s)")
