"""`benyuan demo-group`: a holding company over the companies of the demos, a bank, an insurer and a fund manager."""

import time
from pathlib import Path
from typing import Annotated

import typer

from benyuan.cli.demonstrating import ALL_CLIENTS, make_way
from benyuan.cli.failures import FOUND
from benyuan.cli.options import Json, Language, Spoken, url_of
from benyuan.cli.output import progress_bar, say_json

GROUP_URL = "sqlite:///holding.db"
CLIENTS = 300


def demo_group(
    clients: Annotated[
        int, typer.Option(min=30, max=ALL_CLIENTS, help="How many clients of the data the lender has.")
    ] = CLIENTS,
    force: Annotated[bool, typer.Option("--force", help="Replace the file even if it is no earlier demo.")] = False,
    language: Spoken = Language.en,
    database: Annotated[str | None, typer.Option("--database", metavar="URL", help="Where; holding.db.")] = None,
    as_json: Json = False,
) -> None:
    """The group above the companies: who owns whom, what it may do, what was refused inside it and by which article.

        benyuan demo-group
        benyuan demo-group --language zh
        benyuan group shape 3 --database sqlite:///holding.db

    Half a year of the lender, its merchants and the bureau, whose figures come from the ledger; above them a holding
    company, and beside them a bank, an insurer and a fund manager that keep their accounts elsewhere. Whatever is told
    of those is invented, and called so wherever it is shown. Transactions inside the group pass, or are refused by
    their article; the log is decided again at the end.
    """
    from benyuan.app import open as open_group
    from benyuan.app import path_of
    from benyuan.cli.group_report import group_report, show_group
    from benyuan.simulate.bureau.world import MovingClock
    from benyuan.simulate.group.run import run_group
    from benyuan.simulate.run import FIRST_AT

    url = url_of(database) if database else GROUP_URL
    path = Path(path_of(url))
    make_way(path, force=force)
    began, clock = time.perf_counter(), MovingClock(FIRST_AT)
    with (
        open_group(url, create=True, clock=clock) as group,
        progress_bar(shown=not as_json) as bar,
    ):
        task = bar.add_task("days", total=None)
        done = run_group(
            group,
            clock,
            clients=clients,
            progress=lambda day, last, _: bar.update(task, completed=day, total=last),
        )
        seconds = time.perf_counter() - began
        report = group_report(group, done, database=path, seconds=seconds, language=language)
    if as_json:
        say_json(report)
    else:
        show_group(report, language=language)
    if not report.verified.ok:
        raise typer.Exit(FOUND)
