"""When a merchant is paid out, as agreed with it, and never later than the law's last day.

Sources: PBoC Announcement [2013] No. 9, arts. 11, 30; 银发〔2017〕296号, art. 25. Worked case: by the next working day,
on Monday 4 May 2026, which is off as the first five days of May are, nothing goes out; on Wednesday the 6th all that
came up to Tuesday the 5th.
"""

from enum import StrEnum

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.values.calendar import CalendarUnknown, WorkingCalendar
from benyuan.values.dates import add_calendar_days, from_yyyymmdd

SETTLEMENT_CYCLE = Table(name="settlement_cycle", columns=("cycle", "count", "agreed_on", "position"), keyed=True)
"""What was agreed with a merchant, by merchant."""
CYCLE_AGREED = folds("settlement_cycle_agreed", table=SETTLEMENT_CYCLE, adds=True)
CYCLE_CHANGED = folds("settlement_cycle_changed", table=SETTLEMENT_CYCLE, adds=False)

A_YEAR = 366  # tidy: number days within which every holiday comes
DAYS_A_WEEK = 7


class Cycle(StrEnum):
    """How the days of payment follow: so many working or calendar days after the receipt, or a day of the week."""

    working_days = "working_days"
    calendar_days = "calendar_days"
    weekly = "weekly"


CYCLE_NUMBER = {cycle.value: number for number, cycle in enumerate(Cycle, 1)}


def through_on(*, cycle: Cycle, count: int, on: int, calendar: WorkingCalendar) -> int:
    """The last day (yyyymmdd) whose receipts are to be paid out on a day; 0: none are.

    Errors: CalendarUnknown for a year whose working days nobody has supplied.
    """
    match cycle:
        case Cycle.calendar_days:
            return add_calendar_days(on, -count)
        case Cycle.weekly:
            return add_calendar_days(on, -1) if from_yyyymmdd(on).isoweekday() == count else 0
        case Cycle.working_days:
            return _before_working_days(count, on=on, calendar=calendar)


def _before_working_days(count: int, *, on: int, calendar: WorkingCalendar) -> int:
    """The day before the `count`-th working day back, `on` itself the first; 0 where `on` is none."""
    if not calendar.is_working_day(on):
        return 0
    day, left = on, count - 1
    while left > 0:
        day = add_calendar_days(day, -1)
        left -= calendar.is_working_day(day)
    return add_calendar_days(day, -1)


def longest_wait_days(*, cycle: Cycle, count: int, on: int, calendar: WorkingCalendar) -> int:
    """How many calendar days a receipt waits at the most, in the year from a day on as far as the calendar knows it."""
    if cycle is not Cycle.working_days:
        return count if cycle is Cycle.calendar_days else DAYS_A_WEEK
    longest = count
    day = on
    for _ in range(A_YEAR):
        try:
            paid = calendar.add_working_days(day, count)
        except CalendarUnknown:
            break
        longest = max(longest, (from_yyyymmdd(paid) - from_yyyymmdd(day)).days)
        day = add_calendar_days(day, 1)
    return longest
