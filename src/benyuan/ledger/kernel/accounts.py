"""Accounts created in a batch, chain by chain."""

from numba import njit

LINKED, USERS_FLAGS, BOTH_BOUNDS, CREDITS_BOUND = 1, 7, 6, 4
LINKED_EVENT_FAILED, LINKED_EVENT_CHAIN_OPEN = 1, 2


@njit(cache=True)
def fault(accounts, count, asked):
    """The first fault of an account asked for, `count` accounts standing before it; 0: none."""
    if asked.flags & ~USERS_FLAGS:
        return 3
    if asked.flags & BOTH_BOUNDS == BOTH_BOUNDS or (asked.flags & CREDITS_BOUND and asked.window != 0):
        return 4
    if asked.book == 0:
        return 5
    if asked.unit == 0:
        return 6
    if asked.code == 0:
        return 7
    if asked.window > 3 or (asked.window == 0 and asked.window_account != 0):
        return 8
    if asked.window == 0:
        return 0
    if asked.window_account <= 0 or asked.window_account > count:
        return 9
    other = accounts[asked.window_account]
    if other.book != asked.book or other.unit != asked.unit:
        return 10
    if other.window != 0 or other.flags & BOTH_BOUNDS:
        return 11
    return 0


@njit(cache=True)
def create_accounts(accounts, count, asked, status, ids):
    """Create accounts after the first `count`; returns the new count. `accounts` has room for all asked for."""
    total = len(asked)
    start = 0
    while start < total:
        end = start
        while end < total and asked[end].flags & LINKED:
            end += 1
        failed = -1
        made = count
        answer = LINKED_EVENT_CHAIN_OPEN
        if end == total:
            end = total - 1
            failed = end
        else:
            for index in range(start, end + 1):
                answer = fault(accounts, made, asked[index])
                if answer != 0:
                    failed = index
                    break
                made += 1
                accounts[made] = asked[index]
                accounts[made].flags &= ~LINKED & USERS_FLAGS
                ids[index] = made
        if failed < 0:
            count = made
        else:
            for index in range(start, end + 1):
                status[index] = LINKED_EVENT_FAILED
                ids[index] = 0
            status[failed] = answer
        start = end + 1
    return count
