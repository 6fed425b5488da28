"""`benyuan demo`: a payment institution at work for half a year, with what real card clients bought and paid."""

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benyuan.cli.options import DEMO_URL, Json, Language, Spoken, url_of
from benyuan.cli.output import progress_bar, say_json

if TYPE_CHECKING:
    from benyuan.cli.report import Report

ALL_CLIENTS = 30_000
SIDE_FILES = ("", "-wal", "-shm")


def demo(
    clients: Annotated[
        int, typer.Option(min=2, max=ALL_CLIENTS, help="How many clients of the data take part.")
    ] = ALL_CLIENTS,
    days: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many days; purchases begin on the 32nd.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file even if it is no earlier demo.")] = False,
    language: Spoken = Language.en,
    database: Annotated[str | None, typer.Option("--database", metavar="URL", help="Where; demo.db.")] = None,
    as_json: Json = False,
) -> None:
    """Half a year of a payment institution, with real purchases; ends with a report. Takes under a minute.

        benyuan demo
        benyuan demo --clients 1000      a small one, in a few seconds
        benyuan verify                   then: everything rebuilt, compared and decided again
        benyuan why ID                   and: any decision explained

    The purchases and payments are those of 30,000 card clients of a bank in Taiwan, April to September 2005, dated
    anew as May to October 2026, at 0.20 yuan to the dollar. What a client paid the bank in a month is topped up into a
    wallet; what the statements say was bought (the bank's interest and fees are in it) is split by a fixed seed into
    1 to 12 tickets a month and paid to one of 2,000 seeded merchants. Every figure is the same in every run.

    An earlier demo.db is replaced; any other file of that name only with --force.
    """
    from benyuan.app import open as open_group
    from benyuan.app import path_of
    from benyuan.cli.report import report_of
    from benyuan.simulate.run import FIRST_AT, run

    url = url_of(database) if database else DEMO_URL
    path = Path(path_of(url))
    replaced = make_way(path, force=force)
    if replaced and not as_json:
        typer.echo(f"{path}: an earlier {'demo' if not force else 'file'}, replaced", err=True)
    began = time.perf_counter()
    with open_group(url, create=True, clock=lambda: FIRST_AT) as group, progress_bar(shown=not as_json) as bar:
        task = bar.add_task("days", total=None)
        done = run(
            group,
            clients=clients,
            days=days,
            progress=lambda day, last, _: bar.update(task, completed=day, total=last),
        )
        report = report_of(group, done, database=path, seconds=time.perf_counter() - began)
    _say(report, language=language, as_json=as_json)


def _say(report: "Report", *, language: Language, as_json: bool) -> None:
    from benyuan.cli.report import show

    if as_json:
        say_json(report)
    else:
        show(report, language=language)


def make_way(path: Path, *, force: bool) -> bool:
    """Remove an earlier demo; whether there was a file. Errors: BadInput for a file that is none; StoreBusy."""
    from benyuan.app import KEYS_ENDING
    from benyuan.values.errors import BadInput

    if not path.exists():
        return False
    if not _is_demo(path) and not force:
        raise BadInput("database", str(path), "a new file or an earlier demo; --force replaces whatever it is")
    for ending in SIDE_FILES:
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.rmtree(path.with_name(path.name + KEYS_ENDING), ignore_errors=True)
    return True


def _is_demo(path: Path) -> bool:
    """Whether the first command in the log is a demo's. Opened to write, so that nobody else is using it."""
    from benyuan.engine.reading import Opened
    from benyuan.engine.store import StoreDamaged
    from benyuan.simulate.run import CLIENT
    from benyuan.storage.sqlite import SqliteStore

    try:
        store = SqliteStore(path)
    except StoreDamaged:
        return False
    try:
        first = next(store.blocks(), None)
    finally:
        store.close()
    return first is None or bool(first.commands and Opened(first).batch().clients[0] == CLIENT)
