"""Spans of days, half-open, added up: how long somebody did a work or held a post, against years back from a day.

Worked number: from 20210501 until 20230501 and from 20220501 until 20260501 are five years together on 20260501, for
the year that is in both counts once; on 20260430 they are a day less.
"""

from collections.abc import Iterable
from typing import TypeAlias

from benyuan.values.dates import MONTHS_A_YEAR, add_months
from benyuan.values.days import days_between

Span: TypeAlias = tuple[int, int]
"""First day and the first day on which it was over (yyyymmdd), 0 while it goes on."""


def days_in(spans: Iterable[Span], *, on: int) -> int:
    """How many days before `on` lie in any of the spans."""
    ends = ((first, min(end or on, on)) for first, end in spans if first < on)
    total, reached = 0, 0
    for first, end in sorted(ends):
        begins = max(first, reached)
        if end > begins:
            total += days_between(begins, end)
            reached = end
    return total


def days_of_years(years: int, *, on: int) -> int:
    """How many days the last so many years before a day had."""
    return days_between(add_months(on, -MONTHS_A_YEAR * years), on)
