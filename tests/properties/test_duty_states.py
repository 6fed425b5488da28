"""How duties stand on a day, in columns and by hand: the same for every duty, whatever its days."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benyuan.assurance.protection.duty_columns import State, states

DAYS = st.sampled_from([20260531, 20260601, 20260602, 20260615, 20260616, 20260617, 20261231, 20270101])
MAYBE = st.one_of(st.just(0), DAYS)


def by_hand(*, arose_on: int, due_on: int, done_on: int, aim_on: int, on: int) -> State:
    """One duty at the end of a day."""
    if arose_on > on:
        return State.none
    if done_on and done_on <= on:
        return State.late if due_on and done_on > due_on else State.done
    if due_on:
        return State.overdue if on > due_on else State.open
    return State.past_aim if aim_on and on > aim_on else State.open


@given(st.lists(st.tuples(DAYS, MAYBE, MAYBE, MAYBE), max_size=20), DAYS)
def test_columns_tell_what_the_hand_tells(duties: list[tuple[int, int, int, int]], on: int) -> None:
    columns = np.array(duties, np.int64).reshape(-1, 4).T
    found = states(arose_on=columns[0], due_on=columns[1], done_on=columns[2], aim_on=columns[3], on=on)
    assert found.tolist() == [
        by_hand(arose_on=arose_on, due_on=due_on, done_on=done_on, aim_on=aim_on, on=on)
        for arose_on, due_on, done_on, aim_on in duties
    ]
