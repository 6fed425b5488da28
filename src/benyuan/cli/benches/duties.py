"""`bench duties`: a year of duties scanned for what is overdue and what falls due, beside NumPy adding their columns.

Each customer has one duty a year (a level confirmed, a file looked at), one in ten complains, one in fifty asks about
their data, which has no day of law but an aim; one duty in a thousand runs by the hour; one in a hundred is not done in
time. A scan tells how every duty stands on a day, counts them, and puts what is overdue or due within a week in order.
Nothing is written.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benyuan.assurance.protection.duty_columns import DutyColumns, Firm, Room, State, due_by
from benyuan.cli.benches.measuring import SEED, Figures, Stopwatch, peak_rss_mib, share_of
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.values.days import dates_of, day_numbers

FIRST, ON, WEEK_ON = 20260101, 20261231, 20270107
YEAR_DAYS, LATEST_DAYS, AIM_DAYS = 365, 60, 30
COMPLAINS, ASKS, FORGOTTEN, HOURLY = 10, 50, 100, 1_000
US_A_DAY = 86_400_000_000
KINDS = (DutyKind.confirm_level, DutyKind.answer_complaint, DutyKind.give_data)
SCANNED = ("arose_on", "due_on", "done_on", "due_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySizes:
    """So many customers."""

    customers: int = 10_000_000

    def scaled(self, share: float) -> "DutySizes":
        """The customers times `share`."""
        return replace(self, customers=share_of(self.customers, share))


def measure_duties(sizes: DutySizes, directory: Path) -> Figures:
    """One run: the columns are seeded, then scanned once."""
    del directory
    columns = seeded(sizes.customers)
    scanning, finding, passing = Stopwatch(), Stopwatch(), Stopwatch()
    with scanning:
        found = np.bincount(columns.states(ON), minlength=len(State))
    with finding:
        due = due_by(columns, on=ON, last=WEEK_ON)
    with passing:
        for name in SCANNED:
            getattr(columns, name).sum()
    return {
        "customers": sizes.customers,
        "duties": len(columns),
        "overdue": int(found[State.overdue]),
        "past_aim": int(found[State.past_aim]),
        "open": int(found[State.open]),
        "due_or_overdue": len(due),
        "seconds": round(scanning.seconds + finding.seconds, 3),
        "count_s": round(scanning.seconds, 3),
        "find_s": round(finding.seconds, 3),
        "limit_s": round(passing.seconds, 3),
        "ratio": round(passing.seconds / (scanning.seconds + finding.seconds), 4),
        "duties_per_s": int(len(columns) / (scanning.seconds + finding.seconds)),
        "mb": peak_rss_mib(),
    }


def seeded(customers: int) -> DutyColumns:
    """The duties of a year, in the order in which they arose."""
    random = np.random.default_rng(SEED)
    many = [customers, customers // COMPLAINS, customers // ASKS]
    kind = np.repeat(np.array(KINDS, np.int64), many)
    count = len(kind)
    arose = np.sort(random.integers(0, YEAR_DAYS, count)) + int(day_numbers(np.array([FIRST]))[0])
    kind = random.permutation(kind)
    due = np.where(kind == DutyKind.give_data, 0, arose + random.integers(1, LATEST_DAYS, count))
    done = np.where(random.integers(0, FORGOTTEN, count) == 0, 0, np.maximum(due - 1, arose))
    ones = np.ones(count, np.int64)
    number = np.arange(1, count + 1)
    hourly = (random.integers(0, HOURLY, count) == 0) & (due != 0)
    due_at, done_at = (np.where(hourly & (of != 0), of * US_A_DAY + US_A_DAY // 2, 0) for of in (due, done))
    return DutyColumns(
        room=ones * Room.protection,
        number=number,
        firm=ones * Firm.institution,
        owner=ones,
        kind=kind,
        about=number,
        arose_on=dates_of(arose),
        due_on=np.where(due == 0, 0, dates_of(due)),
        done_on=np.where(done == 0, 0, dates_of(done)),
        due_at=due_at,
        done_at=done_at,
        level=ones * 0,
        aim_on=np.where(due == 0, dates_of(arose + AIM_DAYS), 0),
    )
