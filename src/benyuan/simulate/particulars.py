"""What the simulation tells of its merchants and people beside their business: sizes, places, homes. All invented.

Worked number: of ten merchants nine have their size recorded and nine their place, and of ten people nine their home,
so that a report shows what it looks like when some are not told.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.payments.business_sizes import BusinessIndustry
from benyuan.simulate.identities import REGIONS
from benyuan.simulate.seeds import Stream, generator
from benyuan.simulate.world import Giver

YEAR_END, SINCE = 20251231, 20260101
TOLD_SHARE = 0.9
INDUSTRIES = (BusinessIndustry.retail, BusinessIndustry.catering, BusinessIndustry.other)
INDUSTRY_SHARES = (0.6, 0.3, 0.1)
STAFF = ((1, 9), (10, 49), (50, 299), (300, 2_000))
"""From and to how many people a business has, of four sorts."""
REVENUE_FEN = (
    (1_000_000, 90_000_000),
    (110_000_000, 480_000_000),
    (2_500_000_000, 9_000_000_000),
    (10**12, 2 * 10**12),
)
"""From and to what it makes in a year, of the same."""
FIRM_SHARES, INDIVIDUAL_SHARES = (0.55, 0.30, 0.12, 0.03), (0.90, 0.10, 0.0, 0.0)
PLACE_CLASSES, PLACE_SHARES = (111, 112, 121, 122, 123, 210, 220), (0.42, 0.10, 0.14, 0.06, 0.02, 0.06, 0.20)


def tell_merchants(session: Giver, merchant: NDArray[np.int64], *, is_firm: NDArray[np.bool_], at: int) -> None:
    """Sizes and places of most merchants, each at once."""
    draw = generator(Stream.merchants_told)
    count = len(merchant)
    bounds = np.cumsum(np.where(is_firm[:, None], FIRM_SHARES, INDIVIDUAL_SHARES), axis=1)
    sort = np.minimum((draw.random(count)[:, None] >= bounds).sum(axis=1), len(STAFF) - 1)
    staff = draw.integers(np.array(STAFF)[sort, 0], np.array(STAFF)[sort, 1], endpoint=True)
    revenue = draw.integers(np.array(REVENUE_FEN)[sort, 0], np.array(REVENUE_FEN)[sort, 1], endpoint=True)
    industry = np.searchsorted(np.cumsum(INDUSTRY_SHARES)[:-1], draw.random(count))
    told = draw.random(count) < TOLD_SHARE
    session.give(
        "record_business_size",
        at,
        merchant=merchant[told],
        industry=[INDUSTRIES[place].value for place in industry[told].tolist()],
        staff=staff[told],
        revenue_fen=revenue[told],
        **_invented("as_of", YEAR_END, int(told.sum())),
    )
    _places(session, "record_business_area", draw, at=at, merchant=merchant)


def tell_people(session: Giver, person: NDArray[np.int64], *, at: int) -> None:
    """Where most people live, at once."""
    _places(session, "record_home_area", generator(Stream.people_told), at=at, person=person)


def _places(session: Giver, kind: str, draw: np.random.Generator, *, at: int, **who: NDArray[np.int64]) -> None:
    ((field, ids),) = who.items()
    told = draw.random(len(ids)) < TOLD_SHARE
    count = int(told.sum())
    places = np.searchsorted(np.cumsum(PLACE_SHARES)[:-1], draw.random(count))
    fields: dict[str, Any] = {
        field: ids[told],
        "county": np.array([int(region) for region in REGIONS])[draw.integers(0, len(REGIONS), count)],
        "place_class": np.array(PLACE_CLASSES)[places],
    }
    session.give(kind, at, **fields, **_invented("from_date", SINCE, count))


def _invented(day: str, on: int, count: int) -> dict[str, Any]:
    return {day: np.full(count, on), "invented": [True] * count}
