"""How large a merchant's business is: staff, revenue and assets as recorded, and the class of firms they come to.

Source: 工信部联企业〔2011〕300号 (`gov.sme.classes`), whose text is not at hand. Worked number: a shop with 12
people and 2,000,000.00 a year is small (10 and 1,000,000.00 reached, 50 people not); with 9 people it is micro at any
revenue; with 12 people and no revenue told it is small or micro, so nothing is told.
"""

from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.decisions.words import numbers_of
from benyuan.rules.types import RuleValue

Ints: TypeAlias = NDArray[np.int64]
CLASSES = "gov.sme.classes"
UNTOLD = -1
"""A figure that nobody has recorded; 0 is nought."""


class BusinessIndustry(StrEnum):
    """The rows of the classification, in its order; what has no row of its own is `other`."""

    farming = "farming"
    industry = "industry"
    construction = "construction"
    wholesale = "wholesale"
    retail = "retail"
    transport = "transport"
    storage = "storage"
    post = "post"
    lodging = "lodging"
    catering = "catering"
    information = "information"
    software = "software"
    real_estate = "real_estate"
    property_management = "property_management"
    leasing_services = "leasing_services"
    other = "other"


class BusinessSize(StrEnum):
    """Classes from the smallest; untold: the figures at hand leave it open, or there are none."""

    untold = "untold"
    micro = "micro"
    small = "small"
    medium = "medium"
    large = "large"


BUSINESS_INDUSTRY_NUMBER, SIZE_NUMBER = numbers_of(BusinessIndustry, first=1), numbers_of(BusinessSize)
ABOVE_MICRO = (BusinessSize.small, BusinessSize.medium, BusinessSize.large)
MEASURES = {"staff": "staff", "revenue_fen": "revenue", "assets_fen": "assets"}
"""The columns of a business, and of the rule."""

BUSINESS_FIGURES = Table(
    name="business_figures",
    columns=("merchant", "industry", *MEASURES, "from_date", "invented", "position"),
)
"""What was recorded of a merchant's business; `from_date`: the last day of the year of which the figures are."""
BUSINESS_FIGURES_RECORDED = folds("business_figures_recorded", table=BUSINESS_FIGURES, adds=True)


def sizes_of(value: RuleValue, *, industry: Ints, staff: Ints, revenue_fen: Ints, assets_fen: Ints) -> Ints:
    """The number of each business's class; `industry` by number, 0 for none; figures -1 where untold.

    A class is told where the figures at hand, whatever the others are, lead to it and to no other.
    """
    measures = {"staff": staff, "revenue": revenue_fen, "assets": assets_fen}
    micro = SIZE_NUMBER[BusinessSize.micro]
    least = np.full(len(industry), micro, np.int64)
    most = least.copy()
    for size in ABOVE_MICRO:
        bounds = _bounds(value, size)
        reached, may_reach = np.ones(len(industry), np.bool_), np.ones(len(industry), np.bool_)
        for name, figure in measures.items():
            bound = bounds[name][industry]
            reached &= (figure >= bound) | (bound == 0)
            may_reach &= (figure >= bound) | (figure == UNTOLD) | (bound == 0)
        least[reached], most[may_reach] = SIZE_NUMBER[size], SIZE_NUMBER[size]
    return np.where((industry > 0) & (least == most), least, SIZE_NUMBER[BusinessSize.untold])


def _bounds(value: RuleValue, size: BusinessSize) -> dict[str, Ints]:
    """By the number of the industry what a class asks of each measure; 0: nothing."""
    made = {name: np.zeros(len(BUSINESS_INDUSTRY_NUMBER) + 1, np.int64) for name in MEASURES.values()}
    for tier in value.tiers:
        if tier.code("size") == size:
            place = BUSINESS_INDUSTRY_NUMBER[tier.code("industry")]
            made["staff"][place] = tier.count("staff")
            made["revenue"][place], made["assets"][place] = tier.fen("revenue"), tier.fen("assets")
    return made
