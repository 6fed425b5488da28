"""Which bodies a group's accounts take in: those that it controls, others for their risk, not some held briefly.

Source: PBoC Order [2020] No. 4, arts. 24, 25 (`fhc.consolidation`). Worked: a body of which the top has 49.99% and no
more is out, unless one of the grounds of art. 25 ¶1 is recorded for it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on
from benyuan.values.errors import BadInput

CONSOLIDATION = "fhc.consolidation"
CONTROLLED = "controlled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A body that somebody has named, with the ground: one of the rule's own words."""

    body: int
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The ground for each body that is in, and for each that is left out; where the rule stands."""

    top: int
    grounds: dict[int, str]
    left_out: dict[int, str]
    place: Place


def scope_of(top: int, *, controlled: Collection[int], named: Sequence[Named], on: int, rules: RulePack) -> Scope:
    """The scope on a day (yyyymmdd).

    Errors: BadInput before the rule; for a ground that it has not; for a body named twice, or the top; for one named to
    be taken in that is controlled already, or to be left out that is not.
    """
    value = value_on(rules, CONSOLIDATION, on=on)
    takes_in = {tier.code("ground"): tier.flag("taken_in") for tier in value.tiers}
    grounds = dict.fromkeys(sorted({top, *controlled}), CONTROLLED)
    left_out: dict[int, str] = {}
    for each in named:
        if each.ground not in takes_in:
            raise BadInput("ground", each.ground, "one of " + ", ".join(takes_in))
        if each.body == top or sum(other.body == each.body for other in named) > 1:
            raise BadInput("body", each.body, "named once, and not the top")
        inside = each.body in controlled
        if takes_in[each.ground] is inside:
            asked = "a body that the top does not control" if inside else "a body that the top controls"
            raise BadInput("body", f"{each.body}={each.ground}", asked)
        if inside:
            left_out[each.body] = each.ground
            del grounds[each.body]
        else:
            grounds[each.body] = each.ground
    return Scope(top=top, grounds=grounds, left_out=left_out, place=place_of(CONSOLIDATION, value))
