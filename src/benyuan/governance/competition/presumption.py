"""Who is presumed dominant by shares of a market: one firm, two, or three (反垄断法 2022 art. 24, 2007 art. 19).

Every two and every three count, so a firm is tested with the largest one or two others. A member of two or three with
less than a tenth is not presumed. Worked number: with 50, 30, 12 and 8 of 100 the first is presumed alone (1/2), the
second with it (80 reach 2/3), the third with both (92 reach 3/4), and the fourth not: 8 are less than a tenth.
"""

import msgspec

from benyuan.governance.competition.markets import Figure, Market
from benyuan.rules import RulePack, RuleValue
from benyuan.rules.parameters import Parameters
from benyuan.rules.places import Place, place_of, value_on
from benyuan.rules.quantities import PPM
from benyuan.values.shares import missing_to, reaches, share_text

RULE, EXCEPTION = "comp.share_presumption", "comp.share_presumption.exception"


class ShareTest(msgspec.Struct, frozen=True, kw_only=True):
    """One firm by one row of the rule. `missing` is what it and the others lack to the threshold.

    `excepted`: the threshold is reached, but the firm's own share is too small for it to be presumed.
    """

    firm: str
    firms: int
    others: list[str]
    together: int
    total: int
    share: str
    threshold: str
    reached: bool
    missing: int
    excepted: bool
    presumed: bool


class Presumption(msgspec.Struct, frozen=True, kw_only=True):
    """Every test, and who is presumed dominant by any of them, unless evidence rebuts it; figures without a source."""

    on: int
    place: Place
    exception: Place
    tests: list[ShareTest]
    presumed: list[str]
    unnamed: int
    invented: list[str]


def presumption_of(market: Market, *, on: int, rules: RulePack) -> Presumption:
    """The tests of a day (yyyymmdd), row by row, the largest firm first. Raises BadInput before there was a law."""
    value, exception = value_on(rules, RULE, on=on), value_on(rules, EXCEPTION, on=on)
    ranked = market.largest()
    tests = [
        _test(firm, ranked, tier=tier, exception=exception, whole=market.whole)
        for tier in value.tiers
        if tier.count("firms") <= len(ranked)
        for firm in ranked
    ]
    return Presumption(
        on=on,
        place=place_of(RULE, value),
        exception=place_of(EXCEPTION, exception),
        tests=tests,
        presumed=list(dict.fromkeys(each.firm for each in tests if each.presumed)),
        unnamed=market.unnamed,
        invented=market.invented,
    )


def _test(firm: Figure, ranked: list[Figure], *, tier: Parameters, exception: RuleValue, whole: int) -> ShareTest:
    count, threshold = tier.count("firms"), tier.fraction("together")
    others = [each for each in ranked if each.firm != firm.firm][: count - 1]
    together = firm.amount + sum(each.amount for each in others)
    reached = reaches(together, whole, threshold)
    excepted = reached and count > 1 and firm.amount * PPM < exception.ppm * whole
    return ShareTest(
        firm=firm.firm,
        firms=count,
        others=[each.firm for each in others],
        together=together,
        total=whole,
        share=share_text(together, whole),
        threshold=str(threshold),
        reached=reached,
        missing=missing_to(together, whole, threshold),
        excepted=excepted,
        presumed=reached and not excepted,
    )
