"""Vintages: of what was drawn on the loans of one month, how much stands late so many months later.

A loan belongs to the month in which it was drawn, an account to that in which it was opened. Month on book 0 is that
month itself; each is looked at on its last closed day. The share is the principal left on loans that are more than 30,
or 90, days overdue, or written off, over all principal drawn by then, the partners' parts included. Worked number: of
1,000.00 drawn in May, a loan with 50.00 left is 31 days overdue at the end of July: 5% at month 2.
"""

import msgspec
import numpy as np

from benyuan.assurance.lender_books.tape import SORTS, Tape, loan_tape
from benyuan.assurance.lending import closed_days, day_of
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.engine.group import Group

MONTH = 100  # in yyyymmdd, one month
YEAR_MONTHS = 12
LATE_DAYS, VERY_LATE_DAYS = 30, 90  # tidy: number days by which vintages are usually told


class Vintage(msgspec.Struct, frozen=True, kw_only=True):
    """The loans of one month at the end of a later one; fen, shares in millionths."""

    sort: str
    product: int
    begun: int
    month_on_book: int
    date: int
    loans: int
    drawn_fen: int
    late_30_fen: int
    late_90_fen: int
    late_30_ppm: int
    late_90_ppm: int


def vintages(group: Group, *, lender: int, date: int | None = None) -> list[Vintage]:
    """All vintages up to a closed day, the latest without one, in order of product and month. Errors: BadInput."""
    last = day_of(group, lender=lender, date=date)
    ends = {day // MONTH: day for day in closed_days(group, lender=lender) if day <= last}
    rows = [row for day in ends.values() for row in _at(loan_tape(group, lender=lender, date=day))]
    return sorted(rows, key=lambda row: (row.product, row.sort, row.begun, row.month_on_book))


def _at(tape: Tape) -> list[Vintage]:
    held, begun = tape.columns, tape.columns["begun_on"] // MONTH
    written_off = held["standing"] == Standing.written_off
    late = {
        days: np.where((held["days_overdue"] > days) | written_off, held["left_fen"], 0)
        for days in (LATE_DAYS, VERY_LATE_DAYS)
    }
    keys = np.stack([held["sort"], held["product"], begun])
    return [
        _row(tape, key, of=(keys == np.array(key)[:, None]).all(axis=0), late=late)
        for key in np.unique(keys, axis=1).T.tolist()
    ]


def _row(tape: Tape, key: list[int], *, of: Ints, late: dict[int, Ints]) -> Vintage:
    sort, product, begun = key
    drawn = sum(tape.columns["drawn_fen"][of].tolist())
    one, two = (sum(late[days][of].tolist()) for days in (LATE_DAYS, VERY_LATE_DAYS))
    return Vintage(
        sort=SORTS[sort],
        product=product,
        begun=begun,
        month_on_book=_months(tape.date // MONTH) - _months(begun),
        date=tape.date,
        loans=int(of.sum()),
        drawn_fen=drawn,
        late_30_fen=one,
        late_90_fen=two,
        late_30_ppm=one * 1_000_000 // drawn if drawn else 0,
        late_90_ppm=two * 1_000_000 // drawn if drawn else 0,
    )


def _months(yyyymm: int) -> int:
    return yyyymm // 100 * YEAR_MONTHS + yyyymm % 100
