"""Days that are due are closed in order; broken off anywhere, the next call goes on there, and totals are the same."""

import pytest

from benyuan.assurance.lender_books.catching_up import close_through, waiting
from benyuan.assurance.lending import closed_days, lender_day
from benyuan.values.dates import day_begins_at
from benyuan.values.errors import BadInput
from tests.unit.assurance.lender_world import do, world
from tests.unit.engine.groups import HOUR, Desk, in_memory


@pytest.fixture
def late() -> Desk:
    """Closed up to May 5th; now it is the morning of May 12th."""
    desk = world(in_memory(), last=20260505)
    desk.now = day_begins_at(20260512) + 9 * HOUR
    return desk


def totals(desk: Desk, day: int) -> object:
    return lender_day(desk.group, lender=1, date=day)


def test_all_days_that_are_due(late: Desk) -> None:
    done = list(close_through(late.group, lender=1, through=20260511, shards=3))
    assert [(day.date, day.closed_now, day.shards) for day in done] == [
        (20260500 + number, 3, 3) for number in range(6, 12)
    ]
    assert closed_days(late.group, lender=1)[-1] == 20260511
    assert all(day.entries for day in done)


def test_it_goes_on_where_it_was_broken_off(late: Desk) -> None:
    """Two of four shards had been closed when the power went; it was begun in four, so it goes on in four."""
    for shard in (0, 2):
        do(late, "close_lender_day", lender=1, date=20260506, shard=shard, shards=4)
    (first, *_) = waiting(late.group, lender=1, through=20260507, shards=1)
    assert (first.date, first.left, first.shards) == (20260506, [1, 3], 4)
    done = list(close_through(late.group, lender=1, through=20260507, shards=1))
    assert [(day.date, day.closed_now, day.shards) for day in done] == [(20260506, 2, 4), (20260507, 1, 1)]


def test_stopped_between_two_days_and_called_again(late: Desk) -> None:
    going = close_through(late.group, lender=1, through=20260511)
    assert next(going).date == 20260506
    going.close()
    assert [day.date for day in close_through(late.group, lender=1, through=20260511)] == list(
        range(20260507, 20260512)
    )
    assert list(close_through(late.group, lender=1, through=20260511)) == []


def test_however_it_is_cut(late: Desk) -> None:
    other = world(in_memory(), last=20260505)
    other.now = late.now
    list(close_through(late.group, lender=1, through=20260511, shards=7))
    list(close_through(other.group, lender=1, through=20260508))
    list(close_through(other.group, lender=1, through=20260511, shards=2))
    for day in range(20260506, 20260512):
        assert totals(late, day) == totals(other, day)


def test_a_day_that_is_not_over_closes_all_before_it(late: Desk) -> None:
    with pytest.raises(BadInput, match="a day that is over"):
        list(close_through(late.group, lender=1, through=20260512))
    assert closed_days(late.group, lender=1)[-1] == 20260511


@pytest.mark.parametrize(("lender", "through", "field"), [(2, 20260511, "lender"), (1, 20260532, "date")])
def test_bad_input(late: Desk, lender: int, through: int, field: str) -> None:
    with pytest.raises(BadInput) as caught:
        list(close_through(late.group, lender=lender, through=through))
    assert caught.value.field == field
