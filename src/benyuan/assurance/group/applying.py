"""Whether a group must have a financial holding company on a day, how far it is from each line, and on what that rests.

Source: PBoC Order [2020] No. 4, arts. 2, 6, 7, 13, 15, 17, 36, 50. What is asked of whom stands in `holding_company`.
Worked number: a group over the line on 20201101 applies by 20211101; one that comes over it later has no such time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from benyuan.assurance.group.reading import Owned, body_of, columns_of, names_of, owned
from benyuan.assurance.group.sourced import FigureTold, LicenceTold, figures_told, licence_told
from benyuan.engine.group import Group
from benyuan.holding_company.capital import GroupAccounts, capital_lines, ceiling_lines, whole_group_line
from benyuan.holding_company.lines import Line
from benyuan.holding_company.triggers import (
    Controller,
    Institution,
    Trigger,
    Verdict,
    in_scope,
    trigger_of,
    types_on,
    verdict_of,
)
from benyuan.parties.bodies.figures import OWN, Figures
from benyuan.parties.bodies.licences import Licence, licences_of
from benyuan.parties.bodies.vocabulary import Basis, Business, Figure
from benyuan.rules.places import Place, place_of, value_on
from benyuan.values.dates import add_months

DEADLINE, DECISION, REMEDY = "fhc.apply.deadline", "fhc.decision", "fhc.unlicensed.remedy"


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """An institution of the group; figures in fen, None where nobody has recorded them."""

    body: int
    name: str
    business: str
    type: str
    direct: bool
    total_assets_fen: int | None
    entrusted_fen: int | None


class Application(msgspec.Struct, frozen=True, kw_only=True):
    """The answer. Days as yyyymmdd, 0 for none.

    `holding`: the body that holds the licence in the group, else the top itself, whose capital is looked at;
    `not_under_it`: institutions that it does not control; `below_on`: days on which a whole group's part was too small
    after it had been enough; `remedy`: where the rule on those without a licence applies.
    """

    top: int
    name: str
    on: int
    seen: int
    verdict: Verdict
    why: str
    scope: bool | None
    controllers: list[int]
    trigger: Trigger
    institutions: list[Counted]
    whole_group: Line
    below_on: list[int]
    holding: int
    licence: LicenceTold | None
    not_under_it: list[int]
    capital: list[Line]
    ceilings: list[Line]
    apply_by: int
    decided_by: int
    changes_decided_by: int
    remedy: Place | None
    figures: list[FigureTold]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tested:
    world: Owned
    figures: Figures
    institutions: Sequence[Institution]
    controllers: Sequence[int]
    scope: bool | None
    trigger: Trigger
    verdict: Verdict
    why: str


def application_of(group: Group, top: int, *, on: int = 0, seen: int = 0, accepted_on: int = 0) -> Application:
    """The answer for a top body. `accepted_on`: the day on which an application was accepted, for the decision's last.

    Errors: BadInput for no such body, and for a day before the rules.
    """
    tested = _tested(group, top, on=on, seen=seen)
    world, figures, rules = tested.world, tested.figures, group.regime.pack
    day = world.state.on
    licence = holding_licence(group, world, top)
    holding = licence.body if licence else top
    direct = _direct(world, holding)
    group_line, below = whole_group_line(_consolidated(figures, top), on=day, rules=rules)
    names = names_of(group, world.state, {top, *(each.body for each in tested.institutions)})
    types = types_on(rules, on=day)
    lines = _of_holding(group, figures, holding, [each for each in tested.institutions if each.body in direct], on=day)
    apply_by = _apply_by(group, top, on=day, seen=world.state.seen)
    unlicensed = tested.verdict is Verdict.must_apply and licence is None and day > apply_by
    decided, changes = _decided_by(group, accepted_on)
    return Application(
        top=top,
        name=names[top],
        on=day,
        seen=world.state.seen,
        verdict=tested.verdict,
        why=tested.why,
        scope=tested.scope,
        controllers=list(tested.controllers),
        trigger=tested.trigger,
        institutions=[
            Counted(
                body=each.body,
                name=names[each.body],
                business=each.business,
                type=types[each.business],
                direct=each.body in direct,
                total_assets_fen=each.total_assets_fen,
                entrusted_fen=each.entrusted_fen,
            )
            for each in tested.institutions
        ],
        whole_group=group_line,
        below_on=below,
        holding=holding,
        licence=licence_told(group, licence) if licence else None,
        not_under_it=_not_under(world, tested.institutions, holding),
        capital=lines[0],
        ceilings=lines[1],
        apply_by=apply_by,
        decided_by=decided,
        changes_decided_by=changes,
        remedy=place_of(REMEDY, value_on(rules, REMEDY, on=day)) if unlicensed else None,
        figures=figures_told(group, figures.used),
    )


def _tested(group: Group, top: int, *, on: int, seen: int) -> _Tested:
    world = owned(group, on=on, seen=seen)
    state, rules = world.state, group.regime.pack
    body_of(state, top, field="top")
    figures = Figures(columns_of(group), on=state.on, seen=state.seen)
    types = types_on(rules, on=state.on)
    institutions = [
        Institution(
            body=body,
            business=state.bodies[body].business.value,
            total_assets_fen=figures.latest(body, Figure.total_assets),
            entrusted_fen=figures.latest(body, Figure.entrusted_assets),
        )
        for body in sorted(world.control.controlled_by(top))
        if state.bodies[body].business in types
    ]
    controllers = _controllers(world, top)
    scope = in_scope([_controller(world, body) for body in controllers])
    trigger = trigger_of(institutions, on=state.on, rules=rules)
    verdict, why = verdict_of(trigger, scope=scope)
    return _Tested(
        world=world,
        figures=figures,
        institutions=institutions,
        controllers=controllers,
        scope=scope,
        trigger=trigger,
        verdict=verdict,
        why=why,
    )


def _controllers(world: Owned, top: int) -> list[int]:
    """Whoever stands above the top, and the top where it is no holding company or where nobody does."""
    found = world.control.above(top)
    itself = world.state.bodies[top].business is not Business.financial_holding or not found
    return sorted(found | {top}) if itself else sorted(found)


def _controller(world: Owned, body: int) -> Controller:
    held = world.state.bodies[body]
    return Controller(body=body, kind=held.kind, place=held.place, business=held.business)


def holding_licence(group: Group, world: Owned, top: int) -> Licence | None:
    """The licence of the top itself, else the first of the bodies that it controls."""
    state = world.state
    held = licences_of(columns_of(group), on=state.on, seen=state.seen)
    bodies = [top, *sorted(world.control.controlled_by(top))]
    found = (held.get((body, Business.financial_holding)) for body in bodies)
    return next((licence for licence in found if licence is not None), None)


def _direct(world: Owned, holding: int) -> set[int]:
    """The bodies that it controls and holds stakes in itself."""
    controlled = world.control.controlled_by(holding)
    return {body for owner, body, _ in world.state.shares.rows() if owner == holding and body in controlled}


def _not_under(world: Owned, institutions: Sequence[Institution], holding: int) -> list[int]:
    under = world.control.controlled_by(holding) | {holding}
    return [each.body for each in institutions if each.body not in under]


def _consolidated(figures: Figures, top: int) -> list[GroupAccounts]:
    both = figures.together(top, (Figure.financial_assets, Figure.total_assets), Basis.consolidated)
    return [GroupAccounts(as_of=day, financial_fen=part, total_fen=whole) for day, (part, whole) in both.items()]


def _of_holding(
    group: Group, figures: Figures, holding: int, direct: Sequence[Institution], *, on: int
) -> tuple[list[Line], list[Line]]:
    """Its capital, and its ceilings."""
    rules = group.regime.pack
    registered = {each.body: figures.latest(each.body, Figure.registered_capital, OWN) for each in direct}
    capital = capital_lines(
        paid_in_fen=figures.latest(holding, Figure.paid_in_capital, OWN), registered=registered, on=on, rules=rules
    )
    ceilings = ceiling_lines(
        net_assets_fen=figures.latest(holding, Figure.net_assets, OWN),
        invested_fen=figures.latest(holding, Figure.related_investments, OWN),
        guaranteed_fen=figures.latest(holding, Figure.outside_guarantees, OWN),
        on=on,
        rules=rules,
    )
    return capital, ceilings


def _apply_by(group: Group, top: int, *, on: int, seen: int) -> int:
    """The last day for a group that was over the line on the order's first day, 0 for one that came later."""
    value = value_on(group.regime.pack, DEADLINE, on=on)
    first = _tested(group, top, on=value.in_force, seen=seen)
    return add_months(value.in_force, value.count) if first.verdict is Verdict.must_apply else 0


def _decided_by(group: Group, accepted_on: int) -> tuple[int, int]:
    """The last days of the decision on a licence and on a change. Errors: BadInput before the rule."""
    if not accepted_on:
        return 0, 0
    value = value_on(group.regime.pack, DECISION, on=accepted_on)
    return add_months(accepted_on, value.count), add_months(accepted_on, value.parameters.count("changes"))
