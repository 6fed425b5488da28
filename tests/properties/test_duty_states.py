"""How duties stand, in columns and by hand: the same for every duty by its days, or by its hours where those rule."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benyuan.assurance.protection.duty_columns import DutyColumns, State, states
from benyuan.values.dates import day_begins_at, day_ends_at, local_day

DAYS = st.sampled_from([20260531, 20260601, 20260602, 20260615, 20260616, 20260617, 20261231, 20270101])
MAYBE = st.one_of(st.just(0), DAYS)
MOMENTS = st.sampled_from(
    [day_begins_at(20260601) + extra for extra in (-1, 0, 1, 36_000_000_000, 36_000_000_001)]
    + [day_ends_at(20260601), day_ends_at(20260602)]
)
MAYBE_AT = st.one_of(st.just(0), MOMENTS)


def by_hand(*, arose_on: int, due_on: int, done_on: int, aim_on: int, on: int) -> State:
    """One duty at the end of a day."""
    if arose_on > on:
        return State.none
    if done_on and done_on <= on:
        return State.late if due_on and done_on > due_on else State.done
    if due_on:
        return State.overdue if on > due_on else State.open
    return State.past_aim if aim_on and on > aim_on else State.open


def by_the_clock(*, arose_on: int, due_at: int, done_at: int, at: int) -> State:
    """One duty that runs by the hour, at an instant."""
    if arose_on > local_day(at):
        return State.none
    if done_at and done_at <= at:
        return State.late if done_at > due_at else State.done
    return State.overdue if at > due_at else State.open


@given(st.lists(st.tuples(DAYS, MAYBE, MAYBE, MAYBE), max_size=20), DAYS)
def test_columns_tell_what_the_hand_tells(duties: list[tuple[int, int, int, int]], on: int) -> None:
    columns = np.array(duties, np.int64).reshape(-1, 4).T
    found = states(arose_on=columns[0], due_on=columns[1], done_on=columns[2], aim_on=columns[3], on=on)
    assert found.tolist() == [
        by_hand(arose_on=arose_on, due_on=due_on, done_on=done_on, aim_on=aim_on, on=on)
        for arose_on, due_on, done_on, aim_on in duties
    ]


def of(duties: list[tuple[int, int, int]]) -> DutyColumns:
    """Duties as (arose on, due at, done at): by the hour where `due_at` is given, else without a day."""
    arose_on, due_at, done_at = np.array(duties, np.int64).reshape(-1, 3).T
    noughts = np.zeros(len(duties), np.int64)
    days = {
        f"{name}_on": np.array([local_day(moment) if moment else 0 for moment in column.tolist()], np.int64)
        for name, column in (("due", due_at), ("done", done_at))
    }
    plain = dict.fromkeys(("room", "number", "firm", "owner", "kind", "about", "level", "aim_on"), noughts)
    return DutyColumns(arose_on=arose_on, due_at=due_at, done_at=done_at, **days, **plain)


@given(st.lists(st.tuples(DAYS, MAYBE_AT, MAYBE_AT), max_size=20), MOMENTS)
def test_hours_are_told_to_the_microsecond_among_days(duties: list[tuple[int, int, int]], at: int) -> None:
    columns, on = of(duties), local_day(at)
    days = states(arose_on=columns.arose_on, due_on=columns.due_on, done_on=columns.done_on, on=on).tolist()
    assert columns.states(on, at=at).tolist() == [
        by_the_clock(arose_on=arose_on, due_at=due_at, done_at=done_at, at=at) if due_at else by_day
        for (arose_on, due_at, done_at), by_day in zip(duties, days, strict=True)
    ]
    assert columns.states(on).tolist() == columns.states(on, at=day_ends_at(on) - 1).tolist()
