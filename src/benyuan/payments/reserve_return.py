"""The monthly return on the reserve: when it falls due, and the mean that it names (PBoC Order [2021] No. 1, art. 46).

Worked number: the return on April 2026 is due on the fifth working day of May, 2026-05-11: the first five days of May
are off, and Saturday the ninth is worked.
"""

from collections.abc import Sequence

from benyuan.decisions.usecase import Case
from benyuan.values.dates import add_calendar_days

MONTHLY_REPORT = "reserve.monthly_report"


def ends_month(date: int) -> bool:
    """Whether a day (yyyymmdd) is the last of its month."""
    return add_calendar_days(date, 1) % 100 == 1


def return_due_on(case: Case, *, closed: int) -> int:
    """The last day for the return on the month that ends with a day; 0 where no month ends with it.

    Errors: CalendarUnknown for a next month whose working days nobody has supplied; RuleNotInForce.
    """
    if not ends_month(closed):
        return 0
    days = case.rules.value(id=MONTHLY_REPORT, on=closed).count
    return case.calendar.add_working_days(closed, days)


def mean_daily_fen(balances_fen: Sequence[int]) -> int:
    """The mean of the balances at the ends of days, in fen, rounded up to the whole fen; at least one balance.

    Up, so that whatever a floor asks for by it is never less than the exact mean would ask for: 1 and 2 fen give 2.
    """
    return -(-sum(balances_fen) // len(balances_fen))
