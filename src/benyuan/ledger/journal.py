"""Where journal rows go and are read back from. The engine's stores implement this; a list in memory does too."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any, Protocol

from numpy.typing import NDArray


class Journal(Protocol):
    """Rows in blocks, in order of their ids; a block is what one batch posted."""

    def append(self, *, first_leg: int, rows: NDArray[Any]) -> None:
        """Take the rows of one batch, whose ids begin at `first_leg`."""

    def block(self, *, leg: int) -> tuple[int, NDArray[Any]]:
        """The first id and the rows of the block that holds `leg`. KeyError: no such leg."""

    def columns(self, *, leg: int, names: Sequence[str]) -> tuple[int, dict[str, NDArray[Any]]]:
        """As `block`, but only these columns of it, to be read and not kept."""

    def legs_before(self, *, at: int) -> int:
        """How many legs stand in blocks that ended before an instant, microseconds since 1970 UTC."""


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

    def columns(self, *, leg: int, names: Sequence[str]) -> tuple[int, dict[str, NDArray[Any]]]:
        """Columns of the block that holds `leg`."""
        first, rows = self.block(leg=leg)
        return first, {name: rows[name] for name in names}

    def legs_before(self, *, at: int) -> int:
        """How many legs stand in blocks that ended before an instant."""
        ended = bisect_left(self._blocks, at, key=lambda rows: int(rows["at"][-1]))
        return self._firsts[ended - 1] + len(self._blocks[ended - 1]) - 1 if ended else 0
