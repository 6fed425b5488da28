"""The ratios that a limit may be set on, reckoned from the books: exactly `part` of `whole`, for an entity on a day.

Source: PBoC Order [2020] No. 4, arts. 30 to 32. Those of loans come from the lender's latest day that is closed
whole; those of bodies from recorded figures. Where anything is missing there is no whole, and the ratio is untold.
Worked number: 5 complaints in twelve months and 10,000 customers are 5 of 10,000, which is 500 per million.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderOwn
from benyuan.consumer_finance.records import BORROWER, CLOSED_PART, LENDER, LENDER_FIGURES, LENDER_POLICY
from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT
from benyuan.credit_bureau.records import SUBJECT
from benyuan.decisions.facts import Table
from benyuan.governance.checks.words import EntitySort
from benyuan.governance.risk.words import Direction, RiskRatio
from benyuan.parties.bodies.figures import Figures
from benyuan.parties.bodies.vocabulary import Figure
from benyuan.payments.net_worth import NET_WORTH_RATIO, least_net_worth_fen, mean_reserve
from benyuan.payments.records import CLOSED_DAY, NET_WORTH, PERSON
from benyuan.rules import RulePack, RuleValue
from benyuan.rules.quantities import PPM
from benyuan.usecases.risk.asked import NOTHING, Asked, Reckoned
from benyuan.usecases.risk.of_group import group_capital, group_leverage, largest_exposure
from benyuan.usecases.risk.of_market import market_share
from benyuan.values.dates import add_months

A_YEAR = 12  # tidy: number months


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """What a rule of law asks of the same ratio; `parameter`: in a further figure of it."""

    rule: str
    direction: Direction
    parameter: str = ""

    def ppm(self, value: RuleValue) -> int:
        """The figure."""
        return value.parameters.ppm(self.parameter) if self.parameter else value.ppm


Reckon: TypeAlias = Callable[[Asked], Reckoned]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a ratio is reckoned, of which entities, and what the law asks of it, if anything.

    `dated`: all that it is reckoned from bears its day and its position of the log, so that it can be reckoned of a
    day that is over as it was known then.
    """

    of: frozenset[EntitySort]
    reckon: Reckon
    law: Law | None = None
    dated: bool = False


def reckoned(asked: Asked, ratio: RiskRatio) -> Reckoned:
    """Exactly part and whole; noughts where it can't be told. A part of a whole below nought is told: of net assets."""
    part, whole = MEASURES[ratio].reckon(asked)
    return (part, whole) if whole > 0 or part > 0 else NOTHING


def law_of(rules: RulePack, ratio: RiskRatio, *, on: int) -> tuple[Law, int] | None:
    """What the law asks of a ratio on a day, per million."""
    law = MEASURES[ratio].law
    value = rules.in_force(id=law.rule, on=on) if law else None
    return (law, law.ppm(value)) if law and value else None


def _closed(asked: Asked) -> dict[str, int]:
    """The lender's own sums at its latest day that is closed whole, and its largest product; empty without one."""
    held = {name: asked.books.column(CLOSED_PART, name) for name in CLOSED_PART.columns}
    mine = (held["lender"] == asked.entity) & (held["date"] <= asked.on)
    for date in np.unique(held["date"][mine])[::-1].tolist():
        of = mine & (held["date"] == date)
        if len(np.unique(held["shard"][of])) < int(held["shards"][of][0]):
            continue
        own = of & (held["partner"] == 0)
        sums = {name: int(column[own].sum()) for name, column in held.items() if name.endswith("_fen")}
        return {**sums, "largest": _largest(held["product"][own], held["principal_fen"][own])}
    return {}


def _largest(product: NDArray[np.int64], fen: NDArray[np.int64]) -> int:
    return max((int(fen[product == each].sum()) for each in np.unique(product).tolist()), default=0)


def _of_loans(*names: str) -> Reckon:
    """Sums of a closed day, of the principal."""

    def reckon(asked: Asked) -> Reckoned:
        day = _closed(asked)
        return (sum(day[name] for name in names), day["principal_fen"]) if day else NOTHING

    return reckon


def _capital_adequacy(asked: Asked) -> Reckoned:
    day, figures, policy = _closed(asked), asked.latest(LENDER_FIGURES), asked.latest(LENDER_POLICY)
    if not (day and figures and policy):
        return NOTHING
    weighted = day["principal_fen"] * policy["risk_weight_ppm"] // PPM + figures["other_weighted_fen"]
    return figures["net_capital_fen"], weighted


def _leverage(asked: Asked) -> Reckoned:
    day, figures = _closed(asked), asked.latest(LENDER_FIGURES)
    return (figures["tier1_fen"], day["principal_fen"] + figures["other_exposure_fen"]) if day and figures else NOTHING


def _usage(offset: LenderOwn) -> Reckon:
    """What is counted now on one of the lender's accounts, of all its loans."""

    def reckon(asked: Asked) -> Reckoned:
        first = int(asked.books.column(LENDER, "first_account")[asked.entity])
        part, whole = (-asked.books.posted(np.array([first + offset, first + LenderOwn.exposure_usage]))).tolist()
        return part, whole

    return reckon


CUSTOMERS: Mapping[EntitySort, tuple[Table, str, str]] = {
    EntitySort.institution: (PERSON, "institution", "person"),
    EntitySort.lender: (BORROWER, "lender", "borrower"),
    EntitySort.bureau: (SUBJECT, "bureau", "subject"),
}


def _complaints(asked: Asked) -> Reckoned:
    """Complaints received within twelve months, of the entity's customers."""
    table, firm, column = CUSTOMERS[asked.sort]
    of = asked.books.column(table, firm)
    whose, received = (asked.books.column(CUSTOMER_COMPLAINT, name) for name in (column, "received_on"))
    recent = (received > add_months(asked.on, -A_YEAR)) & (received <= asked.on)
    mine = recent & (whose != 0) & (of[whose] == asked.entity)
    return int(mine.sum()), int((of == asked.entity).sum())


def _last_day(asked: Asked) -> dict[str, int]:
    held = {name: asked.books.column(CLOSED_DAY, name) for name in CLOSED_DAY.columns}
    mine = np.flatnonzero((held["institution"] == asked.entity) & (held["date"] <= asked.on)).tolist()
    place = max((each for each in mine if each), key=lambda each: int(held["date"][each]), default=0)
    return {name: int(column[place]) for name, column in held.items()} if place else {}


def _reserve_shortfall(asked: Asked) -> Reckoned:
    day = _last_day(asked)
    return (day["shortfall_fen"], day["wallets_fen"] + day["merchants_fen"]) if day else NOTHING


def _net_worth_cover(asked: Asked) -> Reckoned:
    mine = asked.books.column(CLOSED_DAY, "institution") == asked.entity
    dates, reserve = (asked.books.column(CLOSED_DAY, name)[mine] for name in ("date", "reserve_fen"))
    mean, recorded = mean_reserve(dates, reserve, on=asked.on), asked.latest(NET_WORTH)
    rule = asked.rules.in_force(id=NET_WORTH_RATIO, on=asked.on)
    if mean is None or rule is None or not recorded:
        return NOTHING
    return recorded["net_worth_fen"], least_net_worth_fen(rule.slices, mean_fen=mean.fen)


def _figures(part: Figure, whole: Figure, *, rest: bool = False) -> Reckon:
    """One recorded figure of another; `rest`: what the whole has over the part."""

    def reckon(asked: Asked) -> Reckoned:
        figures = Figures(asked.books.column, on=asked.on, seen=asked.seen)
        one, other = (figures.latest(asked.entity, figure) for figure in (part, whole))
        if one is None or other is None:
            return NOTHING
        return (other - one if rest else one), other

    return reckon


LENDERS, INSTITUTIONS, BODIES = (
    frozenset({sort}) for sort in (EntitySort.lender, EntitySort.institution, EntitySort.body)
)
BAD = ("class_3_fen", "class_4_fen", "class_5_fen")
LEAST, MOST = Direction
MEASURES: Mapping[RiskRatio, Measure] = {
    RiskRatio.capital_adequacy: Measure(
        of=LENDERS, reckon=_capital_adequacy, law=Law(rule="cf.cap.capital_adequacy", direction=LEAST)
    ),
    RiskRatio.leverage: Measure(of=LENDERS, reckon=_leverage, law=Law(rule="cf.cap.leverage", direction=LEAST)),
    RiskRatio.loan_reserve: Measure(
        of=LENDERS,
        reckon=_of_loans("allowance_1_fen", "allowance_2_fen", "allowance_3_fen"),
        law=Law(rule="prov.base", direction=LEAST),
    ),
    RiskRatio.bad_loans: Measure(of=LENDERS, reckon=_of_loans(*BAD)),
    RiskRatio.watched_loans: Measure(of=LENDERS, reckon=_of_loans("class_2_fen", *BAD)),
    RiskRatio.overdue_loans: Measure(of=LENDERS, reckon=_of_loans("stage_2_fen", "stage_3_fen")),
    RiskRatio.joint_loans: Measure(
        of=LENDERS,
        reckon=_usage(LenderOwn.joint_usage),
        law=Law(rule="il.partner.total_cap", direction=MOST),
    ),
    RiskRatio.guaranteed_loans: Measure(
        of=LENDERS,
        reckon=_usage(LenderOwn.guaranteed_usage),
        law=Law(rule="cf.guarantee.share", direction=MOST),
    ),
    RiskRatio.product_concentration: Measure(of=LENDERS, reckon=_of_loans("largest")),
    RiskRatio.complaints: Measure(of=frozenset(CUSTOMERS), reckon=_complaints),
    RiskRatio.reserve_shortfall: Measure(of=INSTITUTIONS, reckon=_reserve_shortfall),
    RiskRatio.net_worth_cover: Measure(of=INSTITUTIONS, reckon=_net_worth_cover),
    RiskRatio.outside_guarantees: Measure(
        of=BODIES,
        reckon=_figures(Figure.outside_guarantees, Figure.net_assets),
        law=Law(rule="fhc.lim.ext_guarantee", direction=MOST),
        dated=True,
    ),
    RiskRatio.market_share: Measure(of=BODIES, reckon=market_share, dated=True),
    RiskRatio.group_capital: Measure(of=BODIES, reckon=group_capital, dated=True),
    RiskRatio.group_leverage: Measure(of=BODIES, reckon=group_leverage, dated=True),
    RiskRatio.largest_exposure: Measure(of=BODIES, reckon=largest_exposure, dated=True),
    RiskRatio.debt_share: Measure(
        of=BODIES, reckon=_figures(Figure.net_assets, Figure.total_assets, rest=True), dated=True
    ),
}
