"""How a ratio stands to its limit, exactly; which limits count on a day; who is told by when.

Source: PBoC Order [2020] No. 4, arts. 31, 32; house rule gov.house.risk.tell. Worked number: at most 5%, warned from
4%: 4.00% is green, one fen more of it amber; 5.00% is amber, one fen more red.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.governance.risk.records import RISK_LIMIT
from benyuan.governance.risk.words import DIRECTION_NUMBER, Direction, Light
from benyuan.rules import RulePack
from benyuan.rules.quantities import PPM
from benyuan.values.dates import add_calendar_days

Column: TypeAlias = Callable[[Table, str], NDArray[np.int64]]
TELL = "gov.house.risk.tell"
MOST = DIRECTION_NUMBER[Direction.most]
KINDS: Mapping[str, RelatedDuty] = {
    "owner": RelatedDuty.tell_risk_owner,
    "board": RelatedDuty.tell_board_of_risk,
    "remedy": RelatedDuty.plan_remedy,
}
"""The words of the rule, and the duties that they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A duty that follows from a light: what, and by when the house means to have done it."""

    kind: RelatedDuty
    aim_on: int


def light_of(*, direction: int, warning_ppm: int, limit_ppm: int, part: int, whole: int) -> Light:
    """How `part` of `whole` stands; untold where there is no whole, unless something is more than any share of it."""
    if whole <= 0:
        return Light.red if direction == MOST and part > 0 else Light.untold
    sign = 1 if direction == MOST else -1
    over = (sign * (part * PPM - asked * whole) > 0 for asked in (limit_ppm, warning_ppm))
    return next((light for light, passed in zip((Light.red, Light.amber), over, strict=True) if passed), Light.green)


def distance_ppm(*, direction: int, limit_ppm: int, part: int, whole: int) -> int:
    """How far a ratio is from its limit, rounded down; below 0 where it is beyond."""
    value = part * PPM
    left = limit_ppm * whole - value if direction == MOST else value - limit_ppm * whole
    return left // whole if whole > 0 else 0


def limits_on(column: Column, *, sort: int, entity: int, on: int) -> list[int]:
    """The numbers of the limits of an entity that count on a day, by ratio and direction."""
    mine = (column(RISK_LIMIT, "sort") == sort) & (column(RISK_LIMIT, "entity") == entity)
    places = np.flatnonzero(mine & (column(RISK_LIMIT, "from_date") <= on)).tolist()
    held = {name: column(RISK_LIMIT, name) for name in ("ratio", "direction", "from_date")}
    found: dict[tuple[int, int], int] = {}
    for place in sorted((place for place in places if place), key=lambda each: (int(held["from_date"][each]), each)):
        found[int(held["ratio"][place]), int(held["direction"][place])] = place
    return [found[key] for key in sorted(found)]


def told_of(rules: RulePack, light: Light, *, on: int) -> list[Told]:
    """Who must be told of a light. Errors: RuleNotInForce."""
    rows = rules.value(id=TELL, on=on).tiers
    return [
        Told(kind=KINDS[row.code("to")], aim_on=add_calendar_days(on, row.count("days")))
        for row in rows
        if row.code("light") == light.name
    ]
