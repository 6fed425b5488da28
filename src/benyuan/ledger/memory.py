"""Zeroed arrays for what legs touch at random: in large pages from a size on where the system has them.

Legs touch accounts anywhere in an array of many megabytes. In pages of 4 KiB nearly each of these needs another entry
of the processor's table of pages, and finding one costs more than the account itself, most of all on a virtual machine:
folding 1,000,000 legs over 100,000 accounts took 50 to 80 ns a leg, and 20 to 25 in pages of 2 MiB.
"""

import contextlib
import mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

LARGE_PAGE = 2 << 20
ADVICE: int | None = getattr(mmap, "MADV_HUGEPAGE", None)


def zeros(count: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """As `np.zeros`."""
    size = count * dtype.itemsize
    if ADVICE is None or size < LARGE_PAGE:
        return np.zeros(count, dtype)
    memory = mmap.mmap(-1, size + LARGE_PAGE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with contextlib.suppress(OSError):  # a system that has no large pages
        memory.madvise(ADVICE)
    start = -np.frombuffer(memory, np.uint8).ctypes.data % LARGE_PAGE
    return np.frombuffer(memory, dtype, count, start)
