"""The books of the ledger and whose they are: each account in one book, each book kept for one firm, or for none.

Worked number: a ledger of 40 accounts whose books 1 and 1001 hold 30 and 10 has nothing besides: the counts add up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import LENDER, LENDER_STANDING, PARTNER
from benyuan.credit_bureau.records import BUREAU, BUREAU_STANDING
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.governance.related.chart import LIMITS_BOOK
from benyuan.payments.records import INSTITUTION, STANDING

Runs: TypeAlias = list[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """For whom a book is kept: institution, bureau, lender or partner, and its number there.

    `limits`: for nobody's business; it counts what is outstanding with related parties, and has no money.
    """

    sort: str
    number: int


LIMITS = "limits"
FIRMS = (("institution", INSTITUTION), ("bureau", BUREAU), ("lender", LENDER), ("partner", PARTNER))


def books_of(group: Group, *, seen: int) -> dict[int, NDArray[np.int64]]:
    """The accounts of every book, by number, of those that were opened by a log position."""
    last = _accounts_at(group, seen)
    book = group.ledger.state.accounts["book"][1 : last + 1]
    order = np.argsort(book, kind="stable")
    found, first = np.unique(book[order], return_index=True)
    parts = np.split((order + 1).astype(np.int64), first[1:])
    return dict(zip(found.tolist(), parts, strict=True)) if len(found) else {}


def _accounts_at(group: Group, seen: int) -> int:
    """How many accounts there were after the block of a command."""
    if seen >= group.position:
        return int(group.ledger.account_count)
    block = group.reader.at_position(seen).block
    return block.first_account + block.accounts - 1


def firm_of(group: Group, book: int) -> Firm | None:
    """For whom a book is kept; None for bare accounts."""
    if book == LIMITS_BOOK:
        return Firm(sort=LIMITS, number=1)
    for sort, table in FIRMS:
        held = group.records.tables[table.name]
        found = np.flatnonzero(held.column("book")[1 : held.count + 1] == book)
        if len(found):
            return Firm(sort=sort, number=int(found[0]) + 1)
    return None


def runs_of(accounts: NDArray[np.int64]) -> Runs:
    """Numbers in order as first and last of every run without a gap."""
    if len(accounts) == 0:
        return []
    cuts = np.flatnonzero(np.diff(accounts) != 1)
    first, last = np.append(0, cuts + 1), np.append(cuts, len(accounts) - 1)
    return list(zip(accounts[first].tolist(), accounts[last].tolist(), strict=True))


def standing_of(group: Group, firm: Firm, *, on: int) -> bool | None:
    """Whether the gate of the firm's own postings takes it for licensed on a day; None where no gate asks."""
    asked = GATES.get(firm.sort)
    if asked is None:
        return None
    table, licensed = asked
    held = group.records.tables[table.name]
    rows = slice(1, held.count + 1)
    mine = (held.column("owner")[rows] == firm.number) & (held.column("from_date")[rows] <= on)
    places = np.flatnonzero(mine) + 1
    if len(places) == 0:
        return False
    latest = places[np.lexsort((places, held.column("from_date")[places]))[-1]]
    return licensed({name: int(held.column(name)[latest]) for name in table.columns}, on)


def _of_payments(row: dict[str, int], on: int) -> bool:
    del on
    return row["licences"] != 0


def _of_bureau(row: dict[str, int], on: int) -> bool:
    return row["licensed_until"] >= on


def _of_lending(row: dict[str, int], on: int) -> bool:
    del on
    return row["holds"] != 0


GATES: dict[str, tuple[Table, Callable[[dict[str, int], int], bool]]] = {
    "institution": (STANDING, _of_payments),
    "bureau": (BUREAU_STANDING, _of_bureau),
    "lender": (LENDER_STANDING, _of_lending),
}
"""Where `pay.scope.only_licensed`, `cr.license.only` and `cf.license.only` look."""
