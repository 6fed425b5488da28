"""What negative data a bureau holds, and on which days they must be gone: counted from the pages.

Source: State Council Order 631, art. 16. Worked number: arrears in June and July that were paid on 2026-08-10 are two
months of a spell that has ended; at five years both must be gone on 2031-08-11.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.layouts import MONTH, PUBLIC
from benyuan.credit_bureau.negative import negative_spells, over_on, spell_rows
from benyuan.credit_bureau.records import CREDIT_LINE, SUBJECT
from benyuan.credit_bureau.report.showing import latest_months
from benyuan.credit_bureau.sieves import RETENTION
from benyuan.decisions.books import FurnishedRecords
from benyuan.engine.group import Group
from benyuan.values.dates import local_day

Ints = NDArray[np.int64]


@dataclass(slots=True, kw_only=True)
class NegativeHeld:
    """Months of accounts and records of persons, of what has ended and of what goes on.

    `gone_on`: by the first day on which they must be gone how many months and records of persons. `account`,
    `ended_on`, `size`: of the longest spell among those of months that go last, 0 for none.
    """

    months: int = 0
    ended_months: int = 0
    going_on_months: int = 0
    ended_public: int = 0
    going_on_public: int = 0
    gone_on: dict[int, int] = field(default_factory=dict)
    account: int = 0
    ended_on: int = 0
    size: int = 0


def negative_held(group: Group, *, bureau: int, at: int | None = None) -> NegativeHeld:
    """All of it, by the years that hold on the day of `at`; now without. Errors: VaultLocked."""
    years = group.regime.pack.value(id=RETENTION, on=local_day(group.now() if at is None else at)).count
    made = NegativeHeld()
    lines, persons = group.records.tables[CREDIT_LINE.name], group.records.tables[SUBJECT.name]
    for found in group.books().all_furnished(MONTH, first=1, last=lines.count):
        _months(made, found, mine=lines.column("bureau")[found.records["account"]] == bureau, years=years)
    for found in group.books().all_furnished(PUBLIC, first=1, last=persons.count):
        _public(made, found, mine=persons.column("bureau")[found.records["subject"]] == bureau, years=years)
    return made


def _months(made: NegativeHeld, found: FurnishedRecords, *, mine: NDArray[np.bool_], years: int) -> None:
    order = np.argsort(found.position, kind="stable")
    months = found.records[order][mine[order]]
    made.months += len(months)
    months = latest_months(months)
    spells = negative_spells(months)
    sizes = np.bincount(spell_rows(spells, months) + 1, minlength=len(spells) + 1)[1:]
    ended = spells.ended_on != 0
    made.ended_months += int(sizes[ended].sum())
    made.going_on_months += int(sizes[~ended].sum())
    _add(made, over_on(ended_on=spells.ended_on, years=years)[ended], sizes[ended])
    if ended.any():
        _watch(made, months["account"][spells.first], spells.ended_on, sizes)


def _watch(made: NegativeHeld, account: Ints, ended_on: Ints, sizes: Ints) -> None:
    """The longest of those that ended last, the first where several are as long."""
    place = int(np.lexsort((-sizes, -ended_on))[0])
    if (int(ended_on[place]), int(sizes[place])) > (made.ended_on, made.size):
        made.account, made.ended_on, made.size = int(account[place]), int(ended_on[place]), int(sizes[place])


def _public(made: NegativeHeld, found: FurnishedRecords, *, mine: NDArray[np.bool_], years: int) -> None:
    order = np.argsort(found.position, kind="stable")
    records = found.records[order][mine[order]]
    _, from_end = np.unique(records["reference"][::-1], return_index=True)
    ended_on = records[len(records) - 1 - from_end]["ended_on"].astype(np.int64)
    ended = ended_on != 0
    made.ended_public += int(ended.sum())
    made.going_on_public += int((~ended).sum())
    _add(made, over_on(ended_on=ended_on, years=years)[ended], np.ones(int(ended.sum()), np.int64))


def _add(made: NegativeHeld, days: Ints, counts: Ints) -> None:
    for day in np.unique(days).tolist():
        made.gone_on[day] = made.gone_on.get(day, 0) + int(counts[days == day].sum())
