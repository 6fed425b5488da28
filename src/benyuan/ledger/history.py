"""Looking back: an account's rows by the previous-leg links, and its balance at a past point.

A past balance is the present one with the rows since taken off again. *Position* is a leg id: what stood in the
journal by then. *Business date* is the accounting date of the rows: a row that arrives late counts on its own date.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.ledger.answers import Balance, Entry
from benyuan.ledger.journal import Journal
from benyuan.ledger.walking import LINKS, Columns, along_links, by_block
from benyuan.values.dates import local_days

PENDING, POST, VOID, WINDOW_TURNED = 2, 4, 8, 4096
EFFECTS = (*LINKS, "amount", "pending_id", "flags", "business_date")


def walk(*, journal: Journal, account: int, last: int) -> Iterator[tuple[int, Any]]:
    """The rows of an account from `last` back to its first, as (leg id, row)."""
    first, rows = 0, None
    leg = last
    while leg > 0:
        if rows is None or not first <= leg < first + len(rows):
            first, rows = journal.block(leg=leg)
        row = rows[leg - first]
        yield leg, row
        leg = int(row["debit_previous"] if row["debit_account"] == account else row["credit_previous"])


def entries(*, journal: Journal, account: int, last: int, limit: int) -> list[Entry]:
    """Up to `limit` rows of the account from `last` back, newest first."""
    found: list[Entry] = []
    for leg, row in walk(journal=journal, account=account, last=last):
        if len(found) >= limit:
            break
        found.append(_entry(account, leg, row))
    return found


def balance_before(*, journal: Journal, account: int, last: int, now: Balance, position: int) -> Balance:
    """The balance after leg `position`."""
    balance = now
    for first, columns, places in along_links(
        journal=journal, account=account, last=last, stop=position, names=EFFECTS
    ):
        balance = _taken_off(journal, balance, account, columns, places[places > position - first])
    return balance


def balance_on(*, journal: Journal, account: int, last: int, now: Balance, date: int) -> Balance:
    """The balance of all rows dated up to `date`. A row is never dated after the day it was made."""
    balance = now
    for _, columns, places in along_links(journal=journal, account=account, last=last, stop=0, names=EFFECTS):
        later = places[local_days(columns["at"][places]) > date]
        balance = _taken_off(journal, balance, account, columns, later[columns["business_date"][later] > date])
        if len(later) < len(places):
            break
    return balance


def effects_after(
    *, journal: Journal, last: int, position: int
) -> Iterator[tuple[Columns, NDArray[np.int64], NDArray[np.int64]]]:
    """The rows after leg `position`, block by block from the newest back, and what each added: pending, posted."""
    leg = last
    while leg > position:
        first, columns = journal.columns(leg=leg, names=EFFECTS)
        rows = {name: column[max(0, position + 1 - first) :] for name, column in columns.items()}
        yield rows, *_effects(journal, rows)
        leg = first - 1


@dataclass(frozen=True, slots=True)
class Movements:
    """What rows have posted, a value a row: shapes (n,), amounts in units of the ledger."""

    debit_account: NDArray[np.int64]
    credit_account: NDArray[np.int64]
    posted: NDArray[np.int64]


def movements_since(*, journal: Journal, last: int, date: int, dated: bool = False) -> Iterator[Movements]:
    """The rows posted after the end of a day (yyyymmdd), block by block from the newest back.

    `dated`: only those of them that are dated after it, too.
    """
    leg = last
    while leg > 0:
        first, rows = journal.block(leg=leg)
        known = rows[: leg - first + 1]
        since = known[local_days(known["at"]) > date]
        later = since[since["business_date"] > date] if dated else since
        posted = _effects(journal, {name: later[name] for name in ("amount", "flags", "pending_id")})[1]
        if len(later):
            yield Movements(later["debit_account"], later["credit_account"], posted)
        if len(since) < len(known):
            return
        leg = first - 1


def movements_known_later(*, journal: Journal, last: int, leg: int, date: int) -> Iterator[Movements]:
    """The rows after a leg that are dated up to a day (yyyymmdd), block by block from the newest back."""
    at = last
    while at > leg:
        first, rows = journal.block(leg=at)
        known = rows[max(0, leg + 1 - first) : at - first + 1]
        earlier = known[known["business_date"] <= date]
        posted = _effects(journal, {name: earlier[name] for name in ("amount", "flags", "pending_id")})[1]
        if len(earlier):
            yield Movements(earlier["debit_account"], earlier["credit_account"], posted)
        at = first - 1


def _entry(account: int, leg: int, row: Any) -> Entry:
    debits = row["debit_account"] == account
    names = (
        "debit_account",
        "credit_account",
        "amount",
        "flags",
        "code",
        "pending_id",
        "at",
        "business_date",
        "reference",
    )
    after = int(row["debit_after"] if debits else row["credit_after"])
    return Entry(leg=leg, balance_after=after, **{name: int(row[name]) for name in names})


def _taken_off(
    journal: Journal, balance: Balance, account: int, columns: Columns, places: NDArray[np.int64]
) -> Balance:
    """A balance without what the rows at these places of a block have added to it."""
    rows = {name: columns[name][places] for name in ("debit_account", "amount", "flags", "pending_id")}
    pending, posted = _effects(journal, rows)
    debits = rows["debit_account"] == account
    return Balance(
        debits_pending=balance.debits_pending - int(pending[debits].sum()),
        debits_posted=balance.debits_posted - int(posted[debits].sum()),
        credits_pending=balance.credits_pending - int(pending[~debits].sum()),
        credits_posted=balance.credits_posted - int(posted[~debits].sum()),
    )


def _effects(journal: Journal, rows: Columns) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What each row added to the pending and to the posted balance of both its accounts.

    Balances have 63 bits and so have their differences, whatever the sums in between.
    """
    flags = rows["flags"]
    pending = np.where(flags & PENDING, rows["amount"], 0)
    posted = np.where(flags & (PENDING | VOID), 0, rows["amount"])
    ends = np.flatnonzero(flags & (POST | VOID))
    ends = ends[np.argsort(rows["pending_id"][ends], kind="stable")]
    named = rows["pending_id"][ends]
    for part, first, columns in by_block(journal, named, ("amount",)):
        held = columns["amount"][named[part] - first]
        pending[ends[part]] = -held
        posted[ends[part]] = np.where(flags[ends[part]] & WINDOW_TURNED, held, posted[ends[part]])
    return pending, posted
