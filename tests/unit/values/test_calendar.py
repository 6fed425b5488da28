"""Working days: the State Council's arrangements, a user's overlay, and no guess beyond them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benyuan.values import BadInput, CalendarUnknown, WorkingCalendar, overlay_from_yaml, to_yyyymmdd

CALENDAR = WorkingCalendar()
NEXT_YEAR = """
complete: [2027]
days:
  2027-01-01: holiday
  2027-02-14: working
"""


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (20260930, True),
        (20261001, False),
        (20261007, False),
        (20261008, True),
        (20261010, True),  # a Saturday, worked for National Day
        (20261011, False),
        (20250928, True),  # a Sunday, worked for National Day
        (20251011, True),
        (20260214, True),  # a Saturday, worked for Spring Festival
    ],
)
def test_days(day: int, worked: bool) -> None:
    assert CALENDAR.is_working_day(day) is worked


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (20260930, 1, 20261008),
        (20260930, 3, 20261010),
        (20260930, 5, 20261013),
        (20261003, 1, 20261008),  # from within the holiday
        (20260105, 1, 20260106),
    ],
)
def test_working_days_over_national_day(start: int, days: int, due: int) -> None:
    assert CALENDAR.add_working_days(start, days) == due


def test_calendar_days_know_no_holiday() -> None:
    assert CALENDAR.add_calendar_days(20260930, 5) == 20261005


@pytest.mark.parametrize("days", [0, -1])
def test_at_least_one_working_day(days: int) -> None:
    with pytest.raises(BadInput, match="at least 1"):
        CALENDAR.add_working_days(20260930, days)


def test_fails_closed_beyond_the_known_years() -> None:
    with pytest.raises(CalendarUnknown, match=r"20270104.*complete: \[2027\]"):
        CALENDAR.is_working_day(20270104)
    with pytest.raises(CalendarUnknown):
        CALENDAR.is_working_day(20031231)
    with pytest.raises(CalendarUnknown):
        CALENDAR.add_working_days(20261231, 1)


def test_a_day_that_does_not_exist() -> None:
    with pytest.raises(BadInput):
        CALENDAR.is_working_day(20260230)


def test_overlay_completes_a_year() -> None:
    calendar = WorkingCalendar(overlay=overlay_from_yaml(NEXT_YEAR))
    assert not calendar.is_working_day(20270101)
    assert not calendar.is_working_day(20270102)  # a Saturday
    assert calendar.is_working_day(20270104)
    assert calendar.is_working_day(20270214)  # a Sunday, worked
    assert calendar.add_working_days(20261231, 1) == 20270104
    with pytest.raises(CalendarUnknown):
        calendar.is_working_day(20280103)


def test_overlay_corrects_a_known_year() -> None:
    calendar = WorkingCalendar(overlay=overlay_from_yaml("days: {2026-05-06: holiday, 2026-05-09: working}"))
    assert not calendar.is_working_day(20260506)
    assert calendar.is_working_day(20260509)
    assert calendar.is_working_day(20260507) == CALENDAR.is_working_day(20260507)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", "overlay"),
        ("[" * 10_000, "overlay"),
        ("- 1", "a mapping with"),
        ("days: {2027-02-30: holiday}", "existing days"),
        ("days: {2026-05-06: holiday, 2026-05-06: working}", "each once"),
        ("dayz: {}", "a mapping with"),
        ("days: [2027-01-01]", "a mapping from date"),
        ("days: {next year: holiday}", "YYYY-MM-DD"),
        ("days: {2026-05-06: off}", "days.2026-05-06: got False"),
        ("days: {2026-05-06: [working]}", "days.2026-05-06"),
        ("complete: 2027", "a list of years"),
        ("complete: [next]", "a list of years"),
        ("days: {2027-01-01: holiday}", "2027 named under `complete`"),
    ],
)
def test_overlays_that_are_refused(text: str, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        overlay_from_yaml(text)


@given(st.dates(min_value=dt.date(2020, 1, 1), max_value=dt.date(2026, 6, 1)), st.integers(min_value=1, max_value=30))
def test_the_nth_working_day_has_n_behind_it(date: dt.date, days: int) -> None:
    start = to_yyyymmdd(date)
    due = CALENDAR.add_working_days(start, days)
    between = [CALENDAR.add_calendar_days(start, each) for each in range(1, 80)]
    assert CALENDAR.is_working_day(due)
    assert sum(CALENDAR.is_working_day(each) for each in between if each <= due) == days
