"""Every factor of every file at once, in columns of whole numbers; by_hand.py says the same of one file.

A file's month is that of all its accounts together: the worst status, the sums of what is owed and granted, of what
fell due and was paid. Sums take only accounts that have both sides of a ratio in that month. Shares round down.
Worked number: statements of 1,000.00 and 2,000.00 yuan, 500.00 and 2,500.00 paid: a month counts for at most its
statement, so 2,500.00 of 3,000.00, 833,333 ppm.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.score.layout import ABSENT, MOST_FEN, AccountMonths, Months, Whole
from benyuan.credit_bureau.score.titles import HALF, MOST_PPM, PPM, WINDOW
from benyuan.values.errors import BadInput

Columns = dict[str, Whole]
"""Every factor by its name, one value a file; `ABSENT` where it can't be told."""

Marks = NDArray[np.bool_]


def factors_of(data: AccountMonths) -> Columns:
    """The factors of each file from the last six months. Raises BadInput where a file's sums are beyond all reason."""
    months = _by_file(data)
    return {
        **_arrears(months.status),
        **_utilisation(months),
        **_payments(months),
        **_against_the_limit(months),
        "accounts": np.bincount(data.file, minlength=data.files).astype(np.int64),
        "months_known": _count([status >= 0 for status in months.status]),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _FileMonths:
    """For each of the last six months, the latest last, one value a file.

    `used` of the lines `granted`; of what was `asked` so much `met`; `paid` and `limit` of all accounts.
    """

    status: list[Whole] = field(default_factory=list)
    used: list[Whole] = field(default_factory=list)
    granted: list[Whole] = field(default_factory=list)
    asked: list[Whole] = field(default_factory=list)
    met: list[Whole] = field(default_factory=list)
    paid: list[Whole] = field(default_factory=list)
    limit: list[Whole] = field(default_factory=list)


class _Files:
    """Which accounts are whose: puts a column of accounts together into one of files."""

    def __init__(self, data: AccountMonths) -> None:
        self.files = data.files
        self.begins = np.flatnonzero(np.diff(data.file, prepend=ABSENT))
        self.places = data.file[self.begins]

    def worst(self, values: Whole) -> Whole:
        """The greatest of each file; ABSENT where it has no account."""
        found = np.full(self.files, ABSENT, np.int64)
        if len(values):
            found[self.places] = np.maximum.reduceat(values, self.begins)
        return found

    def total(self, values: Whole, *, known: Marks) -> Whole:
        """The sum of what is known of each file; ABSENT where nothing is. Raises BadInput."""
        found = np.full(self.files, ABSENT, np.int64)
        if len(values):
            sums = np.add.reduceat(np.where(known, values, 0), self.begins)
            found[self.places] = np.where(np.logical_or.reduceat(known, self.begins), sums, ABSENT)
        if int(found.max(initial=0)) > MOST_FEN:
            raise BadInput("accounts", int(found.max()), f"at most {MOST_FEN} fen of one file in a month")
        return found


def _by_file(data: AccountMonths) -> _FileMonths:
    """The accounts of each file put together, month by month."""
    files, made = _Files(data), _FileMonths()
    for month in range(data.months - WINDOW, data.months):
        balance, limit = _month(data.balance_fen, month), _month(data.limit_fen, month)
        statement, paid = _month(data.statement_fen, month), _month(data.paid_fen, month)
        lines = (balance >= 0) & (limit > 0)
        dues = (statement >= 0) & (paid >= 0)
        made.status.append(files.worst(_month(data.status, month)))
        made.used.append(files.total(balance, known=lines))
        made.granted.append(files.total(limit, known=lines))
        made.asked.append(files.total(statement, known=dues))
        made.met.append(files.total(np.minimum(paid, statement), known=dues))
        made.paid.append(files.total(paid, known=paid >= 0))
        made.limit.append(files.total(limit, known=limit >= 0))
    return made


def _month(column: Months, month: int) -> Whole:
    """One month of all accounts; absent before the first."""
    if month < 0:
        return np.full(len(column), ABSENT, np.int64)
    return np.ascontiguousarray(column[:, month]).astype(np.int64, copy=False)


def _count(marks: list[Marks]) -> Whole:
    return np.add.reduce([mark.astype(np.int64) for mark in marks])  # type: ignore[no-any-return]


def _share(part: Whole, whole: Whole) -> Whole:
    """Parts per million, rounded down, at most tenfold; ABSENT where either is absent or the whole is nought."""
    told = (part >= 0) & (whole > 0)
    return np.where(told, np.minimum(part * PPM // np.maximum(whole, 1), MOST_PPM), ABSENT)


def _sum(months: list[Whole]) -> Whole:
    """The sum of the months that are known; ABSENT where none is."""
    total = np.add.reduce([np.maximum(month, 0) for month in months])
    return np.where(_count([month >= 0 for month in months]) > 0, total, ABSENT)


def _mean(months: list[Whole]) -> Whole:
    """The mean of the months that are known, rounded down."""
    known = _count([month >= 0 for month in months])
    return np.where(known > 0, _sum(months) // np.maximum(known, 1), ABSENT)


def _arrears(status: list[Whole]) -> Columns:
    known = _count([month >= 0 for month in status]) > 0
    return {
        "worst_1m": status[-1],
        "worst_3m": np.maximum.reduce(status[-HALF:]),
        "worst_6m": np.maximum.reduce(status),
        "arrears_months_6m": np.where(known, _count([month > 0 for month in status]), ABSENT),
        "severe_months_6m": np.where(known, _count([month > 1 for month in status]), ABSENT),
        "months_since_arrears": np.where(known, _since(status, later_than=0), ABSENT),
        "months_since_severe": np.where(known, _since(status, later_than=1), ABSENT),
    }


def _since(status: list[Whole], *, later_than: int) -> Whole:
    """Months since a class above this was last furnished; the whole window where none was."""
    since = np.full_like(status[-1], WINDOW)
    for ago in reversed(range(WINDOW)):
        since = np.where(status[-1 - ago] > later_than, ago, since)
    return since


def _utilisation(months: _FileMonths) -> Columns:
    shares = [_share(used, granted) for used, granted in zip(months.used, months.granted, strict=True)]
    mean = _mean(shares)
    return {
        "utilisation_1m_ppm": shares[-1],
        "utilisation_3m_ppm": _mean(shares[-HALF:]),
        "utilisation_6m_ppm": mean,
        "utilisation_trend_ppm": _share(shares[-1], mean),
    }


def _payments(months: _FileMonths) -> Columns:
    pairs = list(zip(months.asked, months.met, strict=True))
    known = _count([asked >= 0 for asked, _ in pairs]) > 0
    unpaid = _count([(asked > 0) & (met == 0) for asked, met in pairs])
    full = _count([(asked > 0) & (met == asked) for asked, met in pairs])
    return {
        "paid_share_1m_ppm": _share(months.met[-1], months.asked[-1]),
        "paid_share_6m_ppm": _share(_sum(months.met), _sum(months.asked)),
        "unpaid_months_6m": np.where(known, unpaid, ABSENT),
        "full_months_6m": np.where(known, full, ABSENT),
    }


def _against_the_limit(months: _FileMonths) -> Columns:
    limit = months.limit[-1]
    return {
        "paid_to_limit_3m_ppm": _share(_sum(months.paid[-HALF:]), limit),
        "paid_to_limit_6m_ppm": _share(_sum(months.paid), limit),
        "paid_3m_fen": _sum(months.paid[-HALF:]),
        "limit_fen": limit,
    }
