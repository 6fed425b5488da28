"""A decision that was printed, reckoned again: what it comes to exactly, and which roundings give what was printed.

Worked: 4% of 455,712,000,000.00 are 18,228,480,000.00 yuan; the decision of 2021-04-10 is reported with 18,228,000,000,
in steps of a million (hundredths of 亿), as half-up, half-even and down give it, and up does not.
"""

from fractions import Fraction

import msgspec

from benyuan.governance.competition.breaches import Breach
from benyuan.governance.competition.fines import FACTORS, Case, Fine, Sales, fine_of
from benyuan.governance.competition.sources import Source
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on
from benyuan.values.dates import Window, period_of
from benyuan.values.rounding import Rounding, rounded

ALIBABA = "comp.case.alibaba"
WEIGHED = "weighed, by the reports on the decision"


class Reckoned(msgspec.Struct, frozen=True, kw_only=True):
    """The decision's figures in fen; `agreeing` are the roundings to `step_fen` that give what was printed."""

    decision: Place
    decided_on: int
    printed_fen: int
    step_fen: int
    difference_fen: int
    agreeing: list[str]
    fine: Fine


def reckoned_again(*, rules: RulePack) -> Reckoned:
    """The decision of 2021-04-10 by the rules of its day."""
    first = rules.rule(ALIBABA).values[0].in_force
    value = value_on(rules, ALIBABA, on=first)
    given, step = value.parameters, value.parameters.fen("step")
    source = Source(document=value.cite.document, dated_on=first)
    year = period_of(Window.CALENDAR_YEAR, given.date("year_ends"))
    sales = Sales(amount_fen=given.fen("sales"), year=year, source=source)
    weighed = {tier.code("factor"): WEIGHED for tier in value_on(rules, FACTORS, on=first).tiers}
    case = Case(breach=Breach.abuse, on=first, sales=sales, rate_ppm=given.ppm("rate"), found=weighed)
    fine = fine_of(case, rules=rules)
    exact = fine.fine_fen or 0
    return Reckoned(
        decision=place_of(ALIBABA, value),
        decided_on=first,
        printed_fen=value.fen,
        step_fen=step,
        difference_fen=exact - value.fen,
        agreeing=[mode.value for mode in Rounding if _in_steps(exact, step, mode) == value.fen],
        fine=fine,
    )


def _in_steps(amount_fen: int, step_fen: int, mode: Rounding) -> int:
    return int(rounded(Fraction(amount_fen, step_fen), decimals=0, rounding=mode)) * step_fen
