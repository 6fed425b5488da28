"""Files that members furnish, read in parts as columns: Parquet, CSV, JSON lines.

A cell that is no number, no day or no word of its list spoils its own record and no other, and so does a line that is
no row; a column that there is no place for spoils the file, so that nothing slips in that may not be collected. Lines
are counted as an editor counts them, with the empty ones, which are no records.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benyuan.values.errors import BadInput

WHOLE = r"^\s*-?[0-9]{1,18}\s*$"
DAY = r"^\s*[0-9]{4}-?[0-9]{2}-?[0-9]{2}\s*$"
MONTH = r"^\s*[0-9]{4}-?[0-9]{2}\s*$"
ENDINGS = (".csv", ".parquet", ".jsonl", ".ndjson")
FIRST_LINE_OF_CSV = 2
TWICE = "a column of each name once"
SPOILT, INT64_MAX = np.iinfo(np.int64).min, np.iinfo(np.int64).max


class Cell(StrEnum):
    """What a column holds: whole numbers, days, months, or texts."""

    whole = "a whole number"
    day = "a day as YYYY-MM-DD or yyyymmdd"
    month = "a month as YYYY-MM or yyyymm"
    text = "a text"


FORMS = {Cell.whole: WHOLE, Cell.day: DAY, Cell.month: MONTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that a file may have; `words`: the only texts that it takes, each with its number."""

    cell: Cell
    required: bool = False
    words: Mapping[str, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Rows as they are read and their lines; `broken`: by place, what lines should be that are no rows."""

    table: Any
    lines: NDArray[np.int64]
    broken: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some rows of a file: columns of integers or of texts, the number of each row's line, and the faults by row."""

    columns: Mapping[str, Any]
    lines: NDArray[np.int64]
    faults: Mapping[int, tuple[str, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.lines)


def read_parts(path: Path, *, columns: Mapping[str, Column], rows: int) -> Iterator[Part]:
    """The file in parts of so many rows. Errors: BadInput, where the file as a whole can't be taken; OSError."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise BadInput("file", path.name, "a name that ends in " + ", ".join(ENDINGS))
    try:
        for read in _READERS[ending](path, rows):
            if read.table.column_names:  # lines that are all broken have none
                _check_names(path, read.table.column_names, columns)
            yield _part(read, columns)
    except (pa.ArrowException, UnicodeDecodeError) as error:
        raise BadInput("file", path.name, f"a file that can be read as {ending}: {error}") from error


def _of_parquet(path: Path, rows: int) -> Iterator[_Rows]:
    first = 1
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=rows):
            yield _Rows(table=pa.Table.from_batches([batch]), lines=np.arange(first, first + len(batch)))
            first += len(batch)


def _of_csv(path: Path, rows: int) -> Iterator[_Rows]:
    """Every column as texts, so that one bad cell spoils no other."""
    with path.open("rb") as file:
        header = file.readline().decode("utf-8-sig").rstrip("\r\n")
    names = [name.strip().strip('"') for name in header.split(",")]
    if len(set(names)) < len(names):
        raise BadInput("file", path.name, TWICE)
    kept: list[_Rows] = []
    for read in _csv_batches(path, names):
        kept.append(read)
        if sum(len(each.lines) for each in kept) >= rows:
            yield from _in_parts(kept, rows)
            kept = []
    yield from _in_parts(kept, rows)


def _csv_batches(path: Path, names: list[str]) -> Iterator[_Rows]:
    """Rows as they come, after them the lines among them that have too few or too many cells."""
    wrong: dict[int, str] = {}

    def note(row: pacsv.InvalidRow) -> str:
        wrong[row.number] = f"a row of {row.expected_columns} cells"
        return "skip" if "\n" not in row.text else "error"  # a quote that is not closed takes in all that follows

    texts = dict.fromkeys(names, pa.string())
    options = pacsv.ConvertOptions(column_types=texts, strings_can_be_null=True, null_values=[""])
    reading = pacsv.ReadOptions(column_names=names, skip_rows=1, use_threads=False)  # threads don't count lines
    parsing = pacsv.ParseOptions(ignore_empty_lines=False, invalid_row_handler=note)
    nothing, line = pa.schema(texts).empty_table(), FIRST_LINE_OF_CSV
    with pacsv.open_csv(path, read_options=reading, parse_options=parsing, convert_options=options) as batches:
        for batch in batches:
            table = pa.Table.from_batches([batch])
            lines = np.setdiff1d(np.arange(line, line + len(table) + len(wrong)), list(wrong))[: len(table)]
            line = int(lines[-1]) + 1 if len(lines) else line
            yield _with_broken(table, lines, {number: wrong.pop(number) for number in sorted(wrong) if number < line})
    yield _with_broken(nothing, np.zeros(0, np.int64), wrong)


def _with_broken(table: Any, lines: NDArray[np.int64], wrong: Mapping[int, str]) -> _Rows:
    """The rows that are not empty, then those lines."""
    there = np.zeros(len(table), np.bool_)
    for column in table.columns:
        there |= pc.is_valid(column).to_numpy()
    if not there.all():
        table, lines = table.filter(pa.array(there)), lines[there]
    if not wrong:
        return _Rows(table=table, lines=lines)
    empty = pa.table([pa.nulls(len(wrong), each.type) for each in table.schema], schema=table.schema)
    return _Rows(
        table=pa.concat_tables([table, empty]),
        lines=np.append(lines, np.array(list(wrong), np.int64)),
        broken=dict(enumerate(wrong.values(), start=len(table))),
    )


def _in_parts(kept: Sequence[_Rows], rows: int) -> Iterator[_Rows]:
    """What was read, in parts of so many rows."""
    begins = np.cumsum([0, *(len(each.lines) for each in kept)]).tolist()
    if not begins[-1]:
        return
    table = pa.concat_tables([each.table for each in kept]).combine_chunks()
    lines = np.concatenate([each.lines for each in kept])
    broken = {
        begin + place: why for begin, each in zip(begins, kept, strict=False) for place, why in each.broken.items()
    }
    for start in range(0, len(lines), rows):
        within = range(start, min(start + rows, len(lines)))
        mine = {place - start: broken[place] for place in broken if place in within}
        yield _Rows(table=table.slice(start, rows), lines=lines[start : start + rows], broken=mine)


def _of_lines(path: Path, rows: int) -> Iterator[_Rows]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    kept: list[dict[str, Any]] = []
    lines: list[int] = []
    broken: dict[int, str] = {}
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            lines.append(number)
            try:
                kept.append(decoder.decode(line))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                broken[len(kept)] = "a JSON object"
                kept.append({})
            if len(kept) == rows:
                yield _Rows(table=_table_of(kept), lines=np.array(lines, np.int64), broken=broken)
                kept, lines, broken = [], [], {}
    if kept:
        yield _Rows(table=_table_of(kept), lines=np.array(lines, np.int64), broken=broken)


_READERS: Mapping[str, Callable[[Path, int], Iterator[_Rows]]] = {
    ".csv": _of_csv,
    ".parquet": _of_parquet,
    ".jsonl": _of_lines,
    ".ndjson": _of_lines,
}


def _table_of(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Rows of any values as columns of texts, which are looked at like those of a CSV file."""
    names = dict.fromkeys(name for row in rows for name in row)
    return pa.table({name: pa.array([_text_of(row.get(name)) for row in rows], pa.string()) for name in names})


def _text_of(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else repr(value)


def _check_names(path: Path, names: Sequence[str], columns: Mapping[str, Column]) -> None:
    unknown = [name for name in names if name not in columns]
    if unknown:
        there = "one of " + ", ".join(columns) + ": there is no place for anything else"
        raise BadInput("column", unknown[0], there)
    if len(set(names)) < len(names):
        raise BadInput("file", path.name, TWICE)
    missing = [name for name, column in columns.items() if column.required and name not in names]
    if missing:
        raise BadInput("column", missing[0], f"a column that {path.name} has")


def _part(read: _Rows, columns: Mapping[str, Column]) -> Part:
    faults = {place: ("record", why) for place, why in read.broken.items()}
    made: dict[str, Any] = {}
    for name in read.table.column_names:
        made[name] = _column(name, columns[name], read.table[name].combine_chunks(), faults)
    return Part(columns=made, lines=read.lines, faults=faults)


def _column(name: str, column: Column, cells: Any, faults: dict[int, tuple[str, str]]) -> Any:
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    if column.words is not None:
        return _worded(name, column, _texts(cells), faults)
    if column.cell is Cell.text:
        return _plain(name, column, _texts(cells), faults)
    return _numbers(name, column, cells, faults)


def _texts(cells: Any) -> Any:
    if not (pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type)):
        cells = cells.cast(pa.string())
    return pc.utf8_trim_whitespace(cells)


def _note(name: str, constraint: str, wrong: NDArray[np.bool_], faults: dict[int, tuple[str, str]]) -> None:
    for place in np.flatnonzero(wrong).tolist():
        faults.setdefault(place, (name, constraint))


def _worded(name: str, column: Column, cells: Any, faults: dict[int, tuple[str, str]]) -> NDArray[np.int64]:
    words = column.words or {}
    encoded = cells.dictionary_encode()
    numbers = np.array([words.get(word, SPOILT) for word in encoded.dictionary.to_pylist()] + [SPOILT], np.int64)
    found = numbers[pc.fill_null(encoded.indices, len(numbers) - 1).to_numpy(zero_copy_only=False)]
    if not column.required:
        found = np.where(pc.is_null(cells).to_numpy(zero_copy_only=False), 0, found)
    _note(name, "one of " + ", ".join(words), found == SPOILT, faults)
    return np.where(found == SPOILT, 0, found)


def _plain(name: str, column: Column, cells: Any, faults: dict[int, tuple[str, str]]) -> list[str]:
    if column.required:
        empty = pc.fill_null(pc.equal(cells, ""), fill_value=True)
        _note(name, "a text that is not empty", empty.to_numpy(zero_copy_only=False), faults)
    texts: list[str] = pc.fill_null(cells, "").to_pylist()
    return texts


def _numbers(name: str, column: Column, cells: Any, faults: dict[int, tuple[str, str]]) -> NDArray[np.int64]:
    if pa.types.is_date(cells.type):
        cells = pc.strftime(cells, format="%Y%m%d")
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        fits = pc.match_substring_regex(cells, FORMS[column.cell])
        wrong = pc.fill_null(pc.invert(pc.or_kleene(fits, pc.equal(pc.utf8_trim_whitespace(cells), ""))), False)  # noqa: FBT003
        _note(name, column.cell.value, wrong.to_numpy(zero_copy_only=False), faults)
        plain = pc.utf8_trim_whitespace(cells)
        if column.cell is not Cell.whole:
            plain = pc.replace_substring(plain, "-", "")
        cells = pc.if_else(pc.fill_null(fits, False), plain, None).cast(pa.int64())  # noqa: FBT003
    elif pa.types.is_uint64(cells.type):
        wide = pc.greater(cells, pa.scalar(INT64_MAX, pa.uint64()))
        _note(name, column.cell.value, pc.fill_null(wide, False).to_numpy(zero_copy_only=False), faults)  # noqa: FBT003
        cells = pc.if_else(wide, None, cells)
    elif not (pa.types.is_integer(cells.type) or pa.types.is_null(cells.type)):
        _note(name, column.cell.value, np.ones(len(cells), np.bool_), faults)
        return np.zeros(len(cells), np.int64)
    if column.required:
        _note(name, f"{column.cell.value}: it is needed", pc.is_null(cells).to_numpy(zero_copy_only=False), faults)
    numbers: NDArray[np.int64] = pc.fill_null(cells.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    return numbers
