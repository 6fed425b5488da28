"""Which merchants are to be paid out on a day, by what was agreed with each, and up to which day.

Nothing waits longer than the law's last day, whatever was agreed (PBoC Announcement [2013] No. 9, art. 30). Worked
case: by the third calendar day, on 6 May goes out what came up to 3 May; a merchant without an agreed cycle is named,
and not paid.
"""

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.engine.books import EngineBooks
from benyuan.engine.group import Group
from benyuan.payments.records import MERCHANT, PERSON
from benyuan.payments.settlement import came_since
from benyuan.payments.settlement_cycles import CYCLE_NUMBER, SETTLEMENT_CYCLE, Cycle, through_on
from benyuan.payments.vocabulary import MERCHANT_STOP_BIT, NAME_LIST_BIT, MerchantStop
from benyuan.values.dates import add_calendar_days

LATEST = "acq.settle.latest_days"


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """A merchant that is to be paid out what it received up to a day, and what that is now, in fen."""

    merchant: int
    cycle: str
    through: int
    due_fen: int


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """The run of a day: who is due, who has money and no agreed cycle, who is suspected or on a list."""

    on: int
    due: list[Due]
    without_cycle: list[int]
    suspended: list[int]


def run_of(group: Group, *, institution: int, on: int) -> Run:
    """Who is due on a day. Errors: CalendarUnknown for a year without a calendar, where a cycle counts working days."""
    held = group.records.tables[MERCHANT.name]
    books = group.books()
    mine = (held.column("institution") == institution) & (held.column("left_on") == 0)
    merchants = np.flatnonzero(mine & (books.available(held.column("account")) > 0))
    agreed = group.records.look_up(SETTLEMENT_CYCLE, merchants, on=on)
    through = _through(group, agreed, on=on)
    due_fen = _due_fen(books, merchants, accounts=held.column("account")[merchants], through=through)
    stopped = _stopped(group, merchants)
    has_cycle, owed = agreed["found"] != 0, due_fen > 0
    names = {number: cycle for cycle, number in CYCLE_NUMBER.items()}
    due = [
        Due(
            merchant=int(merchants[place]),
            cycle=f"{names[int(agreed['cycle'][place])]} {int(agreed['count'][place])}",
            through=int(through[place]),
            due_fen=int(due_fen[place]),
        )
        for place in np.flatnonzero(has_cycle & owed & ~stopped).tolist()
    ]
    return Run(
        on=on,
        due=due,
        without_cycle=merchants[~has_cycle].tolist(),
        suspended=merchants[has_cycle & owed & stopped].tolist(),
    )


def _stopped(group: Group, merchants: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which are under suspicion, or on a name list: themselves, the business or the person behind them."""
    held = group.records.tables[MERCHANT.name]
    stops, people = held.column("stops"), group.records.tables[PERSON.name].column("stops")
    listed = MERCHANT_STOP_BIT[MerchantStop.listed]
    own = stops[merchants] & (listed | MERCHANT_STOP_BIT[MerchantStop.risk_event])
    business = stops[held.column("business")[merchants]] & listed
    person = people[held.column("principal")[merchants]] & NAME_LIST_BIT
    return np.asarray((own | business | person) != 0, np.bool_)


def _through(group: Group, agreed: dict[str, NDArray[np.int64]], *, on: int) -> NDArray[np.int64]:
    """The last day of each merchant's receipts that are due; 0: none. The law's last day comes first."""
    names = {number: cycle for cycle, number in CYCLE_NUMBER.items()}
    latest = group.regime.pack.in_force(id=LATEST, on=on)
    bound = add_calendar_days(on, -latest.count) if latest else 0
    known: dict[tuple[int, int], int] = {(0, 0): 0}
    pairs = list(zip(agreed["cycle"].tolist(), agreed["count"].tolist(), strict=True))
    for number, count in set(pairs) - set(known):
        cycle = Cycle(names[number])
        day = through_on(cycle=cycle, count=count, on=on, calendar=group.regime.calendar)
        known[number, count] = max(day, bound)
    return np.array([known[pair] for pair in pairs], np.int64)


def _due_fen(
    books: EngineBooks, merchants: NDArray[np.int64], *, accounts: NDArray[np.int64], through: NDArray[np.int64]
) -> NDArray[np.int64]:
    due = np.zeros(len(merchants), np.int64)
    for day in np.unique(through[through > 0]).tolist():
        of_day = through == day
        later = came_since(books, merchants[of_day], accounts=accounts[of_day], date=day)
        due[of_day] = np.maximum(books.available(accounts[of_day]) - later, 0)
    return due
