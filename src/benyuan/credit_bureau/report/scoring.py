"""The score of a file, from the months that are shown and from nothing else.

Order 2021 No. 4 art. 29; State Council Order 631, art. 16: what is no longer shown weighs no longer. The window of the
score ends with the latest month of any account. Worked number: arrears that ended more than five years ago, or that the
one-off repair hides, leave the score as it is without them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.report.accounts import A_MONTH, RECENT
from benyuan.credit_bureau.report.sheet import Reason, Score
from benyuan.credit_bureau.score.explaining import explain
from benyuan.credit_bureau.score.factors import factors_of
from benyuan.credit_bureau.score.layout import ABSENT, MOST_FEN, WORST, AccountMonths
from benyuan.credit_bureau.score.scorecard import Scorecard
from benyuan.credit_bureau.score.scoring import UNSCORED
from benyuan.credit_bureau.score.titles import WINDOW
from benyuan.credit_bureau.vocabulary import NEGATIVE_STATUSES, STATUS_NUMBER, MonthStatus
from benyuan.values.dates import MONTHS_A_YEAR

COLUMNS = {
    "balance_fen": "balance_fen",
    "limit_fen": "limit_fen",
    "statement_fen": "due_fen",
    "paid_fen": "paid_fen",
}
"""By the column of the score that of the records."""


def _classes() -> NDArray[np.int64]:
    """By the number of a status how late it is: 1 to 7; what tells of a breach that is over as much as the worst."""
    found = np.zeros(len(STATUS_NUMBER), np.int64)
    for status in NEGATIVE_STATUSES:
        found[STATUS_NUMBER[status]] = int(status.value) if status.value.isdigit() else WORST
    found[STATUS_NUMBER[MonthStatus.unknown]] = ABSENT
    return found


CLASSES = _classes()


def score_of(months: NDArray[Any], *, card: Scorecard, on: int) -> Score:
    """The score on a day, of months by account and month; no value where too few are known, or none lately."""
    factors = {name: int(column[0]) for name, column in factors_of(account_months([months], on=on)).items()}
    told = explain(card, factors)
    reasons = [Reason(factor=line.factor, en=line.reason_en, zh=line.reason_zh) for line in told.reasons]
    return Score(value=None if told.score == UNSCORED else told.score, card=told.card, made_on=on, reasons=reasons)


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
