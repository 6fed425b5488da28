"""Cells of a table as the values that a command's fields take; what doesn't fit is named by line, column and value."""

from dataclasses import dataclass, replace
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.fields import Field
from benyuan.cli.inputs.rows import WHEN, instants

WHOLE = "^-?[0-9]+$"
WHOLE_NUMBER = "a whole number of 64 bits"
TRUTHS = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Part of a table. `first`: how many rows there were before it; `offset`: the number of the file's first row.

    `lines`: the numbers of all rows of the file, where they do not just go on from `offset`. `typed`: the file says
    what its columns hold, so that a number is not written as a text or the other way round.
    """

    file: str
    unit: str
    first: int
    offset: int
    table: Any
    typed: bool
    lines: NDArray[np.int64] | None = None

    def part(self, start: int, end: int) -> "Cells":
        """The rows from `start` up to, not including, `end`."""
        return replace(self, first=self.first + start, table=self.table.slice(start, end - start))

    def numbers(self) -> NDArray[np.int64]:
        """The number of each row as people count them in the file."""
        rows = np.arange(self.first, self.first + len(self.table), dtype=np.int64)
        if self.lines is None or self.first + len(self.table) > len(self.lines):
            return rows + self.offset
        return self.lines[rows]

    def where(self, place: int) -> str:
        """The line or row, for people."""
        return f"{self.unit} {self.part(place, place + 1).numbers()[0]}"

    def refuse(self, name: str, place: int, constraint: str) -> NoReturn:
        """Name the cell that doesn't fit. Errors: BadFile, always."""
        value = self.table[name][place].as_py() if name in self.table.column_names else None
        raise BadFile(file=self.file, where=self.where(place), field=name, value=value, constraint=constraint)

    def flags(self, name: str) -> list[bool | None]:
        """A column of truths. Errors: BadFile."""
        column = self.table[name]
        if pa.types.is_boolean(column.type):
            truths: list[bool | None] = column.to_pylist()
            return truths
        if self.typed and not pa.types.is_null(column.type):
            self.refuse(name, 0, f"a column of truths, not of {column.type}")
        found: list[bool | None] = []
        for place, text in enumerate(texts(self, name)):
            if text is not None and text.lower() not in TRUTHS:
                self.refuse(name, place, "true or false")
            found.append(None if text is None else TRUTHS[text.lower()])
        return found


def texts(cells: Cells, name: str, *, or_numbers: bool = False) -> list[str | None]:
    """A column of texts; with `or_numbers` whole numbers are taken as they are written. Errors: BadFile."""
    column = cells.table[name]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if or_numbers and pa.types.is_integer(column.type):
        column = column.cast(pa.string())
    if pa.types.is_null(column.type):
        return [None] * len(column)
    if not _is_text(column):
        cells.refuse(name, 0, f"a column of texts, not of {column.type}")
    found: list[str | None] = column.to_pylist()
    return found


def integers(cells: Cells, name: str) -> Any:
    """A column of whole numbers: an array, or a list with None where cells are empty. Errors: BadFile."""
    column = cells.table[name]
    if pa.types.is_null(column.type):
        return [None] * len(column)
    if _is_text(column) and not cells.typed:
        fits = pc.match_substring_regex(column, WHOLE)
        wrong = np.flatnonzero(pc.invert(pc.fill_null(fits, fill_value=True)).to_numpy(zero_copy_only=False))
        if len(wrong):
            cells.refuse(name, int(wrong[0]), WHOLE_NUMBER)
    elif not pa.types.is_integer(column.type):
        cells.refuse(name, 0, f"a column of whole numbers, not of {column.type}")
    return _cast(cells, name, column)


def _is_text(column: Any) -> bool:
    return bool(pa.types.is_string(column.type) or pa.types.is_large_string(column.type))


def _cast(cells: Cells, name: str, column: Any) -> Any:
    try:
        numbers = column.cast(pa.int64())
    except pa.ArrowInvalid:
        bounds = np.iinfo(np.int64)
        for place, item in enumerate(column.to_pylist()):
            if item is not None and not bounds.min <= int(item) <= bounds.max:
                cells.refuse(name, place, WHOLE_NUMBER)
        raise
    return numbers.to_pylist() if numbers.null_count else numbers.to_numpy()


def filled(cells: Cells, field: Field, values: Any) -> Any:
    """Empty cells get the field's default. Errors: BadFile where it has none."""
    if isinstance(values, np.ndarray) or None not in values:
        return values
    if field.required:
        cells.refuse(field.name, values.index(None), "a value")
    return [field.default if item is None else item for item in values]


def instants_of(cells: Cells) -> NDArray[np.int64] | None:
    """The column `at`. Errors: BadFile."""
    column = cells.table["at"]
    if pa.types.is_timestamp(column.type):
        if column.type.tz is None:
            cells.refuse("at", 0, WHEN)
        column = _microseconds(cells, column)
    if pa.types.is_integer(column.type):
        given: list[Any] = column.to_pylist()
    else:
        given = list(texts(cells, "at"))
    return instants(given, file=cells.file, places=[cells.where(place) for place in range(len(given))])


def _microseconds(cells: Cells, column: Any) -> Any:
    """Times as whole microseconds. Errors: BadFile names the first that is none."""
    kind = pa.timestamp("us", column.type.tz)
    try:
        return column.cast(kind).cast(pa.int64())
    except pa.ArrowInvalid:
        for place, item in enumerate(column):
            try:
                item.cast(kind)
            except pa.ArrowInvalid:
                value = f"{item.cast(pa.int64()).as_py()} {column.type.unit}"
                raise BadFile(
                    file=cells.file, where=cells.where(place), field="at", value=value, constraint=WHEN
                ) from None
        raise
