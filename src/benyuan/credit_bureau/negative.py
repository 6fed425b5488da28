"""Negative data over time: spells of negative months, when they ended, and the day on which they leave the file.

State Council Order 631, art. 16: negative data are kept so many years from the day on which what was wrong ended, and
art. 44(3) says what is negative. Over the months of many accounts at once; `negative_by_hand` says the same of one.
Worked number: late in 202603 and 202604, 202605 paid as agreed with the arrears paid on 20260512: one spell, ended on
20260512; at five years it is shown up to 20310512, and over on 20310513.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.vocabulary import NEGATIVE_STATUSES, STATUS_NUMBER, MonthStatus
from benyuan.values.dates import MONTHS_A_YEAR
from benyuan.values.days import days_later, month_lengths, months_later

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]

LATE = tuple(status for status in NEGATIVE_STATUSES if status.value.isdigit())
"""Arrears that go on: the statuses 1 to 7."""
SETTLING = (MonthStatus.paid_by_guarantor, MonthStatus.settled_with_assets, MonthStatus.ended)
"""Statuses that tell of a breach and that it's over: nothing is owed on the account any more."""
GOES_ON = 0
A_MONTH = 100
A_DAY = 20000101  # tidy: number any day that exists stands in where there's none


def _marked(statuses: tuple[MonthStatus, ...]) -> Marks:
    marks = np.zeros(len(STATUS_NUMBER), np.bool_)
    marks[[STATUS_NUMBER[status] for status in statuses]] = True
    return marks


NEGATIVE = _marked(NEGATIVE_STATUSES)
"""By the number of a status, whether it is negative."""
_LATE, _SETTLING = _marked(LATE), _marked(SETTLING)
_UNKNOWN, _BAD_DEBT, _CLOSED = (
    STATUS_NUMBER[status] for status in (MonthStatus.unknown, MonthStatus.bad_debt, MonthStatus.closed)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spells:
    """Spells of negative months, in order of account and month.

    `first`, `last`: the rows of its first and last negative month. `ended_on`: the day on which what was wrong ended, 0
    where it goes on. `closed_by`: the row that tells the end: the month after it, or the last one itself; -1 where it
    goes on.
    """

    first: Ints
    last: Ints
    ended_on: Ints
    closed_by: Ints

    def __len__(self) -> int:
        return len(self.first)


def negative_spells(months: NDArray[Any]) -> Spells:
    """The spells in records of the layout MONTH, sorted by account and month, one record for each.

    A spell is a run of negative months of one account; a month that isn't known (#) neither belongs to one nor ends it.
    It ends with the first month that isn't negative, on its `ended_on`, else on the month's last day. A month that is
    late and has an `ended_on` tells of older arrears that were paid on that day and of new ones: the older spell ends
    there, and another begins. D, Z, G, and B with an `ended_on`, say themselves that it's over.
    """
    known = np.flatnonzero(months["status"] != _UNKNOWN)
    status, account = months["status"][known], months["account"][known]
    told = months["ended_on"][known].astype(np.int64)
    negative = NEGATIVE[status]
    anew = _LATE[status] & (told != 0)
    over = _SETTLING[status] | ((status == _BAD_DEBT) & (told != 0))
    follows = np.zeros(len(known), np.bool_)
    follows[1:] = (account[1:] == account[:-1]) & negative[:-1] & ~over[:-1]
    first = np.flatnonzero(negative & (~follows | anew))
    last = _last_rows(first, negative, follows & ~anew)
    ends = np.where(told != 0, told, last_days(months["month"][known].astype(np.int64)))
    after = np.minimum(last + 1, len(known) - 1)
    closing = np.where(over[last], last, np.where((last + 1 < len(known)) & follows[after], after, -1))
    ended = np.where(closing >= 0, ends[closing], GOES_ON).astype(np.int64)
    return Spells(
        first=known[first],
        last=known[last],
        ended_on=_no_later_than_next(ended, linked=closing[:-1] == first[1:]),
        closed_by=np.where(closing >= 0, known[closing], -1),
    )


def _no_later_than_next(ended_on: Ints, *, linked: Marks) -> Ints:
    """Where the next spell's first month ends one, it has ended by the time that the next has, whatever days are told.

    Else it would stay when the month that tells of its end is gone.
    """
    for place in np.flatnonzero(linked)[::-1].tolist():
        if ended_on[place + 1] != GOES_ON:
            ended_on[place] = min(ended_on[place], ended_on[place + 1])
    return ended_on


def _last_rows(first: Ints, negative: Marks, joins: Marks) -> Ints:
    """The last row of each spell: before the next row that doesn't join it."""
    breaks = np.append(np.flatnonzero(~(negative & joins)), len(negative))
    return breaks[np.searchsorted(breaks, first, side="right")] - 1


def spell_rows(spells: Spells, months: NDArray[Any]) -> Ints:
    """For each month the place of the spell that it belongs to, -1 for none; a month that isn't negative has none."""
    rows = np.full(len(months), -1, np.int64)
    counts = spells.last - spells.first + 1
    begins = np.cumsum(counts) - counts
    within = np.arange(int(counts.sum())) - np.repeat(begins, counts)
    rows[np.repeat(spells.first, counts) + within] = np.repeat(np.arange(len(spells)), counts)
    of: Ints = np.where(NEGATIVE[months["status"]], rows, -1)
    return of


def last_days(months: Ints) -> Ints:
    """The last day of each month (yyyymm), as yyyymmdd."""
    return months * A_MONTH + month_lengths(months // A_MONTH, months % A_MONTH - 1)


def kept_until(*, ended_on: Ints, years: int) -> Ints:
    """The last day on which what ended on these days is kept and shown; 0 for what goes on.

    Of 20240229 it is 20290228 at five years: the last day of a month that has no such day.
    """
    there = ended_on != GOES_ON
    return np.where(there, months_later(np.where(there, ended_on, A_DAY), years * MONTHS_A_YEAR), GOES_ON)


def over_on(*, ended_on: Ints, years: int) -> Ints:
    """The first day on which what ended on these days must be gone; 0 for what goes on."""
    kept = kept_until(ended_on=ended_on, years=years)
    return np.where(kept != GOES_ON, days_later(np.where(kept != GOES_ON, kept, A_DAY), 1), GOES_ON)


def are_over(*, ended_on: Ints, years: int, on: int) -> Marks:
    """Which of these are over on a day."""
    due: Ints = over_on(ended_on=ended_on, years=years)
    over: Marks = (due != GOES_ON) & (due <= on)
    return over


def over_rows(months: NDArray[Any], *, years: int, on: int) -> Marks:
    """Which months (as for `negative_spells`) must be gone on a day: those of spells that are over.

    With them goes the month that tells by its `ended_on` of arrears before it. One that closed the account stays: its
    `ended_on` is the day of closing and tells of no arrears.
    """
    spells = negative_spells(months)
    return rows_with(months, spells, are_over(ended_on=spells.ended_on, years=years, on=on))


def rows_with(months: NDArray[Any], spells: Spells, which: Marks) -> Marks:
    """The months that go with some of the spells, as `over_rows` says."""
    place = spell_rows(spells, months)
    gone = (place >= 0) & which[place] if len(spells) else np.zeros(len(months), np.bool_)
    closing = spells.closed_by[which]
    closing = closing[closing >= 0]
    also = (months["ended_on"][closing] != 0) & (months["status"][closing] != _CLOSED)
    gone[closing[also & ~NEGATIVE[months["status"][closing]]]] = True
    return gone


def of_late_months(months: NDArray[Any], spells: Spells) -> Marks:
    """Which spells are of late months alone, 1 to 7."""
    place = spell_rows(spells, months)
    other = place[(place >= 0) & ~_LATE[months["status"]]]
    late = np.ones(len(spells), np.bool_)
    late[other] = False
    return late
