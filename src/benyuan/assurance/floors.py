"""What an institution has of its own against what it must have, as a day shows it.

Sources: PBoC Order [2024] No. 4, arts. 59, 75. Worked number: a mean reserve of 50 billion yuan asks for 2.5 billion of
net worth; with 3 billion the headroom is 500 million, with 2 it is -500 million.
"""

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.payments.net_worth import NET_WORTH_RATIO, least_net_worth_fen, mean_reserve
from benyuan.rules import RulePack
from benyuan.values.dates import Window, period_of

Row = Mapping[str, int]


class NetWorthFloor(msgspec.Struct, frozen=True, kw_only=True):
    """Net worth by the accounts that count on a day, and its floor. Sums in fen, dates as yyyymmdd.

    `year_end` and `net_worth_fen` are None where nothing is recorded, the mean where no day is closed, the floor where
    there is no mean or no rule. `stale`: the accounts are not those of the year before.
    """

    on: int
    year_end: int | None
    net_worth_fen: int | None
    stale: bool
    mean_fen: int | None
    mean_from: int | None
    mean_to: int | None
    whole_year: bool
    floor_fen: int | None
    headroom_fen: int | None


def net_worth_floor(
    *, recorded: Row | None, dates: NDArray[np.int64], balances_fen: NDArray[np.int64], rules: RulePack, on: int
) -> NetWorthFloor:
    """As it stands at the end of a day. `recorded` is the row of net worth that counts, `dates` the closed days."""
    mean = mean_reserve(dates, balances_fen, on=on)
    ratio = rules.in_force(id=NET_WORTH_RATIO, on=on)
    floor = least_net_worth_fen(ratio.slices, mean_fen=mean.fen) if ratio and mean else None
    held = recorded["net_worth_fen"] if recorded else None
    year_end = recorded["year_end"] if recorded else None
    year = period_of(Window.CALENDAR_YEAR, on)
    return NetWorthFloor(
        on=on,
        year_end=year_end,
        net_worth_fen=held,
        stale=year_end is not None and period_of(Window.CALENDAR_YEAR, year_end) != year - 1,
        mean_fen=mean.fen if mean else None,
        mean_from=mean.first_day if mean else None,
        mean_to=mean.last_day if mean else None,
        whole_year=mean.whole_year if mean else False,
        floor_fen=floor,
        headroom_fen=None if floor is None or held is None else held - floor,
    )
