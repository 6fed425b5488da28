"""The units of accounts: basics, the latest month, the last 24 and 60 months, special events.

The parts are those of the second-generation report. A window of months ends with the latest month that is shown of the
account. Worked number: months 202401 to 202603 shown: the last 24 are 202404 to 202603, one letter each.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET
from numpy.typing import NDArray

from benyuan.credit_bureau.negative import spell_rows
from benyuan.credit_bureau.report.file import CreditFile, Line
from benyuan.credit_bureau.report.sheet import Account, Arrears, Latest, Month
from benyuan.credit_bureau.report.showing import Shown, most_overdue
from benyuan.credit_bureau.vocabulary import ACCOUNT_TYPE_NUMBER, STATUS_NUMBER, MonthStatus
from benyuan.values.dates import MONTHS_A_YEAR

LETTERS = {number: word for word, number in STATUS_NUMBER.items()}
FIVE_YEARS, TWO_YEARS = 5 * MONTHS_A_YEAR, 2 * MONTHS_A_YEAR
"""Windows of the form of the report, in months; what may be shown is settled before, by the rules."""
RECENT = MONTHS_A_YEAR
"""An account of which so many months were not furnished is no longer called open."""
NOTHING = "/"
OPEN, CLOSED, BAD_DEBT, ENDED, NOT_KNOWN = "open", "closed", "bad-debt", "ended", "not-known"
WORST_FIRST = (
    *(MonthStatus.bad_debt, MonthStatus.paid_by_guarantor, MonthStatus.settled_with_assets, MonthStatus.ended),
    *(MonthStatus.late_7, MonthStatus.late_6, MonthStatus.late_5, MonthStatus.late_4),
    *(MonthStatus.late_3, MonthStatus.late_2, MonthStatus.late_1),
)
_WEIGHT = {status.value: -place for place, status in enumerate(WORST_FIRST)}
_STATES = {
    MonthStatus.closed: CLOSED,
    MonthStatus.bad_debt: BAD_DEBT,
    **dict.fromkeys((MonthStatus.paid_by_guarantor, MonthStatus.settled_with_assets, MonthStatus.ended), ENDED),
}
A_MONTH = 100
_UNKNOWN = STATUS_NUMBER[MonthStatus.unknown]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An account with what is shown of it: rows of its months, its special events, how it stands."""

    line: Line
    rows: list[dict[str, int]]
    arrears: list[Arrears]
    state: str

    @property
    def running(self) -> bool:
        """Whether something may be owed on it."""
        return self.state in (OPEN, BAD_DEBT)


def units_of(file: CreditFile, shown: Shown, *, on: int) -> list[Unit]:
    """The accounts, by type and then in the order in which they came."""
    rows, arrears = _rows(shown.months), _arrears(shown)
    lines = sorted(file.lines, key=lambda line: (ACCOUNT_TYPE_NUMBER[line.type], line.account))
    return [
        Unit(
            line=line,
            rows=rows.get(line.account, []),
            arrears=arrears.get(line.account, []),
            state=state_of(rows.get(line.account, []), month=on // A_MONTH),
        )
        for line in lines
        if line.opened_on <= on
    ]


def _rows(months: NDArray[Any]) -> dict[int, list[dict[str, int]]]:
    found: dict[int, list[dict[str, int]]] = {}
    names = months.dtype.names or ()
    for values in months.tolist():
        row = dict(zip(names, values, strict=True))
        found.setdefault(row["account"], []).append(row)
    return found


def _arrears(shown: Shown) -> dict[int, list[Arrears]]:
    """The special events of each account."""
    found: dict[int, list[Arrears]] = {}
    if not len(shown.spells):
        return found
    months, spells, most = shown.months, shown.spells, most_overdue(shown.months, shown.spells)
    place = spell_rows(spells, months)
    for number, (first, last) in enumerate(zip(spells.first.tolist(), spells.last.tolist(), strict=True)):
        statuses = [LETTERS[status] for status in months["status"][place == number].tolist()]
        found.setdefault(int(months["account"][first]), []).append(
            Arrears(
                first_month=int(months["month"][first]),
                last_month=int(months["month"][last]),
                months=len(statuses),
                worst=worst_of(statuses),
                most_fen=int(most[number]),
                ended_on=int(spells.ended_on[number]),
            )
        )
    return found


def worst_of(statuses: Sequence[str]) -> str:
    """The worst of some negative statuses; nothing where there are none."""
    return max(statuses, key=_WEIGHT.__getitem__, default="")


def state_of(rows: Sequence[dict[str, int]], *, month: int) -> str:
    """How an account stands by its latest month that is known, in a report of a month."""
    known = [row for row in rows if row["status"] != _UNKNOWN]
    if not known:
        return NOT_KNOWN
    status = MonthStatus(LETTERS[known[-1]["status"]])
    if status in _STATES:
        return _STATES[status]
    return OPEN if months_between(known[-1]["month"], month) < RECENT else NOT_KNOWN


def account_of(unit: Unit, *, number: int, months: bool, own: bool) -> Account:
    """A unit as it is handed over: with its months, and with the bureau's numbers in the person's own report."""
    line, rows = unit.line, unit.rows
    return Account(
        number=number,
        type=line.type.value,
        sort=line.sort.value,
        opened_on=line.opened_on,
        limit_fen=line.limit_fen,
        state=unit.state,
        closed_on=_closed_on(unit),
        disputed=line.objections > 0,
        latest=_latest(rows[-1]) if rows else None,
        account=line.account if own else UNSET,
        member=line.member if own else UNSET,
        last_24=last_letters(rows) if months else UNSET,
        last_24_to=(rows[-1]["month"] if rows else 0) if months else UNSET,
        last_60=_last_months(rows) if months else UNSET,
        arrears=unit.arrears if months else UNSET,
    )


def last_letters(rows: Sequence[dict[str, int]]) -> str:
    """The last 24 months, a letter each, the latest last."""
    if not rows:
        return ""
    held = {row["month"]: LETTERS[row["status"]] for row in rows}
    return "".join(held.get(_earlier(rows[-1]["month"], by), NOTHING) for by in reversed(range(TWO_YEARS)))


def _last_months(rows: Sequence[dict[str, int]]) -> list[Month]:
    since = _earlier(rows[-1]["month"], FIVE_YEARS - 1) if rows else 0
    return [
        Month(month=row["month"], status=LETTERS[row["status"]], overdue_fen=row["overdue_fen"])
        for row in rows
        if row["month"] >= since
    ]


def _latest(row: dict[str, int]) -> Latest:
    named = {name: row[name] for name in Latest.__struct_fields__ if name != "status"}
    return Latest(status=LETTERS[row["status"]], **named)


def _closed_on(unit: Unit) -> int:
    """The day of closing where it is told, 0 otherwise."""
    return unit.rows[-1]["ended_on"] if unit.state == CLOSED else 0


def _earlier(month: int, by: int) -> int:
    count = month // A_MONTH * MONTHS_A_YEAR + month % A_MONTH - 1 - by
    return count // MONTHS_A_YEAR * A_MONTH + count % MONTHS_A_YEAR + 1


def months_between(first: int, last: int) -> int:
    """Months from one (yyyymm) to another."""
    return (last // A_MONTH - first // A_MONTH) * MONTHS_A_YEAR + last % A_MONTH - first % A_MONTH
