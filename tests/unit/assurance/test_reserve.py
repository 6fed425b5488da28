"""The return of a month: days, mean, what is missing, differences."""

import numpy as np
import pytest
from numpy.typing import NDArray

from benyuan.assurance.reserve import Day, last_day_of, monthly_return
from benyuan.payments.reserve_return import ends_month, mean_daily_fen
from benyuan.values import BadInput

Columns = dict[str, NDArray[np.int64]]


def closed(*days: tuple[int, int, int], institution: int = 1) -> Columns:
    """Closed days as (date, reserve, difference), with the row of noughts that a table begins with."""
    names = ("institution", *Day.__struct_fields__)
    columns = {name: np.zeros(len(days) + 1, np.int64) for name in names}
    columns["institution"][1:] = institution
    for place, (date, reserve, difference) in enumerate(days, start=1):
        columns["date"][place], columns["reserve_fen"][place] = date, reserve
        columns["statement_fen"][place], columns["difference_fen"][place] = reserve + difference, difference
        columns["shortfall_fen"][place] = max(-difference, 0)
    return columns


def test_a_whole_month() -> None:
    days = [(20260200 + day, 100 * day, 0) for day in range(1, 29)]
    made = monthly_return(closed(*days), institution=1, month=202602)
    assert made is not None
    assert (made.days_closed, made.days_missing, made.missing, made.last_day) == (28, 0, (), 20260228)
    assert (made.mean_fen, made.end_fen) == (1_450, 2_800)
    assert [day.reserve_fen for day in made.days] == [100 * day for day in range(1, 29)]


def test_days_missing_at_both_ends() -> None:
    made = monthly_return(closed((20260402, 1, 0), (20260403, 2, 0), (20260404, 2, 0)), institution=1, month=202604)
    assert made is not None
    assert (made.days_closed, made.days_missing) == (3, 27)
    assert made.missing == ((20260401, 20260401), (20260405, 20260430))
    assert (made.mean_fen, made.end_fen) == (2, None)  # five thirds, up


def test_differences_are_counted_and_the_largest_is_named() -> None:
    made = monthly_return(closed((20260401, 9, 5), (20260402, 9, -7), (20260403, 9, 0)), institution=1, month=202604)
    assert made is not None
    assert (made.days_with_difference, made.largest_difference_fen) == (2, -7)
    assert (made.days_short, made.largest_shortfall_fen) == (1, 7)


def test_only_the_month_and_the_institution_that_are_asked_for() -> None:
    columns = closed((20260331, 1, 0), (20260401, 5, 0), (20260501, 9, 0))
    made = monthly_return(columns, institution=1, month=202604)
    assert made is not None
    assert [day.date for day in made.days] == [20260401]
    assert monthly_return(columns, institution=1, month=202606) is None
    assert monthly_return(columns, institution=2, month=202604) is None


@pytest.mark.parametrize(("balances", "mean"), [([0], 0), ([1, 2], 2), ([1, 1, 2], 2), ([2, 2, 2], 2), ([1, 3], 2)])
def test_the_mean_goes_up_to_the_whole_fen(balances: list[int], mean: int) -> None:
    assert mean_daily_fen(balances) == mean


def test_the_mean_of_what_no_machine_word_holds() -> None:
    assert mean_daily_fen([2**63 - 1] * 366) == 2**63 - 1


@pytest.mark.parametrize(("month", "last"), [(202602, 20260228), (202402, 20240229), (202612, 20261231)])
def test_the_last_day(month: int, last: int) -> None:
    assert last_day_of(month) == last
    assert ends_month(last)
    assert not ends_month(last - 1)


@pytest.mark.parametrize("month", [0, -1, 202600, 202613, 20260401, 10**30])
def test_no_such_month(month: int) -> None:
    with pytest.raises(BadInput, match="yyyymm"):
        last_day_of(month)
