"""The breaches that are fined, each with the rules that bound its fine: the first that is in force on the day counts.

An unlawful merger that may do harm costs up to a tenth of sales since 2022-08-01, and before it at most 500,000 yuan,
like any other.
"""

from enum import StrEnum

import msgspec

from benyuan.rules import RulePack, RuleValue, Unit
from benyuan.rules.places import Place, place_of, value_on


class Breach(StrEnum):
    """What was done, in the words of the command line."""

    abuse = "abuse"
    cartel = "cartel"
    cartel_no_sales = "cartel-no-sales"
    cartel_not_implemented = "cartel-not-implemented"
    cartel_person = "cartel-person"
    cartel_association = "cartel-association"
    merger_harmful = "merger-harmful"
    merger_harmless = "merger-harmless"


RULES = {
    Breach.abuse: ("comp.abuse.fine",),
    Breach.cartel: ("comp.cartel.fine",),
    Breach.cartel_no_sales: ("comp.cartel.fine.no_sales",),
    Breach.cartel_not_implemented: ("comp.cartel.fine.not_implemented",),
    Breach.cartel_person: ("comp.cartel.fine.person",),
    Breach.cartel_association: ("comp.cartel.fine.association",),
    Breach.merger_harmful: ("comp.merger.fine", "comp.merger.fine.flat"),
    Breach.merger_harmless: ("comp.merger.fine.flat",),
}
CONFISCATED = frozenset({Breach.abuse, Breach.cartel, Breach.cartel_no_sales})
"""The breaches whose unlawful gains are confiscated beside the fine."""
LENIENT = frozenset({Breach.cartel, Breach.cartel_no_sales, Breach.cartel_not_implemented})
"""The breaches for which who reports them first may be let off."""


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """What bounds a fine: a least and a most rate of sales (ppm), or a most amount (fen)."""

    place: Place
    least_ppm: int = 0
    most_ppm: int = 0
    most_fen: int = 0

    @property
    def by_sales(self) -> bool:
        """Whether the fine is a part of sales."""
        return self.most_ppm > 0


def bounds_of(breach: Breach, *, on: int, rules: RulePack) -> Bounds:
    """The bounds that hold on a day (yyyymmdd). Raises BadInput, naming the rule, before there were any."""
    first, *others = RULES[breach]
    found = next((rule for rule in (first, *others) if rules.in_force(id=rule, on=on) is not None), first)
    value = value_on(rules, found, on=on)
    place = place_of(found, value)
    if value.unit is Unit.CNY:
        return Bounds(place=place, most_fen=value.fen)
    return Bounds(place=place, least_ppm=_least(value), most_ppm=value.ppm)


def _least(value: RuleValue) -> int:
    """The least rate, nought where the text gives none."""
    return value.parameters.ppm("least") if value.parameters.entries else 0
