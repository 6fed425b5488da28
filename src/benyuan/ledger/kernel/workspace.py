"""What one call of the kernel works on, and how a chain's changes are remembered so that it can be undone."""

from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numba import carray, njit, types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from benyuan.ledger.layout import ACCOUNT, ANSWER, EXPIRY, HOLD, LEG, REFUSED, ROW


class Counter(IntEnum):
    """Places in `Workspace.counts`."""

    accounts = 0
    holds = 1
    expiries = 2
    rows = 3
    refused = 4
    next_leg = 5
    undo = 6
    undo_holds = 7


ACCOUNTS = 0
HOLDS = 1
EXPIRIES = 2
ROWS = 3
REFUSALS = 4
NEXT_LEG = 5
UNDO = 6
UNDO_HOLDS = 7


class Workspace(NamedTuple):
    """The arrays of one call; dtypes are those of `benyuan.ledger.layout`."""

    accounts: NDArray[Any]
    holds: NDArray[Any]
    expiries: NDArray[Any]
    known: NDArray[Any]
    legs: NDArray[Any]
    answers: NDArray[Any]
    rows: NDArray[Any]
    refused: NDArray[Any]
    undo: NDArray[Any]
    undo_ids: NDArray[Any]
    undo_holds: NDArray[Any]
    counts: NDArray[Any]

    def table(self) -> NDArray[np.int64]:
        """Where each array begins and how long it is: what the kernel is given."""
        return np.array([number for array in self for number in (array.ctypes.data, len(array))], np.int64)


@intrinsic
def pointer(_typing, address):
    """An integer as a pointer."""

    def generate(_context, builder, _signature, arguments):
        return builder.inttoptr(arguments[0], cgutils.voidptr_t)

    return types.voidptr(address), generate


# Arrays that came in as arguments would be reference-counted, atomically, at each call between the kernel's
# functions: measured, two thirds of its time. So the kernel passes one integer, the address of a table of (address,
# length) pairs, and looks at each array through it; the caller keeps them alive.


@njit(cache=True, forceinline=True)
def accounts_of(w):
    """The workspace's `accounts`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[0]), (table[1],), ACCOUNT)


@njit(cache=True, forceinline=True)
def holds_of(w):
    """The workspace's `holds`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[2]), (table[3],), HOLD)


@njit(cache=True, forceinline=True)
def expiries_of(w):
    """The workspace's `expiries`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[4]), (table[5],), EXPIRY)


@njit(cache=True, forceinline=True)
def known_of(w):
    """The workspace's `known`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[6]), (table[7],), HOLD)


@njit(cache=True, forceinline=True)
def legs_of(w):
    """The workspace's `legs`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[8]), (table[9],), LEG)


@njit(cache=True, forceinline=True)
def answers_of(w):
    """The workspace's `answers`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[10]), (table[11],), ANSWER)


@njit(cache=True, forceinline=True)
def rows_of(w):
    """The workspace's `rows`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[12]), (table[13],), ROW)


@njit(cache=True, forceinline=True)
def refused_of(w):
    """The workspace's `refused`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[14]), (table[15],), REFUSED)


@njit(cache=True, forceinline=True)
def undo_of(w):
    """The workspace's `undo`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[16]), (table[17],), ACCOUNT)


@njit(cache=True, forceinline=True)
def undo_ids_of(w):
    """The workspace's `undo_ids`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[18]), (table[19],), np.int64)


@njit(cache=True, forceinline=True)
def undo_holds_of(w):
    """The workspace's `undo_holds`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[20]), (table[21],), np.int64)


@njit(cache=True, forceinline=True)
def counts_of(w):
    """The workspace's `counts`."""
    table = carray(pointer(w), (24,), np.int64)
    return carray(pointer(table[22]), (table[23],), np.int64)


@njit(cache=True)
def remember(w, account):
    """Keep the account as it stands, so that a failing chain can put it back."""
    place = counts_of(w)[UNDO]
    undo_of(w)[place] = accounts_of(w)[account]
    undo_ids_of(w)[place] = account
    counts_of(w)[UNDO] = place + 1


@njit(cache=True)
def refuse(w, index, account, amount):
    """Note what leg `index` would have moved, and the balances of the account that refuses it."""
    row = refused_of(w)[counts_of(w)[REFUSALS]]
    record = accounts_of(w)[account]
    row.leg_index = index
    row.account = account
    row.amount = amount
    row.debits_pending = record.debits_pending
    row.debits_posted = record.debits_posted
    row.credits_pending = record.credits_pending
    row.credits_posted = record.credits_posted
    counts_of(w)[REFUSALS] += 1


@njit(cache=True)
def find_hold(holds, count, leg):
    """The place of the hold with this leg id among the first `count`, which stand in order of id; -1: not there."""
    low = 0
    high = count
    while low < high:
        middle = (low + high) >> 1
        if holds[middle].leg < leg:
            low = middle + 1
        else:
            high = middle
    if low < count and holds[low].leg == leg:
        return low
    return -1


@njit(cache=True)
def journal(w, debit, credit, amount, flags, code, at, business_date, reference):
    """Write a row for a movement that the two accounts have already taken; returns its id."""
    place = counts_of(w)[ROWS]
    leg = counts_of(w)[NEXT_LEG]
    row = rows_of(w)[place]
    debited = accounts_of(w)[debit]
    credited = accounts_of(w)[credit]
    row.debit_account = debit
    row.credit_account = credit
    row.amount = amount
    row.ceiling = 0x7FFFFFFFFFFFFFFF
    row.pending_id = 0
    row.at = at
    row.reference = reference
    row.debit_previous = debited.last_leg
    row.credit_previous = credited.last_leg
    row.debit_after = debited.debits_posted - debited.credits_posted
    row.credit_after = credited.debits_posted - credited.credits_posted
    row.timeout_s = 0
    row.business_date = business_date
    row.flags = flags
    row.code = code
    debited.last_leg = leg
    credited.last_leg = leg
    counts_of(w)[ROWS] = place + 1
    counts_of(w)[NEXT_LEG] = leg + 1
    return leg
