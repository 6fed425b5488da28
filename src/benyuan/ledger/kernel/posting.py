"""A batch of legs, walked chain by chain: a chain posts whole or is undone whole."""

from numba import njit

from benyuan.ledger.kernel.fetching import AHEAD, fetch_account
from benyuan.ledger.kernel.holds import expire, push_expiry
from benyuan.ledger.kernel.legs import post_leg
from benyuan.ledger.kernel.windows import local_day
from benyuan.ledger.kernel.workspace import (
    HOLDS,
    NEXT_LEG,
    ROWS,
    UNDO,
    UNDO_HOLDS,
    accounts_of,
    answers_of,
    counts_of,
    holds_of,
    legs_of,
    undo_holds_of,
    undo_ids_of,
    undo_of,
)

LINKED = 1
LINKED_EVENT_FAILED, LINKED_EVENT_CHAIN_OPEN = 1, 2


@njit(cache=True)
def undo_chain(w, rows, holds, next_leg):
    """Put accounts, holds and journal back to where the chain began, latest change first."""
    for place in range(counts_of(w)[UNDO] - 1, -1, -1):
        accounts_of(w)[undo_ids_of(w)[place]] = undo_of(w)[place]
    for place in range(counts_of(w)[UNDO_HOLDS]):
        holds_of(w)[undo_holds_of(w)[place]].state = 0
    counts_of(w)[ROWS] = rows
    counts_of(w)[HOLDS] = holds
    counts_of(w)[NEXT_LEG] = next_leg


@njit(cache=True)
def fail_chain(w, start, end, failed, status):
    """Answer every leg of a failed chain: its own status for the one at fault."""
    for index in range(start, end):
        answer = answers_of(w)[index]
        answer.moved = 0
        answer.leg = 0
        answer.asked = 0
        answer.status = LINKED_EVENT_FAILED
    answers_of(w)[failed].status = status


@njit(cache=True)
def post_chain(w, start, end, first_leg):
    """Post the chain of legs [start, end)."""
    at = legs_of(w)[start].at
    expire(w, at)
    day = local_day(at)
    rows = counts_of(w)[ROWS]
    holds = counts_of(w)[HOLDS]
    next_leg = counts_of(w)[NEXT_LEG]
    counts_of(w)[UNDO] = 0
    counts_of(w)[UNDO_HOLDS] = 0
    for index in range(start, end):
        status = post_leg(w, index, start, day, first_leg)
        if status != 0:
            undo_chain(w, rows, holds, next_leg)
            fail_chain(w, start, end, index, status)
            return
    for place in range(holds, counts_of(w)[HOLDS]):
        if holds_of(w)[place].expires_at != 0:
            push_expiry(w, holds_of(w)[place].expires_at, holds_of(w)[place].leg)


@njit(cache=True)
def fetch_accounts(w, start, end):
    """Ask for the accounts of legs [start, end) that stand; a leg may name any number."""
    for index in range(start, min(end, len(legs_of(w)))):
        fetch_account(w, legs_of(w)[index].debit_account)
        fetch_account(w, legs_of(w)[index].credit_account)


@njit("void(int64)", cache=True, nogil=True)
def post_legs(w):
    """Post a batch over a workspace: legs in; balances moved; answers, rows, refusing balances and counts out."""
    count = len(legs_of(w))
    first_leg = counts_of(w)[NEXT_LEG]
    start = 0
    fetched = 0
    while start < count:
        end = start
        while end < count and legs_of(w)[end].flags & LINKED:
            end += 1
        if end == count:
            expire(w, legs_of(w)[start].at)
            fail_chain(w, start, count, count - 1, LINKED_EVENT_CHAIN_OPEN)
            return
        fetch_accounts(w, fetched, end + 1 + AHEAD)
        fetched = end + 1 + AHEAD
        post_chain(w, start, end + 1, first_leg)
        start = end + 1
