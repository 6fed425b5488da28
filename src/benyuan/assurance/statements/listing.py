"""What is shown of a statement: all that is searched for, or one page of it; the same for every form of output."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from benyuan.assurance.statements.statement import EVERYTHING, Entry, Statement, Totals


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Entries, newest last; `listed` are their totals, `totals` those of the whole period where they were summed.

    `next_before`: the cursor of the entries before these. `entries` reads them anew at each call.
    """

    statement: Statement
    institution_name: str
    entries: Callable[[], Iterable[Entry]]
    listed: Totals
    totals: Totals | None
    next_before: int | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every entry of the period is listed, so that opening + in - out = closing of what is listed."""
        return self.totals == self.listed

    def head(self) -> dict[str, Any]:
        """Everything but the entries, as plain values; amounts in fen, days as yyyymmdd."""
        statement = self.statement
        holder, period = statement.holder, statement.period
        return {
            "of": holder.name,
            "account": holder.account,
            "institution": holder.institution,
            "institution_name": self.institution_name,
            "from": period.first_day,
            "to": period.last_day,
            "opening_fen": statement.opening_fen,
            "closing_fen": statement.closing_fen,
            "totals": msgspec.to_builtins(self.totals),
            "search": None if statement.search == EVERYTHING else msgspec.to_builtins(statement.search),
            "listed": msgspec.to_builtins(self.listed),
            "next_before": self.next_before,
        }


def whole(statement: Statement, *, institution_name: str) -> Listing:
    """All entries that are searched for."""
    return Listing(
        statement=statement,
        institution_name=institution_name,
        entries=statement.entries,
        listed=statement.found(),
        totals=statement.totals(),
    )


def page_of(statement: Statement, *, institution_name: str, limit: int, before: int | None = None) -> Listing:
    """One page. The period is summed only where the page is all of it: summing reads every block it has entries in."""
    page = statement.page(limit=limit, before=before)
    listed = Totals(
        entries=len(page.entries),
        in_fen=sum(entry.in_fen for entry in page.entries),
        out_fen=sum(entry.out_fen for entry in page.entries),
    )
    is_all = before is None and page.next_before is None and statement.search == EVERYTHING
    return Listing(
        statement=statement,
        institution_name=institution_name,
        entries=lambda: page.entries,
        listed=listed,
        totals=listed if is_all else None,
        next_before=page.next_before,
    )
