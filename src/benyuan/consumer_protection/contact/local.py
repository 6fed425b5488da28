"""The clock at the debtor's place. Worked number: 13:59:59 UTC is 21:59:59 where the zone is 480 minutes east.

Zones are minutes east of Greenwich, from -720 to 840.
"""

import datetime as dt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from benyuan.values.days import dates_of

US_PER_SECOND = 1_000_000  # tidy: number microseconds in a second
US_PER_MINUTE = 60 * US_PER_SECOND  # tidy: number seconds in a minute
US_PER_HOUR = 60 * US_PER_MINUTE  # tidy: number minutes in an hour
US_PER_DAY = 24 * US_PER_HOUR  # tidy: number hours in a day
WEST, EAST = -720, 840  # tidy: number the outermost zones of the earth, in minutes
CHINA = 480  # tidy: number minutes that China's clocks are ahead of Greenwich

Ints = NDArray[np.int64]


class Local(NamedTuple):
    """The local date (yyyymmdd), the microseconds since local midnight, and the instant of that midnight."""

    date: Ints
    of_day: Ints
    midnight_at: Ints


def time_of_day(at_us: Ints, zone: Ints) -> Ints:
    """Microseconds since local midnight, element by element."""
    of_day: Ints = (at_us + zone * US_PER_MINUTE) % US_PER_DAY
    return of_day


def local(at_us: Ints, zone: Ints) -> Local:
    """Instants by the clocks of zones, element by element."""
    day, of_day = np.divmod(at_us + zone * US_PER_MINUTE, US_PER_DAY)
    return Local(dates_of(day), of_day, at_us - of_day)


def local_text(at_us: int, zone: int) -> str:
    """An instant by the clock of a zone, as 2026-05-04 21:59:59."""
    there = dt.timezone(dt.timedelta(minutes=zone))
    return f"{dt.datetime.fromtimestamp(at_us // US_PER_SECOND, tz=there):%Y-%m-%d %H:%M:%S}"
