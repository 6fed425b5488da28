"""What an institution has of its own against what it must have, as a day shows it.

Sources: PBoC Order [2024] No. 4, arts. 8, 59, 75; State Council Order 768, art. 8. Worked number: a mean reserve of 50
billion yuan asks for 2.5 billion of net worth; with 3 billion the headroom is 500 million, with 2 it is -500 million.
"""

from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.payments.capital import CAPITAL_MIN, Holding, least_capital_fen
from benyuan.payments.licences import CLASSES
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


class CapitalFloor(msgspec.Struct, frozen=True, kw_only=True):
    """Paid-in capital on a day and the least for the licences held on it, in fen.

    `paid_in_fen` is None where nothing is recorded, the least where no rule is in force or where, by `area_unknown`,
    the area of a licence is not recorded.
    """

    on: int
    licences: tuple[str, ...]
    area_unknown: tuple[str, ...]
    paid_in_fen: int | None
    least_fen: int | None
    headroom_fen: int | None


def capital_floor(*, recorded: Row | None, licences: int, rules: RulePack, on: int) -> CapitalFloor:
    """As it stands at the end of a day. `recorded` is the row of capital that counts, `licences` the classes held."""
    holding = Holding(
        licences=licences,
        stored_value_2_provinces=recorded["stored_value_2_provinces"] if recorded else 0,
        processing_1_provinces=recorded["processing_1_provinces"] if recorded else 0,
        stored_value_2_limited=bool(recorded and recorded["stored_value_2_limited"]),
    )
    known = not holding.area_unknown and rules.in_force(id=CAPITAL_MIN, on=on) is not None
    least = least_capital_fen(holding, rules=rules, on=on) if known else None
    paid_in = recorded["paid_in_fen"] if recorded else None
    return CapitalFloor(
        on=on,
        licences=tuple(name for name, bit in CLASSES.items() if licences & bit),
        area_unknown=holding.area_unknown,
        paid_in_fen=paid_in,
        least_fen=least,
        headroom_fen=None if least is None or paid_in is None else paid_in - least,
    )
