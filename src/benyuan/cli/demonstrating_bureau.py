"""`benyuan demo-bureau`: a credit bureau beside the lender, over half a year and the five years after."""

import time
from pathlib import Path
from typing import Annotated

import typer

from benyuan.cli.demonstrating import ALL_CLIENTS, make_way
from benyuan.cli.options import Json, Language, Spoken, url_of
from benyuan.cli.output import progress_bar, say_json

BUREAU_URL = "sqlite:///bureau.db"
PACK_ENDING = ".audit"


def demo_bureau(
    clients: Annotated[
        int, typer.Option(min=30, max=ALL_CLIENTS, help="How many clients of the data take part.")
    ] = ALL_CLIENTS,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", file_okay=False, help="Where the audit pack goes; bureau.db.audit."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file even if it is no earlier demo.")] = False,
    language: Spoken = Language.en,
    database: Annotated[str | None, typer.Option("--database", metavar="URL", help="Where; bureau.db.")] = None,
    as_json: Json = False,
) -> None:
    """A credit bureau: furnished, asked, objected to, put right, and five years later emptied of what is over.

        benyuan demo-bureau
        benyuan demo-bureau --clients 1000      a small one
        benyuan verify --database sqlite:///bureau.db

    The lender of `benyuan demo-lender` furnishes to the bureau after every close, on consents of its clients and after
    notices of arrears. From 2026-08-01 on it lends only on an inquiry: consent, question, score, decision, reason; and
    only to clients that the score was not trained on. One mistake of the lender is planted: the client reads it,
    objects, and has it corrected. Then the clock goes on for five years, on invented working days, until negative data
    are gone. The regulator's pack for 2026 is written beside the database.
    """
    from benyuan.app import open as open_group
    from benyuan.app import path_of
    from benyuan.assurance.bureau.audit import audit_pack
    from benyuan.assurance.bureau.audit_files import audit_files
    from benyuan.cli.bureau.audit import write_pack
    from benyuan.cli.bureau_report import bureau_report, show_bureau
    from benyuan.simulate.bureau.run import FIRST_YEAR, invented_years, run_bureau
    from benyuan.simulate.bureau.world import MovingClock
    from benyuan.simulate.run import FIRST_AT

    url = url_of(database) if database else BUREAU_URL
    path = Path(path_of(url))
    make_way(path, force=force)
    began, clock = time.perf_counter(), MovingClock(FIRST_AT)
    with (
        open_group(url, create=True, clock=clock, calendar=invented_years()) as group,
        progress_bar(shown=not as_json) as bar,
    ):
        task = bar.add_task("days", total=None)
        done = run_bureau(
            group,
            clock,
            clients=clients,
            progress=lambda day, last, _: bar.update(task, completed=day, total=last),
        )
        pack = audit_pack(group, FIRST_YEAR, bureau=done.bureau.bureau)
        written = write_pack(audit_files(pack), out or path.with_name(path.name + PACK_ENDING))
        seconds = time.perf_counter() - began
        report = bureau_report(group, done, pack, database=path, written=written, seconds=seconds)
    if as_json:
        say_json(report)
    else:
        show_bureau(report, language=language)
