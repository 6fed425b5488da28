"""The second phase: a hold is posted, voided or expires, exactly once."""

from numba import njit

from benyuan.ledger.kernel.windows import has_turned, local_day, turn
from benyuan.ledger.kernel.workspace import (
    EXPIRIES,
    HOLDS,
    NEXT_LEG,
    ROWS,
    UNDO,
    UNDO_HOLDS,
    accounts_of,
    answers_of,
    counts_of,
    expiries_of,
    find_hold,
    holds_of,
    journal,
    known_of,
    legs_of,
    refuse,
    remember,
    rows_of,
    undo_holds_of,
)

MAX = 0x7FFFFFFFFFFFFFFF
POST, VOID = 4, 8
CLOSING_DEBIT, CLOSING_CREDIT = 64, 128
EXPIRY, WINDOW_TURNED = 1024, 4096
NOT_CLOSED = 0xF7
CLOSED = 8
OPEN, POSTED, VOIDED, EXPIRED, NOT_A_HOLD = 0, 1, 2, 3, 4
NOT_FOUND, NOT_PENDING = 18, 19
DIFFERENT_DEBIT, DIFFERENT_CREDIT, DIFFERENT_CODE = 20, 21, 22
EXCEEDS_PENDING, DIFFERENT_AMOUNT = 23, 24
ALREADY_POSTED, ALREADY_VOIDED, ALREADY_EXPIRED = 25, 26, 27
DEBIT_CLOSED, CREDIT_CLOSED = 28, 29


@njit(cache=True)
def unlike_hold(leg, hold, moved):
    """The first respect in which a post or void leg does not fit its hold; 0: it fits."""
    if hold.state == NOT_A_HOLD:
        return NOT_PENDING
    if leg.debit_account != 0 and leg.debit_account != hold.debit_account:
        return DIFFERENT_DEBIT
    if leg.credit_account != 0 and leg.credit_account != hold.credit_account:
        return DIFFERENT_CREDIT
    if leg.code != 0 and leg.code != hold.code:
        return DIFFERENT_CODE
    if moved > hold.amount:
        return EXCEEDS_PENDING
    if leg.flags & VOID and moved < hold.amount:
        return DIFFERENT_AMOUNT
    if hold.state == POSTED:
        return ALREADY_POSTED
    if hold.state == VOIDED:
        return ALREADY_VOIDED
    if hold.state == EXPIRED:
        return ALREADY_EXPIRED
    return 0


@njit(cache=True)
def release(w, hold, posted):
    """Take a hold out of the pending balances and post `posted` of it; reopen what it had closed if none is posted."""
    debited = accounts_of(w)[hold.debit_account]
    credited = accounts_of(w)[hold.credit_account]
    debited.debits_pending -= hold.amount
    credited.credits_pending -= hold.amount
    debited.debits_posted += posted
    credited.credits_posted += posted


@njit(cache=True)
def reopen(w, hold):
    """Voiding or expiring a closing hold opens the accounts again."""
    if hold.flags & CLOSING_DEBIT:
        accounts_of(w)[hold.debit_account].flags &= NOT_CLOSED
    if hold.flags & CLOSING_CREDIT:
        accounts_of(w)[hold.credit_account].flags &= NOT_CLOSED


@njit(cache=True)
def turned_flag(w, hold):
    """The flag of a resolution whose hold belongs to a window that has turned."""
    return WINDOW_TURNED if has_turned(w, hold.debit_account, hold.day) else 0


@njit(cache=True)
def missing(w, pending_id, first_leg):
    """Why there is no such hold: a leg of this batch that holds nothing, or no leg at all."""
    if first_leg <= pending_id < counts_of(w)[NEXT_LEG]:
        return NOT_PENDING
    return NOT_FOUND


@njit(cache=True)
def resolve(w, index, day, first_leg):
    """Post or void the hold that leg `index` names; returns the leg's status."""
    leg = legs_of(w)[index]
    holds = holds_of(w)
    place = find_hold(holds, counts_of(w)[HOLDS], leg.pending_id)
    if place < 0:
        holds = known_of(w)
        place = find_hold(holds, len(holds), leg.pending_id)
        if place < 0:
            return missing(w, leg.pending_id, first_leg)
    hold = holds[place]
    voids = leg.flags & VOID
    moved = hold.amount if (voids and leg.amount == 0) or (not voids and leg.amount == MAX) else leg.amount
    status = unlike_hold(leg, hold, moved)
    if status != 0:
        return status
    status, at_fault = turn(w, hold.debit_account, day, leg.at, leg.reference)
    if status == 0:
        status, at_fault = turn(w, hold.credit_account, day, leg.at, leg.reference)
    if status != 0:
        refuse(w, index, at_fault, moved)
        return status
    if not voids:
        if accounts_of(w)[hold.debit_account].flags & CLOSED:
            return DEBIT_CLOSED
        if accounts_of(w)[hold.credit_account].flags & CLOSED:
            return CREDIT_CLOSED
    # After this point the leg must succeed.
    remember(w, hold.debit_account)
    remember(w, hold.credit_account)
    undo_holds_of(w)[counts_of(w)[UNDO_HOLDS]] = place
    counts_of(w)[UNDO_HOLDS] += 1
    carry_out(w, index, hold, moved)
    return 0


@njit(cache=True)
def carry_out(w, index, hold, moved):
    """Move the balances of a resolution that has passed every check, and journal it."""
    leg = legs_of(w)[index]
    answer = answers_of(w)[index]
    voids = leg.flags & VOID
    turned = turned_flag(w, hold)
    posted = hold.amount if turned else (0 if voids else moved)
    release(w, hold, posted)
    if voids:
        reopen(w, hold)
    hold.state = VOIDED if voids else POSTED
    answer.moved = moved
    answer.asked = moved
    answer.leg = journal(
        w,
        hold.debit_account,
        hold.credit_account,
        moved,
        leg.flags | turned,
        hold.code,
        leg.at,
        leg.business_date,
        leg.reference,
    )
    rows_of(w)[counts_of(w)[ROWS] - 1].pending_id = leg.pending_id


@njit(cache=True)
def earlier(one, other):
    """Whether one expiry comes before another."""
    return one.at < other.at or (one.at == other.at and one.leg < other.leg)


@njit(cache=True)
def swap(heap, one, other):
    """Exchange two entries of the heap."""
    at, leg = heap[one].at, heap[one].leg
    heap[one] = heap[other]
    heap[other].at = at
    heap[other].leg = leg


@njit(cache=True)
def push_expiry(w, at, leg):
    """Put an expiry into the heap."""
    heap = expiries_of(w)
    place = counts_of(w)[EXPIRIES]
    heap[place].at = at
    heap[place].leg = leg
    counts_of(w)[EXPIRIES] = place + 1
    while place > 0:
        parent = (place - 1) >> 1
        if not earlier(heap[place], heap[parent]):
            break
        swap(heap, place, parent)
        place = parent


@njit(cache=True)
def pop_expiry(w):
    """Take the earliest expiry out of the heap."""
    heap = expiries_of(w)
    count = counts_of(w)[EXPIRIES] - 1
    heap[0] = heap[count]
    counts_of(w)[EXPIRIES] = count
    place = 0
    while True:
        child = 2 * place + 1
        if child >= count:
            break
        if child + 1 < count and earlier(heap[child + 1], heap[child]):
            child += 1
        if not earlier(heap[child], heap[place]):
            break
        swap(heap, child, place)
        place = child


@njit(cache=True)
def expire(w, at):
    """Let every hold whose time has come by `at` expire, earliest first."""
    while counts_of(w)[EXPIRIES] > 0 and expiries_of(w)[0].at <= at:
        expires_at = expiries_of(w)[0].at
        place = find_hold(holds_of(w), counts_of(w)[HOLDS], expiries_of(w)[0].leg)
        pop_expiry(w)
        if place < 0 or holds_of(w)[place].state != OPEN:
            continue
        hold = holds_of(w)[place]
        day = local_day(expires_at)
        counts_of(w)[UNDO] = 0
        turn(w, hold.debit_account, day, expires_at, hold.reference)
        turn(w, hold.credit_account, day, expires_at, hold.reference)
        turned = turned_flag(w, hold)
        release(w, hold, hold.amount if turned else 0)
        reopen(w, hold)
        hold.state = EXPIRED
        journal(
            w,
            hold.debit_account,
            hold.credit_account,
            hold.amount,
            EXPIRY | VOID | turned,
            hold.code,
            expires_at,
            day,
            hold.reference,
        )
        rows_of(w)[counts_of(w)[ROWS] - 1].pending_id = hold.leg
