"""Where merchants carry on business and users of wallets live: county, and the statistics bureau's class of the place.

Source: none obliges; the class is that of `gov.house.small_micro.areas`, a choice of the house over 国函〔2008〕60号.
Worked case: county 330106 and class 220, a village, is rural; class 111 of the same county is urban; class 300 is none.
"""

from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.events import folds
from benyuan.decisions.facts import Table
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.decisions.words import numbers_of
from benyuan.rules.types import RuleValue

AREAS = "gov.house.small_micro.areas"
County: TypeAlias = Annotated[int, msgspec.Meta(ge=100_000, le=999_999)]  # tidy: number six digits
PlaceClass: TypeAlias = Annotated[int, msgspec.Meta(ge=100, le=999)]  # tidy: number three digits


class Area(StrEnum):
    """Sorts of area; untold: nobody recorded one."""

    untold = "untold"
    urban = "urban"
    rural = "rural"


AREA_NUMBER = numbers_of(Area)
BUSINESS_AREA = Table(
    name="business_area", columns=("merchant", "county", "place_class", "from_date", "invented", "position")
)
"""Where a merchant carries on business from a day on; the latest that has begun counts."""
HOME_AREA = Table(name="home_area", columns=("county", "place_class", "from_date", "invented", "position"), keyed=True)
"""Where a person lives, by the person's number: the last that was recorded and no other, gone when they are erased."""
BUSINESS_AREA_RECORDED = folds("business_area_recorded", table=BUSINESS_AREA, adds=True)
HOME_AREA_RECORDED = folds("home_area_recorded", table=HOME_AREA, adds=True)
HOME_AREA_CHANGED = folds("home_area_changed", table=HOME_AREA, adds=False)
HOME_AREA_TAKEN_OFF = folds("home_area_taken_off", table=HOME_AREA, adds=False, removes=True)


def areas_of(value: RuleValue, place_class: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of each class's area; 0 for a class that the rule does not know."""
    found = np.zeros(len(place_class), np.int64)
    for tier in value.tiers:
        found[place_class == tier.count("class")] = AREA_NUMBER[tier.code("area")]
    return found


def class_faults(case: Case) -> dict[int, Invalid]:
    """A fault for each class that the rule does not know."""
    value = case.rules.value(id=AREAS, on=case.batch.on)
    classes = case.batch.integers("place_class")
    known = ", ".join(str(tier.count("class")) for tier in value.tiers)
    return {
        place: Invalid(
            field="place_class", value=int(classes[place]), constraint=f"a class of place ({AREAS}), of {known}"
        )
        for place in np.flatnonzero(areas_of(value, classes) == 0).tolist()
    }
