"""Limits on what a body has outstanding with related parties: how much there may be, and how much there is.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; CBIRC Order 2022 No. 1, arts. 11, 16, 20, 25, 26. Worked number: a
bank with net capital of 2,000.00 may have 200.00 with all related parties of its holding company; an insurer with
500.00 may have 100.00 from all institutions of the group.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from benyuan.governance.related.deal import Deal
from benyuan.governance.related.exposures import exposures_of
from benyuan.governance.related.laws import HOLDING, Law, base_day
from benyuan.governance.related.records import CONTRIBUTION, CONTRIBUTION_KEY
from benyuan.governance.related.register import register_of
from benyuan.governance.related.sectors import BANKS, CLASSES, INSURERS, SECTORS, Sector
from benyuan.governance.related.together import counted_with, group_of, one_party
from benyuan.governance.related.vocabulary import FUNDS_NUMBER, LeftOut, Line
from benyuan.governance.related.world import World, world_of
from benyuan.parties.bodies.figures import OWN, Amount, Figures
from benyuan.parties.bodies.vocabulary import NO_FINANCE, TYPE_OF, Figure
from benyuan.parties.ownership.dated import Column, rows_in_force
from benyuan.rules import RulePack
from benyuan.rules.quantities import PPM

GIVEN, RECEIVED = "fhc.lim.fi_to_affiliate", "fhc.lim.fi_to_affiliate.recipient"
OUTSIDE = "fhc.lim.ext_guarantee"


class PaidIn(StrEnum):
    """What is no figure of accounts and limits something all the same: what a shareholder has paid into a body."""

    contribution = "contribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a limit is a part of: which figure, in fen, of which day; `position`: of the command with its source."""

    figure: Figure | PaidIn
    amount_fen: int
    as_of: int
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit: which, whose, beside whom (0: all), by which rule and figure; what is outstanding on the day, in fen.

    `most_fen`, `figure` None: a figure is not recorded, and `wanted` names it: whose, which, of which day (0: any).
    `net`: security is taken off.
    """

    line: Line
    rule: str
    of: int
    beside: int
    used_fen: int
    most_fen: int | None
    figure: Basis | None
    wanted: tuple[int, tuple[Figure | PaidIn, ...], int]
    net: bool = False

    @property
    def left_fen(self) -> int:
        """What may still be given, below nought where more is out; no limit that is not known is left anything of."""
        return (self.most_fen or 0) - self.used_fen


def most_of(rules: RulePack, rule: str, figure_fen: int, *, on: int) -> int:
    """What a limit allows beside a figure, in fen, rounded down; nothing where it is below nought.

    Errors: RuleNotInForce.
    """
    return max(0, figure_fen * rules.value(id=rule, on=on).ppm // PPM)


def most_beside(rules: RulePack, rule: str, figure_fen: int, net_assets_fen: int, *, on: int) -> tuple[int, bool]:
    """The lower of two: a part of a figure, and net assets; whether the second is the lower one.

    Errors: RuleNotInForce.
    """
    first = most_of(rules, rule, figure_fen, on=on)
    second = max(0, net_assets_fen)
    return min(first, second), second < first


class Scene:
    """Ownership, figures and what is outstanding on a day (yyyymmdd), as known at a log position.

    Errors: RuleNotInForce.
    """

    def __init__(self, column: Column, rules: RulePack, *, on: int, seen: int) -> None:
        self._column, self._rules, self._on, self._seen = column, rules, on, seen
        self.world: World = world_of(column, rules, on=on, seen=seen, law_on=on)
        self.figures = Figures(column, on=on, seen=seen)
        self.exposures = exposures_of(column, on=on, seen=seen)
        self._parties: dict[tuple[int, int], frozenset[int]] = {}

    def holding_over(self, body: int) -> int:
        """The holding company that controls a body; 0 for none, and for one itself."""
        holding = self.world.holding_above(body)
        return 0 if holding == body else holding

    def institution_under(self, body: int) -> int:
        """The holding company that controls a financial institution of art. 2; 0 where it is none or under none."""
        return self.holding_over(body) if self.world.business(body) in TYPE_OF else 0

    def institutions(self, holding: int) -> frozenset[int]:
        """The financial institutions that it controls."""
        return frozenset(each for each in self.world.controlled(holding) if self.world.business(each) in TYPE_OF)

    def others_of(self, holding: int) -> frozenset[int]:
        """The related parties of a holding company; before the order on them whom it controls and who holds it."""
        if self._rules.rule(HOLDING.rule("parties")).in_force(on=self._on) is None:
            return frozenset({*self.world.controlled(holding), *self.world.shares_in.get(holding, {})})
        return self.parties(holding, HOLDING)

    def parties(self, body: int, law: Law) -> frozenset[int]:
        """The related parties of a body."""
        key = body, int(law.number)
        if key not in self._parties:
            found = register_of(self._column, self._rules, body=body, law=law, on=self._on, seen=self._seen)
            self._parties[key] = frozenset(entry.party for entry in found.entries)
        return self._parties[key]

    def sector(self, body: int) -> Sector | None:
        """The sector that a body is of, where that has limits."""
        return SECTORS.get(self.world.business(body))

    def bound_by(self, giver: int) -> list[tuple[int, Sector]]:
        """Whose limits something that a body gives counts in: its own, and those of an institution that controls it.

        The second where the body is outside finance and the institution's limits take in its companies (arts. 20, 25).
        """
        own = self.sector(giver)
        if own is not None:
            return [(giver, own)]
        if self.world.business(giver) not in NO_FINANCE:
            return []
        above = ((each, self.sector(each)) for each in self.world.controllers(giver, share=Fraction(1)))
        return [(each, sector) for each, sector in above if sector is not None and sector.with_own]

    def limits(self, deal: Deal) -> list[Limit]:
        """All limits that a deal counts in, in order; of several of one line the one of which least is left."""
        found = [
            *(self.of_group(deal.body, deal.reaches) if deal.exposes else ()),
            *(limit for of, sector in self.bound_by(deal.body) for limit in self._of_sector(of, sector, deal)),
            *([self.outside(deal.body)] if deal.guarantee and self._is_outside(deal.body, deal.reaches) else ()),
        ]
        least: dict[Line, Limit] = {}
        for limit in sorted(found, key=lambda each: (each.most_fen is not None, each.left_fen)):
            least.setdefault(limit.line, limit)
        return sorted(least.values(), key=lambda each: each.line)

    def of_group(self, giver: int, receiver: int) -> Iterator[Limit]:
        """Item 5: of an institution under a holding company, for the other related parties of that."""
        holding = self.institution_under(giver)
        if holding and receiver not in (holding, giver) and receiver in self.others_of(holding):
            yield self.given(giver, holding)
            if not self.world.is_individual(receiver):
                yield self.received(receiver, holding)

    def given(self, giver: int, holding: int) -> Limit:
        """What an institution has given to all of them."""
        used = self.exposures.between({giver}, self.others_of(holding) - {holding, giver})
        return self._limit(Line.given, GIVEN, of=giver, beside=holding, used=used, figures=(Figure.net_capital,))

    def received(self, receiver: int, holding: int) -> Limit:
        """What one of them has from all institutions."""
        used = self.exposures.between(self.institutions(holding) - {receiver}, {receiver})
        instead = () if self.world.business(receiver) in TYPE_OF else (Figure.net_assets,)
        figures = (Figure.net_capital, *instead)
        return self._limit(Line.received, RECEIVED, of=receiver, beside=holding, used=used, figures=figures)

    def _of_sector(self, of: int, sector: Sector, deal: Deal) -> Iterator[Limit]:
        """Those of its sector that a deal with one of its related parties counts in."""
        takes_in = deal.invests if sector is INSURERS else deal.exposes or (sector.assets and deal.sells)
        if not takes_in or (sector is BANKS and deal.left_out is not LeftOut.none):
            return
        lines = [line for line in sector.lines if self._counts(line, deal)]
        yield from self.with_party(of, sector, deal.reaches, lines=lines, product=deal.product)

    @staticmethod
    def _counts(line: Line, deal: Deal) -> bool:
        if line in CLASSES:
            return deal.funds in CLASSES[line][0]
        return line is not Line.product_share or deal.product != 0

    def with_party(
        self, of: int, sector: Sector, party: int, *, lines: Sequence[Line], product: int = 0
    ) -> Iterator[Limit]:
        """The limits of these lines that something given to a party counts in; of who is not related, a shareholder's.

        That binds for every shareholder, also for one whose stake is too small to make it a related party (art. 26).
        """
        related = party in self._counted(of, sector)
        for line in lines:
            if line is Line.holder:
                yield from self._holders(of, sector, party)
            elif related and line is not Line.product_share and not self._alone(line, party):
                yield self.of_line(of, sector, line, party)
        if product and Line.product_share in lines and party in self._controlling_side(of, sector):
            yield self._product(of, sector, product)

    def _alone(self, line: Line, party: int) -> bool:
        """Whether a line is of groups, and the party an individual."""
        return line is Line.group and self.world.is_individual(party)

    def all_of_sector(self, of: int, sector: Sector) -> Iterator[Limit]:
        """All of them, for each party with which it has anything outstanding, each group, and each product."""
        told: set[tuple[Line, int]] = set()
        apart = [line for line in sector.lines if line in (Line.party, Line.group, Line.invested_one, Line.holder)]
        for party in self.exposures.parties_of(self._givers(of, sector)):
            for limit in self.with_party(of, sector, party, lines=apart):
                if (limit.line, limit.beside) not in told:
                    told.add((limit.line, limit.beside))
                    yield limit
        for line in sector.lines:
            if line is Line.product_share:
                products = self.exposures.products_of(self._givers(of, sector))
                yield from (self._product(of, sector, product) for product in products)
            elif line not in apart:
                yield self.of_line(of, sector, line, 0)

    def of_line(self, of: int, sector: Sector, line: Line, party: int) -> Limit:
        """One of them; `party` 0 for a line of all parties."""
        givers, counted = self._givers(of, sector), self._counted(of, sector)
        rule = sector.lines[line]
        if line in CLASSES:
            funds, figure = CLASSES[line]
            used = self.exposures.invested(givers, counted, funds=[FUNDS_NUMBER[each] for each in funds])
            return self._limit(line, rule, of=of, beside=0, used=used, figures=(figure,))
        beside = 0
        if line in (Line.every, Line.invested):
            sets = [counted]
        elif line is Line.group:
            sets = [group_of(self.world, party, body=of)]
            beside = min(sets[0])
        else:
            alone = Line.group in sector.lines
            joined = one_party(self.world, party) if alone else counted_with(self.world, party, body=of)
            sets, beside = [each & counted if sector.own_out else each for each in joined], party
        used = max(self._used(givers, each, sector) for each in sets)
        if line is Line.invested:
            return self._lower(rule, of=of, used=used, law=sector.law)
        return self._limit(
            line,
            rule,
            of=of,
            beside=beside,
            used=used,
            figures=(sector.law.measure,),
            day=base_day(sector.law, on=self._on),
            net=sector.secured,
        )

    def outside(self, holding: int) -> Limit:
        """Item 7: guarantees of a holding company for others than its group."""
        used = self.exposures.guaranteed_outside(holding, {holding, *self.world.controlled(holding)})
        return self._limit(Line.outside, OUTSIDE, of=holding, beside=0, used=used, figures=(Figure.net_assets,))

    def is_holding(self, body: int) -> bool:
        """Whether it is a financial holding company."""
        return self.world.holding_above(body) == body

    def _is_outside(self, giver: int, receiver: int) -> bool:
        return self.is_holding(giver) and receiver not in self.world.controlled(giver) and receiver != giver

    def _givers(self, of: int, sector: Sector) -> frozenset[int]:
        own = self.world.controlled(of) if sector.with_own else ()
        return frozenset({of, *(each for each in own if self.world.business(each) in NO_FINANCE)})

    def _counted(self, of: int, sector: Sector) -> frozenset[int]:
        """Whose amounts count together for all parties."""
        own = {of, *self.world.controlled(of)} if sector.own_out else {of}
        return self.parties(of, sector.law) - own

    def _used(self, givers: frozenset[int], parties: frozenset[int], sector: Sector) -> int:
        if sector is INSURERS:
            return self.exposures.invested(givers, parties)
        if sector.assets:
            return self.exposures.traded(givers, parties)
        return self.exposures.between(givers, parties, net=sector.secured)

    def _holders(self, of: int, sector: Sector, party: int) -> Iterator[Limit]:
        """What a shareholder and its side have, beside what it paid in, for each on whose side the party is."""
        paid = rows_in_force(self._column, CONTRIBUTION, key=CONTRIBUTION_KEY, on=self._on, seen=self._seen)
        by_owner = {row["owner"]: row for row in paid if row["body"] == of}
        own = {of, *self.world.controlled(of)} if sector.own_out else {of}
        for owner in sorted(self.world.shares_in.get(of, {})):
            side = ({owner} | self.parties(owner, sector.law)) - own
            if party in side:
                row = by_owner.get(owner)
                rule = sector.lines[Line.holder]
                yield Limit(
                    line=Line.holder,
                    rule=rule,
                    of=of,
                    beside=owner,
                    used_fen=self.exposures.between({of}, side),
                    most_fen=None if row is None else most_of(self._rules, rule, row["amount_fen"], on=self._on),
                    figure=None
                    if row is None
                    else Basis(
                        figure=PaidIn.contribution,
                        amount_fen=row["amount_fen"],
                        as_of=row["from_date"],
                        position=row["position"],
                    ),
                    wanted=(owner, (PaidIn.contribution,), 0),
                )

    def _controlling_side(self, of: int, sector: Sector) -> frozenset[int]:
        """Who controls an insurer, its controlling shareholders, and the related parties of these."""
        share = Fraction(self._rules.value(id=sector.law.rule("controlling"), on=self._on).ppm, PPM)
        heads = set(self.world.controllers(of, share=share))
        side = frozenset(heads).union(*(self.parties(head, sector.law) for head in heads))
        return side - {of, *self.world.controlled(of)}

    def _product(self, of: int, sector: Sector, product: int) -> Limit:
        """Its part of a product behind which somebody of its controlling side stands."""
        side = self._controlling_side(of, sector)
        used = self.exposures.invested(self._givers(of, sector), side, product=product)
        rule = sector.lines[Line.product_share]
        return self._limit(
            Line.product_share, rule, of=of, beside=product, used=used, figures=(Figure.issued_total,), whose=product
        )

    def _lower(self, rule: str, *, of: int, used: int, law: Law) -> Limit:
        """Item 1 of art. 20: a part of total assets or of net assets at the last year's end, whichever is less."""
        day = base_day(law, on=self._on)
        assets, net = (self.figures.of_day(of, figure, day) for figure in (Figure.total_assets, Figure.net_assets))
        self._rules.value(id=rule, on=self._on)
        most, figure = None, None
        if assets is not None and net is not None:
            most, second = most_beside(self._rules, rule, assets.amount_fen, net.amount_fen, on=self._on)
            figure = net if second else assets
        lacking = Figure.total_assets if assets is None else Figure.net_assets
        return Limit(
            line=Line.invested,
            rule=rule,
            of=of,
            beside=0,
            used_fen=used,
            most_fen=most,
            figure=_basis(figure),
            wanted=(of, (lacking,), day),
        )

    def _limit(
        self,
        line: Line,
        rule: str,
        *,
        of: int,
        beside: int,
        used: int,
        figures: tuple[Figure, ...],
        day: int = 0,
        net: bool = False,
        whose: int = 0,
    ) -> Limit:
        """`whose`: the figure, where it is another body's."""
        owner = whose or of
        found = self.figures.of_day(owner, figures[0], day) if day else self._latest(owner, figures)
        self._rules.value(id=rule, on=self._on)
        return Limit(
            line=line,
            rule=rule,
            of=of,
            beside=beside,
            used_fen=used,
            most_fen=None if found is None else most_of(self._rules, rule, found.amount_fen, on=self._on),
            figure=_basis(found),
            wanted=(owner, figures, day),
            net=net,
        )

    def _latest(self, body: int, figures: tuple[Figure, ...]) -> Amount | None:
        found = (self.figures.amount(body, figure, OWN) for figure in figures)
        return next((each for each in found if each is not None), None)


def _basis(found: Amount | None) -> Basis | None:
    if found is None:
        return None
    return Basis(figure=found.figure, amount_fen=found.amount_fen, as_of=found.as_of, position=found.position)
