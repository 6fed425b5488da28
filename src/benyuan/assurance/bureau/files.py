"""Files that members furnish, read in parts as columns: Parquet, CSV, JSON lines.

A cell that is no number, no day or no word of its list spoils its own record and no other; a column that there is no
place for spoils the file, so that nothing slips in that may not be collected.
"""

from collections.abc import Iterator, Mapping, Sequence
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
SPOILT = np.iinfo(np.int64).min


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
    first = 1
    try:
        for table in _tables(path, ending, rows):
            _check_names(path, table.column_names, columns)
            yield _part(table, columns, first=first + (ending == ".csv"))
            first += len(table)
    except (pa.ArrowException, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadInput("file", path.name, f"a file that can be read as {ending}: {error}") from error


def _tables(path: Path, ending: str, rows: int) -> Iterator[Any]:
    if ending == ".csv":
        yield from _of_csv(path, rows)
    elif ending == ".parquet":
        with pq.ParquetFile(path) as file:
            yield from (pa.Table.from_batches([batch]) for batch in file.iter_batches(batch_size=rows))
    else:
        yield from _of_lines(path, rows)


def _of_csv(path: Path, rows: int) -> Iterator[Any]:
    """Every column as texts, so that one bad cell spoils no other."""
    with path.open("rb") as file:
        header = file.readline().decode("utf-8-sig").rstrip("\r\n")
    names = [name.strip().strip('"') for name in header.split(",")]
    if len(set(names)) < len(names):
        raise BadInput("file", path.name, "a column of each name once")
    options = pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True)
    reading = pacsv.ReadOptions(column_names=names, skip_rows=1)
    kept: list[Any] = []
    with pacsv.open_csv(path, read_options=reading, convert_options=options) as batches:
        for batch in batches:
            kept.append(batch)
            if sum(map(len, kept)) >= rows:
                yield from _in_parts(pa.Table.from_batches(kept), rows)
                kept = []
    if kept:
        yield from _in_parts(pa.Table.from_batches(kept), rows)


def _in_parts(table: Any, rows: int) -> Iterator[Any]:
    return (table.slice(start, rows) for start in range(0, len(table), rows))


def _of_lines(path: Path, rows: int) -> Iterator[Any]:
    decoder = msgspec.json.Decoder(dict[str, Any])
    kept: list[dict[str, Any]] = []
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                kept.append(decoder.decode(line))
            if len(kept) == rows:
                yield _table_of(kept)
                kept = []
    if kept:
        yield _table_of(kept)


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
    missing = [name for name, column in columns.items() if column.required and name not in names]
    if missing:
        raise BadInput("column", missing[0], f"a column that {path.name} has")


def _part(table: Any, columns: Mapping[str, Column], *, first: int) -> Part:
    faults: dict[int, tuple[str, str]] = {}
    made: dict[str, Any] = {}
    for name in table.column_names:
        made[name] = _column(name, columns[name], table[name].combine_chunks(), faults)
    return Part(columns=made, lines=np.arange(first, first + len(table), dtype=np.int64), faults=faults)


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
    elif not (pa.types.is_integer(cells.type) or pa.types.is_null(cells.type)):
        _note(name, column.cell.value, np.ones(len(cells), np.bool_), faults)
        return np.zeros(len(cells), np.int64)
    if column.required:
        _note(name, f"{column.cell.value}: it is needed", pc.is_null(cells).to_numpy(zero_copy_only=False), faults)
    numbers: NDArray[np.int64] = pc.fill_null(cells.cast(pa.int64()), 0).to_numpy(zero_copy_only=False)
    return numbers
