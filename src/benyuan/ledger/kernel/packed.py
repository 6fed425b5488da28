"""Journal rows as columns: the kernel is told where each column begins and how far apart its values lie.

So it reads columns as they come out of a block, and fields of records, without a copy of either.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numba import carray, njit
from numpy.typing import NDArray

from benyuan.ledger.kernel.workspace import pointer

FOLDED = (
    "debit_account",
    "credit_account",
    "amount",
    "pending_id",
    "at",
    "reference",
    "debit_previous",
    "credit_previous",
    "debit_after",
    "credit_after",
    "timeout_s",
    "flags",
    "code",
)
"""The columns that folding reads, in the order of the table; the others say nothing about balances."""

DEBIT_ACCOUNT, CREDIT_ACCOUNT, AMOUNT, PENDING_ID, AT, REFERENCE = 0, 1, 2, 3, 4, 5
DEBIT_PREVIOUS, CREDIT_PREVIOUS, DEBIT_AFTER, CREDIT_AFTER = 6, 7, 8, 9
TIMEOUT_S, FLAGS, CODE = 10, 11, 12
NUMBERS = 26
"""Two numbers a column: where it begins, and how many bytes lie between two values."""


class Row(NamedTuple):
    """A journal row as far as folding reads it."""

    debit_account: int
    credit_account: int
    amount: int
    pending_id: int
    at: int
    reference: int
    debit_previous: int
    credit_previous: int
    debit_after: int
    credit_after: int
    timeout_s: int
    flags: int
    code: int


def table_of(columns: Mapping[str, NDArray[Any]]) -> NDArray[np.int64]:
    """Where each of the `FOLDED` columns lies: what the kernel is given. The caller keeps them alive."""
    arrays = [columns[name] for name in FOLDED]
    return np.array([number for array in arrays for number in (array.ctypes.data, array.strides[0])], np.int64)


@njit(cache=True, forceinline=True)
def address_of(c, column, place):
    """Where a value of a column lies."""
    table = carray(pointer(c), (NUMBERS,), np.int64)
    return table[2 * column] + table[2 * column + 1] * place


@njit(cache=True, forceinline=True)
def wide(c, column, place):
    """A value of a column of 64 bits."""
    return carray(pointer(address_of(c, column, place)), (1,), np.int64)[0]


@njit(cache=True, forceinline=True)
def word(c, column, place):
    """A value of a column of 32 bits without a sign."""
    return np.int64(carray(pointer(address_of(c, column, place)), (1,), np.uint32)[0])


@njit(cache=True, forceinline=True)
def short(c, column, place):
    """A value of a column of 16 bits without a sign."""
    return np.int64(carray(pointer(address_of(c, column, place)), (1,), np.uint16)[0])


@njit(cache=True, forceinline=True)
def row_at(c, place):
    """One row of the columns."""
    return Row(
        wide(c, DEBIT_ACCOUNT, place),
        wide(c, CREDIT_ACCOUNT, place),
        wide(c, AMOUNT, place),
        wide(c, PENDING_ID, place),
        wide(c, AT, place),
        wide(c, REFERENCE, place),
        wide(c, DEBIT_PREVIOUS, place),
        wide(c, CREDIT_PREVIOUS, place),
        wide(c, DEBIT_AFTER, place),
        wide(c, CREDIT_AFTER, place),
        word(c, TIMEOUT_S, place),
        short(c, FLAGS, place),
        short(c, CODE, place),
    )
