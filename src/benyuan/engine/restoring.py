"""Saved balances: pages of accounts that have changed, and open holds; a start folds only the blocks since."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec
import numpy as np
from msgspec.structs import replace

from benyuan.engine.ahead import Columns, legs_of, made_ready
from benyuan.engine.blocks import Block
from benyuan.engine.codec import packed, unpacked
from benyuan.engine.keys import KeyIndex
from benyuan.engine.reading import Opened, Reader
from benyuan.engine.store import Store, StoreDamaged
from benyuan.ledger import Ledger, LedgerState
from benyuan.ledger.kernel import Counter
from benyuan.ledger.layout import ACCOUNT, HOLD
from benyuan.ledger.state import PAGE

CHECKSUM = 16
SAVED = 1
"""The number of the form in which balances are saved; those of an earlier form are folded from the log again."""


class Rest(msgspec.Struct, frozen=True, kw_only=True):
    """The ledger's state beside the pages: counts, the last time, open holds."""

    accounts: int
    legs: int
    last_at: int
    holds: int
    hold_columns: bytes
    checksum: bytes = b""

    def sealed(self, seq: int) -> bytes:
        """The bytes to save after block `seq`."""
        return msgspec.msgpack.encode(replace(self, checksum=self.sum(seq)))

    def sum(self, seq: int) -> bytes:
        """The checksum that this state has after block `seq`."""
        return checksum(seq, msgspec.msgpack.encode(replace(self, checksum=b"")))

    @classmethod
    def read(cls, data: bytes, *, seq: int) -> "Rest":
        """The state that was saved after block `seq`. Errors: ValueError."""
        try:
            rest = msgspec.msgpack.decode(data, type=cls)
        except msgspec.DecodeError as error:
            raise ValueError(f"the saved balances can't be read: {error}") from error
        if rest.checksum != rest.sum(seq):
            raise ValueError("the saved balances are not what was written: their checksum does not fit")
        return rest


def checksum(number: int, data: bytes) -> bytes:
    """A short hash over a number and bytes: enough to notice a flipped bit, which is all that it is for."""
    return hashlib.sha256(number.to_bytes(8, "big", signed=True) + data).digest()[:CHECKSUM]


def pages_of(accounts: int) -> range:
    """The pages that so many accounts fill; the last one too is there, else its accounts would start with nothing."""
    return range(accounts // PAGE + 1 if accounts else 0)


def read_page(page: int, data: bytes, *, count: int) -> Any:
    """A saved page's accounts. Errors: ValueError."""
    if checksum(page, data[CHECKSUM:]) != data[:CHECKSUM]:
        raise ValueError(f"page {page} of the saved balances is not what was written: its checksum does not fit")
    return unpacked(data[CHECKSUM:], dtype=ACCOUNT, count=count)


def save(store: Store, ledger: Ledger, seq: int) -> None:
    """Save the pages that have changed since they were saved last, as they stand after block `seq`."""
    state = ledger.state
    pages = {}
    for page in np.flatnonzero(state.dirty).tolist():
        columns = packed(state.accounts[page * PAGE : min((page + 1) * PAGE, state.account_count + 1)])
        pages[page] = checksum(page, columns) + columns
    holds = state.open_holds()
    rest = Rest(
        accounts=state.account_count,
        legs=state.leg_count,
        last_at=state.last_at,
        holds=len(holds),
        hold_columns=packed(holds),
    )
    store.save_balances(seq=seq, pages=pages, rest=rest.sealed(seq))
    state.dirty[:] = False


def restore(store: Store, reader: Reader) -> tuple[Ledger, KeyIndex]:
    """The ledger and the keys as the store has them.

    Errors: StoreDamaged names the first block that can't be folded.
    """
    state = LedgerState()
    saved = store.saved_balances()
    after = 0
    if saved is not None:
        after, pages, rest = saved
        head = store.last_block()
        if after < 0 or after > (head.seq if head else 0):
            raise StoreDamaged(f"the saved balances are of block {after}, which is not in the log")
        try:
            _fill(state, pages, Rest.read(rest, seq=after))
        except (ValueError, IndexError, MemoryError) as error:
            raise StoreDamaged(f"saved balances: {error}") from error
    ledger = Ledger(journal=reader, state=state)
    keys = KeyIndex(store)
    for block, legs in _sound(store, after):
        fold_block(ledger, block, legs)
        if block.commands:
            keys.read(_opened(block))
        ledger.state.last_at = block.last_at
    if ledger.state.expiries_stale:
        ledger.state.rebuild_expiries()
    return ledger, keys


def _sound(store: Store, after: int) -> Iterator[tuple[Block, Columns | None]]:
    """The blocks with their legs. Errors: StoreDamaged."""
    seq = after
    try:
        for ready in made_ready(store.blocks(after=after)):
            seq = ready.block.seq
            if not ready.fits:
                raise StoreDamaged(f"block {seq} is not what was written: its hash does not fit")
            yield ready.block, ready.legs
    except ValueError as error:
        raise StoreDamaged(f"block {seq + 1}: {error}") from error


def fold_block(ledger: Ledger, block: Block, legs: Columns | None = None) -> None:
    """Fold the accounts and legs of a block whose hash has been found to fit. Errors: StoreDamaged."""
    try:
        ledger.create_account_records(unpacked(block.made, dtype=ACCOUNT, count=block.accounts))
        columns = legs_of(block) if legs is None else legs
    except ValueError as error:
        raise StoreDamaged(f"block {block.seq}: {error}") from error
    folded = ledger.fold_columns(columns)
    if folded < block.legs:
        raise StoreDamaged(f"block {block.seq}: leg {block.first_leg + folded} contradicts the legs before it")
    if block.accounts and ledger.account_count != block.first_account + block.accounts - 1:
        raise StoreDamaged(f"block {block.seq}: its accounts do not follow those before it")


def _fill(state: LedgerState, pages: Any, rest: Rest) -> None:
    state.make_room(accounts=rest.accounts)
    state.counts[Counter.accounts] = rest.accounts
    state.counts[Counter.next_leg] = rest.legs + 1
    state.last_at = rest.last_at
    if min(rest.accounts, rest.legs, rest.last_at, rest.holds) < 0 or sorted(pages) != list(pages_of(rest.accounts)):
        raise ValueError("they do not hang together")
    for page, data in pages.items():
        start = page * PAGE
        count = min((page + 1) * PAGE, rest.accounts + 1) - start
        state.accounts[start : start + count] = read_page(page, data, count=count)
    holds = unpacked(rest.hold_columns, dtype=HOLD, count=rest.holds)
    state.make_room(holds=len(holds))
    state.holds[: len(holds)] = holds
    state.counts[Counter.holds] = len(holds)
    state.expiries_stale = True
    state.dirty[:] = False


def _opened(block: Block) -> Opened:
    try:
        return Opened(block)
    except ValueError as error:
        raise StoreDamaged(f"block {block.seq}: {error}") from error
