"""Conduct that somebody described, flagged: an abuse by a dominant firm, an agreement, and the means that served it.

反垄断法 2022 arts. 9, 17, 18 and 22, 2007 arts. 13, 14 and 17. A flag refuses nothing. Worked: a dominant platform that
keeps its merchants from others (exclusive_dealing), without a good reason, by algorithms: two flags since 2022-08-01,
and one, for the abuse, before.
"""

from collections.abc import Collection

import msgspec

from benyuan.rules import RulePack
from benyuan.rules.parameters import Parameters
from benyuan.rules.places import Place, place_of, value_on
from benyuan.values.errors import BadInput

ABUSE, CARTEL, MEANS = "comp.abuse.acts", "comp.cartel.acts", "comp.data_algorithms"


class Conduct(msgspec.Struct, frozen=True, kw_only=True):
    """An act by its word, the means that served it, and what people say of it.

    `dominant`: the firm is found or presumed dominant; `justified`: there is a good reason. Both matter for abuse only.
    """

    act: str
    means: Collection[str] = ()
    dominant: bool = False
    justified: bool = False


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the law forbids: the act, or the means; and where."""

    flagged: str
    place: Place


class Looked(msgspec.Struct, frozen=True, kw_only=True):
    """The flags, and where there is none, why."""

    on: int
    flags: list[Flag]
    why_none: str


def flags_of(conduct: Conduct, *, on: int, rules: RulePack) -> Looked:
    """What is flagged on a day (yyyymmdd). Raises BadInput for a word that the rules don't have."""
    abuse = _row(rules, ABUSE, "act", conduct.act, on=on)
    agreement = _row(rules, CARTEL, "act", conduct.act, on=on)
    if abuse is None and agreement is None:
        known = [*_words(rules, ABUSE, "act"), *_words(rules, CARTEL, "act")]
        raise BadInput("act", conduct.act, f"one of {', '.join(known)} ({ABUSE}, {CARTEL})")
    for word in conduct.means:
        if word not in (known := _words(rules, MEANS, "means")):
            raise BadInput("means", word, f"one of {', '.join(known)} ({MEANS})")
    if abuse is not None and (why := _no_abuse(conduct, abuse)):
        return Looked(on=on, flags=[], why_none=why)
    rule = CARTEL if abuse is None else ABUSE
    flags = [Flag(flagged=conduct.act, place=place_of(rule, value_on(rules, rule, on=on)))]
    return Looked(on=on, flags=[*flags, *_means(conduct, rules, on=on)], why_none="")


def _no_abuse(conduct: Conduct, row: Parameters) -> str:
    if not conduct.dominant:
        return "the firm is not dominant"
    return "there is a good reason" if conduct.justified and row.flag("unless_justified") else ""


def _means(conduct: Conduct, rules: RulePack, *, on: int) -> list[Flag]:
    value = rules.in_force(id=MEANS, on=on)
    if value is None:
        return []
    place = place_of(MEANS, value)
    return [Flag(flagged=word, place=place) for word in _words(rules, MEANS, "means") if word in conduct.means]


def _row(rules: RulePack, rule: str, column: str, word: str, *, on: int) -> Parameters | None:
    return next((tier for tier in value_on(rules, rule, on=on).tiers if tier.code(column) == word), None)


def _words(rules: RulePack, rule: str, column: str) -> list[str]:
    return [tier.code(column) for tier in rules.rule(rule).values[-1].tiers]
