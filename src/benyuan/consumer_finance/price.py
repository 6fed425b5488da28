"""The cap on prices: an offer above it is refused, its annual rate reckoned by the method that stands in the rule.

No text that was read caps a consumer-finance company's own loans; the rule says so in its status.
Worked number: 2% a month is 24% by the simple method and 26.82% compounded.
"""

from collections.abc import Callable

import numpy as np

from benyuan.consumer_finance.clocks import PPM
from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.decisions.usecase import Case, Gate

PRICE_CAP = "cf.price.cap"
COMPOUND = "compound"
MONTHS = 12  # tidy: number months of a year


def annual_ppm(rate_ppm: Ints, *, method: str) -> Ints:
    """A nominal rate by the year, paid monthly, as the method reckons it; millionths, rounded up."""
    if method != COMPOUND:
        return rate_ppm
    year = MONTHS * PPM
    compounded = [-(-((year + rate) ** MONTHS - year**MONTHS) * PPM // year**MONTHS) for rate in rate_ppm.tolist()]
    return np.array(compounded, np.int64)


def within_price_cap(*, rates: Callable[[Case], Ints]) -> Gate:
    """The gate over nominal rates by the year, paid monthly, in millionths."""

    def reckoned(case: Case) -> tuple[Ints, int]:
        value = case.rules.value(id=PRICE_CAP, on=case.batch.on)
        return annual_ppm(rates(case), method=value.parameters.code("method")), value.ppm

    def passes(case: Case) -> Truths:
        asked, cap = reckoned(case)
        return np.asarray(asked <= cap, np.bool_)

    def figures(case: Case, place: int) -> dict[str, int]:
        asked, cap = reckoned(case)
        return {"limit": cap, "asked": int(asked[place])}

    return Gate(rule=PRICE_CAP, passes=passes, figures=figures)
