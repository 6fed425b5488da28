"""Returns in XLSX files: the same as in CSV, what can't be taken is named by sheet, row and column."""

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs import workbooks
from benyuan.cli.inputs.returns import read_returns
from benyuan.holding_company.consolidation.sources import Returns
from tests.unit.group.ownership import BANK, HOLDING
from tests.unit.group.returns import CHART
from tests.unit.group.test_returns import DAY, HEAD, OF_BANK, OF_HOLDING, assert_same, written

NAMES = HEAD.strip().split(",")
SHEET = "xl/worksheets/sheet1.xml"


def workbook(folder: Path, **sheets: list[list[Any]]) -> Path:
    """A file with these sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new workbook has a sheet
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "all.xlsx"
    book.save(path)
    return path


def altered(path: Path, part: str, before: str, after: str) -> Path:
    """The same file with one thing of one part otherwise."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    assert before in parts[part]
    parts[part] = parts[part].replace(before, after, 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return path


def rows_of(text: str) -> list[list[Any]]:
    cells = [line.split(",") for line in text.splitlines()]
    return [[int(cell) if cell.isdecimal() else cell or None for cell in row] for row in cells]


def read(path: Path) -> Returns:
    return read_returns([path], chart=CHART, period=DAY)


def test_xlsx_says_the_same_as_csv(tmp_path: Path) -> None:
    path = workbook(tmp_path, Q1=[NAMES, *rows_of(OF_HOLDING + OF_BANK)])
    assert_same(read(path), read(written(tmp_path, OF_HOLDING + OF_BANK)))


def test_sheets_of_a_file_are_one_return_and_empty_rows_and_sheets_are_none(tmp_path: Path) -> None:
    one, other = [[], NAMES, [], *rows_of(OF_HOLDING)], [NAMES, *rows_of(OF_BANK)]
    path = workbook(tmp_path, top=one, nothing=[], bank=other)
    assert_same(read(path), read(written(tmp_path, OF_HOLDING + OF_BANK)))


def test_dates_and_long_numbers_as_texts_are_taken(tmp_path: Path) -> None:
    day = dt.datetime(2026, 3, 31)  # noqa: DTZ001  a spreadsheet's dates have no zone
    row = [BANK, day, "cash", str(10**16), 0, None, "accounts", day]
    found = read(workbook(tmp_path, Q1=[[*NAMES, "source", "source_date"], row]))
    assert found.entries.debit_fen.tolist() == [10**16]
    assert [each.source for each in found.sources] == [f"accounts ({DAY})"]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        (3, 12.5, "a whole number"),
        (3, 10**15, "15 digits"),
        (3, True, "a whole number"),
        (3, "=1+1", "not a formula"),
        (3, "#N/A", "a whole number"),
        (3, "1.5", "a whole number"),
        (3, dt.datetime(2026, 3, 31), "a whole number"),  # noqa: DTZ001  a spreadsheet's dates have no zone
        (1, dt.datetime(2026, 3, 31, 9), "a date without a time"),  # noqa: DTZ001  likewise
        (0, None, "a value"),
        (2, "lones", "one of cash"),
        (5, BANK, "another body"),
    ],
)
def test_a_cell_that_cant_be_taken_is_named(tmp_path: Path, column: int, value: object, words: str) -> None:
    row: list[Any] = [BANK, DAY, "loans", 1, 0, HOLDING]
    row[column] = value
    with pytest.raises(BadFile) as caught:
        read(workbook(tmp_path, Q1=[NAMES, *rows_of(OF_BANK), row]))
    told = caught.value
    assert (told.file, told.where, told.field) == ("all.xlsx", "sheet Q1, row 5", NAMES[column])
    assert words in told.constraint


def test_fifteen_digits_are_the_most_that_a_number_keeps(tmp_path: Path) -> None:
    row = [BANK, DAY, "loans", 10**15 - 1, 0, None]
    assert read(workbook(tmp_path, Q1=[NAMES, row])).entries.debit_fen.tolist() == [10**15 - 1]


def test_a_cell_beyond_the_header_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="sheet Q1, row 2: column 7"):
        read(workbook(tmp_path, Q1=[NAMES, [BANK, DAY, "loans", 1, 0, None, "x"]]))


@pytest.mark.parametrize(
    ("head", "field"), [(NAMES[:-2], "credit_fen"), ([*NAMES, "note"], "column"), ([*NAMES, "body"], "column")]
)
def test_a_header_that_does_not_fit_is_named_by_sheet(tmp_path: Path, head: list[str], field: str) -> None:
    with pytest.raises(BadFile) as caught:
        read(workbook(tmp_path, Q1=[head]))
    assert (caught.value.where, caught.value.field) == ("sheet Q1, header", field)


@pytest.mark.parametrize("content", [b"", b"PK", b"body,period\n"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "all.xlsx"
    path.write_bytes(content)
    with pytest.raises(BadFile, match="an XLSX file"):
        read(path)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("x.txt", "x")
    with pytest.raises(BadFile, match="an XLSX file"):
        read(path)


def test_an_empty_workbook_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="a table with a header"):
        read(workbook(tmp_path, Q1=[]))


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, Q1=[NAMES])
    monkeypatch.setattr(workbooks, "LARGEST_BYTES", 100)
    with pytest.raises(BadFile, match="holds 100 bytes at most"):
        read(path)


@pytest.mark.parametrize(
    ("part", "before", "after", "words"),
    [
        (SHEET, "<v>80</v>", "<v>NaN</v>", "an XLSX file"),
        (SHEET, "<v>80</v>", "<v>1E999</v>", "row 2: debit_fen: got inf"),
        (SHEET, "<v>80</v>", "<v>abc</v>", "an XLSX file"),
        (SHEET, 't="n"><v>80</v>', 't="d"><v>2026-13-45</v>', "an XLSX file"),
        (SHEET, "<v>80</v>", f"<v>{'9' * 5000}</v>", "an XLSX file"),
        (SHEET, 'r="D2"', 'r="!!"', "an XLSX file"),
        (SHEET, '<row r="2"', '<row r="abc"', "an XLSX file"),
        (SHEET, '<row r="6"', '<row r="4000000000"', "an XLSX file"),
        (SHEET, "</sheetData>", "", "an XLSX file"),
        ("xl/workbook.xml", 'sheetId="1"', 'sheetId="x"', "an XLSX file"),
        ("xl/workbook.xml", 'name="Q1"', "", "an XLSX file"),
    ],
)
def test_a_file_that_says_what_no_workbook_says_is_refused(
    tmp_path: Path, part: str, before: str, after: str, words: str
) -> None:
    path = altered(workbook(tmp_path, Q1=[NAMES, *rows_of(OF_HOLDING + OF_BANK)]), part, before, after)
    with pytest.raises(BadFile, match=words):
        read(path)


def test_merged_cells_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, Q1=[NAMES, *rows_of(OF_HOLDING + OF_BANK)])
    merged = '</sheetData><mergeCells count="1"><mergeCell ref="F2:F3"/></mergeCells>'
    with pytest.raises(BadFile, match="no merged cells"):
        read(altered(path, SHEET, "</sheetData>", merged))


@pytest.mark.parametrize("number", ["2", "-3", "0"])
def test_rows_that_come_again_are_refused(tmp_path: Path, number: str) -> None:
    path = workbook(tmp_path, Q1=[NAMES, *rows_of(OF_HOLDING + OF_BANK)])
    with pytest.raises(BadFile, match=f"row: got {number}, expected a row after 2"):
        read(altered(path, SHEET, '<row r="3"', f'<row r="{number}"'))
