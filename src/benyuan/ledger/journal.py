"""Where journal rows go and are read back from. The engine's stores implement this; a list in memory does too."""

from bisect import bisect_right
from typing import Any, Protocol

from numpy.typing import NDArray


class Journal(Protocol):
    """Rows in blocks, in order of their ids; a block is what one batch posted."""

    def append(self, *, first_leg: int, rows: NDArray[Any]) -> None:
        """Take the rows of one batch, whose ids begin at `first_leg`."""

    def block(self, *, leg: int) -> tuple[int, NDArray[Any]]:
        """The first id and the rows of the block that holds `leg`. KeyError: no such leg."""


class MemoryJournal:
    """A journal that lasts as long as the process."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._blocks: list[NDArray[Any]] = []

    def append(self, *, first_leg: int, rows: NDArray[Any]) -> None:
        """Keep the rows."""
        if len(rows):
            self._firsts.append(first_leg)
            self._blocks.append(rows)

    def block(self, *, leg: int) -> tuple[int, NDArray[Any]]:
        """The block that holds `leg`."""
        place = bisect_right(self._firsts, leg) - 1
        if place < 0 or leg >= self._firsts[place] + len(self._blocks[place]):
            raise KeyError(leg)
        return self._firsts[place], self._blocks[place]
