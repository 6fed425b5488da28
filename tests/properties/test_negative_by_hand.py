"""Spells of negative months in columns are those of the plain reference, whatever months come after one another."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.negative import negative_spells, over_on, over_rows
from benyuan.credit_bureau.negative_by_hand import Month, gone_months, over_day, spells_of
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER, MonthStatus
from benyuan.values.dates import to_yyyymmdd

YEARS = 5
BASE = 2019 * 12
days = st.integers(1, 28)


@st.composite
def accounts(draw: st.DrawFn) -> list[list[Month]]:
    """Some accounts, each with months in order, now and then with gaps."""
    made = []
    for _ in range(draw(st.integers(0, 4))):
        at, months = BASE, []
        for _ in range(draw(st.integers(0, 9))):
            at += draw(st.integers(1, 3))
            month = at // 12 * 100 + at % 12 + 1
            ended = draw(st.sampled_from([0, month * 100 + draw(days), 20200101 + draw(days)]))
            months.append(Month(month=month, status=draw(st.sampled_from(MonthStatus)), ended_on=ended))
        made.append(months)
    return made


def records_of(accounts: list[list[Month]]) -> np.ndarray:
    """The months as records, the accounts numbered from 1."""
    rows = [(number, each) for number, months in enumerate(accounts, start=1) for each in months]
    records = np.zeros(len(rows), MONTH.dtype)
    for place, (number, each) in enumerate(rows):
        records["account"][place], records["month"][place] = number, each.month
        records["status"][place], records["ended_on"][place] = STATUS_NUMBER[each.status], each.ended_on
    return records


@given(accounts())
def test_spells(made: list[list[Month]]) -> None:
    expected, begins = [], 0
    for months in made:
        for spell in spells_of(months):
            closed = begins + spell.closed_by if spell.closed_by >= 0 else -1
            expected.append((begins + spell.first, begins + spell.last, spell.ended_on, closed))
        begins += len(months)
    found = negative_spells(records_of(made))
    columns = (found.first, found.last, found.ended_on, found.closed_by)
    assert list(zip(*(column.tolist() for column in columns), strict=True)) == expected


@given(accounts(), st.integers(2019, 2031), st.integers(1, 12), days)
def test_what_is_over(made: list[list[Month]], year: int, month: int, day: int) -> None:
    on = year * 10_000 + month * 100 + day
    expected, begins = [], 0
    for months in made:
        expected += [begins + place for place in gone_months(months, years=YEARS, on=on)]
        begins += len(months)
    assert np.flatnonzero(over_rows(records_of(made), years=YEARS, on=on)).tolist() == expected


@given(st.dates(max_value=date(9900, 12, 31)), st.integers(1, 9))
def test_the_day_on_which_it_is_over(ended: date, years: int) -> None:
    on = to_yyyymmdd(ended)
    assert over_on(ended_on=np.array([on]), years=years).tolist() == [over_day(on, years=years)]


def test_nothing_and_what_goes_on() -> None:
    assert len(negative_spells(np.zeros(0, MONTH.dtype))) == 0
    assert over_on(ended_on=np.array([0]), years=YEARS).tolist() == [0] == [over_day(0, years=YEARS)]
