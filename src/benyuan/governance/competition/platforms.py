"""Early warning for platforms, by a draft guide of 2021-10-29 that never came into force: it refuses nothing.

Worked: 500,000,000 users, two types and 1,000,000,000,000.00 yuan are at every line of a super platform; a user less,
and it is a large one only.
"""

from collections.abc import Collection

import msgspec

from benyuan.governance.competition.ruling import draft_of
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of
from benyuan.values.errors import BadInput

SUPER, LARGE, TYPES = "comp.platform.super", "comp.platform.large", "comp.platform.types"


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """Users active in China in the year before, the types of business, and worth in fen at the year's end."""

    users: int
    types: Collection[str]
    worth_fen: int


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a draft: what the platform has, what the draft asks for, and what is missing."""

    figure: str
    has: int
    asked: int
    missing: int


class EarlyWarning(msgspec.Struct, frozen=True, kw_only=True):
    """One draft rule. `reached`: every figure is; what the draft asks for besides is for people to say."""

    place: Place
    lines: list[Line]
    reached: bool


def warnings_of(platform: Platform, *, rules: RulePack) -> list[EarlyWarning]:
    """What the draft would say, super before large. Raises BadInput."""
    known = [tier.code("type") for tier in draft_of(rules, TYPES).tiers]
    for word in platform.types:
        if word not in known:
            raise BadInput("type", word, f"one of {', '.join(known)} ({TYPES})")
    for field, amount in (("users", platform.users), ("worth", platform.worth_fen)):
        if amount < 0:
            raise BadInput(field, amount, "a number from nought")
    return [_warning(platform, rule, rules) for rule in (SUPER, LARGE)]


def _warning(platform: Platform, rule: str, rules: RulePack) -> EarlyWarning:
    value = draft_of(rules, rule)
    asked = [("users", platform.users, value.count), ("worth_fen", platform.worth_fen, value.parameters.fen("worth"))]
    if any(each.name == "types" for each in value.parameters.entries):
        asked.insert(1, ("types", len(set(platform.types)), value.parameters.count("types")))
    lines = [Line(figure=name, has=has, asked=least, missing=max(0, least - has)) for name, has, least in asked]
    return EarlyWarning(place=place_of(rule, value), lines=lines, reached=not any(line.missing for line in lines))
