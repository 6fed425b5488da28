"""The schedules of loans and plans before they begin: what falls due, when, and what it costs in a year.

Worked number: 10,000.00 over twelve months at 18% ask for 916.80 a month and cost 18.00% by the simple method.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.pricing import annualised_rate
from benyuan.consumer_finance.schedule import Instalment, schedule
from benyuan.consumer_finance.vocabulary import DAY_COUNT_NUMBER, EVERY_NUMBER, METHOD_NUMBER, ROUNDING_NUMBER
from benyuan.decisions.facts import Facts
from benyuan.usecases.common import day_exists
from benyuan.values.dates import from_yyyymmdd, to_yyyymmdd
from benyuan.values.errors import BadInput

PPB = 1_000_000_000  # tidy: number thousand-millionths
WORDS = {
    name: {number: word for word, number in numbers.items()}
    for name, numbers in {
        "method": METHOD_NUMBER,
        "day_count": DAY_COUNT_NUMBER,
        "rounding": ROUNDING_NUMBER,
        "every_unit": EVERY_NUMBER,
    }.items()
}


class Asked:
    """Loans as they are asked for on a day: columns of figures, and the terms by the facts `<prefix>_…`."""

    def __init__(self, *, on: int, figures: Mapping[str, Ints], facts: Mapping[str, Ints] | Facts, prefix: str) -> None:
        self._on = on
        self._figures = figures
        self._words = {name: facts[f"{prefix}_{name}"] for name in (*WORDS, "every")}

    def can_be_scheduled(self) -> Truths:
        """Where there are terms, and the first instalment falls due on a day that exists and is to come."""
        first = self._figures["first_due_on"]
        exists = np.array([day_exists(date) for date in first.tolist()], np.bool_)
        return np.asarray(exists & (first > self._on) & (self._words["every"] > 0), np.bool_)

    def instalments(self, place: int) -> list[Instalment]:
        """The schedule of one. Errors: BadInput where none can be made."""
        return _schedule(**self._of(place))

    def cost_ppb(self, place: int, *, by: str) -> int:
        """What one costs in a year, everything in, in thousand-millionths. Errors: BadInput."""
        return _cost(**self._of(place), by=by)

    def payments(self) -> list[list[tuple[int, int]]]:
        """For each the days (yyyymmdd) and amounts that will fall due; none where no schedule can be made."""
        can = self.can_be_scheduled()
        return [self._payments(place) if can[place] else [] for place in range(len(can))]

    def _payments(self, place: int) -> list[tuple[int, int]]:
        try:
            return [(to_yyyymmdd(row.due), int(row.payment)) for row in self.instalments(place)]
        except BadInput:  # the gates tell
            return []

    def _of(self, place: int) -> dict[str, Any]:
        words = {name: names[int(self._words[name][place])] for name, names in WORDS.items()}
        return {
            **{name: int(column[place]) for name, column in self._figures.items()},
            "frequency": f"{int(self._words['every'][place])} {words.pop('every_unit')}",
            "on": self._on,
            **words,
        }


@lru_cache(maxsize=16_384)  # tidy: number loans that are alike within a run
def _schedule(
    *, amount_fen: int, rate_ppm: int, term_count: int, on: int, first_due_on: int, **words: Any
) -> list[Instalment]:
    return schedule(
        principal=Decimal(amount_fen),
        annual_rate=Decimal(rate_ppm).scaleb(-6),
        terms=term_count,
        disbursed_on=from_yyyymmdd(on),
        first_due=from_yyyymmdd(first_due_on),
        decimals=0,
        **words,
    )


@lru_cache(maxsize=16_384)  # tidy: number loans that are alike within a run
def _cost(*, amount_fen: int, on: int, by: str, **asked: Any) -> int:
    rows_due = _schedule(amount_fen=amount_fen, on=on, **asked)
    rate = annualised_rate(
        advances=[(from_yyyymmdd(on), Decimal(amount_fen))],
        payments=[(row.due, row.payment) for row in rows_due if row.payment],
        method=by,
    )
    return int((rate * PPB).to_integral_value())
