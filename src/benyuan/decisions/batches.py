"""A batch: consecutive commands of one kind on one day, as columns.

Integer fields are int64 arrays, all others lists. One request is a batch of one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Columns: TypeAlias = Mapping[str, Any]


class NoSuchColumn(KeyError):
    """The batch or its facts have no such column: the log of an earlier release did not keep it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """`at` in microseconds since 1970 UTC; `on` the day (yyyymmdd) of all of them; `position` in the log.

    `parcel`: the records that came with the command, which then is alone, in order of their owner; None without any.
    """

    kind: str
    clients: Sequence[str]
    keys: Sequence[str]
    at: NDArray[np.int64]
    on: int
    columns: Columns
    position: NDArray[np.int64]
    parcel: NDArray[Any] | None = None

    def __len__(self) -> int:
        return len(self.at)

    def integers(self, name: str) -> NDArray[np.int64]:
        """An integer column. Errors: NoSuchColumn."""
        column: NDArray[np.int64] = self._column(name)
        return column

    def values(self, name: str) -> list[Any]:
        """Any other column. Errors: NoSuchColumn."""
        column: list[Any] = self._column(name)
        return column

    def _column(self, name: str) -> Any:
        try:
            return self.columns[name]
        except KeyError as error:
            raise NoSuchColumn(name) from error

    def numbers(self, name: str, numbers: Mapping[Any, int]) -> NDArray[np.int64]:
        """A column that is a list, with each value's number."""
        return np.fromiter(map(numbers.__getitem__, self.values(name)), np.int64, len(self))

    def text_numbers(self, name: str) -> NDArray[np.int64]:
        """A column of texts, each as a number of 63 bits made from it: equal texts have equal numbers."""
        return np.fromiter(map(text_number, self.values(name)), np.int64, len(self))

    def equals(self, name: str, value: Any) -> NDArray[np.bool_]:
        """Where a column that is a list has this value."""
        return np.fromiter(map(value.__eq__, self.values(name)), np.bool_, len(self))

    def part(self, start: int, end: int) -> "Batch":
        """The commands from `start` up to, not including, `end`."""
        return replace(
            self,
            clients=self.clients[start:end],
            keys=self.keys[start:end],
            at=self.at[start:end],
            columns={name: column[start:end] for name, column in self.columns.items()},
            position=self.position[start:end],
        )

    def chosen(self, places: NDArray[np.int64]) -> "Batch":
        """The commands at these places."""
        wanted = places.tolist()
        return replace(
            self,
            clients=[self.clients[place] for place in wanted],
            keys=[self.keys[place] for place in wanted],
            at=self.at[places],
            columns={name: _chosen(column, places, wanted) for name, column in self.columns.items()},
            position=self.position[places],
        )

    def row(self, place: int) -> dict[str, Any]:
        """One command's fields."""
        return row_of(self.columns, place)


def row_of(columns: Columns, place: int) -> dict[str, Any]:
    """One command's fields."""
    return {
        name: int(column[place]) if isinstance(column, np.ndarray) else column[place]
        for name, column in columns.items()
    }


def text_number(text: str) -> int:
    """The number that stands for a text in a table of integers: 63 bits of its BLAKE2b."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1


def _chosen(column: Any, places: NDArray[np.int64], wanted: list[int]) -> Any:
    return column[places] if isinstance(column, np.ndarray) else [column[place] for place in wanted]
