"""The score of a file, from the months that are shown and from nothing else.

Order 2021 No. 4 art. 29; State Council Order 631, art. 16: what is no longer shown weighs no longer. The window of the
score ends with the latest month of any account. Worked number: arrears that ended more than five years ago, or that the
one-off repair hides, leave the score as it is without them.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.report.accounts import A_MONTH, RECENT, months_between
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
    recent = [_recent(months, on=on) for months in files]
    accounts = [np.unique(months["account"], return_inverse=True) for months in recent]
    counts = [len(numbers) for numbers, _ in accounts]
    columns = {name: np.full((sum(counts), WINDOW), ABSENT, np.int64) for name in ("status", *COLUMNS)}
    for first, months, (_, place) in zip(np.cumsum(counts) - counts, recent, accounts, strict=True):
        if not len(months):
            continue
        months_ago = _count(months["month"].max()) - _count(months["month"])
        at = (first + place.reshape(-1), WINDOW - 1 - months_ago)
        columns["status"][at] = CLASSES[months["status"]]
        for name, column in COLUMNS.items():
            columns[name][at] = np.clip(months[column], 0, MOST_FEN)
    return AccountMonths(files=len(files), file=np.repeat(np.arange(len(files)), counts), **columns)


def _recent(months: NDArray[Any], *, on: int) -> NDArray[Any]:
    """The months of the window; none where the latest is too long ago."""
    if not len(months) or months_between(int(months["month"].max()), on // A_MONTH) >= RECENT:
        return months[:0]
    within: NDArray[np.bool_] = _count(months["month"].max()) - _count(months["month"]) < WINDOW
    return months[within]


def _count(month: Any) -> Any:
    """Months counted without years."""
    return month // A_MONTH * MONTHS_A_YEAR + month % A_MONTH
