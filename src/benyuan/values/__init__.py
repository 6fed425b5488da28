"""Small immutable values: money in fen, dates as yyyymmdd, the working calendar, and the input error they raise.

The lowest layer. Nothing here reads a clock, a file or a random number.

    Exception
    └── BadInput             a value from outside that breaks a constraint (errors.py)
        └── CalendarUnknown  a date in a year whose working days nobody has supplied (calendar.py)
"""

from benyuan.values.calendar import CalendarOverlay, CalendarUnknown, WorkingCalendar, overlay_from_yaml
from benyuan.values.dates import (
    Window,
    add_calendar_days,
    from_yyyymmdd,
    local_day,
    local_days,
    next_period_on,
    parse_yyyymmdd,
    period_of,
    periods_of,
    to_yyyymmdd,
)
from benyuan.values.errors import BadInput
from benyuan.values.money import FEN_PER_YUAN, INT64_MAX, fen_from_yuan, yuan_text

__all__ = [
    "FEN_PER_YUAN",
    "INT64_MAX",
    "BadInput",
    "CalendarOverlay",
    "CalendarUnknown",
    "Window",
    "WorkingCalendar",
    "add_calendar_days",
    "fen_from_yuan",
    "from_yyyymmdd",
    "local_day",
    "local_days",
    "next_period_on",
    "overlay_from_yaml",
    "parse_yyyymmdd",
    "period_of",
    "periods_of",
    "to_yyyymmdd",
    "yuan_text",
]
