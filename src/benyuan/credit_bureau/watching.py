"""What stands out in a day's asking, by the figures of the house; pure columns in, findings out.

Source: PBoC Order [2021] No. 4, arts. 22 ¶2, 37 (asking is watched; no figure is given: rules `cr.watch.*`). Worked
number: with a figure of 1,000 and three times the mean, a member that asked 1,200 times on a day after thirty days of
300 each stands out (1,200 > 900); after thirty days of 400 it does not, for 1,200 is no more than 1,200.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.credit_bureau.vocabulary import CaseSort

Ints: TypeAlias = NDArray[np.int64]
PPM = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Asking that stands out: by `member` (0: the bureau), one of its `staff`, about one person; and how often."""

    sort: CaseSort
    member: int
    subject: int = 0
    staff: int = 0
    count: int


def by_member(members: Ints) -> dict[int, int]:
    """How many there are of each; the person's own and the bureau's staff (0) are no member."""
    each, counts = np.unique(members[members != 0], return_counts=True)
    return dict(zip(each.tolist(), counts.tolist(), strict=True))


def too_many(
    today: dict[int, int], before: dict[int, tuple[int, int]], *, figure: int, of_mean_ppm: int
) -> list[Found]:
    """Members whose day is above the figure and above a multiple of the mean; `before`: (queries, days) of each."""
    found = []
    for member, count in today.items():
        queries, days = before.get(member, (0, 0))
        above_mean = days == 0 or count * days * PPM > queries * of_mean_ppm
        if count > figure and above_mean:
            found.append(Found(sort=CaseSort.volume, member=member, count=count))
    return found


def at_odd_hours(members: Ints, hours: Ints, *, opens: int, closes: int, figure: int) -> list[Found]:
    """Members that ask more than the figure outside of the hours from `opens` up to and without `closes`."""
    outside = (hours < opens) | (hours >= closes)
    counts = by_member(members[outside])
    return [
        Found(sort=CaseSort.hours, member=member, count=count) for member, count in counts.items() if count > figure
    ]


def without_account(members: Ints, opened: NDArray[np.bool_], *, at_least: int, share_ppm: int) -> list[Found]:
    """Members of whose queries more than `at_least`, and more than the share, were followed by no account."""
    all_of, none_of = by_member(members), by_member(members[~opened])
    return [
        Found(sort=CaseSort.no_account, member=member, count=count)
        for member, count in none_of.items()
        if count > at_least and count * PPM > all_of[member] * share_ppm
    ]


def at_one_person(members: Ints, staff: Ints, subjects: Ints, *, own: int, others: int) -> list[Found]:
    """Who looked at one person more often than the figure: `own` of the bureau's staff, `others` of members'."""
    named = staff != 0
    rows, counts = np.unique(
        np.column_stack([members[named], staff[named], subjects[named]]), axis=0, return_counts=True
    )
    return [
        Found(sort=CaseSort.one_person, member=member, staff=who, subject=subject, count=count)
        for (member, who, subject), count in zip(rows.tolist(), counts.tolist(), strict=True)
        if count > (others if member else own)
    ]


def probing(refused: Ints, *, figure: int) -> list[Found]:
    """Members that were refused more often than the figure."""
    counts = by_member(refused)
    return [
        Found(sort=CaseSort.probing, member=member, count=count) for member, count in counts.items() if count > figure
    ]
