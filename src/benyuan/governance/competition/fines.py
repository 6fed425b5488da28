"""What a breach of the anti-monopoly law costs: bounds, fine and confiscation, exact to the fen (arts. 56 to 63).

The law leaves the rate to the agency, which weighs nature, degree, duration and, since 2022-08-01, how effects were
removed; nobody computes it, it is given and held to its bounds. Amounts are rounded down, once. Worked number: 4% of
455,712,000,000.00 yuan, the decision of 2021-04-10, are 18,228,480,000.00.
"""

from collections.abc import Mapping

import msgspec

from benyuan.governance.competition.breaches import CONFISCATED, LENIENT, Bounds, Breach, bounds_of
from benyuan.governance.competition.ruling import broken
from benyuan.governance.competition.sources import INVENTED, Source
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on
from benyuan.rules.quantities import PPM, factor_text, percent_text
from benyuan.values.dates import Window, from_yyyymmdd, period_of
from benyuan.values.errors import BadInput
from benyuan.values.money import yuan_text

MULTIPLIER, LENIENCY, FACTORS = "comp.multiplier", "comp.cartel.leniency", "comp.fine.factors"
ONCE = PPM
"""Times a fine that is not multiplied, in parts per million."""


class Sales(msgspec.Struct, frozen=True, kw_only=True):
    """Sales in China of a calendar year, in fen, and where the figure was read."""

    amount_fen: int
    year: int
    source: Source = INVENTED


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be fined, and what the agency would say of it.

    `rate_ppm` is the part of sales, for breaches that are fined so, and `amount_fen` the amount for the others; without
    them only the bounds are told. `times_ppm` multiplies extremely serious cases. `found` is what was found on each
    factor. `opened_on` (yyyymmdd, 0: not said) is the day on which the case was opened.
    """

    breach: Breach
    on: int
    sales: Sales | None = None
    rate_ppm: int | None = None
    amount_fen: int | None = None
    times_ppm: int = ONCE
    gains_fen: int = 0
    lenient: bool = False
    opened_on: int = 0
    found: Mapping[str, str] = {}


class Factor(msgspec.Struct, frozen=True, kw_only=True):
    """One factor: whether the text of the day lists it, and what was found; empty where nothing was said."""

    factor: str
    listed: bool
    found: str


class Fine(msgspec.Struct, frozen=True, kw_only=True):
    """The answer, in fen. `base_fen` is the fine before it is multiplied, None where no rate or amount was given.

    `least_fen` and `most_fen` bound `fine_fen`; with a multiplier they are the least fine the least times, and the most
    the most times. `total_fen` is fine and confiscated gains.
    """

    breach: Breach
    on: int
    place: Place
    least_fen: int
    most_fen: int
    base_fen: int | None
    times_ppm: int
    fine_fen: int | None
    gains_fen: int
    total_fen: int | None
    sales: Sales | None
    sales_source: str
    factors: list[Factor]
    factors_place: Place
    multiplier_place: Place | None
    leniency_place: Place | None


def fine_of(case: Case, *, rules: RulePack) -> Fine:
    """The fine of a case. Raises BadInput, naming field and rule."""
    bounds = bounds_of(case.breach, on=case.on, rules=rules)
    multiplier, least_times, most_times = _multiplier(case, rules)
    leniency = _leniency(case, bounds, rules)
    _check_gains(case, bounds)
    if bounds.by_sales:
        whole = _sales(case, bounds) * _rate(case, bounds, lenient=leniency is not None)
        least = 0 if leniency else _sales(case, bounds) * bounds.least_ppm
        most, given = _sales(case, bounds) * bounds.most_ppm, case.rate_ppm is not None
    else:
        whole, least, given = _amount(case, bounds) * PPM, 0, case.amount_fen is not None
        most = bounds.most_fen * PPM
    fine = _down(whole, case.times_ppm) if given else None
    return Fine(
        breach=case.breach,
        on=case.on,
        place=bounds.place,
        least_fen=_down(least, least_times),
        most_fen=_down(most, most_times),
        base_fen=_down(whole, ONCE) if given else None,
        times_ppm=case.times_ppm,
        fine_fen=fine,
        gains_fen=case.gains_fen,
        total_fen=None if fine is None else fine + case.gains_fen,
        sales=case.sales,
        sales_source=case.sales.source.text() if case.sales else "",
        factors=_factors(case, rules),
        factors_place=place_of(FACTORS, value_on(rules, FACTORS, on=case.on)),
        multiplier_place=multiplier,
        leniency_place=leniency,
    )


def _down(whole: int, times_ppm: int) -> int:
    """Millionths of a fen, multiplied, rounded down to the fen."""
    return whole * times_ppm // (PPM * PPM)


def _sales(case: Case, bounds: Bounds) -> int:
    """The sales that the fine is a part of. Errors: BadInput."""
    if case.amount_fen is not None:
        raise broken("amount", yuan_text(case.amount_fen), "a rate of sales and no amount", bounds.place)
    if case.sales is None or case.sales.amount_fen < 1:
        asked = "sales of the year before above nought"
        raise broken("sales", None if case.sales is None else yuan_text(case.sales.amount_fen), asked, bounds.place)
    if case.opened_on:
        from_yyyymmdd(case.opened_on)
        before = period_of(Window.CALENDAR_YEAR, case.opened_on) - 1
        if case.sales.year != before:
            raise broken("sales_year", case.sales.year, f"{before}, the year before the case was opened", bounds.place)
    return case.sales.amount_fen


def _rate(case: Case, bounds: Bounds, *, lenient: bool) -> int:
    """The rate within its bounds; nought where none was given. Errors: BadInput."""
    rate, least = case.rate_ppm, 0 if lenient else bounds.least_ppm
    if rate is not None and not least <= rate <= bounds.most_ppm:
        allowed = f"{percent_text(least)} to {percent_text(bounds.most_ppm)}"
        raise broken("rate", percent_text(rate), allowed, bounds.place)
    return rate or 0


def _amount(case: Case, bounds: Bounds) -> int:
    """The amount within its bound; nought where none was given. Errors: BadInput."""
    if case.rate_ppm is not None:
        raise broken("rate", percent_text(case.rate_ppm), "an amount and no rate", bounds.place)
    amount = case.amount_fen or 0
    if not 0 <= amount <= bounds.most_fen:
        raise broken("amount", yuan_text(amount), f"at most {yuan_text(bounds.most_fen)} yuan", bounds.place)
    return amount


def _multiplier(case: Case, rules: RulePack) -> tuple[Place | None, int, int]:
    """Where multiplying stands, the least and the most times; once where nothing is multiplied. Errors: BadInput."""
    if case.times_ppm == ONCE:
        return None, ONCE, ONCE
    value = value_on(rules, MULTIPLIER, on=case.on)
    place, least, most = place_of(MULTIPLIER, value), value.parameters.ppm("least"), value.parameters.ppm("most")
    if not least <= case.times_ppm <= most:
        allowed = f"{factor_text(least)} to {factor_text(most)} times"
        raise broken("times", factor_text(case.times_ppm), allowed, place)
    return place, least, most


def _leniency(case: Case, bounds: Bounds, rules: RulePack) -> Place | None:
    if not case.lenient:
        return None
    place = place_of(LENIENCY, value_on(rules, LENIENCY, on=case.on))
    if case.breach not in LENIENT:
        raise broken("lenient", case.breach.value, "a firm that reports an agreement it is party to", bounds.place)
    return place


def _check_gains(case: Case, bounds: Bounds) -> None:
    if case.gains_fen < 0:
        raise BadInput("gains", yuan_text(case.gains_fen), "an amount from nought")
    if case.gains_fen and case.breach not in CONFISCATED:
        raise broken("gains", yuan_text(case.gains_fen), f"none: {case.breach.value} confiscates nothing", bounds.place)


def _factors(case: Case, rules: RulePack) -> list[Factor]:
    """Every factor that the text of the day or a later one lists, with what was found. Errors: BadInput."""
    value = value_on(rules, FACTORS, on=case.on)
    listed = [tier.code("factor") for tier in value.tiers]
    known = list(dict.fromkeys(tier.code("factor") for each in rules.rule(FACTORS).values for tier in each.tiers))
    for name in case.found:
        if name not in known:
            raise broken("factor", name, "one of " + ", ".join(known), place_of(FACTORS, value))
    return [
        Factor(factor=name, listed=name in listed, found=case.found.get(name, ""))
        for name in known
        if name in listed or name in case.found
    ]
