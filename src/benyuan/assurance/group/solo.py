"""Each body of a group alone: capital by its own sector's rule, and what of it the group would count twice.

What a body gave others of the group is read from both sides' trial balances, or where it sent none from its recorded
figure. Worked number: a top that carries 1,400 of its bank and lender takes 1,400 off the sum of all their capital; one
that has a stake and carries nothing for it is named, for a stake is not worth nothing because nobody wrote it down.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from benyuan.assurance.group.accounts import Reported
from benyuan.assurance.group.own_figures import OwnFigures
from benyuan.assurance.group.reading import Owned
from benyuan.assurance.group.recorded import recorded, recorded_or_own
from benyuan.engine.group import Group
from benyuan.holding_company.consolidation.chart import Part, Role
from benyuan.holding_company.consolidation.holdings import within
from benyuan.holding_company.consolidation.scope import Scope
from benyuan.holding_company.consolidation.sources import TrialBalanceOf
from benyuan.holding_company.prudential.gearing import Between, between_of, owing_inside
from benyuan.holding_company.prudential.own_funds import Solo
from benyuan.holding_company.prudential.tallies import Origin, Tally, missing, tally
from benyuan.parties.bodies.figures import Figures
from benyuan.parties.bodies.vocabulary import NO_FINANCE, Business, Figure

NO_SECTOR = NO_FINANCE | {Business.financial_holding}
"""What no sector's rule asks capital of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solos:
    """All bodies, the pairs that count twice, and the net assets of each by its trial balance, or as recorded."""

    bodies: list[Solo]
    between: list[Between]
    balances: "_Balances"

    def net_assets(self, body: int) -> Tally:
        """Of a body's own accounts."""
        return self.balances.net_assets(body)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Balances:
    """What is read from trial balances: `sent` by body, net assets, pairs, who owes others of the group, stakes."""

    group: Group
    figures: Figures
    own: OwnFigures
    sent: Mapping[int, TrialBalanceOf]
    net_fen: Mapping[int, int]
    between: list[Between]
    carried: set[tuple[int, int]]
    owing: set[int]
    stakes: list[tuple[int, int]]

    def net_assets(self, body: int) -> Tally:
        """By its trial balance where it sent one, else as recorded, else by its book."""
        if body not in self.sent:
            return recorded_or_own(self.group, self.figures, self.own, body, Figure.net_assets)
        return Tally(origins=(self._origin(body, "net assets", self.net_fen[body]),))

    def given(self, body: int) -> Iterator[Tally]:
        """What it gave others of the group as capital."""
        pairs = [each for each in self.between if each.giver == body]
        if body in self.sent:
            for each in pairs:
                yield self._of_pair(each)
            known = {each.taker for each in pairs if each.deducted_fen}
            for owner, owned in self.stakes:
                if owner == body and owned not in known and (owner, owned) not in self.carried:
                    yield missing(body, f"what its stake in {owned} is carried at")
            return
        told = recorded(self.group, self.figures, body, Figure.group_investments)
        shown = tally(self._of_pair(each) for each in pairs)
        if told.fen is not None:
            yield told if told.fen >= shown.known_fen else shown
        elif pairs or any(owner == body for owner, _ in self.stakes):
            yield tally([shown, told])

    def lent_as_capital(self, body: int) -> Tally:
        """What of its capital others of the group lent; nothing where its accounts show that it owes them nothing."""
        told = recorded(self.group, self.figures, body, Figure.capital_from_group)
        return Tally() if told.untold and body in self.sent and body not in self.owing else told

    def _of_pair(self, pair: Between) -> Tally:
        if pair.shown_fen > pair.carried_fen + pair.not_owed_fen:
            return Tally(origins=(self._origin(pair.taker, f"capital from {pair.giver}", pair.shown_fen),))
        parts = (
            (f"investment in {pair.taker}", pair.carried_fen),
            (f"lent to {pair.taker}, which does not show it as owed", pair.not_owed_fen),
        )
        return Tally(origins=tuple(self._origin(pair.giver, what, fen) for what, fen in parts if fen))

    def _origin(self, body: int, what: str, amount_fen: int) -> Origin:
        told = self.sent[body]
        return Origin(body=body, what=what, amount_fen=amount_fen, where=told.what, source=told.source)


def solos_of(
    group: Group, world: Owned, scope: Scope, figures: Figures, own: OwnFigures, reported: Reported | None
) -> Solos:
    """Each body of the scope in order."""
    balances = _balances(group, world, scope, figures, own, reported)
    bodies = [_solo(world, balances, body) for body in sorted(scope.grounds)]
    return Solos(bodies=bodies, between=balances.between, balances=balances)


def _solo(world: Owned, balances: _Balances, body: int) -> Solo:
    has_sector = world.state.bodies[body].business not in NO_SECTOR
    told = partial(recorded_or_own, balances.group, balances.figures, balances.own, body)
    required = told(Figure.capital_required)
    held = told(Figure.net_capital) if has_sector else balances.net_assets(body)
    lent = [balances.lent_as_capital(body)] if has_sector else []
    return Solo(
        body=body,
        held=held,
        required=required if has_sector or required.fen is not None else None,
        twice=tally([*balances.given(body), *lent]),
    )


def _balances(
    group: Group, world: Owned, scope: Scope, figures: Figures, own: OwnFigures, reported: Reported | None
) -> _Balances:
    inside = set(scope.grounds)
    stakes = sorted(within(world.state.shares, sorted(inside)))
    if reported is None:
        return _Balances(
            group=group,
            figures=figures,
            own=own,
            sent={},
            net_fen={},
            between=[],
            carried=set(),
            owing=set(),
            stakes=stakes,
        )
    entries, chart = reported.entries, reported.chart
    net: dict[int, int] = {}
    is_net, carries = chart.is_part(Part.asset, Part.liability), chart.is_role(Role.investment)
    carried = set()
    columns = (entries.body.tolist(), entries.counterparty.tolist(), entries.line.tolist(), entries.net_fen.tolist())
    for body, other, line, amount in zip(*columns, strict=True):
        net[body] = net.get(body, 0) + (amount if is_net[line] else 0)
        if carries[line]:
            carried.add((body, other))
    return _Balances(
        group=group,
        figures=figures,
        own=own,
        sent={each.body: each for each in reported.sources if each.body in inside and each.body in net},
        net_fen=net,
        between=between_of(entries, chart=chart, bodies=inside),
        carried=carried,
        owing=owing_inside(entries, chart=chart, bodies=inside),
        stakes=stakes,
    )
