"""Commands as they come out of a file: a run of lines of one kind, as columns."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benyuan.cli.failures import BadFile

WHEN = "microseconds since 1970 UTC, or a time with its zone such as 2026-05-01T09:00:00+08:00"
MICROSECOND = dt.timedelta(microseconds=1)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


class Whose(NamedTuple):
    """The client of a line that names none: of one that brings a key, and of one whose key is its number.

    A key that a line brings means the same payment in every file. A number means it only in this one.
    """

    of_keys: str
    of_numbers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Lines of one kind, one after another. `lines` are their numbers in the file; `at` None: the time of intake.

    `given_keys` and `given_clients` are what the lines bring. `first` is how many lines of commands came before.
    """

    kind: str
    columns: dict[str, Any]
    given_keys: Sequence[str | int | None]
    given_clients: Sequence[str | None]
    first: int
    at: NDArray[np.int64] | None
    lines: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.given_keys)

    @property
    def keys(self) -> list[str]:
        """The key of every line; its number, from 1, where it brings none."""
        return [str(number if key is None else key) for number, key in enumerate(self.given_keys, self.first + 1)]

    def clients(self, whose: Whose) -> list[str]:
        """Whose the key of every line is."""
        return [
            client or (whose.of_numbers if key is None else whose.of_keys)
            for key, client in zip(self.given_keys, self.given_clients, strict=True)
        ]


def instants(given: Sequence[Any], *, file: str, places: Sequence[str]) -> NDArray[np.int64] | None:
    """A column of times as microseconds; None where no line has one. Errors: BadFile."""
    if all(item is None for item in given):
        return None
    column = np.zeros(len(given), np.int64)
    for number, item in enumerate(given):
        try:
            column[number] = item if type(item) is int else _instant(str(item))
        except (ValueError, OverflowError):
            words = WHEN if item is not None else f"{WHEN}; other lines have one, and all do or none"
            raise BadFile(
                file=file,
                where=places[number],
                field="at",
                value=item,
                constraint=words,
            ) from None
    return column


def _instant(text: str) -> int:
    if text.removeprefix("-").isdecimal() and text.isascii():
        return int(text)
    moment = dt.datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return (moment - EPOCH) // MICROSECOND
