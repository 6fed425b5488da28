"""Ownership of another day from that of one at hand: only what the stakes that changed in between reach is found anew.

Serves the registers of related parties, which look twelve months back and forward (PBoC Order [2023] No. 1, art. 10)
and meet a day for each change. Worked: of 100,000 bodies that hang together one stake changed; 300 stand below the body
whose holder changed, and these alone are asked again who controls them.
"""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from flint import fmpq
from numpy.typing import NDArray

from benyuan.decisions.facts import Table
from benyuan.governance.related.world import Fractions, World, kin_of, posts_of, world_of
from benyuan.parties.ownership.control import Control, Controlled
from benyuan.parties.ownership.dated import Column
from benyuan.parties.ownership.interest import Weights, weights
from benyuan.parties.ownership.overlay import Overlay
from benyuan.parties.ownership.records import CONCERT_TERMS, FAMILY_TIE, OFFICE, STAKE, STEERING
from benyuan.parties.ownership.state import families_of, offices_of, stakes_in
from benyuan.rules import RulePack


def world_shifted(today: World, column: Column, rules: RulePack, *, on: int) -> World:
    """The world of another day (yyyymmdd) by the figures of `today`, as known at the same position.

    `column`: as `nearby` gives it. Where an agreement or a power changed in between, or what changed reaches one, all
    is found anew. Of such a world the registers read who controls, holds, sits and is kin; its state tells no stakes.
    Errors: RuleNotInForce.
    """
    seen, law_on = today.state.seen, today.state.on
    shifted = None
    if not any(_changed(column, table, today, on=on) is not None for table in (STEERING, CONCERT_TERMS)):
        shifted = _stakes_shifted(today, column, on=on)
    if shifted is None:
        return world_of(column, rules, on=on, seen=seen, law_on=law_on, bodies=today.state.bodies)
    ones, state = today.state.ones, replace(shifted.state, on=on)
    if _changed(column, OFFICE, today, on=on) is not None:
        state = replace(state, offices=offices_of(column, on=on, seen=seen, ones=ones))
        by_body, by_individual = posts_of(state)
        shifted = replace(shifted, posts_at=by_body, posts_of=by_individual)
    if _changed(column, FAMILY_TIE, today, on=on) is not None:
        state = replace(state, families=families_of(column, on=on, seen=seen, ones=ones))
        shifted = replace(shifted, kin=kin_of(state))
    return replace(shifted, state=state)


def _changed(column: Column, table: Table, today: World, *, on: int) -> NDArray[np.intp] | None:
    """The rows of a table that begin between both days; None for none."""
    first, last = sorted((on, today.state.on))
    begins = column(table, "from_date")
    rows = np.flatnonzero((begins > first) & (begins <= last) & (column(table, "position") <= today.state.seen))
    rows = rows[rows > 0]
    return rows if len(rows) else None


def _stakes_shifted(today: World, column: Column, *, on: int) -> World | None:
    """With the stakes of the other day; None where control has to be found anew altogether."""
    rows = _changed(column, STAKE, today, on=on)
    if rows is None:
        return today
    owned = set(column(STAKE, "owned")[rows].tolist())
    shares, votes = stakes_in(column, owned, on=on, seen=today.state.seen, ones=today.state.ones)
    votes_in = weights((body, owner, part) for owner, body, part in votes.exact())
    shares_in = weights((body, owner, part) for owner, body, part in shares.exact())
    held = today.exact_votes_of
    controlled = today.basis.changed(
        {body: votes_in.get(body, {}) for body in owned}, below=lambda body: held.get(body, {})
    )
    if controlled is None:
        return None
    exact_in = _with(today.exact_votes_in, owned, votes_in)
    exact_of = _turned(held, today.exact_votes_in, votes_in, owned)
    owners_of = _with(today.owners_of, owned, shares_in)
    return replace(
        today,
        control=Control(by_body=_by_body(today.control.by_body, controlled)),
        below=_below(today, controlled),
        exact_votes_in=exact_in,
        exact_votes_of=exact_of,
        votes_in=Fractions(exact_in),
        votes_of=Fractions(exact_of),
        shares_in=Fractions(owners_of),
        owners_of=owners_of,
    )


def _with(before: Weights, bodies: set[int], now: Weights) -> Weights:
    """Weights by body, with those of some bodies as they are now."""
    found: Overlay[int, Mapping[int, fmpq]] = Overlay(before, bodies)
    found.update(now)
    return found


def _turned(before: Weights, old_in: Weights, new_in: Weights, owned: set[int]) -> Weights:
    """What each owner has, with what they have of some bodies as it is now; in order of the owned."""
    owners = {owner for body in owned for owner in (*old_in.get(body, {}), *new_in.get(body, {}))}
    found: Overlay[int, Mapping[int, fmpq]] = Overlay(before, owners)
    for owner in owners:
        kept = {body: part for body, part in before.get(owner, {}).items() if body not in owned}
        kept |= {body: new_in[body][owner] for body in owned if owner in new_in.get(body, {})}
        if kept:
            found[owner] = dict(sorted(kept.items()))
    return found


def _by_body(before: Mapping[int, Controlled], changed: Mapping[int, Controlled | None]) -> Mapping[int, Controlled]:
    found: Overlay[int, Controlled] = Overlay(before, changed.keys())
    found.update({body: each for body, each in changed.items() if each is not None})
    return found


def _below(today: World, changed: Mapping[int, Controlled | None]) -> Mapping[int, tuple[int, ...]]:
    lost: dict[int, set[int]] = {}
    gained: dict[int, set[int]] = {}
    for body, now in changed.items():
        before = today.control.by_body.get(body)
        was, is_ = set(before.by if before else ()), set(now.by if now else ())
        for by in was - is_:
            lost.setdefault(by, set()).add(body)
        for by in is_ - was:
            gained.setdefault(by, set()).add(body)
    touched = {*lost, *gained}
    found: Overlay[int, tuple[int, ...]] = Overlay(today.below, touched)
    for by in touched:
        left = (set(today.below.get(by, ())) - lost.get(by, set())) | gained.get(by, set())
        if left:
            found[by] = tuple(sorted(left))
    return found
