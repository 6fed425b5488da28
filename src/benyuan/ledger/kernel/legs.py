"""One leg: its checks in the documented order, what it moves, and its row."""

from numba import njit

from benyuan.ledger.kernel.holds import CREDIT_CLOSED, DEBIT_CLOSED, resolve
from benyuan.ledger.kernel.windows import turn
from benyuan.ledger.kernel.workspace import (
    ACCOUNTS,
    HOLDS,
    ROWS,
    accounts_of,
    answers_of,
    counts_of,
    holds_of,
    journal,
    legs_of,
    refuse,
    remember,
    rows_of,
)

MAX = 0x7FFFFFFFFFFFFFFF
MICROSECONDS = 1_000_000
PENDING, POST, VOID = 2, 4, 8
BALANCING_DEBIT, BALANCING_CREDIT = 16, 32
CLOSING_DEBIT, CLOSING_CREDIT = 64, 128
FOLLOWING_MOVED, FOLLOWING_LEFT = 256, 512
RESERVED = 0xFC00
NOT_WITH_RESOLUTION = PENDING | BALANCING_DEBIT | BALANCING_CREDIT | 64 | 128 | FOLLOWING_MOVED | FOLLOWING_LEFT
DEBITS_BOUND, CREDITS_BOUND, CLOSED = 2, 4, 8


@njit(cache=True)
def malformed_resolution(leg):
    """The first fault of a post or void leg that shows in the leg alone; 0: none."""
    if (leg.flags & POST and leg.flags & VOID) or leg.flags & NOT_WITH_RESOLUTION:
        return 4
    if leg.pending_id == 0:
        return 9
    if leg.timeout_s != 0:
        return 10
    if leg.follows != 0:
        return 12
    if leg.amount < 0:
        return 13
    return 0


@njit(cache=True)
def malformed(leg, place_in_chain):
    """The first fault of a plain or pending leg that shows in the leg alone; 0: none."""
    following = leg.flags & (FOLLOWING_MOVED | FOLLOWING_LEFT)
    if following == (FOLLOWING_MOVED | FOLLOWING_LEFT):
        return 4
    if leg.debit_account == 0:
        return 5
    if leg.credit_account == 0:
        return 6
    if leg.debit_account == leg.credit_account:
        return 7
    if leg.pending_id != 0:
        return 8
    if not leg.flags & PENDING:
        if leg.timeout_s != 0:
            return 10
        if leg.flags & (CLOSING_DEBIT | CLOSING_CREDIT):
            return 11
    if following:
        if leg.follows <= 0 or leg.follows > place_in_chain:
            return 12
    elif leg.follows != 0:
        return 12
    if leg.amount < 0:
        return 13
    if leg.code == 0:
        return 14
    return 0


@njit(cache=True)
def unknown_accounts(w, leg):
    """The first fault of a leg's accounts; 0: both stand, in one book and unit."""
    count = counts_of(w)[ACCOUNTS]
    if leg.debit_account < 0 or leg.debit_account > count:
        return 15
    if leg.credit_account < 0 or leg.credit_account > count:
        return 16
    debited = accounts_of(w)[leg.debit_account]
    credited = accounts_of(w)[leg.credit_account]
    if debited.book != credited.book or debited.unit != credited.unit:
        return 17
    return 0


@njit(cache=True)
def asked_amount(w, index):
    """What leg `index` asks for: its amount, or the lesser of that and what it follows."""
    leg = legs_of(w)[index]
    if not leg.flags & (FOLLOWING_MOVED | FOLLOWING_LEFT):
        return leg.amount
    followed = answers_of(w)[index - leg.follows]
    available = followed.moved if leg.flags & FOLLOWING_MOVED else followed.asked - followed.moved
    return min(leg.amount, available)


@njit(cache=True)
def moved_amount(w, leg, asked):
    """What a leg moves of what it asks: less only where it balances."""
    amount = asked
    if leg.flags & BALANCING_DEBIT:
        record = accounts_of(w)[leg.debit_account]
        amount = min(amount, max(0, record.credits_posted - (record.debits_posted + record.debits_pending)))
    if leg.flags & BALANCING_CREDIT:
        record = accounts_of(w)[leg.credit_account]
        amount = min(amount, max(0, record.debits_posted - (record.credits_posted + record.credits_pending)))
    return amount


@njit(cache=True)
def overflow(w, leg, amount):
    """The overflow that a leg would cause and the account that it would; (0, 0): none."""
    debited = accounts_of(w)[leg.debit_account]
    credited = accounts_of(w)[leg.credit_account]
    if leg.flags & PENDING:
        if amount > MAX - debited.debits_pending:
            return 30, leg.debit_account
        if amount > MAX - credited.credits_pending:
            return 31, leg.credit_account
    if amount > MAX - debited.debits_posted:
        return 32, leg.debit_account
    if amount > MAX - credited.credits_posted:
        return 33, leg.credit_account
    if amount > MAX - debited.debits_posted - debited.debits_pending:
        return 34, leg.debit_account
    if amount > MAX - credited.credits_posted - credited.credits_pending:
        return 35, leg.credit_account
    return 0, 0


@njit(cache=True)
def bound(w, leg, amount):
    """The bound or ceiling that a leg would break and the account that has it; (0, 0): none."""
    debited = accounts_of(w)[leg.debit_account]
    credited = accounts_of(w)[leg.credit_account]
    if debited.flags & DEBITS_BOUND:
        if debited.debits_pending + debited.debits_posted + amount > debited.credits_posted:
            return 36, leg.debit_account
    if credited.flags & CREDITS_BOUND:
        if credited.credits_pending + credited.credits_posted + amount > credited.debits_posted:
            return 37, leg.credit_account
    if amount > 0 and leg.ceiling != MAX:
        if debited.debits_pending + debited.debits_posted + amount - debited.credits_posted > leg.ceiling:
            return 38, leg.debit_account
    return 0, 0


@njit(cache=True)
def post_leg(w, index, chain_start, day, first_leg):
    """Check and post leg `index`; returns its status. What it changed is remembered for undoing."""
    leg = legs_of(w)[index]
    if leg.flags & RESERVED:
        return 3
    if leg.flags & (POST | VOID):
        status = malformed_resolution(leg)
        return status if status != 0 else resolve(w, index, day, first_leg)
    status = malformed(leg, index - chain_start)
    if status == 0:
        status = unknown_accounts(w, leg)
    if status != 0:
        return status
    asked = asked_amount(w, index)
    silent = asked == 0 and leg.flags & (FOLLOWING_MOVED | FOLLOWING_LEFT)
    at_fault = 0
    if not silent:
        status, at_fault = turn(w, leg.debit_account, day, leg.at, leg.reference)
        if status == 0:
            status, at_fault = turn(w, leg.credit_account, day, leg.at, leg.reference)
        if status != 0:
            refuse(w, index, at_fault, asked)
            return status
    if accounts_of(w)[leg.debit_account].flags & CLOSED:
        return DEBIT_CLOSED
    if accounts_of(w)[leg.credit_account].flags & CLOSED:
        return CREDIT_CLOSED
    if silent:
        return 0
    amount = moved_amount(w, leg, asked)
    status, at_fault = overflow(w, leg, amount)
    if status == 0:
        status, at_fault = bound(w, leg, amount)
    if status != 0:
        refuse(w, index, at_fault, amount)
        return status
    # After this point the leg must succeed.
    move(w, index, asked, amount, day)
    return 0


@njit(cache=True)
def move(w, index, asked, amount, day):
    """Move the balances of a leg that has passed every check, journal it and open its hold."""
    leg = legs_of(w)[index]
    answer = answers_of(w)[index]
    remember(w, leg.debit_account)
    remember(w, leg.credit_account)
    debited = accounts_of(w)[leg.debit_account]
    credited = accounts_of(w)[leg.credit_account]
    if leg.flags & PENDING:
        debited.debits_pending += amount
        credited.credits_pending += amount
    else:
        debited.debits_posted += amount
        credited.credits_posted += amount
    if leg.flags & CLOSING_DEBIT:
        debited.flags |= CLOSED
    if leg.flags & CLOSING_CREDIT:
        credited.flags |= CLOSED
    answer.asked = asked
    answer.moved = amount
    answer.leg = journal(
        w,
        leg.debit_account,
        leg.credit_account,
        amount,
        leg.flags,
        leg.code,
        leg.at,
        leg.business_date,
        leg.reference,
    )
    row = rows_of(w)[counts_of(w)[ROWS] - 1]
    row.ceiling = leg.ceiling
    row.timeout_s = leg.timeout_s
    if leg.flags & PENDING:
        open_hold(w, leg, answer.leg, amount, day)


@njit(cache=True)
def open_hold(w, leg, leg_id, amount, day):
    """Add a hold to the open ones, which so stay in order of id."""
    hold = holds_of(w)[counts_of(w)[HOLDS]]
    hold.leg = leg_id
    hold.debit_account = leg.debit_account
    hold.credit_account = leg.credit_account
    hold.amount = amount
    hold.expires_at = leg.at + leg.timeout_s * MICROSECONDS if leg.timeout_s != 0 else 0
    hold.reference = leg.reference
    hold.day = day
    hold.flags = leg.flags
    hold.code = leg.code
    hold.state = 0
    counts_of(w)[HOLDS] += 1
