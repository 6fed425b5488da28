"""Terms of retention: the last day on which a record is kept, and which rule governs."""

import pytest

from benyuan.payments.retention.sorts import RULES_OF, Sort, last_day, newest_start, term
from benyuan.values.dates import add_calendar_days
from tests.unit.engine.groups import regime


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        (20160301, 10, 20260301),
        (20160229, 10, 20260228),
        (20200229, 4, 20240229),
        (20160228, 10, 20260228),
        (20161231, 5, 20211231),
    ],
)
def test_the_last_day(start: int, years: int, last: int) -> None:
    assert last_day(start, years) == last


@pytest.mark.parametrize("years", [3, 4, 5, 10])
def test_the_newest_start_is_the_newest_whose_last_day_is_over(years: int) -> None:
    day = 20240101
    while day < 20280401:
        start = newest_start(day, years)
        assert last_day(start, years) < day
        assert last_day(add_calendar_days(start, 1), years) >= day
        day = add_calendar_days(day, 1)


@pytest.mark.parametrize(
    ("sort", "on", "governs"),
    [
        (Sort.person, 20240708, None),
        (Sort.person, 20240709, ("pay.record.retention_years", 5)),
        (Sort.person, 20241231, ("pay.record.retention_years", 5)),
        (Sort.person, 20250101, ("aml.retention.law", 10)),
        (Sort.transaction, 20260101, ("aml.retention.law", 10)),
        (Sort.merchant, 20240708, ("acq.files.retention_years", 5)),
        (Sort.merchant, 20250101, ("aml.retention.law", 10)),
        (Sort.case_paper, 20170630, None),
        (Sort.case_paper, 20260101, ("aml.report.retention", 5)),
        (Sort.expired_code, 20160630, None),
        (Sort.expired_code, 20260101, ("pay.oplog.retention_years", 5)),
        (Sort.used_code, 20260101, ("aml.retention.law", 10)),
    ],
)
def test_the_longest_rule_in_force_on_the_day_governs(sort: Sort, on: int, governs: tuple[str, int] | None) -> None:
    assert term(regime().pack, sort.value, on=on) == governs


def test_every_sort_has_rules() -> None:
    assert set(RULES_OF) == {sort.value for sort in Sort}
