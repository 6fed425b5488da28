"""Tables in the sheets of an XLSX file, as texts: every cell that can't be taken is named by sheet, row and column.

A spreadsheet keeps fifteen digits of a number, so a longer one is given as a text; a formula is no figure, for what it
last came to may be old. Worked: 12.5 in column `debit_fen` of row 3 of sheet Q1 is refused with all of these.
"""

import datetime as dt
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import numpy as np
import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.cells import Cells
from benyuan.values.dates import to_yyyymmdd

LARGEST_BYTES = 1 << 28
"""Unpacked; what is read of it takes several times as much of memory."""
LARGEST_ROWS = 1 << 20
"""What a sheet has at most by the format: a row that says it is a later one would be waited for."""
SHEETS, MERGED = "xl/worksheets/", re.compile(rb"mergeCell[\s/>]")
ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"'](-?[0-9]{1,18})[\"']")
KEPT = 10**15
FORMULA, ERROR = "f", "e"
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, EOFError),
    *(AttributeError, LookupError, OverflowError, RuntimeError, TypeError, ValueError),
)
"""What the reader raises over parts that are missing or say what they must not."""


def read_sheets(path: Path, *, names: Sequence[str], days: Sequence[str]) -> list[Cells]:
    """Each sheet that is not empty, with a header of these names; `days`: columns in which a cell may be a date.

    Errors: BadFile, OSError.
    """
    with path.open("rb"):
        pass  # a file that can't be opened is told of as any other
    try:
        _check_size(path)
        _check_sheets(path)
        book = openpyxl.load_workbook(path, read_only=True)
        try:
            return [cells for sheet in book.worksheets for cells in _sheet(path, sheet, names, days)]
        finally:
            book.close()
    except BadFile:
        raise
    except UNREADABLE as error:
        raise BadFile(file=path.name, where="", field="file", value=str(error), constraint="an XLSX file") from None


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as packed:
        size = sum(each.file_size for each in packed.infolist())
    if size > LARGEST_BYTES:
        constraint = f"an XLSX file that holds {LARGEST_BYTES} bytes at most"
        raise BadFile(file=path.name, where="", field="file", value=size, constraint=constraint)


def _check_sheets(path: Path) -> None:
    """What the reader passes over: merged cells, of which only the first says anything, and rows that come again."""
    with zipfile.ZipFile(path) as packed:
        for name in packed.namelist():
            if name.startswith(SHEETS):
                _check_part(path, name, packed.read(name))


def _check_part(path: Path, name: str, part: bytes) -> None:
    if MERGED.search(part):
        asked = "no merged cells: every row says for itself what it is"
        raise BadFile(file=path.name, where=name, field="mergeCell", value="merged cells", constraint=asked)
    last = 0
    for number in map(int, ROW.findall(part)):
        if number <= last:
            raise BadFile(file=path.name, where=name, field="row", value=number, constraint=f"a row after {last}")
        last = number


def _sheet(path: Path, sheet: Any, names: Sequence[str], days: Sequence[str]) -> Iterator[Cells]:
    sheet.reset_dimensions()  # what the file says of its own size need not be so
    rows = [(number, row) for number, row in _rows(sheet) if any(cell.value is not None for cell in row)]
    if not rows:
        return
    where = f"sheet {sheet.title}"
    head = [cell.value for cell in rows[0][1]]
    while head and head[-1] is None:
        head.pop()
    for name in head:
        if name not in names or head.count(name) > 1:
            constraint = "one of " + ", ".join(names) + ", each once"
            raise BadFile(file=path.name, where=f"{where}, header", field="column", value=name, constraint=constraint)
    columns: dict[str, list[str | None]] = {str(name): [] for name in head}
    for number, row in rows[1:]:
        for place, cell in enumerate(row):
            if cell.value is None and place < len(head):
                columns[str(head[place])].append(None)
            elif cell.value is not None:
                named = str(head[place]) if place < len(head) else f"column {place + 1}"
                text = _text(cell, day=named in days) if place < len(head) else None
                if text is None:
                    constraint = _asked(cell, named=place < len(head), day=named in days)
                    at = f"{where}, row {number}"
                    raise BadFile(file=path.name, where=at, field=named, value=cell.value, constraint=constraint)
                columns[named].append(text)
        for name in head[len(row) :]:
            columns[str(name)].append(None)
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    lines = np.array([number for number, _ in rows[1:]], np.int64)
    yield Cells(file=path.name, unit=f"{where}, row", first=0, offset=2, table=table, typed=False, lines=lines)


def _rows(sheet: Any) -> Iterator[tuple[int, Any]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > LARGEST_ROWS:
            raise ValueError(f"row {number} of sheet {sheet.title}")
        yield number, row


def _text(cell: Any, *, day: bool) -> str | None:
    """What a cell says; None where it says nothing that can be taken."""
    value = cell.value
    if cell.data_type in (FORMULA, ERROR) or isinstance(value, bool):
        return None
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dt.datetime) and day:
        return str(to_yyyymmdd(value.date())) if value.time() == dt.time() else None
    if isinstance(value, dt.datetime | dt.date | dt.time | dt.timedelta):
        return None
    if not abs(value) < KEPT:  # what is no number is not less either
        return None
    whole = int(value)
    return str(whole) if whole == value else None


def _asked(cell: Any, *, named: bool, day: bool) -> str:
    if not named:
        return "nothing beyond the columns of the header"
    if cell.data_type == FORMULA:
        return "a figure, not a formula: paste its value"
    if isinstance(cell.value, int | str) or not hasattr(cell.value, "is_integer"):
        return "a date without a time" if day else "a whole number of at most 15 digits, or a longer one as a text"
    return "a whole number of at most 15 digits, or a longer one as a text"
