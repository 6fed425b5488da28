"""What was debited to an account by day and code since a time: kept, and only taken on from the leg last looked at.

An account with a million rows is walked once; then each question costs what came since. Worked: asked after leg 900 and
again after leg 1,000, the second walk ends above leg 900.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from benyuan.ledger.journal import Journal
from benyuan.ledger.walking import rows_back
from benyuan.values.dates import local_days

Debited: TypeAlias = Mapping[tuple[int, int], tuple[int, int]]
"""By day (yyyymmdd) and code of leg: how many rows, and their sum."""


@dataclass(slots=True, kw_only=True)
class Turnover:
    """One account's, from a time (microseconds since 1970 UTC) on, up to a leg."""

    account: int
    since_at: int
    covered: int = 0
    debited: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def take_on(self, journal: Journal, *, last: int) -> Debited:
        """Take in the account's rows up to its row `last`."""
        for rows in rows_back(journal=journal, account=self.account, last=last, stop=self.covered):
            there = (rows.at >= self.since_at) & (rows.moved >= 0)
            days = local_days(rows.at[there])
            keys = np.stack([days.astype(np.int64), rows.code[there].astype(np.int64)], axis=1)
            each, place = np.unique(keys, axis=0, return_inverse=True)
            sums = np.zeros(len(each), np.int64)
            np.add.at(sums, place.reshape(-1), rows.moved[there])
            counts = np.bincount(place.reshape(-1), minlength=len(each))
            for (day, code), count, moved in zip(each.tolist(), counts.tolist(), sums.tolist(), strict=True):
                before = self.debited.get((day, code), (0, 0))
                self.debited[day, code] = (before[0] + count, before[1] + moved)
            if len(rows) and rows.at[0] < self.since_at:
                break
        self.covered = last
        return self.debited
