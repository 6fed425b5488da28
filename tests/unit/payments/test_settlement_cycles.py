"""Which receipts are due on a day: by working days over holidays, by calendar days, by the week."""

import pytest

from benyuan.payments.settlement_cycles import Cycle, longest_wait_days, through_on
from benyuan.values.calendar import CalendarUnknown, WorkingCalendar
from benyuan.values.dates import add_calendar_days

CALENDAR = WorkingCalendar()


@pytest.mark.parametrize(
    ("cycle", "count", "on", "through"),
    [
        (Cycle.working_days, 1, 20260504, 0),  # off, as the first five days of May are
        (Cycle.working_days, 1, 20260506, 20260505),
        (Cycle.working_days, 1, 20260507, 20260506),
        (Cycle.working_days, 2, 20260506, 20260429),  # the working day before is Thursday 30 April
        (Cycle.working_days, 2, 20260507, 20260505),
        (Cycle.working_days, 1, 20260509, 20260508),  # a Saturday that is worked
        (Cycle.working_days, 1, 20260510, 0),
        (Cycle.calendar_days, 1, 20260504, 20260503),
        (Cycle.calendar_days, 3, 20260301, 20260226),
        (Cycle.weekly, 1, 20260504, 20260503),
        (Cycle.weekly, 2, 20260504, 0),
        (Cycle.weekly, 7, 20260510, 20260509),
    ],
)
def test_due_through(cycle: Cycle, count: int, on: int, through: int) -> None:
    assert through_on(cycle=cycle, count=count, on=on, calendar=CALENDAR) == through


@pytest.mark.parametrize("count", [1, 2, 5])
def test_working_days_are_those_of_the_calendar(count: int) -> None:
    """Every receipt of a quarter goes out exactly `count` working days after it."""
    day = 20260101
    while day < 20260401:
        paid = CALENDAR.add_working_days(day, count)
        assert through_on(cycle=Cycle.working_days, count=count, on=paid, calendar=CALENDAR) >= day
        before = add_calendar_days(paid, -1)
        assert through_on(cycle=Cycle.working_days, count=count, on=before, calendar=CALENDAR) < day
        day = add_calendar_days(day, 1)


def test_a_year_without_a_calendar_is_not_guessed() -> None:
    with pytest.raises(CalendarUnknown):
        through_on(cycle=Cycle.working_days, count=1, on=20300101, calendar=CALENDAR)
    assert through_on(cycle=Cycle.weekly, count=2, on=20300101, calendar=CALENDAR) == 20291231


@pytest.mark.parametrize(("count", "days"), [(1, 10), (16, 30), (17, 32)])
def test_the_longest_wait_is_over_the_longest_holiday(count: int, days: int) -> None:
    """For one: from Saturday 14 February 2026, which is worked, over Spring Festival to Tuesday the 24th."""
    assert longest_wait_days(cycle=Cycle.working_days, count=count, on=20260101, calendar=CALENDAR) == days
