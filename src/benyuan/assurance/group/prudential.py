"""A group's prudential figures on a day, each beside its limits and with the rows and sources that it is made of.

Sources: PBoC Order [2020] No. 4, arts. 17, 24, 26, 30 to 33, 36 item 7. What is added to what stands in
`holding_company.prudential`. Worked number: own funds of 5,370 beside 1,100 that the sectors' rules ask are 4.88, with
no limit from the law; where the lender's capital is untold there is no figure, and the lender is named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import msgspec

from benyuan.assurance.group.accounts import Reported, check_reported, consolidated_of
from benyuan.assurance.group.applying import holding_licence
from benyuan.assurance.group.differing import Differs, figures_differ
from benyuan.assurance.group.exposed import Exposed, exposed_of
from benyuan.assurance.group.grounds import grounds_told, named_of
from benyuan.assurance.group.house_limits import house_limits
from benyuan.assurance.group.own_figures import OwnFigures
from benyuan.assurance.group.reading import Owned, body_of, columns_of, names_of, owned
from benyuan.assurance.group.recorded import recorded
from benyuan.assurance.group.solo import Solos, solos_of
from benyuan.assurance.group.sourced import FigureTold, figures_told
from benyuan.engine.group import Group
from benyuan.holding_company.capital import GUARANTEED, INVESTED
from benyuan.holding_company.consolidation.consolidating import Consolidated
from benyuan.holding_company.consolidation.holdings import interests_of
from benyuan.holding_company.consolidation.scope import Scope, scope_of
from benyuan.holding_company.consolidation.sources import TrialBalanceOf
from benyuan.holding_company.prudential.gearing import Between
from benyuan.holding_company.prudential.own_funds import GroupCapital, Solo, group_capital
from benyuan.holding_company.prudential.owners import of_others
from benyuan.holding_company.prudential.ratios import GroupFigure, HouseLimit, group_figure, values_of
from benyuan.holding_company.prudential.tallies import Missing, Origin, Tally, missing, tally
from benyuan.holding_company.vocabulary import GroupRatio
from benyuan.parties.bodies.figures import CONSOLIDATED, Figures
from benyuan.parties.bodies.sources import INVENTED
from benyuan.parties.bodies.vocabulary import TYPE_OF, Figure
from benyuan.rules import RulePack
from benyuan.rules.places import Place, place_of, value_on

RECAPITALISE = "fhc.recap"
WITHOUT_FIGURE = ("fhc.car", "fhc.concentration", "fhc.liquidity")
TITLES = {
    GroupRatio.capital: "own funds beside what the sectors' rules ask",
    GroupRatio.leverage: "own funds beside all assets and guarantees for others",
    GroupRatio.largest_exposure: "largest exposure beside own funds",
    GroupRatio.ten_largest: "ten largest exposures beside own funds",
    GroupRatio.largest_industry: "largest industry beside own funds",
    GroupRatio.largest_region: "largest region beside own funds",
    GroupRatio.liquidity: "liquid assets beside net outflows",
    GroupRatio.outside_guarantees: "guarantees for others than the group beside net assets",
    GroupRatio.related_investments: "investments in other bodies of finance beside net assets",
    GroupRatio.capital_of_owners: "own funds without other owners' part beside what the sectors' rules ask",
    GroupRatio.leverage_of_owners: "own funds without other owners' part beside all assets and guarantees",
}


class Liquidity(msgspec.Struct, frozen=True, kw_only=True):
    """A body's own liquid assets and net outflows by its sector's rule, fen, None where nobody has told them."""

    liquid_fen: int | None
    outflows_fen: int | None
    invented: bool
    rows: list[Origin]


class SoloTold(msgspec.Struct, frozen=True, kw_only=True):
    """A body by its own sector's rule, fen: None where nobody has told it, or where no rule asks (`asks` false).

    `owed`: where the law asks the holding company to make good what an institution that it controls is short of.
    """

    body: int
    name: str
    business: str
    asks: bool
    held_fen: int | None
    required_fen: int | None
    surplus_fen: int | None
    met: bool | None
    invented: bool
    untold: list[Missing]
    held: list[Origin]
    required: list[Origin]
    twice: list[Origin]
    liquidity: Liquidity
    owed: Place | None = None


class BetweenTold(msgspec.Struct, frozen=True, kw_only=True):
    """What two bodies of the group count twice, as `gearing.Between`, fen; `invented`: by a trial balance that is."""

    giver: int
    taker: int
    carried_fen: int
    not_owed_fen: int
    shown_fen: int
    deducted_fen: int
    invented: bool


class Prudential(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. `holding`: whose ceilings are looked at; `untold`: all that is missing anywhere.

    `others_fen`: what of own funds stands to other owners. `differ`: what is recorded of a body and told otherwise by
    this ledger; the recorded counts. `invented`: of own funds and what is asked. `recorded`: every recorded figure that
    was looked at.
    """

    top: int
    name: str
    on: int
    seen: int
    holding: int
    bodies: list[SoloTold]
    between: list[BetweenTold]
    own_funds_fen: int | None
    required_fen: int | None
    others_fen: int | None
    invented: bool
    figures: list[GroupFigure]
    exposed: Exposed
    untold: list[Missing]
    differ: list[Differs]
    sources: list[TrialBalanceOf]
    recorded: list[FigureTold]

    @property
    def values(self) -> dict[str, Fraction | None]:
        """Each figure's exact value by its name (`GroupRatio`), None where it can't be told."""
        return values_of(self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Whole:
    group: Group
    world: Owned
    scope: Scope
    figures: Figures
    reported: Reported | None
    accounts: Consolidated | None
    holding: int

    @property
    def rules(self) -> RulePack:
        return self.group.regime.pack


def prudential_of(
    group: Group, top: int, *, on: int = 0, seen: int = 0, reported: Reported | None = None
) -> Prudential:
    """The figures of the group under `top`. `reported`: trial balances of the day; without, recorded figures alone.

    Errors: BadInput for no such body, before the rules, and for trial balances that do not fit.
    """
    whole = _whole(group, top, on=on, seen=seen, reported=reported)
    state = whole.world.state
    own = OwnFigures(group, whole.world, whole.scope)
    solos = solos_of(group, whole.world, whole.scope, whole.figures, own, reported)
    capital = group_capital(solos.bodies)
    exposed, exposures = exposed_of(group, whole.world, whole.scope, whole.figures, own)
    figures = list(_figures(whole, solos, capital, exposures))
    names = names_of(group, state, {top, *whole.scope.grounds})
    told = [_solo_told(each, names[each.body], whole) for each in solos.bodies]
    untold = [*(each for one in told for each in one.untold), *(each for one in figures for each in one.untold)]
    return Prudential(
        top=top,
        name=names[top],
        on=state.on,
        seen=state.seen,
        holding=whole.holding,
        bodies=told,
        between=[_between_told(each, reported) for each in solos.between],
        own_funds_fen=capital.own_funds.fen,
        required_fen=capital.required.fen,
        others_fen=None if capital.own_funds.untold else -_others(whole, solos).known_fen,
        invented=capital.own_funds.invented or capital.required.invented,
        figures=figures,
        exposed=exposed,
        untold=list(dict.fromkeys(untold)),
        differ=[*figures_differ(group, whole.scope, whole.figures, own), *exposed.differ],
        sources=list(reported.sources) if reported else [],
        recorded=figures_told(group, whole.figures.used),
    )


def _whole(group: Group, top: int, *, on: int, seen: int, reported: Reported | None) -> _Whole:
    world = reported.world if reported else owned(group, on=on, seen=seen)
    state = world.state
    body_of(state, top, field="top")
    licence = holding_licence(group, world, top)
    accounts = None
    if reported:
        check_reported(reported)
        accounts = consolidated_of(reported) if top in reported.entries.body else None
    return _Whole(
        group=group,
        world=world,
        scope=reported.scope if reported else _scope(group, world, top),
        figures=Figures(columns_of(group), on=state.on, seen=state.seen),
        reported=reported,
        accounts=accounts,
        holding=licence.body if licence else top,
    )


def _scope(group: Group, world: Owned, top: int) -> Scope:
    state, controlled = world.state, world.control.controlled_by(top)
    grounds = grounds_told(group, top, controlled=controlled, on=state.on, seen=state.seen)
    return scope_of(top, controlled=controlled, named=named_of(grounds), on=state.on, rules=group.regime.pack)


def _figures(
    whole: _Whole, solos: Solos, capital: GroupCapital, exposures: Mapping[GroupRatio, Tally]
) -> Sequence[GroupFigure]:
    """Every figure in the order of `GroupRatio`."""
    own_funds, gearing = capital.own_funds, tally([_assets(whole), *_guarantees(whole)])
    of_owners = tally([own_funds, _others(whole, solos)])
    parts = {
        GroupRatio.capital: (own_funds, capital.required),
        GroupRatio.leverage: (own_funds, gearing),
        GroupRatio.capital_of_owners: (of_owners, capital.required),
        GroupRatio.leverage_of_owners: (of_owners, gearing),
        **{ratio: (part, own_funds) for ratio, part in exposures.items()},
        GroupRatio.liquidity: _liquidity(whole),
        GroupRatio.outside_guarantees: (
            recorded(whole.group, whole.figures, whole.holding, Figure.outside_guarantees),
            solos.net_assets(whole.holding),
        ),
        GroupRatio.related_investments: (
            recorded(whole.group, whole.figures, whole.holding, Figure.related_investments),
            solos.net_assets(whole.holding),
        ),
    }
    on, state = whole.world.state.on, whole.world.state
    limits: Mapping[GroupRatio, HouseLimit] = house_limits(whole.group, whole.scope.top, on=on, seen=state.seen)
    asked = _asked(whole.rules, on=on)
    return [
        group_figure(
            name=ratio.value,
            title=TITLES[ratio],
            part=parts[ratio][0],
            whole=parts[ratio][1],
            at_least=asked[ratio][0],
            place=asked[ratio][1],
            law_ppm=asked[ratio][2],
            house=limits.get(ratio),
        )
        for ratio in GroupRatio
    ]


def _asked(rules: RulePack, *, on: int) -> dict[GroupRatio, tuple[bool, Place, int | None]]:
    """For each figure whether a floor is asked, where the law speaks of it, and its figure, if it has one."""
    found: dict[GroupRatio, tuple[bool, Place, int | None]] = {}
    for rule in WITHOUT_FIGURE:
        value = value_on(rules, rule, on=on)
        for tier in value.tiers:
            found[GroupRatio(tier.code("ratio"))] = (tier.flag("at_least"), place_of(rule, value), None)
    for ratio, rule in ((GroupRatio.outside_guarantees, GUARANTEED), (GroupRatio.related_investments, INVESTED)):
        value = value_on(rules, rule, on=on)
        found[ratio] = (False, place_of(rule, value), value.ppm)
    return found


def _assets(whole: _Whole) -> Tally:
    """All assets of the consolidated accounts: as consolidated here, else as recorded."""
    top, accounts = whole.scope.top, whole.accounts
    if accounts is None:
        return recorded(whole.group, whole.figures, top, Figure.total_assets, consolidated=True)
    source = INVENTED if accounts.invented else "trial balances"
    origin = Origin(
        body=top, what="assets", amount_fen=accounts.assets_fen, where="accounts consolidated here", source=source
    )
    return tally([Tally(origins=(origin,)), *(missing(body, "trial balance") for body in accounts.without_return)])


def _guarantees(whole: _Whole) -> Iterator[Tally]:
    """What is recorded of bodies' guarantees for others than the group; who recorded none adds nothing."""
    for body in sorted(whole.scope.grounds):
        found = recorded(whole.group, whole.figures, body, Figure.outside_guarantees)
        if found.fen:
            yield found


def _others(whole: _Whole, solos: Solos) -> Tally:
    """Taken off."""
    bodies = sorted(whole.scope.grounds)
    interest = interests_of(whole.world.state.shares, bodies, whole.scope.top)
    return of_others(solos.bodies, interest, invented=_on_invented_stakes(whole))


def _on_invented_stakes(whole: _Whole) -> set[int]:
    """The bodies of the group in which somebody has a stake without a document, and those that these own."""
    grounds = whole.scope.grounds
    rows = [row for row in whole.world.state.held if row["owned"] in grounds]
    found = {row["owned"] for row in rows if row["invented"]}
    while further := {row["owned"] for row in rows if row["owner"] in found} - found:
        found |= further
    return found


def _liquidity(whole: _Whole) -> tuple[Tally, Tally]:
    """Both of one day: two of different days are no ratio."""
    top, pair = whole.scope.top, (Figure.liquid_assets, Figure.net_outflows)
    one, other = (recorded(whole.group, whole.figures, top, figure, consolidated=True) for figure in pair)
    days = {
        each.as_of for each in (whole.figures.amount(top, figure, CONSOLIDATED) for figure in pair) if each is not None
    }
    if len(days) > 1:
        return tally([one, missing(top, "liquid assets and net outflows of one day")]), other
    return one, other


def _solo_told(solo: Solo, name: str, whole: _Whole) -> SoloTold:
    held, required = solo.held.fen, solo.required.fen if solo.required is not None else None
    surplus = None if held is None or required is None else held - required
    parts = tally([solo.held, *([solo.required] if solo.required is not None else []), solo.twice])
    return SoloTold(
        body=solo.body,
        name=name,
        business=whole.world.state.bodies[solo.body].business.value,
        asks=solo.required is not None,
        held_fen=held,
        required_fen=required,
        surplus_fen=surplus,
        met=None if surplus is None else surplus >= 0,
        invented=parts.invented,
        untold=list(parts.untold),
        held=list(solo.held.origins),
        required=list(solo.required.origins) if solo.required is not None else [],
        twice=list(solo.twice.origins),
        liquidity=_own_liquidity(whole, solo.body),
        owed=_owed(whole, solo.body) if surplus is not None and surplus < 0 else None,
    )


def _owed(whole: _Whole, body: int) -> Place | None:
    """Of an institution of art. 2 under a holding company."""
    if not whole.holding or body == whole.holding or whole.world.state.bodies[body].business not in TYPE_OF:
        return None
    rules = whole.group.regime.pack
    return place_of(RECAPITALISE, value_on(rules, RECAPITALISE, on=whole.world.state.on))


def _own_liquidity(whole: _Whole, body: int) -> Liquidity:
    one, other = (
        recorded(whole.group, whole.figures, body, figure) for figure in (Figure.liquid_assets, Figure.net_outflows)
    )
    both = tally([one, other])
    return Liquidity(liquid_fen=one.fen, outflows_fen=other.fen, invented=both.invented, rows=list(both.origins))


def _between_told(each: Between, reported: Reported | None) -> BetweenTold:
    told = [one for one in reported.sources if one.body in (each.giver, each.taker)] if reported else []
    return BetweenTold(
        giver=each.giver,
        taker=each.taker,
        carried_fen=each.carried_fen,
        not_owed_fen=each.not_owed_fen,
        shown_fen=each.shown_fen,
        deducted_fen=each.deducted_fen,
        invented=any(one.source == INVENTED for one in told),
    )
