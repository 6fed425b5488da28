"""What bodies of a group have given one another as capital, seen from both sides, so that no side's silence hides it.

Of each pair counts the greater of two: what the giver carries as an investment, with its loans, bonds and deposits that
the taker does not show as debt; and what the taker shows as capital from the giver. Worked number: A borrows 100
outside and lends them to B, which books them as paid-in capital: A carries no investment, but 100 of loans that B does
not owe; so 100 are taken off, and the group has what it had before, nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benyuan.holding_company.consolidation.chart import Chart, Part, Role
from benyuan.holding_company.consolidation.entries import Entries

FUNDING = (Role.deposits, Role.loans, Role.bonds)
"""Roles of lines on which one body lends to another."""
SUBORDINATE = (Role.loans, Role.bonds)
"""Those of them on which what is lent may count as capital of the taker by its sector's rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Between:
    """Giver and taker; fen: carried as investments, lent and not shown as owed, shown by the taker as capital."""

    giver: int
    taker: int
    carried_fen: int
    not_owed_fen: int
    shown_fen: int

    @property
    def deducted_fen(self) -> int:
        """What goes off the group's own funds."""
        return max(self.carried_fen + self.not_owed_fen, self.shown_fen, 0)


def between_of(entries: Entries, *, chart: Chart, bodies: set[int]) -> list[Between]:
    """Every pair of these bodies of which one has given the other anything that is or may be capital."""
    carried = dict(_sums(entries, chart, bodies, roles=(Role.investment,), parts=(Part.asset,)))
    shown = {(other, body): -net for (body, other), net in _sums(entries, chart, bodies, roles=(Role.capital,))}
    lent: dict[tuple[int, int], int] = {}
    for role in FUNDING:
        owed = {(other, body): -net for (body, other), net in _sums(entries, chart, bodies, roles=(role,), owes=True)}
        for pair, net in _sums(entries, chart, bodies, roles=(role,), parts=(Part.asset,)):
            lent[pair] = lent.get(pair, 0) + max(net - owed.get(pair, 0), 0)
    found = [
        Between(
            giver=giver,
            taker=taker,
            carried_fen=carried.get((giver, taker), 0),
            not_owed_fen=lent.get((giver, taker), 0),
            shown_fen=shown.get((giver, taker), 0),
        )
        for giver, taker in sorted({*carried, *shown, *lent})
    ]
    return [each for each in found if each.deducted_fen or (each.giver, each.taker) in carried]


def owing_inside(entries: Entries, *, chart: Chart, bodies: set[int]) -> set[int]:
    """The bodies that owe others of them anything which may count as capital."""
    return {body for (body, _), net in _sums(entries, chart, bodies, roles=SUBORDINATE, owes=True) if net}


def _sums(
    entries: Entries,
    chart: Chart,
    bodies: set[int],
    *,
    roles: tuple[Role, ...],
    parts: tuple[Part, ...] = (Part.asset, Part.liability, Part.equity),
    owes: bool = False,
) -> Iterator[tuple[tuple[int, int], int]]:
    """For each body and counterparty among `bodies` debits less credits on lines of these roles and parts."""
    lines = chart.is_role(*roles) & chart.is_part(*((Part.liability,) if owes else parts))
    inside = sorted(bodies)
    kept = lines[entries.line] & np.isin(entries.body, inside) & np.isin(entries.counterparty, inside)
    rows, found = entries.rows(kept), dict[tuple[int, int], int]()
    columns = (rows.body.tolist(), rows.counterparty.tolist(), rows.net_fen.tolist())
    for body, other, net in zip(*columns, strict=True):
        found[body, other] = found.get((body, other), 0) + net
    yield from sorted(found.items())
