"""Returns of bodies that run elsewhere: trial balances from CSV, Parquet and XLSX, a row a body, period and line.

Columns: `body`, `period` (its last day, yyyymmdd), `line` (a name of the chart), `debit_fen`, `credit_fen`, and, where
there is any, `counterparty`, the body of the group that it is with, empty or 0 for others; `source` and `source_date`,
the document that the body's figures are from and its day. Without a document they are invented, and are shown so.
Worked: a file whose third row says `lones` is refused with its name, line 4, `line`, and the names that there are.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.cells import Cells, integers, texts
from benyuan.cli.inputs.numbering import lines_of_rows
from benyuan.cli.inputs.workbooks import read_sheets
from benyuan.holding_company.consolidation.chart import Chart
from benyuan.holding_company.consolidation.entries import Entries, Ints, together
from benyuan.holding_company.consolidation.sources import Returns, TrialBalanceOf
from benyuan.parties.bodies.sources import INVENTED, SOURCE_CHARACTERS, source_of
from benyuan.values.dates import is_day

NEEDED, OPTIONAL = ("body", "period", "line", "debit_fen", "credit_fen"), "counterparty"
SOURCE, SOURCE_DATE = "source", "source_date"
COLUMNS = (*NEEDED, OPTIONAL, SOURCE, SOURCE_DATE)
XLSX = ".xlsx"
ENDINGS = (".csv", ".parquet", XLSX)


def read_returns(paths: Sequence[Path], *, chart: Chart, period: int) -> Returns:
    """The rows of a period in all files, each file a return, all its sheets together. Errors: BadFile, OSError."""
    parts, sources = [], dict[tuple[int, str], TrialBalanceOf]()
    for sent, path in enumerate(paths, 1):
        for cells in _cells(path):
            entries = _entries(cells, chart, sent=sent)
            of_period = _numbers(cells, "period") == period
            for told in _sources(cells, entries.body, of_period, sources):
                sources[told.body, told.what] = told
            parts.append(entries.rows(of_period))
    none = np.zeros(0, np.int64)
    empty = Entries(body=none, line=none, counterparty=none, debit_fen=none, credit_fen=none, sent=none)
    return Returns(entries=together([empty, *parts]), sources=tuple(sources.values()))


def _sources(
    cells: Cells, body: Ints, kept: NDArray[np.bool_], known: dict[tuple[int, str], TrialBalanceOf]
) -> Iterator[TrialBalanceOf]:
    """The source of each body's figures in a file: the same on all of its rows. Errors: BadFile."""
    names = cells.table.column_names
    named = texts(cells, SOURCE) if SOURCE in names else [None] * len(body)
    dated = _numbers(cells, SOURCE_DATE, empty=0).tolist() if SOURCE_DATE in names else [0] * len(body)
    found: dict[int, str] = {each.body: each.source for each in known.values() if each.what == cells.file}
    for place in np.flatnonzero(kept).tolist():
        text, date = (named[place] or "").strip(), dated[place]
        if len(text) > SOURCE_CHARACTERS:
            cells.refuse(SOURCE, place, f"{SOURCE_CHARACTERS} characters at most")
        if bool(text) != bool(date) or (date and not is_day(date)):
            cells.refuse(SOURCE_DATE, place, "the day of the source, yyyymmdd; empty where there is none")
        told = source_of(source=text, source_date=date, invented=not text)
        if text and told == INVENTED:
            cells.refuse(SOURCE, place, "a document")
        if found.setdefault(int(body[place]), told) != told:
            cells.refuse(SOURCE, place, f"one source for body {int(body[place])}: {found[int(body[place])]}")
    for number, told in found.items():
        yield TrialBalanceOf(body=number, what=cells.file, source=told)


def _cells(path: Path) -> list[Cells]:
    if path.suffix.lower() != XLSX:
        return [_table(path)]
    sheets = read_sheets(path, names=COLUMNS, days=("period", SOURCE_DATE))
    if not sheets:
        raise BadFile(file=path.name, where="", field="file", value="no row", constraint="a table with a header")
    for cells in sheets:
        _check_names(path, cells.table.column_names, where=f"{cells.unit.removesuffix(', row')}, header")
    return sheets


def _table(path: Path) -> Cells:
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        words = "a name that ends in " + ", ".join(ENDINGS)
        raise BadFile(file=path.name, where="", field="file", value=path.suffix, constraint=words)
    with path.open("rb"):
        pass  # a file that can't be opened is told of as any other
    try:
        table = _csv(path) if ending == ".csv" else pyarrow.parquet.read_table(path)
    except (pa.ArrowException, UnicodeDecodeError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's fault; Arrow calls a damaged file an OSError too, but one without a number
        raise BadFile(
            file=path.name, where="", field="file", value=str(error), constraint="a table with a header"
        ) from None
    _check_names(path, table.column_names)
    if ending == ".csv":
        return Cells(
            file=path.name, unit="line", first=0, offset=2, table=table, typed=False, lines=lines_of_rows(path)
        )
    return Cells(file=path.name, unit="row", first=0, offset=1, table=table, typed=True)


def _csv(path: Path) -> Any:
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(COLUMNS, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    return pyarrow.csv.read_csv(path, read_options=pyarrow.csv.ReadOptions(use_threads=False), convert_options=convert)


def _check_names(path: Path, names: list[str], *, where: str = "header") -> None:
    for name in names:
        if name not in COLUMNS or names.count(name) > 1:
            constraint = "one of " + ", ".join(COLUMNS) + ", each once"
            raise BadFile(file=path.name, where=where, field="column", value=name, constraint=constraint)
    for name in NEEDED:
        if name not in names:
            raise BadFile(file=path.name, where=where, field=name, value=None, constraint="a column")


def _entries(cells: Cells, chart: Chart, *, sent: int) -> Entries:
    columns = {name: _numbers(cells, name) for name in NEEDED if name != "line"}
    other = _numbers(cells, OPTIONAL, empty=0) if OPTIONAL in cells.table.column_names else columns["body"] * 0
    for name, column, least in (("body", columns["body"], 1), (OPTIONAL, other, 0)):
        for place in np.flatnonzero(column < least).tolist()[:1]:
            cells.refuse(name, place, f"the number of a body, {least} or more")
    for name in ("debit_fen", "credit_fen"):
        for place in np.flatnonzero(columns[name] < 0).tolist()[:1]:
            cells.refuse(name, place, "an amount of nought or more")
    for place in np.flatnonzero(other == columns["body"]).tolist()[:1]:
        cells.refuse(OPTIONAL, place, "another body than the row's own")
    return Entries(
        body=columns["body"],
        line=_lines(cells, chart),
        counterparty=other,
        debit_fen=columns["debit_fen"],
        credit_fen=columns["credit_fen"],
        sent=np.full(len(other), sent, np.int64),
    )


def _numbers(cells: Cells, name: str, *, empty: int | None = None) -> Ints:
    values = integers(cells, name)
    if isinstance(values, np.ndarray):
        return values
    if empty is None and None in values:
        cells.refuse(name, values.index(None), "a value")
    return np.array([empty if value is None else value for value in values], np.int64)


def _lines(cells: Cells, chart: Chart) -> Ints:
    names = texts(cells, "line")
    for place, name in enumerate(names):
        if name not in chart.by_name:
            cells.refuse("line", place, "one of " + ", ".join(chart.by_name))
    return np.array([chart.by_name[str(name)].number for name in names], np.int64)
