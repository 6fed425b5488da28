"""Journal rows folded back into balances: what a start and `verify` do."""

from numba import njit

from benyuan.ledger.kernel.fetching import AHEAD, fetch_account
from benyuan.ledger.kernel.holds import release, reopen
from benyuan.ledger.kernel.packed import CREDIT_ACCOUNT, DEBIT_ACCOUNT, row_at, wide
from benyuan.ledger.kernel.windows import CHINA_STANDARD_TIME, MICROSECONDS_A_DAY, local_day, period_of
from benyuan.ledger.kernel.workspace import (
    ACCOUNTS,
    HOLDS,
    NEXT_LEG,
    accounts_of,
    counts_of,
    find_hold,
    holds_of,
)

PENDING, POST, VOID = 2, 4, 8
CLOSING_DEBIT, CLOSING_CREDIT, EXPIRY, WINDOW_TURNED, CLOSED = 64, 128, 1024, 4096, 8
POSTED, VOIDED, EXPIRED = 1, 2, 3


@njit(cache=True)
def fold_resolution(w, row):
    """Fold a post, void or expiry; False: there is no such open hold."""
    place = find_hold(holds_of(w), counts_of(w)[HOLDS], row.pending_id)
    if place < 0 or holds_of(w)[place].state != 0:
        return False
    hold = holds_of(w)[place]
    posts = row.flags & POST
    if row.flags & WINDOW_TURNED:
        release(w, hold, hold.amount)
    else:
        release(w, hold, row.amount if posts else 0)
    if not posts:
        reopen(w, hold)
    hold.state = POSTED if posts else (EXPIRED if row.flags & EXPIRY else VOIDED)
    return True


@njit(cache=True)
def fold_hold(w, row, leg, day):
    """Fold a hold: pending balances up, accounts closed, the hold open."""
    debited = accounts_of(w)[row.debit_account]
    credited = accounts_of(w)[row.credit_account]
    debited.debits_pending += row.amount
    credited.credits_pending += row.amount
    if row.flags & CLOSING_DEBIT:
        debited.flags |= CLOSED
    if row.flags & CLOSING_CREDIT:
        credited.flags |= CLOSED
    hold = holds_of(w)[counts_of(w)[HOLDS]]
    hold.leg = leg
    hold.debit_account = row.debit_account
    hold.credit_account = row.credit_account
    hold.amount = row.amount
    hold.expires_at = row.at + row.timeout_s * 1_000_000 if row.timeout_s != 0 else 0
    hold.reference = row.reference
    hold.day = day
    hold.flags = row.flags
    hold.code = row.code
    hold.state = 0
    counts_of(w)[HOLDS] += 1


@njit(cache=True)
def reach_period(record, day):
    """Bring a usage account's period up to that of a row that touches it."""
    period = period_of(record.window, day)
    if period > record.period:
        record.period = period


@njit(cache=True)
def fold_row(w, row, leg, day):
    """Fold one row; False where it contradicts the state that the rows before it left."""
    count = counts_of(w)[ACCOUNTS]
    if not (0 < row.debit_account <= count and 0 < row.credit_account <= count):
        return False
    debited = accounts_of(w)[row.debit_account]
    credited = accounts_of(w)[row.credit_account]
    if row.debit_previous != debited.last_leg or row.credit_previous != credited.last_leg:
        return False
    if row.flags & (POST | VOID):
        if not fold_resolution(w, row):
            return False
    elif row.flags & PENDING:
        fold_hold(w, row, leg, day)
    else:
        debited.debits_posted += row.amount
        credited.credits_posted += row.amount
    reach_period(debited, day)
    reach_period(credited, day)
    debited.last_leg = leg
    credited.last_leg = leg
    return (
        row.debit_after == debited.debits_posted - debited.credits_posted
        and row.credit_after == credited.debits_posted - credited.credits_posted
    )


@njit("int64(int64, int64, int64)", cache=True, nogil=True)
def fold_rows(w, c, count):
    """Fold `count` rows, given as the table of their columns, over a workspace, in order.

    Returns how many fitted; less than all: the row at that place is bad.
    """
    days = -1
    day = 0
    for place in range(count):
        if place + AHEAD < count:
            fetch_account(w, wide(c, DEBIT_ACCOUNT, place + AHEAD))
            fetch_account(w, wide(c, CREDIT_ACCOUNT, place + AHEAD))
        row = row_at(c, place)
        days_now = (row.at + CHINA_STANDARD_TIME) // MICROSECONDS_A_DAY
        if days_now != days:  # few rows begin a day
            days = days_now
            day = local_day(row.at)
        leg = counts_of(w)[NEXT_LEG]
        if not fold_row(w, row, leg, day):
            return place
        counts_of(w)[NEXT_LEG] = leg + 1
    return count
