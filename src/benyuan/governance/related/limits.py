"""Limits on what a body has outstanding with related parties: how much there may be, and how much there is.

Sources: PBoC Order [2020] No. 4, art. 36 items 5, 7; CBIRC Order 2022 No. 1, arts. 11, 16, 26. Worked number: a bank
with net capital of 2,000.00 may have 200.00 with all related parties of its holding company; an insurer with 500.00 may
have 100.00 from all institutions of the group.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benyuan.governance.related.exposures import exposures_of
from benyuan.governance.related.laws import BANK, HOLDING, LEASING, Law, base_day, law_of
from benyuan.governance.related.register import register_of
from benyuan.governance.related.together import group_of, one_party
from benyuan.governance.related.vocabulary import Line
from benyuan.governance.related.world import World, world_of
from benyuan.parties.bodies.figures import OWN, Amount, Figures
from benyuan.parties.bodies.vocabulary import TYPE_OF, Figure
from benyuan.parties.ownership.dated import Column
from benyuan.rules import RulePack
from benyuan.rules.quantities import PPM

GIVEN, RECEIVED = "fhc.lim.fi_to_affiliate", "fhc.lim.fi_to_affiliate.recipient"
OUTSIDE = "fhc.lim.ext_guarantee"
BY_LAW: Mapping[Law, Mapping[Line, str]] = {
    BANK: {Line.party: "rpt.bank.limits", Line.group: "rpt.bank.limits.group", Line.every: "rpt.bank.limits.all"},
    LEASING: {Line.party: "rpt.leasing.limits", Line.every: "rpt.leasing.limits.all"},
}
NET = frozenset({BANK})
"""Whose security is taken off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One limit: which, whose, beside whom (0: all), by which rule and figure; what is outstanding on the day, in fen.

    `most_fen`, `figure` None: the figure is not recorded, and `wanted` names it: whose, which, of which day (0: any).
    `net`: security is taken off.
    """

    line: Line
    rule: str
    of: int
    beside: int
    used_fen: int
    most_fen: int | None
    figure: Amount | None
    wanted: tuple[int, tuple[Figure, ...], int]
    net: bool = False


def most_of(rules: RulePack, rule: str, figure_fen: int, *, on: int) -> int:
    """What a limit allows beside a figure, in fen, rounded down; nothing where it is below nought.

    Errors: RuleNotInForce.
    """
    return max(0, figure_fen * rules.value(id=rule, on=on).ppm // PPM)


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

    def own_law(self, body: int) -> Law | None:
        """The order of its own sector, where that has limits."""
        law = law_of(self.world.business(body), under_holding=False)
        return law if law in BY_LAW else None

    def limits(self, giver: int, receiver: int, *, guarantee: bool) -> list[Limit]:
        """All limits that something given by one to another counts in, in order."""
        return [
            *self.of_group(giver, receiver),
            *self.of_sector(giver, receiver),
            *([self.outside(giver)] if guarantee and self._is_outside(giver, receiver) else []),
        ]

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

    def of_sector(self, giver: int, receiver: int) -> Iterator[Limit]:
        """Those of a bank or a leasing company, for its own related parties."""
        law = self.own_law(giver)
        if law is None or receiver not in self._counted(giver, law):
            return
        for line in BY_LAW[law]:
            if line is not Line.group or not self.world.is_individual(receiver):
                yield self.sector(giver, receiver, law, line)

    def all_of_sector(self, giver: int, law: Law) -> Iterator[Limit]:
        """All of them, for each party with which it has anything outstanding, and each group."""
        told: set[tuple[Line, int]] = set()
        for party in self.exposures.parties_of(giver):
            for limit in self.of_sector(giver, party):
                if limit.line is not Line.every and (limit.line, limit.beside) not in told:
                    told.add((limit.line, limit.beside))
                    yield limit
        yield self.sector(giver, 0, law, Line.every)

    def sector(self, giver: int, receiver: int, law: Law, line: Line) -> Limit:
        """One of them; `receiver` 0 for that of all parties."""
        net, counted = law in NET, self._counted(giver, law)
        beside = 0
        if line is Line.every:
            sets = [counted]
        elif line is Line.group:
            sets = [group_of(self.world, receiver, body=giver)]
            beside = min(sets[0])
        else:
            sets, beside = one_party(self.world, receiver), receiver
        used = max(self.exposures.between({giver}, each, net=net) for each in sets)
        day = base_day(law, on=self._on)
        figures = (law.measure,)
        return self._limit(
            line, BY_LAW[law][line], of=giver, beside=beside, used=used, figures=figures, day=day, net=net
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

    def _counted(self, giver: int, law: Law) -> frozenset[int]:
        """Whose amounts count together for all parties: a leasing company's own companies do not (art. 26)."""
        own = frozenset(self.world.controlled(giver)) if law is LEASING else frozenset()
        return self.parties(giver, law) - own

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
    ) -> Limit:
        found = self.figures.of_day(of, figures[0], day) if day else self._latest(of, figures)
        self._rules.value(id=rule, on=self._on)
        return Limit(
            line=line,
            rule=rule,
            of=of,
            beside=beside,
            used_fen=used,
            most_fen=None if found is None else most_of(self._rules, rule, found.amount_fen, on=self._on),
            figure=found,
            wanted=(of, figures, day),
            net=net,
        )

    def _latest(self, body: int, figures: tuple[Figure, ...]) -> Amount | None:
        found = (self.figures.amount(body, figure, OWN) for figure in figures)
        return next((each for each in found if each is not None), None)
