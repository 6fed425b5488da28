"""Whether interest stays within 64 bits: terms that would not are refused before a loan is drawn or a line is granted.

A numerator is fen × millionths a year × clock units and must stay below 2^63, about 9.22 × 10^18. Worked number:
200,000.00 yuan at 24% a year by act/365 leave room for 1,921,535 nights without a step, by act/act for 5,250. A
pay-later account adds up its purchases × the clock of their day, which is why act/act, whose clock is the largest, is
not for accounts.
"""

import datetime as dt

from benyuan.consumer_finance.clocks import COMMON_DAYS, LEAP_DAYS, PPM, WEEK_DAYS
from benyuan.consumer_finance.vocabulary import EVERY_NUMBER, Every
from benyuan.values.daycount import DayCount

BELOW = 1 << 63  # tidy: number what a 64-bit number is below
_BASIS = {
    DayCount.thirty_360: 360,  # tidy: number the day count's own year
    DayCount.act_360: 360,  # tidy: number the day count's own year
    DayCount.act_364: 364,  # tidy: number the day count's own year
    DayCount.act_365: COMMON_DAYS,
    DayCount.act_act: COMMON_DAYS * LEAP_DAYS,
}
EVER_BOUGHT_FEN = 10**11  # tidy: number what an account may buy in its life, far above any line
LATE_NIGHTS = 3_660  # tidy: number ten years that a loan may be late without a step
YEARS_OF_LIFE = 100
_LONGEST_MONTH = 31  # tidy: number days of the calendar
_FEBRUARY = 2  # days that the end of February counts beyond its nights by 30/360

_UNIT_NIGHTS = {Every.month: _LONGEST_MONTH, Every.week: WEEK_DAYS, Every.day: 1}


def numerators_fit(*, owed_fen: int, rate_ppm: int, nights: int, day_count: DayCount) -> bool:
    """Whether so much owed, at the higher of the loan's rates, may stand so many nights without a step.

    `owed_fen` is principal, and due interest where late interest is charged on it; `nights` the longest time between
    two steps, the last of them being any day that is asked for. What rounding carries is counted in.
    """
    carried = _BASIS[day_count] * PPM
    return owed_fen * rate_ppm * _units(nights, day_count) + carried < BELOW


def purchases_fit(*, ever_fen: int, rate_ppm: int, until: dt.date, day_count: DayCount) -> bool:
    """Whether all purchases of an account's life may be so much, asked for up to a day.

    Two sums must fit: purchases × the clock of their day, and what a month's purchases and all that is billed earn
    between two statements, of which `ever_fen` is more than either.
    """
    return ever_fen * _clock(until, day_count) < BELOW and numerators_fit(
        owed_fen=2 * ever_fen,
        rate_ppm=rate_ppm,
        nights=2 * _LONGEST_MONTH,
        day_count=day_count,
    )


def loan_fits(
    *,
    most_fen: int,
    rate_ppm: int,
    late_rate_ppm: int,
    late_on_interest: bool,
    nights_a_period: int,
    most_terms: int,
    day_count: DayCount,
) -> bool:
    """Whether the largest loan of such terms may stand a whole period, and then be late for years, without a step."""
    rate, grown = max(rate_ppm, late_rate_ppm), most_fen
    if late_on_interest:
        grown += most_fen * rate_ppm * nights_a_period * most_terms // (COMMON_DAYS * PPM) + 1
    nights = max(nights_a_period, LATE_NIGHTS)
    return numerators_fit(owed_fen=grown, rate_ppm=rate, nights=nights, day_count=day_count)


def account_fits(*, rate_ppm: int, from_year: int, day_count: DayCount) -> bool:
    """Whether an account of such terms may buy `EVER_BOUGHT_FEN` in its life, and live for `YEARS_OF_LIFE`."""
    until = dt.date(min(from_year + YEARS_OF_LIFE, dt.MAXYEAR), 12, 31)  # tidy: number the last day of a year
    return purchases_fit(ever_fen=EVER_BOUGHT_FEN, rate_ppm=rate_ppm, until=until, day_count=day_count)


def nights_of(*, every: int, unit: int) -> int:
    """The most nights between two due days; `unit` by `vocabulary.Every`."""
    return every * {EVERY_NUMBER[word.value]: nights for word, nights in _UNIT_NIGHTS.items()}[unit]


def most_nights(*, owed_fen: int, rate_ppm: int, day_count: DayCount) -> int:
    """How many nights without a step would fit, at least 0; the greatest number for which `numerators_fit` holds."""
    low, high = 0, BELOW
    while low < high:
        middle = (low + high + 1) // 2
        fits = numerators_fit(owed_fen=owed_fen, rate_ppm=rate_ppm, nights=middle, day_count=day_count)
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _units(nights: int, day_count: DayCount) -> int:
    """The most clock units that so many nights can be."""
    match day_count:
        case DayCount.act_act:
            return nights * LEAP_DAYS
        case DayCount.thirty_360:
            return nights + _FEBRUARY if nights else 0
        case _:
            return nights


def _clock(day: dt.date, day_count: DayCount) -> int:
    """The clock of a day, or the little more that is simpler to say."""
    match day_count:
        case DayCount.act_act:
            return (day.year + 1) * COMMON_DAYS * LEAP_DAYS
        case DayCount.thirty_360:
            return (day.year + 1) * _BASIS[day_count]
        case _:
            return (day - dt.date(1970, 1, 1)).days  # tidy: number the clock's first day
