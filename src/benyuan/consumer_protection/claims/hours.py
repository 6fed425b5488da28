"""The moments of duties that run by the hour: those of data incidents, and of a payment institution's own incidents.

Sources: PBoC Order [2020] No. 5, art. 34 (72 hours); 银发〔2021〕198号, arts. 10, 11 (2 or 24 hours). The moments
stand in the incidents' own records, so a duty has them however old its row is. What is due at once has no hours: its
end is that of its day. Worked number: found on 2026-03-02 at 10:00, other harm, the branch is told by 03-05 at 10:00;
told at 15:00 of that day, the duty is late.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """For duties 1 to n, at places 0 to n - 1: until when, and when done; microseconds since 1970 UTC, 0 for none."""

    due_at: Ints
    done_at: Ints


def hours_of(column: Callable[[str], Ints], *, duty: str, begins: str, done: str, count: int) -> Hours:
    """The hours of the `count` duties of a room that incidents of one sort raise.

    `column` gives a whole column of the incidents, place 0 of no row; `duty`, `begins` and `done` name those with the
    duty's number, with the moment from which the hours run, and with the moment at which it was done.
    """
    due = column("due_at")
    runs = np.flatnonzero((column(duty) != 0) & (due > column(begins)))
    made = Hours(due_at=np.zeros(count, np.int64), done_at=np.zeros(count, np.int64))
    places = column(duty)[runs] - 1
    made.due_at[places], made.done_at[places] = due[runs], column(done)[runs]
    return made


def hours_of_mishaps(column: Callable[[str], Ints], *, count: int) -> Hours:
    """Those of the duties to tell a branch of data incidents, from the columns of the incidents."""
    return hours_of(column, duty="branch_duty", begins="found_at", done="branch_at", count=count)


def passed(*, due_at: Ints, done_at: Ints, at: int) -> NDArray[np.bool_]:
    """Where hours had passed at an instant, or had when the duty was done; False where there are none."""
    return np.asarray((due_at != 0) & (np.where((done_at != 0) & (done_at <= at), done_at, at) > due_at), np.bool_)
