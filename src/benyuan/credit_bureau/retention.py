"""Which furnished records are over their years, among all of an owner (State Council Order 631, art. 16).

Of several records of one account and month the one that was furnished last counts; the others are not shown, and a
negative one among them goes when its own month has been over for as long.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.negative import are_over, last_days, over_rows
from benyuan.credit_bureau.sieves import is_negative

Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]


def months_over(records: NDArray[Any], *, years: int, on: int) -> Marks:
    """Which records of the layout `MONTH`, in the order in which they were furnished, must be gone on a day."""
    order = np.lexsort((np.arange(len(records)), records["month"], records["account"]))
    held = records[order]
    same = np.zeros(len(held), np.bool_)
    same[:-1] = (held["account"][1:] == held["account"][:-1]) & (held["month"][1:] == held["month"][:-1])
    counts, gone = ~same, np.zeros(len(held), np.bool_)
    gone[counts] = over_rows(held[counts], years=years, on=on)
    ended = last_days(held["month"].astype(np.int64))
    gone |= same & is_negative(held["status"]) & are_over(ended_on=ended, years=years, on=on)
    gone |= same & gone[_of_latest(same)]
    found = np.zeros(len(records), np.bool_)
    found[order] = gone
    return found


def public_over(records: NDArray[Any], *, years: int, on: int) -> Marks:
    """Which records of the layout `PUBLIC`, in the order in which they were furnished, must be gone on a day.

    Those of events that ended so long ago. An earlier record of the same case goes with the latest at the latest, for
    nobody may take it for the one that counts.
    """
    ended = are_over(ended_on=records["ended_on"].astype(np.int64), years=years, on=on)
    return ended | ended[latest_cases(records)]


def latest_cases(records: NDArray[Any]) -> Ints:
    """For each record of the layout `PUBLIC` the place of that of the same case which was furnished last."""
    names = ("reference", "kind", "subject")
    order = np.lexsort((np.arange(len(records)), *(records[name] for name in names)))
    held = records[order]
    same = np.zeros(len(held), np.bool_)
    same[:-1] = np.logical_and.reduce([held[name][1:] == held[name][:-1] for name in names])
    latest = np.zeros(len(held), np.int64)
    latest[order] = order[_of_latest(same)]
    return latest


def _of_latest(same: Marks) -> Ints:
    """For each row the place of the last one of its account and month."""
    ends = np.flatnonzero(~same)
    return ends[np.searchsorted(ends, np.arange(len(same)))]
