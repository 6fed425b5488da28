"""Accounts asked for before their turn: they lie anywhere in memory, and waiting for them is most of a leg's time."""

from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from benyuan.ledger.kernel.workspace import accounts_of

AHEAD = 8
"""How many legs or rows before their turn: about the time that memory takes."""


@intrinsic
def prefetch(_typing, address):
    """Ask the processor for the memory at an address that may soon be written; an address of nothing does no harm."""

    def generate(_context, builder, _signature, arguments):
        byte, word = ir.IntType(8).as_pointer(), ir.IntType(32)
        function = cgutils.get_or_insert_function(
            builder.module, ir.FunctionType(ir.VoidType(), [byte, word, word, word]), "llvm.prefetch.p0i8"
        )
        place = builder.inttoptr(arguments[0], byte)
        return builder.call(function, [place, word(1), word(3), word(1)])

    return types.void(address), generate


@njit(cache=True, forceinline=True)
def fetch_account(w, account):
    """Ask for an account, which need not stand."""
    accounts = accounts_of(w)
    prefetch(accounts.ctypes.data + accounts.itemsize * account)
