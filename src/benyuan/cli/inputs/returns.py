"""Returns of bodies that run elsewhere: trial balances from CSV and Parquet, each row of one body, period and line.

Columns: `body`, `period` (its last day, yyyymmdd), `line` (a name of the chart), `debit_fen`, `credit_fen`, and
`counterparty`, the body of the group that it is with, empty or 0 for others. Worked: a file whose third row says
`lones` is refused with its name, line 4, `line`, and the names that there are.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from benyuan.cli.failures import BadFile
from benyuan.cli.inputs.cells import Cells, integers, texts
from benyuan.cli.inputs.numbering import lines_of_rows
from benyuan.holding_company.consolidation.chart import Chart
from benyuan.holding_company.consolidation.entries import Entries, Ints, together

NEEDED, OPTIONAL = ("body", "period", "line", "debit_fen", "credit_fen"), "counterparty"
ENDINGS = (".csv", ".parquet")


def read_returns(paths: Sequence[Path], *, chart: Chart, period: int) -> Entries:
    """The rows of a period in all files, each file a return. Errors: BadFile, OSError."""
    return together([_entries(_cells(path), chart, sent=sent, period=period) for sent, path in enumerate(paths, 1)])


def _cells(path: Path) -> Cells:
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
    names = (*NEEDED, OPTIONAL)
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    return pyarrow.csv.read_csv(path, read_options=pyarrow.csv.ReadOptions(use_threads=False), convert_options=convert)


def _check_names(path: Path, names: list[str]) -> None:
    for name in names:
        if name not in (*NEEDED, OPTIONAL) or names.count(name) > 1:
            constraint = "one of " + ", ".join((*NEEDED, OPTIONAL)) + ", each once"
            raise BadFile(file=path.name, where="header", field="column", value=name, constraint=constraint)
    for name in NEEDED:
        if name not in names:
            raise BadFile(file=path.name, where="header", field=name, value=None, constraint="a column")


def _entries(cells: Cells, chart: Chart, *, sent: int, period: int) -> Entries:
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
    made = Entries(
        body=columns["body"],
        line=_lines(cells, chart),
        counterparty=other,
        debit_fen=columns["debit_fen"],
        credit_fen=columns["credit_fen"],
        sent=np.full(len(other), sent, np.int64),
    )
    return made.rows(columns["period"] == period)


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
