"""`benyuan demo-lender`: the consumer-finance company over half a year, with what real card clients bought and paid."""

import time
from pathlib import Path
from typing import Annotated

import typer

from benyuan.cli.demonstrating import ALL_CLIENTS, make_way
from benyuan.cli.options import Json, Language, Spoken, url_of
from benyuan.cli.output import progress_bar, say_json

LENDER_URL = "sqlite:///lender.db"


def demo_lender(
    clients: Annotated[
        int, typer.Option(min=2, max=ALL_CLIENTS, help="How many clients of the data take part.")
    ] = ALL_CLIENTS,
    days: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many days, the first being 2026-05-26.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file even if it is no earlier demo.")] = False,
    language: Spoken = Language.en,
    database: Annotated[str | None, typer.Option("--database", metavar="URL", help="Where; lender.db.")] = None,
    as_json: Json = False,
) -> None:
    """Five months of a lender, with real lines, purchases and payments; every day closed; ends with a report.

        benyuan demo-lender
        benyuan demo-lender --clients 1000      a small one
        benyuan verify --database sqlite:///lender.db

    The lines, purchases and payments are those of the card clients of `benyuan demo`, as pay-later accounts: what was
    bought is drawn at merchants, what a client really paid in a month comes in from the bank card. A tenth of the
    clients draw cash loans beside. From 2026-09-30 on no loan is an option at the cashier any more.
    """
    from benyuan.app import open as open_group
    from benyuan.app import path_of
    from benyuan.cli.lender_report import lender_report, show_lender
    from benyuan.simulate.lender.run import run_lender
    from benyuan.simulate.run import FIRST_AT

    url = url_of(database) if database else LENDER_URL
    path = Path(path_of(url))
    make_way(path, force=force)
    began = time.perf_counter()
    with open_group(url, create=True, clock=lambda: FIRST_AT) as group, progress_bar(shown=not as_json) as bar:
        task = bar.add_task("days", total=None)
        done = run_lender(
            group,
            clients=clients,
            days=days,
            progress=lambda day, last, _: bar.update(task, completed=day, total=last),
        )
        report = lender_report(group, done, database=path, seconds=time.perf_counter() - began)
    if as_json:
        say_json(report)
    else:
        show_lender(report, language=language)
