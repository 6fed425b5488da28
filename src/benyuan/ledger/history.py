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
from benyuan.values.dates import local_day, local_days

PENDING, POST, VOID, WINDOW_TURNED = 2, 4, 8, 4096


def row_of(*, journal: Journal, leg: int) -> Any:
    """The journal row with this id. Errors: KeyError."""
    first, rows = journal.block(leg=leg)
    return rows[leg - first]


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
    for leg, row in walk(journal=journal, account=account, last=last):
        if leg <= position:
            break
        balance = _taken_off(journal, balance, account, row)
    return balance


def balance_on(*, journal: Journal, account: int, last: int, now: Balance, date: int) -> Balance:
    """The balance of all rows dated up to `date`. A row is never dated after the day it was made."""
    balance = now
    for _, row in walk(journal=journal, account=account, last=last):
        if local_day(int(row["at"])) <= date:
            break
        if row["business_date"] > date:
            balance = _taken_off(journal, balance, account, row)
    return balance


@dataclass(frozen=True, slots=True)
class Movements:
    """What rows have posted, a value a row: shapes (n,), amounts in units of the ledger."""

    debit_account: NDArray[np.int64]
    credit_account: NDArray[np.int64]
    posted: NDArray[np.int64]


def movements_since(*, journal: Journal, last: int, date: int) -> Iterator[Movements]:
    """The rows posted after the end of a day (yyyymmdd), block by block from the newest back."""
    leg = last
    while leg > 0:
        first, rows = journal.block(leg=leg)
        known = rows[: leg - first + 1]
        later = known[local_days(known["at"]) > date]
        posted = np.where(later["flags"] & PENDING, 0, later["amount"])
        for place in np.flatnonzero(later["flags"] & (POST | VOID)).tolist():
            posted[place] = _effect(journal, later[place])[1]
        if len(later):
            yield Movements(later["debit_account"], later["credit_account"], posted)
        if len(later) < len(known):
            return
        leg = first - 1


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


def _taken_off(journal: Journal, balance: Balance, account: int, row: Any) -> Balance:
    pending, posted = _effect(journal, row)
    if row["debit_account"] == account:
        return Balance(
            debits_pending=balance.debits_pending - pending,
            debits_posted=balance.debits_posted - posted,
            credits_pending=balance.credits_pending,
            credits_posted=balance.credits_posted,
        )
    return Balance(
        debits_pending=balance.debits_pending,
        debits_posted=balance.debits_posted,
        credits_pending=balance.credits_pending - pending,
        credits_posted=balance.credits_posted - posted,
    )


def _effect(journal: Journal, row: Any) -> tuple[int, int]:
    """What a row added to the pending and to the posted balance of both its accounts."""
    flags, amount = int(row["flags"]), int(row["amount"])
    if flags & (POST | VOID):
        held = int(row_of(journal=journal, leg=int(row["pending_id"]))["amount"])
        if flags & WINDOW_TURNED:
            return -held, held
        return -held, amount if flags & POST else 0
    return (amount, 0) if flags & PENDING else (0, amount)
