"""Where what is recorded of a body differs from what its book or records in this ledger tell of the same day.

Worked number: net capital of 10.00 recorded as of 20260930, and 9.00 by `record_lender_figures` on that day: the
recorded 10.00 count, and 1.00 too much is told with both.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from benyuan.assurance.group.own_figures import OwnFigures
from benyuan.assurance.group.recorded import recorded
from benyuan.engine.group import Group
from benyuan.holding_company.consolidation.scope import Scope
from benyuan.holding_company.prudential.exposures import Exposure
from benyuan.holding_company.prudential.tallies import Origin, Tally
from benyuan.parties.bodies.figures import OWN, Figures
from benyuan.parties.bodies.vocabulary import Figure

COMPARED = (Figure.net_capital, Figure.capital_required, Figure.net_assets)


class Differs(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded and what this ledger tells of one day, with where each stands; recorded less own, fen."""

    body: int
    what: str
    recorded: list[Origin]
    own: list[Origin]
    difference_fen: int


def figures_differ(group: Group, scope: Scope, figures: Figures, own: OwnFigures) -> Iterator[Differs]:
    """Figures, each on the day of the recorded one."""
    for body in sorted(set(scope.grounds) & set(own.bodies.values())):
        for figure in COMPARED:
            amount = figures.amount(body, figure, OWN)
            told = own.tally(body, figure, day=amount.as_of) if amount else None
            if amount and told and told.fen is not None and told.fen != amount.amount_fen:
                one = recorded(group, figures, body, figure)
                yield _differs(body, figure.value.replace("_", " "), one, told)


def exposures_differ(given: Iterable[tuple[int, Exposure]], own: OwnFigures) -> Iterator[Differs]:
    """Recorded exposures, each with its day, where a book shows another amount; where it shows none nothing is told."""
    days: dict[int, Mapping[tuple[int, int], Tally]] = {}
    for day, each in given:
        if day not in days:
            days[day] = _by_pair(own.exposures(day=day).exposures)
        told = days[day].get((each.origin.body, each.counterparty))
        if told is not None and told.known_fen != each.origin.amount_fen:
            what = f"exposure to {each.counterparty}"
            yield _differs(each.origin.body, what, Tally(origins=(each.origin,)), told)


def _by_pair(exposures: Iterable[Exposure]) -> dict[tuple[int, int], Tally]:
    found: dict[tuple[int, int], Tally] = {}
    for each in exposures:
        if each.counterparty:
            key = each.origin.body, each.counterparty
            found[key] = Tally(origins=(*found.get(key, Tally()).origins, each.origin))
    return found


def _differs(body: int, what: str, one: Tally, other: Tally) -> Differs:
    return Differs(
        body=body,
        what=what,
        recorded=list(one.origins),
        own=list(other.origins),
        difference_fen=one.known_fen - other.known_fen,
    )
