"""When risk events, losses and compensation of a year are to be made public.

Source: PBoC Announcement [2015] No. 43, arts. 19, 28. Worked number:
those of 2026 by 31 January 2027; the duty arises with the close of 31 December.
"""

from benyuan.decisions.usecase import Case
from benyuan.values.dates import add_calendar_days

PAY_FIRST = "pay.loss.pay_first"
FIRST_OF_YEAR = 101  # tidy: number 1 January, as mmdd
OF_YEAR = 10_000  # tidy: number what divides a yyyymmdd into year and mmdd


def disclosure_due_on(case: Case, *, closed: int) -> int:
    """The last day to disclose the year that ends with a day; 0 where none ends with it, or before the rule began."""
    if add_calendar_days(closed, 1) % OF_YEAR != FIRST_OF_YEAR:
        return 0
    value = case.rules.in_force(id=PAY_FIRST, on=closed)
    return add_calendar_days(closed, value.count) if value else 0
