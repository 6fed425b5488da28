"""What a command says: tables for people, or one JSON value for machines."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

WIDTH_OF_A_FILE = 140
GAPS = (1, 0)
"""Blanks on each side of a cell, beside the line between columns: as it looks best, and where that needs it."""


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
    """A table; the columns named in `right` hold figures. Nothing where there are no rows.

    In a terminal too narrow for the columns, every row is a block of lines, one for each cell that isn't empty.
    """
    from rich.markup import escape

    from benyuan.cli.widths import widths_of

    if not rows:
        return
    told, texts = console(), [[cell(item) for item in row] for row in rows]
    told.print(f"\n{escape(title)}", style="bold")
    for gap in GAPS:
        room = told.width - len(columns) * (2 * gap + 1) - 1
        widths = widths_of(columns, texts, right=right, room=room)
        if widths is not None:
            _say_grid(told, columns, texts, right=right, widths=widths, gap=gap)
            return
    _say_blocks(told, columns, texts)


def _say_grid(
    told: "Console",
    columns: Sequence[str],
    texts: list[list[str]],
    *,
    right: Sequence[str],
    widths: list[int],
    gap: int,
) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(box=box.SIMPLE_HEAD if speaks_unicode() else box.ASCII, padding=(0, gap))
    for name, width in zip(columns, widths, strict=True):
        made.add_column(name, justify="right" if name in right else "left", overflow="fold", width=width)
    for row in texts:
        made.add_row(*map(Text, row))
    told.print(made)


def _say_blocks(told: "Console", columns: Sequence[str], texts: list[list[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for row in texts:
        made = Table.grid(padding=(0, 2))
        made.add_column(no_wrap=True, style="bold")
        made.add_column(overflow="fold")
        for name, text in zip(columns, row, strict=True):
            if text:
                made.add_row(f"  {name}", Text(text))
        told.print()
        told.print(made)
    told.print()


def cell(item: object) -> str:
    """One cell's text: whole numbers with separators."""
    return f"{item:,}" if isinstance(item, int) and not isinstance(item, bool) else str(item)


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
