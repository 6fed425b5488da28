"""Classes of firms: every row of the classification at its figures, one under, one over, and with figures missing."""

import numpy as np
import pytest

from benyuan.payments.business_sizes import (
    BUSINESS_INDUSTRY_NUMBER,
    CLASSES,
    SIZE_NUMBER,
    UNTOLD,
    BusinessIndustry,
    sizes_of,
)
from tests.unit.engine.groups import regime

WAN = 1_000_000  # ten thousand yuan, in fen
ROWS = {
    "farming": ((None, 20_000, None), (None, 500, None), (None, 50, None)),
    "industry": ((1_000, 40_000, None), (300, 2_000, None), (20, 300, None)),
    "construction": ((None, 80_000, 80_000), (None, 6_000, 5_000), (None, 300, 300)),
    "wholesale": ((200, 40_000, None), (20, 5_000, None), (5, 1_000, None)),
    "retail": ((300, 20_000, None), (50, 500, None), (10, 100, None)),
    "transport": ((1_000, 30_000, None), (300, 3_000, None), (20, 200, None)),
    "storage": ((200, 30_000, None), (100, 1_000, None), (20, 100, None)),
    "post": ((1_000, 30_000, None), (300, 2_000, None), (20, 100, None)),
    "lodging": ((300, 10_000, None), (100, 2_000, None), (10, 100, None)),
    "catering": ((300, 10_000, None), (100, 2_000, None), (10, 100, None)),
    "information": ((2_000, 100_000, None), (100, 1_000, None), (10, 100, None)),
    "software": ((300, 10_000, None), (100, 1_000, None), (10, 50, None)),
    "real_estate": ((None, 200_000, 10_000), (None, 1_000, 5_000), (None, 100, 2_000)),
    "property_management": ((1_000, 5_000, None), (300, 1_000, None), (100, 500, None)),
    "leasing_services": ((300, None, 120_000), (100, None, 8_000), (10, None, 100)),
    "other": ((300, None, None), (100, None, None), (10, None, None)),
}
"""Staff, revenue and assets (in ten thousand yuan) of large, medium and small, written down apart from the rule."""
NAMES = ("large", "medium", "small", "micro")
SIZES = {number: word for word, number in SIZE_NUMBER.items()}
VAST = 10**15


def size(industry: str, *, staff: int = UNTOLD, revenue_fen: int = UNTOLD, assets_fen: int = UNTOLD) -> str:
    given = {"staff": staff, "revenue_fen": revenue_fen, "assets_fen": assets_fen}
    number = np.array([BUSINESS_INDUSTRY_NUMBER[industry]])
    value = regime().pack.value(id=CLASSES, on=20260101)
    found = sizes_of(value, industry=number, **{name: np.array([figure]) for name, figure in given.items()})
    return SIZES[int(found[0])]


def bounds(industry: str, place: int) -> dict[str, int]:
    staff, revenue, assets = ROWS[industry][place]
    asked = {
        "staff": staff,
        "revenue_fen": revenue and revenue * WAN,
        "assets_fen": assets and assets * WAN,
    }
    return {name: figure for name, figure in asked.items() if figure}


def test_every_industry_has_a_row() -> None:
    assert set(ROWS) == {industry.value for industry in BusinessIndustry}


@pytest.mark.parametrize("industry", ROWS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_at_a_figure_one_under_and_one_over(industry: str, place: int) -> None:
    at = bounds(industry, place)
    assert size(industry, **at) == NAMES[place]
    assert size(industry, **{name: figure + 1 for name, figure in at.items()}) == NAMES[place]
    for short in at:
        vast = dict.fromkeys(at, VAST)
        assert size(industry, **{**vast, short: at[short] - 1}) == NAMES[place + 1]


@pytest.mark.parametrize("industry", ROWS)
def test_a_missing_figure_leaves_open_what_it_could_change(industry: str) -> None:
    least = bounds(industry, 2)
    for missing in least:
        others = {name: VAST for name in least if name != missing}
        assert size(industry, **others) == "untold"
    for told, figure in least.items():
        assert size(industry, **{told: figure - 1}) == "micro"


def test_figures_that_are_not_asked_change_nothing_and_nought_is_a_figure() -> None:
    assert size("other", staff=100) == size("other", staff=100, revenue_fen=0, assets_fen=VAST) == "medium"
    assert size("retail", staff=0) == "micro"
    assert size("retail", revenue_fen=VAST, assets_fen=VAST) == "untold"
    assert size("retail", staff=299, revenue_fen=UNTOLD) == "untold"
