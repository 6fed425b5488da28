"""`benyuan demo-protection`: consumer protection in the path of sales, loans, messages, calls and complaints."""

import time
from pathlib import Path
from typing import Annotated

import typer

from benyuan.cli.demonstrating import make_way
from benyuan.cli.failures import FOUND
from benyuan.cli.options import Json, Language, Spoken, url_of
from benyuan.cli.output import say_json

PROTECTION_URL = "sqlite:///protection.db"
DATA_ENDING = ".own-data"


def demo_protection(
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            file_okay=False,
            help="Where the customer's data go; protection.db.own-data.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file even if it is no earlier demo.")] = False,
    language: Spoken = Language.en,
    database: Annotated[str | None, typer.Option("--database", metavar="URL", help="Where; protection.db.")] = None,
    as_json: Json = False,
) -> None:
    """Consumer protection at work on thirty people: what is refused by which article, and what is owed by when.

        benyuan demo-protection
        benyuan demo-protection --language zh
        benyuan protection duties --on 2026-10-12 --database sqlite:///protection.db

    A hundred days of 2026: products on the register and tests of what people can bear, a student's loan refused and
    explained, costs read before a draw, complaints answered in time and not, calls at night, a consent ticked
    beforehand, the cashier on 2026-09-30, and a customer who takes out all of their data. Every figure is the same in
    every run. It ends with duties by rule and the eight rights, and decides its own log again.
    """
    from benyuan.app import open as open_group
    from benyuan.app import path_of
    from benyuan.cli.protection_report import protection_report, show_protection, write_package
    from benyuan.simulate.bureau.world import MovingClock
    from benyuan.simulate.protection.run import FIRST_AT, run_protection

    url = url_of(database) if database else PROTECTION_URL
    path = Path(path_of(url))
    make_way(path, force=force)
    began, clock = time.perf_counter(), MovingClock(FIRST_AT)
    with open_group(url, create=True, clock=clock) as group:
        story = run_protection(group, clock)
        package = write_package(story, folder=out or path.with_name(path.name + DATA_ENDING))
        seconds = time.perf_counter() - began
        report = protection_report(group, story, database=path, package=package, seconds=seconds, language=language)
    if as_json:
        say_json(report)
    else:
        show_protection(report, language=language)
    if not report.verified.ok or report.package.faults:
        raise typer.Exit(FOUND)
