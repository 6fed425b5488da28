"""Blocks made ready on a second thread while those before them are folded: their hash taken, their legs unpacked.

Both leave Python's lock alone, and so does the fold, so that with two cores free the log goes through at the pace of
the slower half. Blocks are read from the store where they are asked for, for its connection belongs to that thread.
"""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray

from benyuan.engine.blocks import FORMAT, Block
from benyuan.engine.codec import unpacked_columns
from benyuan.engine.store import StoreError
from benyuan.ledger.kernel import FOLDED
from benyuan.ledger.layout import ROW

AHEAD = 4
"""How many blocks may stand ready: enough to even out their sizes, few enough to take little memory."""

Columns = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A block, whether its hash fits, and the columns of its legs that are folded, None where nobody wants them."""

    block: Block
    fits: bool
    legs: Columns | None = None


def made_ready(blocks: Iterator[Block], *, legs_of_commands: bool = True) -> Iterator[Ready]:
    """The blocks in order, each ready; `legs_of_commands`: unpack the legs of blocks that hold commands too.

    Errors: ValueError for legs that can't be unpacked, those of the store; each after the blocks before it.
    """
    waiting: deque[Future[Ready]] = deque()
    with ThreadPoolExecutor(max_workers=1) as pool:
        for future in _begun(blocks, pool, legs_of_commands=legs_of_commands):
            waiting.append(future)
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _begun(blocks: Iterator[Block], pool: ThreadPoolExecutor, *, legs_of_commands: bool) -> Iterator[Future[Ready]]:
    """Each block being made ready; where the store fails, one that fails so when its turn comes."""
    try:
        for block in blocks:
            yield pool.submit(_ready, block, with_legs=legs_of_commands or not block.commands)
    except StoreError as error:
        failed: Future[Ready] = Future()
        failed.set_exception(error)
        yield failed


def _ready(block: Block, *, with_legs: bool) -> Ready:
    fits = block.hash == block.digest()
    return Ready(block=block, fits=fits, legs=legs_of(block) if fits and with_legs else None)


def legs_of(block: Block) -> Columns:
    """The columns of a block's legs that are folded. Errors: ValueError, also for a block of a later format."""
    if block.format != FORMAT:
        raise ValueError(f"it is of format {block.format}, and this release reads format {FORMAT}")
    return unpacked_columns(block.rows, dtype=ROW, count=block.legs, names=FOLDED)
