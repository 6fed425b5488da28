"""Whether a group's institutions are of enough types and large enough that it must have a holding company.

Source: PBoC Order [2020] No. 4, arts. 2, 6. Worked number: a bank of 300 bn and an insurer of 100 bn are
below 500 bn together, but what is no bank reaches 100 bn, so the group is over; with 99,999,999,999.99 yuan of the
insurer it is one fen under, and the central bank may still ask.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from benyuan.holding_company.lines import Line, sum_line
from benyuan.parties.bodies.vocabulary import NO_FINANCE, BodyKind, Business, Place
from benyuan.rules import RulePack
from benyuan.rules.places import Place as LawPlace
from benyuan.rules.places import place_of, value_on

SCOPE, TYPES, COUNT = "fhc.scope.controller", "fhc.fi_types", "fhc.trigger.count"
WITH_BANK, NO_BANK, ASKED = "fhc.trigger.with_bank", "fhc.trigger.no_bank", "fhc.trigger.macroprudential"
BANK_TYPE = "bank"


class Verdict(StrEnum):
    """Whether the group must apply; `may_be_asked`: below the figures (art. 6 item 3)."""

    must_apply = "must_apply"
    may_be_asked = "may_be_asked"
    need_not = "need_not"
    cannot_be_told = "cannot_be_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A controlled body: what it does, its figures in fen, None where nobody has recorded them."""

    body: int
    business: str
    total_assets_fen: int | None
    entrusted_fen: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Controller:
    """Whoever controls the institutions, or the body that does."""

    body: int
    kind: BodyKind
    place: Place
    business: Business


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """The test of art. 6: the types found, whether there is a bank, each line, and whether the group is over one."""

    types: list[str]
    types_asked: int
    types_place: LawPlace
    has_bank: bool
    enough_types: bool
    lines: list[Line]
    over: bool | None


def types_on(rules: RulePack, *, on: int) -> dict[str, str]:
    """Which business is of which type of institution on a day. Errors: BadInput before the rule."""
    return {tier.code("business"): tier.code("type") for tier in value_on(rules, TYPES, on=on).tiers}


def trigger_of(institutions: Sequence[Institution], *, on: int, rules: RulePack) -> Trigger:
    """The test for these bodies; those whose business makes no institution count for nothing. Errors: BadInput."""
    types = types_on(rules, on=on)
    counted = [each for each in institutions if each.business in types]
    found = sorted({types[each.business] for each in counted})
    asked = value_on(rules, COUNT, on=on)
    has_bank = any(each.business == Business.commercial_bank for each in counted)
    lines = _lines(counted, types, has_bank=has_bank, on=on, rules=rules)
    met = [line.met for line in lines]
    return Trigger(
        types=found,
        types_asked=asked.count,
        types_place=place_of(COUNT, asked),
        has_bank=has_bank,
        enough_types=len(found) >= asked.count,
        lines=lines,
        over=True if True in met else None if None in met else False,
    )


def _lines(
    counted: Sequence[Institution], types: Mapping[str, str], *, has_bank: bool, on: int, rules: RulePack
) -> list[Line]:
    rule = WITH_BANK if has_bank else NO_BANK
    value = value_on(rules, rule, on=on)
    place = place_of(rule, value)
    others = [each for each in counted if not has_bank or types[each.business] != BANK_TYPE]
    assets, whose = _assets(counted), " of other types than banks" if has_bank else ""
    lines = [sum_line(what="total assets of the institutions", place=place, figures=assets, asked_fen=value.fen)]
    if has_bank:
        what = f"total assets of the institutions{whose}"
        asked = value.parameters.fen("others")
        lines.append(sum_line(what=what, place=place, figures=_assets(others), asked_fen=asked))
    entrusted = {each.body: each.entrusted_fen for each in others}
    what = f"assets entrusted to the institutions{whose}"
    asked = value.parameters.fen("entrusted")
    return [*lines, sum_line(what=what, place=place, figures=entrusted, asked_fen=asked)]


def _assets(institutions: Sequence[Institution]) -> dict[int, int | None]:
    return {each.body: each.total_assets_fen for each in institutions}


def in_scope(controllers: Sequence[Controller]) -> bool | None:
    """Whether the order binds the group of these; None where only documents tell. One of them is enough."""
    found = [_binds(each) for each in controllers]
    return True if True in found else None if None in found else False


def _binds(controller: Controller) -> bool | None:
    if controller.kind is BodyKind.individual:
        return True
    if controller.kind is BodyKind.authority or controller.business is Business.financial_holding:
        return None
    return controller.place is Place.mainland and controller.business in NO_FINANCE


def verdict_of(trigger: Trigger, *, scope: bool | None) -> tuple[Verdict, str]:
    """The answer, and why."""
    if not trigger.enough_types:
        return Verdict.need_not, f"{len(trigger.types)} types of institution, and {trigger.types_asked} are asked"
    if scope is False:
        return Verdict.need_not, "nobody who controls it is a domestic firm outside finance or an individual"
    if trigger.over is None:
        return Verdict.cannot_be_told, "figures are missing, and those on record reach no line"
    if scope is None:
        return Verdict.cannot_be_told, "whether a controller is a recognised legal person is not recorded"
    if trigger.over:
        return Verdict.must_apply, "enough types of institution, and a line is reached"
    return Verdict.may_be_asked, "enough types of institution, and every line is missed"
