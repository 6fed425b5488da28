"""The months of many files as the score reads them, in columns; `scoring.py` says the same of one, month by month.

Order 2021 No. 4 art. 29. Worked number: of a file whose latest month is September only April to September count.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.report.accounts import A_MONTH, RECENT
from benyuan.credit_bureau.report.scoring import CLASSES as CLASS_OF
from benyuan.credit_bureau.score.layout import ABSENT, MOST_FEN, AccountMonths
from benyuan.credit_bureau.score.titles import WINDOW
from benyuan.values.dates import MONTHS_A_YEAR

COLUMNS = {
    "balance_fen": "balance_fen",
    "limit_fen": "limit_fen",
    "statement_fen": "due_fen",
    "paid_fen": "paid_fen",
}
"""By the column of the score that of the records."""
CLASSES = np.array([CLASS_OF[number] for number in range(len(CLASS_OF))], np.int64)


def account_months(files: Sequence[NDArray[Any]], *, on: int) -> AccountMonths:
    """The last six months of some files, each up to its own latest month, as the score reads them."""
    months = np.concatenate(files) if files else np.zeros(0, MONTH.dtype)
    return months_by_file(
        months, np.repeat(np.arange(len(files)), [len(each) for each in files]), files=len(files), on=on
    )


def months_by_file(months: NDArray[Any], file: NDArray[np.int64], *, files: int, on: int) -> AccountMonths:
    """The same of all files at once: months in any order, of each account and month one, and the file of each."""
    count, kept = _count(months["month"]), _recent(months["month"], file, files=files, on=on)
    months, file, count = months[kept], file[kept], count[kept]
    latest = _latest(count, file, files=files)
    order = np.lexsort((months["account"], file))
    months, file, count = months[order], file[order], count[order]
    begins = np.ones(len(months), np.bool_)
    begins[1:] = (file[1:] != file[:-1]) | (months["account"][1:] != months["account"][:-1])
    at = (np.cumsum(begins) - 1, WINDOW - 1 - (latest[file] - count))
    columns = {name: np.full((int(begins.sum()), WINDOW), ABSENT, np.int64) for name in ("status", *COLUMNS)}
    columns["status"][at] = CLASSES[months["status"]]
    for name, column in COLUMNS.items():
        columns[name][at] = np.clip(months[column], 0, MOST_FEN)
    return AccountMonths(files=files, file=file[begins], **columns)


def _recent(month: NDArray[Any], file: NDArray[np.int64], *, files: int, on: int) -> NDArray[np.bool_]:
    """The months of each file's window; none of a file whose latest is too long ago."""
    count = _count(month)
    latest = _latest(count, file, files=files)[file]
    within: NDArray[np.bool_] = (latest - count < WINDOW) & (_count(on // A_MONTH) - latest < RECENT)
    return within


def _latest(count: NDArray[np.int64], file: NDArray[np.int64], *, files: int) -> NDArray[np.int64]:
    latest = np.zeros(files, np.int64)
    np.maximum.at(latest, file, count)
    return latest


def _count(month: Any) -> Any:
    """Months counted without years."""
    whole = np.asarray(month, np.int64)
    return whole // A_MONTH * MONTHS_A_YEAR + whole % A_MONTH
