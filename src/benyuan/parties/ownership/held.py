"""Whether more than the whole of a body would be held once another stake is recorded, and from which day.

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
