"""Whether a further stake fits those that are recorded: no more than the whole, and for whom it is held already.

Worked number: 60 of 100 from 20260101 and 30 of 100 from 20260701; another 30 of 100 from 20260301 is too much from
20260701 on, and 10 of 100 is not.
"""

from collections.abc import Mapping
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray


def over_whole(
    held: Mapping[str, NDArray[np.int64]], *, sort: int, owner: int, part: int, whole: int, from_date: int
) -> int:
    """The first day (yyyymmdd), from `from_date` on, on which it would be too much; 0 for none.

    `held`: the columns of the table of stakes, of one owned body, in the order in which they were recorded.
    """
    rows: list[tuple[int, int, int, Fraction]] = [
        (begins, place, holder, Fraction(share, of))
        for place, (holder, kind, share, of, begins) in enumerate(
            zip(*(held[name].tolist() for name in ("owner", "sort", "part", "whole", "from_date")), strict=True)
        )
        if kind == sort
    ]
    rows.append((from_date, len(held["owner"]), owner, Fraction(part, whole)))
    now: dict[int, Fraction] = {}
    total = Fraction(0)
    rows.sort(key=lambda row: row[:2])
    for place, (begins, _, holder, share) in enumerate(rows):
        total += share - now.get(holder, Fraction(0))
        now[holder] = share
        last_of_day = place + 1 == len(rows) or rows[place + 1][0] != begins
        if last_of_day and total > 1 and begins >= from_date:
            return begins
    return 0


def held_for(held: Mapping[str, NDArray[np.int64]], *, sort: int, owner: int, from_date: int) -> list[int]:
    """For whom an owner's stake is held on a day (yyyymmdd), and as it is recorded to change next; 0 for itself.

    `held`: as for `over_whole`; where it has none nobody is named. Worked: 40 of 100 for itself from 20260101, 0 from
    20260701: [0] on 20260301, none on 20260801; on 20251231 it has none yet, and [0] is what comes.
    """
    mine = np.flatnonzero((held["owner"] == owner) & (held["sort"] == sort))
    ordered = mine[np.lexsort((mine, held["from_date"][mine]))]
    begun = int(np.searchsorted(held["from_date"][ordered], from_date, side="right"))
    later = ordered[begun:]
    next_on = held["from_date"][later[:1]]
    beside = [*ordered[max(begun - 1, 0) : begun], *later[held["from_date"][later] == next_on][-1:]]
    return [int(held["nominee_of"][place]) for place in beside if held["part"][place]]
