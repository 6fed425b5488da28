"""What a command says: tables for people, or one JSON value for machines."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

WIDTH_OF_A_FILE = 140


def say_json(content: Any) -> None:
    """One JSON value on standard output."""
    import msgspec

    typer.echo(msgspec.json.encode(content).decode())


def speaks_unicode() -> bool:
    """Whether standard output can draw lines; without that, tables are plain ASCII."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def console() -> "Console":
    """Standard output for people. Characters that it can't show become question marks."""
    from rich.console import Console

    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    width = None if sys.stdout.isatty() else WIDTH_OF_A_FILE
    return Console(width=width, highlight=False, safe_box=True, soft_wrap=False)


def say_table(
    *, title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], right: Sequence[str] = ()
) -> None:
    """A table; the columns named in `right` hold figures. Nothing where there are no rows."""
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    if not rows:
        return
    made = Table(box=box.SIMPLE_HEAD if speaks_unicode() else box.ASCII)
    for column in columns:
        made.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        made.add_row(*(cell(item) for item in row))
    told = console()
    told.print(f"\n{escape(title)}", style="bold")
    told.print(made)


def cell(item: object) -> str:
    """One cell's text: whole numbers with separators, and nothing read as markup."""
    from rich.markup import escape

    return f"{item:,}" if isinstance(item, int) and not isinstance(item, bool) else escape(str(item))


def progress_bar(*, shown: bool) -> "Progress":
    """A bar on standard error, where that is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*parts, console=Console(stderr=True), transient=True, disable=not (shown and sys.stderr.isatty()))


def yuan(fen: int) -> str:
    """An amount for people."""
    from benyuan.values.money import yuan_text

    return yuan_text(fen)


def moment(at_us: int) -> str:
    """An instant as the time in China."""
    from benyuan.values.dates import china_time

    return china_time(at_us)


def day(yyyymmdd: int) -> str:
    """A day; nothing for none."""
    from benyuan.values.dates import from_yyyymmdd

    return str(from_yyyymmdd(yyyymmdd)) if yyyymmdd else ""
