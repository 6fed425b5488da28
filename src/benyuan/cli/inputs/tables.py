"""CSV and Parquet: a line or row a command, columns named as the command's fields, read batch by batch.

With a column `kind` the kinds may be mixed; a cell under a column that its kind has not must be empty.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.cells import Cells, filled, instants_of, integers, texts
from benyuan.cli.inputs.fields import ENVELOPE, FLAG, INTEGER, all_kinds, allowed_names, fields_of, names_of
from benyuan.cli.inputs.rows import Run

CSV_BLOCK_BYTES = 1 << 20


def read_csv(path: Path, *, kind: str | None, chunk: int) -> Iterator[list[Run]]:
    """A CSV file with a header line. Errors: BadFile, OSError."""
    names = _header(path)
    _check_names(path, names, kind)
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    read = pyarrow.csv.ReadOptions(block_size=CSV_BLOCK_BYTES)
    try:
        with pyarrow.csv.open_csv(path, read_options=read, convert_options=convert) as reader:
            yield from _chunks(path, reader, kind=kind, chunk=chunk, unit="line", offset=2)
    except pa.ArrowInvalid as error:
        constraint = "lines like the header"
        raise BadFile(file=path.name, where="", field="CSV", value=str(error), constraint=constraint) from None


def read_parquet(path: Path, *, kind: str | None, chunk: int) -> Iterator[list[Run]]:
    """A Parquet file. Errors: BadFile, OSError."""
    try:
        file = pyarrow.parquet.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise BadFile(file=path.name, where="", field="file", value=str(error), constraint="a Parquet file") from None
    with file:
        _check_names(path, file.schema_arrow.names, kind)
        yield from _chunks(path, file.iter_batches(batch_size=chunk), kind=kind, chunk=chunk, unit="row", offset=1)


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            return next(csv.reader(file), [])
        except (UnicodeDecodeError, csv.Error) as error:
            value, constraint = str(error), "column names in UTF-8"
            raise BadFile(file=path.name, where="line 1", field="header", value=value, constraint=constraint) from None


def _check_names(path: Path, names: list[str], kind: str | None) -> None:
    """Columns are known, none twice, and the kind is told once."""
    allowed = {*ENVELOPE, *(name for each in ([kind] if kind else all_kinds()) for name in names_of(each))}
    for name in names:
        if name not in allowed or names.count(name) > 1:
            constraint = allowed_names([kind] if kind else all_kinds()) + ", each once"
            raise BadFile(file=path.name, where="header", field="column", value=name, constraint=constraint)
    if kind is None and "kind" not in names:
        constraint = "a column `kind`, or --kind with one of " + ", ".join(all_kinds())
        raise BadFile(file=path.name, where="header", field="kind", value=None, constraint=constraint)
    if kind is not None:
        for field in fields_of(kind):
            if field.required and field.name not in names:
                constraint = f"a column; {kind} needs it"
                raise BadFile(file=path.name, where="header", field=field.name, value=None, constraint=constraint)


def _chunks(
    path: Path, batches: Iterable[Any], *, kind: str | None, chunk: int, unit: str, offset: int
) -> Iterator[list[Run]]:
    """Batches cut anew into chunks. `offset`: the number of the first line or row."""
    first = 0
    for table in _resized(batches, chunk):
        cells = Cells(file=path.name, unit=unit, first=first, offset=offset, table=table)
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
                cells.refuse("kind", start, "one of " + ", ".join(all_kinds()))
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
        given_keys=texts(cells, "key") if "key" in names else nothing,
        given_clients=texts(cells, "client") if "client" in names else nothing,
        first=cells.first,
        at=instants_of(cells) if "at" in names else None,
        lines=np.arange(len(nothing), dtype=np.int64) + cells.first + cells.offset,
    )


def _values(cells: Cells, name: str, field_type: str) -> Any:
    if field_type == INTEGER:
        return integers(cells, name)
    if field_type == FLAG:
        return cells.flags(name)
    return texts(cells, name)
