"""Figures of the group under a body as ratios that a limit may be set on, from recorded figures: part and whole.

Source: PBoC Order [2020] No. 4, arts. 24, 26, 30 to 32 (`fhc.car`, `fhc.concentration`). As those of `benyuan group
prudential` without trial balances; what that one reads from a book of this ledger is missing here, and whatever is
missing leaves the ratio untold. Worked number: own funds of 5,370 beside 1,100 that the sectors' rules ask.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from benyuan.consumer_finance.records import LENDER
from benyuan.holding_company.consolidation.holdings import within
from benyuan.holding_company.consolidation.scope import CONSOLIDATION, Named, Scope, scope_of
from benyuan.holding_company.records import CONSOLIDATION_GROUND, CONSOLIDATION_GROUND_KEY, EXPOSURE, EXPOSURE_KEY
from benyuan.holding_company.vocabulary import GROUND_NUMBER
from benyuan.parties.bodies.figures import CONSOLIDATED, OWN, Figures
from benyuan.parties.bodies.vocabulary import NO_FINANCE, Business, Figure
from benyuan.parties.ownership.control import Control, control
from benyuan.parties.ownership.dated import rows_in_force
from benyuan.parties.ownership.state import State, state_of
from benyuan.payments.records import INSTITUTION
from benyuan.rules.quantities import PPM
from benyuan.usecases.risk.asked import NOTHING, Asked, Reckoned

CONTROL = "fhc.control"
GROUNDS = {number: word for word, number in GROUND_NUMBER.items()}
NO_SECTOR = NO_FINANCE | {Business.financial_holding}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Of:
    """The bodies of a day, who is in the group, and what is recorded of them."""

    state: State
    control: Control
    scope: Scope
    figures: Figures

    def own(self, body: int, figure: Figure) -> int | None:
        """Of its own accounts, fen."""
        return self.figures.latest(body, figure, OWN)

    def has_sector(self, body: int) -> bool:
        """Whether a sector's rule asks capital of it."""
        return self.state.bodies[body].business not in NO_SECTOR


def group_capital(asked: Asked) -> Reckoned:
    """Own funds beside what the sectors' rules ask."""
    of = _of(asked)
    own_funds = _own_funds(of) if of else None
    if of is None or own_funds is None:
        return NOTHING
    bodies = [(body, of.own(body, Figure.capital_required)) for body in of.scope.grounds]
    required = _sum([fen for body, fen in bodies if of.has_sector(body) or fen is not None])
    return NOTHING if required is None else (own_funds, required)


def group_leverage(asked: Asked) -> Reckoned:
    """Own funds beside all assets and recorded guarantees for others."""
    of = _of(asked)
    own_funds = _own_funds(of) if of else None
    assets = of.figures.latest(asked.entity, Figure.total_assets, CONSOLIDATED) if of else None
    if of is None or own_funds is None or assets is None:
        return NOTHING
    guarantees = sum(of.own(body, Figure.outside_guarantees) or 0 for body in of.scope.grounds)
    return own_funds, assets + guarantees


def largest_exposure(asked: Asked) -> Reckoned:
    """The largest to one counterparty with those connected to it, beside own funds."""
    of = _of(asked)
    own_funds = _own_funds(of) if of else None
    if of is None or own_funds is None or _has_books(asked, of):
        return NOTHING
    column = asked.books.column
    rows = rows_in_force(column, EXPOSURE, key=EXPOSURE_KEY, on=asked.on, seen=asked.seen)
    told = [row for row in rows if row["body"] in of.scope.grounds and row["amount_fen"]]
    silent = set(of.scope.grounds) - {row["body"] for row in told}
    for body in silent:
        finance = of.state.bodies[body].business not in NO_FINANCE
        if finance and of.own(body, Figure.total_exposures) is None:
            return NOTHING
    sums: dict[tuple[int, ...], int] = {}
    for row in told:
        if row["counterparty"] not in of.scope.grounds:
            head = _connected(of.control, row["counterparty"])
            sums[head] = sums.get(head, 0) + row["amount_fen"]
    return max(sums.values(), default=0), own_funds


def _of(asked: Asked) -> _Of | None:
    """None on days before the rules, and for no such body."""
    column, rules = asked.books.column, asked.rules
    majority = rules.in_force(id=CONTROL, on=asked.on)
    rule = rules.in_force(id=CONSOLIDATION, on=asked.on)
    state = state_of(column, on=asked.on, seen=asked.seen)
    if majority is None or rule is None or asked.entity not in state.bodies:
        return None
    controls = control(state.grounds, majority=Fraction(majority.ppm, PPM))
    inside = controls.controlled_by(asked.entity)
    takes_in = {tier.code("ground"): tier.flag("taken_in") for tier in rule.tiers}
    rows = rows_in_force(column, CONSOLIDATION_GROUND, key=CONSOLIDATION_GROUND_KEY, on=asked.on, seen=asked.seen)
    named = [
        Named(body=row["body"], ground=GROUNDS[row["ground"]])
        for row in rows
        if row["top"] == asked.entity and row["holds"] and (row["until"] == 0 or row["until"] >= asked.on)
    ]
    kept = [each for each in named if takes_in[each.ground] is not (each.body in inside)]
    scope = scope_of(asked.entity, controlled=inside, named=kept, on=asked.on, rules=rules)
    return _Of(state=state, control=controls, scope=scope, figures=Figures(column, on=asked.on, seen=asked.seen))


def _own_funds(of: _Of) -> int | None:
    """Capital of all, less what they gave one another; None where anything is untold."""
    stakes = within(of.state.shares, sorted(of.scope.grounds))
    owners = {owner for owner, _ in stakes}
    parts: list[int | None] = []
    for body in of.scope.grounds:
        sector = of.has_sector(body)
        parts.append(of.own(body, Figure.net_capital if sector else Figure.net_assets))
        given = of.own(body, Figure.group_investments)
        if given is not None or body in owners:
            parts.append(None if given is None else -given)
        if sector:
            lent = of.own(body, Figure.capital_from_group)
            parts.append(None if lent is None else -lent)
    return _sum(parts)


def _sum(parts: Sequence[int | None]) -> int | None:
    told = [each for each in parts if each is not None]
    return sum(told) if len(told) == len(parts) else None


def _has_books(asked: Asked, of: _Of) -> bool:
    """Whether a firm of the group keeps its book here: its exposures stand there."""
    books = np.concatenate([asked.books.column(table, "book")[1:] for table in (LENDER, INSTITUTION)])
    return any(of.state.bodies[body].book in books for body in of.scope.grounds if of.state.bodies[body].book)


def _connected(controls: Control, body: int) -> tuple[int, ...]:
    head = controls.top(body)
    return next((tuple(ring) for ring in controls.rings if set(ring) & set(head)), head)
