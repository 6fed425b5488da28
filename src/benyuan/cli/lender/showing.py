"""What the lender's commands share: their options, and rows shown as a table, as JSON or written as a file.

Worked number: 1,234.56 yuan of a table are 123456 in the column `principal_fen` of a file and of JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from benyuan.cli.files import beside, check_out
from benyuan.cli.output import say_json

if TYPE_CHECKING:
    import pyarrow as pa

FORMS = (".csv", ".parquet", ".json")
Date: TypeAlias = Annotated[
    int | None, typer.Argument(metavar="DATE", help="A day that is closed, as yyyymmdd; without it the last one.")
]
Lender: TypeAlias = Annotated[int, typer.Option("--lender", min=1, metavar="ID", help="Whose books.")]
Partner: TypeAlias = Annotated[
    int, typer.Option("--partner", min=0, metavar="ID", help="The book of this partner of joint loans instead.")
]
Out: TypeAlias = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write a .csv, .parquet or .json instead.")
]
Limit: TypeAlias = Annotated[int, typer.Option("--limit", min=1, help="How many rows at most on the screen.")]


def check(out: Path | None, *, database: str | None) -> None:
    """A file that may be written, if any. Errors: BadInput."""
    check_out(out, forms=FORMS, option="--out", database=database)


def tell(
    *,
    content: Any,
    columns: Mapping[str, Any],
    out: Path | None,
    as_json: bool,
    show: Callable[[], None],
) -> None:
    """The rows into a file where one is named, else everything as JSON or shown; each column is a list or an array."""
    if out is not None:
        write(out, columns)
    if as_json:
        say_json(content if out is None else {"file": str(out), "rows": _count(columns)})
    elif out is not None:
        typer.echo(f"{out}: {_count(columns):,} rows")
    else:
        show()


def columns_of(rows: Sequence[Any], kind: Any) -> dict[str, list[Any]]:
    """Structs of one kind as columns; maps in them are left out."""
    simple = [name for name, of in kind.__annotations__.items() if of in (int, str, bool)]
    return {name: [getattr(row, name) for row in rows] for name in simple}


def write(out: Path, columns: Mapping[str, Any]) -> None:
    """The columns as a file by its ending, whole or not at all."""
    import pyarrow as pa

    table = pa.table(dict(columns))
    with beside(out) as path:
        _write(table, path, form=out.suffix.lower())
        path.replace(out)


def _write(table: "pa.Table", path: Path, *, form: str) -> None:
    if form == ".parquet":
        import pyarrow.parquet as pq

        pq.write_table(table, path)
    elif form == ".csv":
        from pyarrow import csv

        csv.write_csv(table, path, csv.WriteOptions(quoting_style="needed"))
    else:
        import msgspec

        path.write_bytes(msgspec.json.encode(table.to_pylist()) + b"\n")


def _count(columns: Mapping[str, Any]) -> int:
    return len(next(iter(columns.values()))) if columns else 0
