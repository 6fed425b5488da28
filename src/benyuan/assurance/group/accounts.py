"""A group's accounts of a period: returns of bodies that run elsewhere and books of this ledger, consolidated.

Source: PBoC Order [2020] No. 4, arts. 24, 25. Worked number: a lender whose book stands here with loans of 1,200 and a
top whose return carries 800 of investments in it are one group with loans of 1,200; the lender sends no return.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from benyuan.assurance.group.grounds import GroundTold, grounds_told, named_of
from benyuan.assurance.group.own_books import (
    BookToTell,
    bodies_of_books,
    book_entries,
    book_source,
    books_to_tell,
    not_closed,
)
from benyuan.assurance.group.reading import Owned, body_of, owned
from benyuan.engine.group import Group
from benyuan.holding_company.consolidation.accounts import AccountMap
from benyuan.holding_company.consolidation.chart import Chart
from benyuan.holding_company.consolidation.consolidating import Consolidated, checked_of, consolidate
from benyuan.holding_company.consolidation.entries import Entries, together
from benyuan.holding_company.consolidation.scope import Scope, scope_of
from benyuan.holding_company.consolidation.sources import Returns, TrialBalanceOf
from benyuan.values.errors import BadInput


class GroupAccounts(msgspec.Struct, frozen=True, kw_only=True):
    """The accounts, the recorded grounds that stand, and the bodies whose book here is not closed on the day."""

    accounts: Consolidated
    grounds: list[GroundTold]
    not_closed: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """All trial balances of a period in one, with where each comes from, and which bodies are in the scope."""

    world: Owned
    scope: Scope
    grounds: list[GroundTold]
    entries: Entries
    sources: tuple[TrialBalanceOf, ...]
    not_closed: list[int]
    chart: Chart


def group_accounts(
    group: Group, top: int, *, period: int, returns: Returns, chart: Chart, accounts: AccountMap, seen: int = 0
) -> GroupAccounts:
    """The accounts of the period that ends on a day (yyyymmdd).

    Errors: BadInput as `reported_of`, and for what cannot be consolidated: see `consolidate`.
    """
    reported = reported_of(group, top, period=period, returns=returns, chart=chart, accounts=accounts, seen=seen)
    return GroupAccounts(accounts=consolidated_of(reported), grounds=reported.grounds, not_closed=reported.not_closed)


def check_reported(reported: Reported) -> None:
    """Each trial balance fits, came once and balances. Errors: BadInput with the article."""
    checked_of(reported.entries, chart=reported.chart, scope=reported.scope, period=reported.world.state.on)


def consolidated_of(reported: Reported) -> Consolidated:
    """All of it in one. Errors: BadInput."""
    state = reported.world.state
    return consolidate(
        reported.entries,
        chart=reported.chart,
        scope=reported.scope,
        stakes=state.shares,
        period=state.on,
        sources=reported.sources,
    )


def reported_of(
    group: Group, top: int, *, period: int, returns: Returns, chart: Chart, accounts: AccountMap, seen: int = 0
) -> Reported:
    """What every body has sent or has in a book here.

    Errors: BadInput for no such body, for one with both a return and a book that holds money, for accounts without a
    line.
    """
    world = owned(group, on=period, seen=seen)
    state = world.state
    for body in sorted({top, *returns.entries.body.tolist()}):
        body_of(state, body)
    controlled = world.control.controlled_by(top)
    grounds = grounds_told(group, top, controlled=controlled, on=period, seen=state.seen)
    scope = scope_of(top, controlled=controlled, named=named_of(grounds), on=period, rules=group.regime.pack)
    bodies = bodies_of_books({body: state.bodies[body].book for body in scope.grounds if body in state.bodies})
    books = books_to_tell(group, bodies)
    _not_both(books, returns, scope)
    first = returns.files + 1
    parts = book_entries(
        group,
        books,
        bodies=bodies,
        period=period,
        accounts=accounts,
        chart=chart,
        first_sent=first,
        inside=scope.grounds,
        seen=state.seen,
    )
    return Reported(
        world=world,
        scope=scope,
        grounds=grounds,
        entries=together([returns.entries, *parts]),
        sources=(*returns.sources, *map(book_source, books)),
        not_closed=not_closed(group, books, period=period, seen=state.seen),
        chart=chart,
    )


def _not_both(books: Sequence[BookToTell], returns: Returns, scope: Scope) -> None:
    for book in books:
        sent = [each.what for each in returns.sources if each.body == book.body]
        if sent:
            told = f"body {book.body}: book {book.book} and {', '.join(sent)}"
            asked = f"one of the two: its book in this ledger, or a return ({scope.place.text()})"
            raise BadInput("return", told, asked)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialBalances:
    """Returns, the lines they are told on, and which of these accounts of this ledger stand on."""

    returns: Returns
    chart: Chart
    accounts: AccountMap

    def reported(self, group: Group, top: int, *, period: int) -> Reported:
        """With the books of this ledger. Errors: BadInput."""
        return reported_of(group, top, period=period, returns=self.returns, chart=self.chart, accounts=self.accounts)
