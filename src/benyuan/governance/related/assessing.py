"""A transaction before it is recorded: whose law, who is related, how it is graded, what forbids or allows it.

Sources: PBoC Order [2023] No. 1, arts. 11, 12, 16, 23, 26 to 28; PBoC Order [2020] No. 4, art. 36. Worked number: net
assets 2,000,000,000.00 make 20,000,000.00 major; an approval for 60,000,000.00 of which 45,000,000.00 is used covers
15,000,000.00 more.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.governance.related.deal import Deal
from benyuan.governance.related.exposures import exposures_of, particular
from benyuan.governance.related.grading import Asked, Graded, graded
from benyuan.governance.related.laws import BANK, HOLDING, TRUST, Law, base_day, law_of, standard_of
from benyuan.governance.related.records import PROPOSAL, RELATED_FRAMEWORK, RELATED_TRANSACTION
from benyuan.governance.related.register import Register, RelatedParty, register_of
from benyuan.governance.related.standing import bans_of_standing
from benyuan.governance.related.together import counted_with
from benyuan.governance.related.vocabulary import (
    LEFT_OUT_NUMBER,
    SORT_NUMBER,
    Exemption,
    Funds,
    Grade,
    LeftOut,
    PartyGround,
    Stage,
    TransactionSort,
    When,
)
from benyuan.governance.related.world import World, world_of
from benyuan.parties.bodies.records import BODY_FIGURE, FIGURE_KEY
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.vocabulary import BASIS_NUMBER, FIGURE_NUMBER, TYPE_OF, Basis, Business, Place
from benyuan.parties.ownership.dated import Column, rows_in_force
from benyuan.parties.ownership.vocabulary import Post
from benyuan.rules import RulePack
from benyuan.values.sums import exact_sum

Ints: TypeAlias = NDArray[np.int64]
INSIDER = "rpt.insider"
INSIDERS = frozenset(
    {
        *(PartyGround.insider, PartyGround.insider_family, PartyGround.insider_reach),
        *(PartyGround.influenced_by_insider, PartyGround.close_family),
    }
)
"""The grounds of those who have a post at a body, their families, and what these control or influence."""
NOT_OF_INSIDERS = frozenset({Exemption.public_issue, Exemption.state_price})
OWN = BASIS_NUMBER[Basis.own]
NOBODY: Ints = np.zeros(0, np.int64)
NO_ORDER = "a holding company, a body under one, a bank, an insurer, a trust company or a lender, on its order's days"
BANKS = (Business.commercial_bank, Business.village_bank)
NOT_MAJOR = (LeftOut.between_banks, LeftOut.parent_group)
"""What is left out of a bank's limits and of the tests for major ones too; the rest is of the limits alone."""
EVER = 99_991_231  # tidy: number a day after all that is recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """What was found. `related`: the grounds, none for who is unrelated; `left_fen` of framework and approval.

    `bans`: the rules that forbid it. `law` None: no order that is built binds the body. `insider`: the other side is a
    director of a bank or the like, or near to one, whose transactions the organs decide on whatever they come to.
    """

    law: Law | None
    holding: int
    related: tuple[RelatedParty, ...] = ()
    base_fen: int | None = None
    graded: Graded | None = None
    only_shared_director: bool = False
    framework_fits: bool = True
    framework_left_fen: int = 0
    approved_by: int = 0
    approval_left_fen: int = 0
    bans: tuple[str, ...] = ()
    left_out_fits: bool = True
    insider: bool = False

    @property
    def grade(self) -> Grade:
        """How it is treated."""
        return self.graded.grade if self.graded else Grade.unrelated


def binding(world: World, body: int) -> tuple[Law | None, int]:
    """The order that binds a body on the world's day, and the holding company above it (itself, where it is one)."""
    holding = world.holding_above(body)
    return law_of(world.business(body), under_holding=holding != 0), holding


def related_to(
    column: Column, rules: RulePack, *, body: int, party: int, on: int, seen: int
) -> tuple[Law | None, int, list[RelatedParty], Register | None]:
    """Why somebody is related to a body, by its own register and by that of the holding company above it."""
    world = world_of(column, rules, on=on, seen=seen, law_on=on)
    law, holding = binding(world, body)
    if law is None:
        return None, holding, [], None
    own = register_of(column, rules, body=body, law=law, on=on, seen=seen, today=world)
    found = own.of(party)
    if holding and holding != body and not found and rules.rule(HOLDING.rule("parties")).in_force(on=on):
        above = register_of(column, rules, body=holding, law=HOLDING, on=on, seen=seen, today=world)
        found = above.of(party)
    return law, holding, found, own


def assessed(column: Column, rules: RulePack, deal: Deal, *, seen: int) -> Assessed:
    """The assessment as known at a log position. Errors: RuleNotInForce for a day before the orders."""
    deal = deal.as_known(column, seen=seen)
    law, holding, related, own = related_to(
        column, rules, body=deal.body, party=deal.reaches, on=deal.signed_on, seen=seen
    )
    if law is None or own is None:
        return Assessed(law=None, holding=holding)
    held = Held(column, RELATED_TRANSACTION, seen=seen)
    base = base_of(column, law, body=deal.body, on=deal.signed_on, seen=seen)
    fits, left = _framework(column, held, deal, seen=seen)
    by, approval_left = _approval(column, held, deal, seen=seen)
    shared = _only_shared(own.world, related)
    insider = is_insider(own.world, rules, law, related, on=deal.signed_on)
    within = fits and left >= deal.amount_fen
    return Assessed(
        law=law,
        holding=holding,
        related=tuple(related),
        base_fen=base.fen if base else None,
        graded=_graded(
            own.world,
            column,
            rules,
            deal,
            law=law,
            held=held,
            base=base.fen,
            within=within,
            insider=insider,
            seen=seen,
        )
        if related and base is not None
        else None,
        only_shared_director=shared,
        framework_fits=fits,
        framework_left_fen=left,
        approved_by=by,
        approval_left_fen=approval_left,
        bans=(
            *_bans(own.world, column, rules, deal, law=law, holding=holding, seen=seen, related=bool(related)),
            *(
                bans_of_standing(
                    column, rules, deal, business=own.world.business(deal.body), approved=approval_left, seen=seen
                )
                if related
                else ()
            ),
        ),
        left_out_fits=_left_out_fits(own.world, deal, law=law),
        insider=insider,
    )


class Held:
    """The rows of a table that are known at a log position, as columns; place n is of row `ids[n]`.

    `until`: of transactions only those that are signed up to that day (yyyymmdd), as a report of a day tells them.
    """

    def __init__(self, column: Column, table: Table, *, seen: int, until: int = 0) -> None:
        columns = {name: column(table, name)[1:] for name in table.columns}
        there = columns["position"] <= seen
        known = np.flatnonzero(there & (columns["signed_on"] <= until) if until else there)
        self.ids: Ints = known + 1
        ones = ones_of(column, seen=seen)
        columns |= {name: ones.column(columns[name]) for name in table.people}
        self._columns = {name: values[known] for name, values in columns.items()}

    def __getitem__(self, name: str) -> Ints:
        return self._columns[name]

    def sum_where(self, wanted: NDArray[np.bool_]) -> int:
        """The amounts of those rows, in fen."""
        return exact_sum(self["amount_fen"][wanted])


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What transactions are measured by, in fen, and whether no document says so."""

    fen: int
    invented: bool


def base_of(column: Column, law: Law, *, body: int, on: int, seen: int) -> Base | None:
    """What transactions of a day are measured by: of the body's own accounts; None where nobody has recorded it."""
    day = base_day(law, on=on)
    found = None
    for row in rows_in_force(column, BODY_FIGURE, key=FIGURE_KEY, on=day or on, seen=seen):
        if (row["body"], row["figure"], row["basis"]) == (body, FIGURE_NUMBER[law.measure], OWN):
            latest = found is None or row["from_date"] > found["from_date"]
            found = row if row["from_date"] == day or (not day and latest) else found
    return None if found is None else Base(fen=found["amount_fen"], invented=bool(found["invented"]))


def year_before(held: Held, *, body: int, members: Collection[int], on: int, but: Ints = NOBODY) -> list[int]:
    """The year's amounts between a body and these parties, in the order in which they were recorded.

    `but`: transactions that no test for major ones counts.
    """
    mine = (held["body"] == body) & (held["signed_on"] // 10_000 == on // 10_000)  # tidy: number the year of yyyymmdd
    mine &= (held["grade"] != Grade.unrelated) & np.isin(held["reaches"], list(members)) & ~np.isin(held.ids, but)
    return [int(amount) for amount in held["amount_fen"][mine]]


def never_major(column: Column, held: Held) -> Ints:
    """The transactions that the tests for major ones leave out."""
    numbers = [LEFT_OUT_NUMBER[each] for each in NOT_MAJOR]
    found: Ints = held.ids[np.isin(particular(column, "left_out", held.ids), numbers)]
    return found


def _left_out_fits(world: World, deal: Deal, *, law: Law) -> bool:
    """Whether the ground on which credit is left out of a bank's limits is there (art. 16 ¶¶3, 4)."""
    if deal.left_out is LeftOut.none:
        return True
    both = law is BANK and world.business(deal.reaches) in BANKS
    if deal.left_out is LeftOut.between_banks:
        return both and deal.sort is TransactionSort.finance and not deal.guarantee
    if deal.left_out is LeftOut.under_measures:
        return law is BANK
    parents = [
        each
        for each in world.controllers(deal.body, share=Fraction(1))
        if world.business(each) in BANKS and world.state.bodies[each].place is not Place.mainland
    ]
    return both and any(deal.reaches == each or deal.reaches in world.controlled(each) for each in parents)


def is_insider(world: World, rules: RulePack, law: Law, related: Sequence[RelatedParty], *, on: int) -> bool:
    """Whether art. 45 of Order 2022 No. 1 has the organs decide: a party near to who directs, supervises or manages."""
    if law is HOLDING or rules.in_force(id=INSIDER, on=on) is None:
        return False
    return any(each.ground in INSIDERS and _directs(world, each) for each in related)


def _directs(world: World, party: RelatedParty) -> bool:
    """Whether the one by whom somebody is related has another post than to decide on investments.

    Of who had or will have one the facts of the day tell nothing; close family may then be a shareholder's.
    """
    if party.when is not When.now:
        return party.ground is not PartyGround.close_family
    body, insider = party.path[:2]
    return bool({*world.posts_at.get(body, {}).get(insider, ())} - {Post.decides_investments})


def _graded(
    world: World,
    column: Column,
    rules: RulePack,
    deal: Deal,
    *,
    law: Law,
    held: Held,
    base: int,
    within: bool,
    insider: bool,
    seen: int,
) -> Graded:
    together = counted_with(world, deal.reaches, body=deal.body)
    joined = frozenset().union(*together)
    never = never_major(column, held)
    slices = (held["body"] == deal.body) & (held["agreement"] == deal.agreement) & (held["grade"] != Grade.unrelated)
    slices &= np.isin(held["reaches"], list(joined)) & ~np.isin(held.ids, never)
    out = exposures_of(column, on=EVER, seen=seen) if law is TRUST else None
    exempt = rules.value(id=law.rule("exempt"), on=deal.signed_on).parameters
    return graded(
        Asked(
            amount_fen=deal.amount_fen,
            base_fen=base,
            deal=[int(amount) for amount in held["amount_fen"][slices]],
            years=[
                year_before(held, body=deal.body, members=each, on=deal.signed_on, but=never)
                if out is None
                else [out.between({deal.body}, each)]
                for each in together
            ],
            adds_fen=deal.amount_fen if out is None or deal.exposes else 0,
            never_major=deal.left_out in NOT_MAJOR,
            small_fen=0 if insider else exempt.fen("individual" if world.is_individual(deal.reaches) else "body"),
            claimed=deal.exemption is not Exemption.none and not (insider and deal.exemption in NOT_OF_INSIDERS),
            in_framework=within,
        ),
        standard=standard_of(rules, law, on=deal.signed_on),
    )


def _framework(column: Column, held: Held, deal: Deal, *, seen: int) -> tuple[bool, int]:
    """Whether the framework that is named is one for this deal, and what is left of its amount.

    It names whom the deal reaches: whoever it is passed on by had nobody keep out. It was signed before the deal, or on
    its day, and no other has taken its place.
    """
    if deal.framework == 0:
        return False, 0
    frames = Held(column, RELATED_FRAMEWORK, seen=seen)
    place = deal.framework - 1
    if place >= len(frames.ids):
        return False, 0
    row = {name: int(frames[name][place]) for name in RELATED_FRAMEWORK.columns}
    fits = (row["body"], row["party"], row["sort"]) == (deal.body, deal.reaches, SORT_NUMBER[deal.sort])
    fits &= max(row["from_date"], row["signed_on"]) <= deal.signed_on <= row["until"]
    fits &= not ((frames["renews"] == deal.framework) & (frames["from_date"] <= deal.signed_on)).any()
    return fits, row["amount_fen"] - held.sum_where(held["framework"] == deal.framework)


def _approval(column: Column, held: Held, deal: Deal, *, seen: int) -> tuple[int, int]:
    """The approval that is named, where it stood for such a deal on the day of signing, and what is left of it.

    It names whom the deal reaches, for who kept out was found by that name.
    """
    proposals = Held(column, PROPOSAL, seen=seen)
    place = deal.approval - 1
    if deal.approval == 0 or place >= len(proposals.ids):
        return 0, 0
    row = {name: int(proposals[name][place]) for name in PROPOSAL.columns}
    stands = row["stage"] == Stage.approved and row["decided_on"] <= deal.signed_on and not row["framework"]
    fits = (row["body"], row["party"], row["sort"]) == (deal.body, deal.reaches, SORT_NUMBER[deal.sort])
    if not (stands and fits):
        return 0, 0
    return deal.approval, row["amount_fen"] - held.sum_where(held["approval"] == deal.approval)


def _only_shared(world: World, related: Sequence[RelatedParty]) -> bool:
    """Whether all that relates them is an independent director whom they share (art. 28 item 4)."""
    return bool(related) and all(
        each.ground is PartyGround.influenced_by_insider
        and all(
            set(world.posts_of.get(each.path[1], {}).get(at, ())) == {Post.independent_director}
            for at in (each.path[0], each.party)
        )
        for each in related
    )


def _bans(
    world: World,
    column: Column,
    rules: RulePack,
    deal: Deal,
    *,
    law: Law,
    holding: int,
    seen: int,
    related: bool,
) -> list[str]:
    """The rules that forbid the deal, in order of their articles."""
    found = []
    under = holding not in (0, deal.body)
    institution = world.business(deal.body) in TYPE_OF
    if under and institution and deal.exposes:
        rules.value(id="fhc.ban.fi_to_fhc", on=deal.signed_on)
        barred = deal.unsecured and _barred_without_security(
            world, column, rules, deal.reaches, holding=holding, on=deal.signed_on, seen=seen
        )
        if deal.reaches == holding or barred:
            found.append("fhc.ban.fi_to_fhc")
    if holding == deal.body and _takes_from_institution(world, deal):
        rules.value(id="fhc.ban.fi_to_fhc", on=deal.signed_on)
        found.append("fhc.ban.fi_to_fhc")
    if under and deal.pledged == holding and world.business(deal.body) is not Business.finance_company:
        rules.value(id="fhc.ban.pledge", on=deal.signed_on)
        found.append("fhc.ban.pledge")
    if law is TRUST and related:
        found.extend(_bans_of_trusts(world, column, rules, deal, seen=seen))
    if world.business(deal.body) is Business.asset_management and related and deal.exposes and deal.unsecured:
        rules.value(id="rpt.amc.unsecured", on=deal.signed_on)
        found.append("rpt.amc.unsecured")
    if law is BANK and deal.pledged == deal.body:
        found.append("rpt.bank.no_own_share_pledge")
    if law is BANK and related and deal.exposes and deal.guarantee and deal.covered_fen < deal.amount_fen:
        found.append("rpt.bank.guarantee")
    return found


def _bans_of_trusts(world: World, column: Column, rules: RulePack, deal: Deal, *, seen: int) -> list[str]:
    """Nothing of its own goes to related parties, and nothing of a plan of many to its shareholders' side (art. 32)."""
    found = []
    if deal.funds is Funds.own_property and (deal.exposes or deal.sells):
        rules.value(id="rpt.trust.own", on=deal.signed_on)
        found.append("rpt.trust.own")
    goes = deal.exposes or (deal.sort is TransactionSort.asset_transfer and not deal.gives)
    if deal.funds is Funds.collective_trust and goes and _of_holders(world, column, rules, deal, seen=seen):
        rules.value(id="rpt.trust.collective", on=deal.signed_on)
        found.append("rpt.trust.collective")
    return found


def _of_holders(world: World, column: Column, rules: RulePack, deal: Deal, *, seen: int) -> bool:
    """Whether whom a deal reaches is a shareholder of the body, or a related party of one."""
    holders = set(world.shares_in.get(deal.body, {}))
    return deal.reaches in holders or any(
        register_of(column, rules, body=each, law=TRUST, on=deal.signed_on, seen=seen).of(deal.reaches)
        for each in sorted(holders)
    )


def _takes_from_institution(world: World, deal: Deal) -> bool:
    """A holding company is financed by an institution that it controls, directly or by way of somebody."""
    if deal.gives or deal.sort is not TransactionSort.finance:
        return False
    below = world.controlled(deal.body)
    return any(each in below and world.business(each) in TYPE_OF for each in (deal.party, deal.reaches))


def _barred_without_security(
    world: World, column: Column, rules: RulePack, party: int, *, holding: int, on: int, seen: int
) -> bool:
    """A shareholder of the holding company, or a related party of it that is neither institution nor individual."""
    if party in world.shares_in.get(holding, {}):
        return True
    if world.is_individual(party) or world.business(party) in TYPE_OF:
        return False
    register = register_of(column, rules, body=holding, law=HOLDING, on=on, seen=seen)
    return bool(register.of(party))
