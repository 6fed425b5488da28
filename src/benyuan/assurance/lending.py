"""The lender's figures at a closed day: by product, stage and class, its ratios, and whether books and loans tie.

Each ratio stands beside the rule that asks for it; what lies outside shows as a breach and refuses nothing.
"""

import msgspec
import numpy as np

from benyuan.assurance.posted import posted_by
from benyuan.consumer_finance.chart import LenderOwn
from benyuan.consumer_finance.records import CLOSED_PART, LENDER, LENDER_FIGURES, LENDER_POLICY, PRODUCT
from benyuan.consumer_finance.vocabulary import ProductKind, RiskClass, Stage
from benyuan.engine.group import Group
from benyuan.values.errors import BadInput

PPM = 1_000_000
SUMS = CLOSED_PART.columns[6:]
PLAIN = ("loans", "principal_fen", "interest_owed_fen", "charges_owed_fen", "undrawn_fen")
KINDS = {number: kind.value for number, kind in enumerate(ProductKind)}


class ProductLine(msgspec.Struct, frozen=True, kw_only=True):
    """The lender's own part of one product at the end of a day, fen; stages and classes hold principal."""

    product: int
    kind: str
    loans: int
    principal_fen: int
    interest_owed_fen: int
    charges_owed_fen: int
    undrawn_fen: int
    stages_fen: dict[str, int]
    allowances_fen: dict[str, int]
    classes_fen: dict[str, int]


class Ratio(msgspec.Struct, frozen=True, kw_only=True):
    """A ratio in millionths, what a rule asks of it, and whether it holds; `least` false: it is a most.

    `gap_fen`: what is missing above, or too much; 0 where it holds.
    """

    name: str
    rule_id: str
    article: str
    status: str
    value_ppm: int
    asked_ppm: int
    least: bool
    gap_fen: int
    holds: bool


class LenderDay(msgspec.Struct, frozen=True, kw_only=True):
    """A closed day of a lender."""

    lender: int
    date: int
    products: list[ProductLine]
    ratios: list[Ratio]

    @property
    def breaches(self) -> list[Ratio]:
        """The ratios that lie outside of what the rules ask."""
        return [ratio for ratio in self.ratios if not ratio.holds]


def check_lender(group: Group, lender: int) -> None:
    """Errors: BadInput for no such lender."""
    if not 0 < lender <= group.records.tables[LENDER.name].count:
        raise BadInput("lender", lender, "the id of a lender that exists")


def closed_days(group: Group, *, lender: int) -> list[int]:
    """The days of a lender that are closed with all their shards, in order. Errors: BadInput for no such lender."""
    check_lender(group, lender)
    held = group.records.tables[CLOSED_PART.name]
    mine = held.column("lender") == lender
    days = []
    for date in np.unique(held.column("date")[mine]).tolist():
        of = mine & (held.column("date") == date)
        if len(np.unique(held.column("shard")[of])) == int(held.column("shards")[of][0]):
            days.append(int(date))
    return days


def day_of(group: Group, *, lender: int, date: int | None) -> int:
    """A closed day, the latest where none is named. Errors: BadInput where it is not closed."""
    days = closed_days(group, lender=lender)
    if not days:
        raise BadInput("lender", lender, "a lender with a day that is closed")
    on = days[-1] if date is None else date
    if on not in days:
        raise BadInput("date", on, f"a day that is closed, from {days[0]} to {days[-1]}")
    return on


def lender_day(group: Group, *, lender: int, date: int | None = None) -> LenderDay:
    """A closed day, the latest without a date. Errors: BadInput where it is not closed."""
    on = day_of(group, lender=lender, date=date)
    lines = [_line(group, lender, on, product) for product in _products(group, lender)]
    return LenderDay(lender=lender, date=on, products=lines, ratios=_ratios(group, lender, on, lines))


def _products(group: Group, lender: int) -> list[int]:
    owners = group.records.tables[PRODUCT.name].column("lender")
    return [int(each) for each in np.flatnonzero(owners == lender) if each]


def _line(group: Group, lender: int, on: int, product: int) -> ProductLine:
    held = group.records.tables[CLOSED_PART.name]
    of = (
        (held.column("lender") == lender)
        & (held.column("date") == on)
        & (held.column("product") == product)
        & (held.column("partner") == 0)
    )
    sums = {name: int(held.column(name)[of].sum()) for name in SUMS}
    return ProductLine(
        product=product,
        kind=KINDS[int(group.records.tables[PRODUCT.name].column("kind")[product])],
        stages_fen={each.name: sums[f"stage_{each}_fen"] for each in Stage},
        allowances_fen={each.name: sums[f"allowance_{each}_fen"] for each in Stage},
        classes_fen={each.name: sums[f"class_{each}_fen"] for each in RiskClass},
        **{name: sums[name] for name in PLAIN},
    )


def _ratios(group: Group, lender: int, on: int, lines: list[ProductLine]) -> list[Ratio]:
    loans = sum(line.principal_fen for line in lines)
    bad = sum(
        line.classes_fen[kind.name]
        for line in lines
        for kind in (RiskClass.substandard, RiskClass.doubtful, RiskClass.loss)
    )
    allowance = sum(sum(line.allowances_fen.values()) for line in lines)
    figures = group.records.look_up(LENDER_FIGURES, np.array([lender]), on=on)
    policy = group.records.look_up(LENDER_POLICY, np.array([lender]), on=on)
    one = {name: int(column[0]) for name, column in {**figures, **policy}.items()}
    weighted = loans * one["risk_weight_ppm"] // PPM + one["other_weighted_fen"]
    base = group.regime.pack.value(id="prov.base", on=on)
    found = [
        _ratio(group, on, "loan reserve of loans", "prov.base", allowance, loans, asked=base.ppm),
        _ratio(group, on, "reserve of bad loans", "prov.base", allowance, bad, asked=base.parameters.ppm("coverage")),
        _ratio(group, on, "capital adequacy", "cf.cap.capital_adequacy", one["net_capital_fen"], weighted),
        _ratio(group, on, "leverage", "cf.cap.leverage", one["tier1_fen"], loans + one["other_exposure_fen"]),
    ]
    own = int(group.records.tables[LENDER.name].column("first_account")[lender])
    posted = posted_by(group, date=on)
    for name, rule, offset in (
        ("joint loans of loans", "il.partner.total_cap", LenderOwn.joint_usage),
        ("guaranteed loans of loans", "cf.guarantee.share", LenderOwn.guaranteed_usage),
    ):
        found.append(_ratio(group, on, name, rule, posted.balance(own + offset), loans, least=False))
    return [each for each in found if each is not None]


def _ratio(
    group: Group, on: int, name: str, rule: str, part: int, whole: int, *, asked: int | None = None, least: bool = True
) -> Ratio | None:
    value = group.regime.pack.in_force(id=rule, on=on)
    if value is None:
        return None
    wanted = value.ppm if asked is None else asked
    ratio = part * PPM // whole if whole else (0 if not least or not part else wanted)
    gap = -((part * PPM - wanted * whole) // PPM) if least else -((wanted * whole - part * PPM) // PPM)
    return Ratio(
        name=name,
        rule_id=rule,
        article=f"{value.cite.document}{value.cite.article or ''}{value.cite.item or ''}",
        status=value.status.value,
        value_ppm=ratio,
        asked_ppm=wanted,
        least=least,
        gap_fen=max(gap, 0),
        holds=gap <= 0,
    )
