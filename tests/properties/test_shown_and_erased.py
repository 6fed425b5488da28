"""A report shows the same on a day, whether or not the job that erases what is over has run."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benyuan.credit_bureau.layouts import MONTH, PUBLIC
from benyuan.credit_bureau.report.showing import RETENTION, shown_on
from benyuan.credit_bureau.retention import months_over, public_over
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER
from tests.unit.engine.groups import regime

ACCOUNTS, FIRST_YEAR, LAST_YEAR = 2, 2019, 2020
days = st.tuples(st.integers(FIRST_YEAR, LAST_YEAR + 2), st.integers(1, 12), st.integers(1, 28)).map(
    lambda parts: parts[0] * 10_000 + parts[1] * 100 + parts[2]
)
later_days = days.map(lambda day: day + 50_000)
maybe_days = st.one_of(st.just(0), days)
months = st.lists(
    st.tuples(
        st.integers(1, ACCOUNTS),
        st.integers(FIRST_YEAR, LAST_YEAR).flatmap(lambda year: st.integers(year * 100 + 1, year * 100 + 12)),
        st.sampled_from(list(STATUS_NUMBER.values())),
        maybe_days,
    ),
    max_size=20,
)
cases = st.lists(st.tuples(st.integers(1, 2), st.integers(1, 3), st.integers(1, 2), days, maybe_days), max_size=8)


@given(months, cases, later_days)
def test_the_same_before_and_after(
    rows: list[tuple[int, int, int, int]], found: list[tuple[int, int, int, int, int]], on: int
) -> None:
    records, public = np.zeros(len(rows), MONTH.dtype), np.zeros(len(found), PUBLIC.dtype)
    for place, row in enumerate(rows):
        for name, value in zip(("account", "month", "status", "ended_on"), row, strict=True):
            records[name][place] = value
    for place, case in enumerate(found):
        for name, value in zip(("subject", "reference", "kind", "decided_on", "ended_on"), case, strict=True):
            public[name][place] = value
    rules = regime().pack
    years = rules.value(id=RETENTION, on=on).count
    before = shown_on(months=records, public=public, on=on, rules=rules)
    left = records[~months_over(records, years=years, on=on)]
    left_public = public[~public_over(public, years=years, on=on)]
    after = shown_on(months=left, public=left_public, on=on, rules=rules)
    assert before.months.tolist() == after.months.tolist()
    assert sorted(before.public.tolist()) == sorted(after.public.tolist())
