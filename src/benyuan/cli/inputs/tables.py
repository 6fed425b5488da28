"""CSV and Parquet: a line or row a command, columns named as the command's fields, read batch by batch.

With a column `kind` the kinds may be mixed; a cell under a column that its kind has not must be empty.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.cells import Cells, filled, instants_of, integers, texts
from benyuan.cli.inputs.fields import ENVELOPE, FLAG, INTEGER, all_kinds, allowed_names, fields_of, kinds_like, names_of
from benyuan.cli.inputs.numbering import lines_of_rows
from benyuan.cli.inputs.rows import Run

CSV_BLOCK_BYTES = 1 << 20
_ROW = re.compile(r"Row #(?P<row>[0-9]+): ")


def read_csv(path: Path, *, kind: str | None, chunk: int) -> Iterator[list[Run]]:
    """A CSV file with a header line. Errors: BadFile, OSError."""
    names = _header(path)
    _check_names(path, names, kind)
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    # With threads the parser can't tell which row it doesn't like.
    read = pyarrow.csv.ReadOptions(block_size=CSV_BLOCK_BYTES, use_threads=False)
    cells = Cells(file=path.name, unit="line", first=0, offset=2, table=None, typed=False, lines=lines_of_rows(path))
    try:
        with pyarrow.csv.open_csv(path, read_options=read, convert_options=convert) as reader:
            yield from _chunks(cells, reader, kind=kind, chunk=chunk)
    except pa.ArrowInvalid as error:
        raise _unlike_header(cells, str(error)) from None


def read_parquet(path: Path, *, kind: str | None, chunk: int) -> Iterator[list[Run]]:
    """A Parquet file. Errors: BadFile, OSError."""
    cells = Cells(file=path.name, unit="row", first=0, offset=1, table=None, typed=True)
    with path.open("rb"):
        pass  # a file that can't be opened is told of as any other
    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            _check_names(path, file.schema_arrow.names, kind)
            yield from _chunks(cells, file.iter_batches(batch_size=chunk), kind=kind, chunk=chunk)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's fault; Arrow calls a damaged file an OSError too, but one without a number
        raise BadFile(file=path.name, where="", field="file", value=str(error), constraint="a Parquet file") from None


def _unlike_header(cells: Cells, message: str) -> BadFile:
    """What the parser says of a row, with the row's line in the file."""
    found, where = _ROW.search(message), ""
    if found is not None:
        row = int(found["row"]) - cells.offset
        where = f"{cells.unit} {row + cells.offset if cells.lines is None else _at(cells.lines, row)}"
    value, constraint = _ROW.sub("", message), "lines like the header, in UTF-8"
    return BadFile(file=cells.file, where=where, field="CSV", value=value, constraint=constraint)


def _at(lines: NDArray[np.int64], row: int) -> int:
    return int(lines[min(row, len(lines) - 1)])


def _header(path: Path) -> list[str]:
    """The first line that is not empty, as the parser of the rest sees it too."""
    wrong, constraint = "\N{REPLACEMENT CHARACTER}", "column names in UTF-8"
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        try:
            names = next(filter(None, csv.reader(file)), [])
        except csv.Error as error:
            value = str(error)
            raise BadFile(file=path.name, where="line 1", field="header", value=value, constraint=constraint) from None
    if any(wrong in name for name in names):
        raise BadFile(file=path.name, where="line 1", field="header", value=",".join(names), constraint=constraint)
    return names


def _check_names(path: Path, names: list[str], kind: str | None) -> None:
    """Columns are known, none twice, and the kind is told once."""
    allowed = {*ENVELOPE, *(name for each in ([kind] if kind else all_kinds()) for name in names_of(each))}
    for name in names:
        if name not in allowed or names.count(name) > 1:
            constraint = allowed_names([kind] if kind else all_kinds()) + ", each once"
            raise BadFile(file=path.name, where="header", field="column", value=name, constraint=constraint)
    if kind is None and "kind" not in names:
        constraint = "a column `kind`, or --kind with a kind of command (all are in docs/reference/commands.md)"
        raise BadFile(file=path.name, where="header", field="kind", value=None, constraint=constraint)
    if kind is not None:
        for field in fields_of(kind):
            if field.required and field.name not in names:
                constraint = f"a column; {kind} needs it"
                raise BadFile(file=path.name, where="header", field=field.name, value=None, constraint=constraint)


def _chunks(file: Cells, batches: Iterable[Any], *, kind: str | None, chunk: int) -> Iterator[list[Run]]:
    """Batches cut anew into chunks."""
    first = 0
    for table in _resized(batches, chunk):
        cells = replace(file, first=first, table=table)
        yield [_run(cells.part(start, end), made) for made, start, end in _kinds(cells, kind)]
        first += len(table)


def _resized(batches: Iterable[Any], chunk: int) -> Iterator[Any]:
    held: list[Any] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += len(batch)
        if count >= chunk:
            table = pa.Table.from_batches(held)
            while count >= chunk:
                yield table.slice(0, chunk).combine_chunks()
                table, count = table.slice(chunk), count - chunk
            held = table.to_batches()
    if count:
        yield pa.Table.from_batches(held).combine_chunks()


def _kinds(cells: Cells, kind: str | None) -> Iterator[tuple[str, int, int]]:
    """Where runs of one kind begin and end."""
    if kind is not None:
        if "kind" in cells.table.column_names and (other := _other_kind(cells, kind)) is not None:
            cells.refuse("kind", other, f"{kind}, as --kind says")
        yield kind, 0, len(cells.table)
        return
    kinds = texts(cells, "kind")
    start = 0
    for end in range(1, len(kinds) + 1):
        if end == len(kinds) or kinds[end] != kinds[start]:
            if kinds[start] not in all_kinds():
                cells.refuse("kind", start, kinds_like(kinds[start]))
            yield str(kinds[start]), start, end
            start = end


def _other_kind(cells: Cells, kind: str) -> int | None:
    return next((place for place, given in enumerate(texts(cells, "kind")) if given not in (kind, None)), None)


def _run(cells: Cells, kind: str) -> Run:
    """One run. Errors: BadFile."""
    names = cells.table.column_names
    for name in names:
        if name not in (*ENVELOPE, *names_of(kind)):
            strays = np.flatnonzero(pc.is_valid(cells.table[name]).to_numpy(zero_copy_only=False))
            if len(strays):
                cells.refuse(name, int(strays[0]), f"nothing: {kind} takes {allowed_names([kind])}")
    columns: dict[str, Any] = {}
    for field in fields_of(kind):
        if field.name not in names:
            if field.required:
                cells.refuse(field.name, 0, f"a value; {kind} needs a column of that name")
            continue
        columns[field.name] = filled(cells, field, _values(cells, field.name, field.type))
    nothing = [None] * len(cells.table)
    return Run(
        kind=kind,
        columns=columns,
        given_keys=texts(cells, "key", or_numbers=True) if "key" in names else nothing,
        given_clients=texts(cells, "client") if "client" in names else nothing,
        first=cells.first,
        at=instants_of(cells) if "at" in names else None,
        lines=cells.numbers(),
    )


def _values(cells: Cells, name: str, field_type: str) -> Any:
    if field_type == INTEGER:
        return integers(cells, name)
    if field_type == FLAG:
        return cells.flags(name)
    return texts(cells, name)
