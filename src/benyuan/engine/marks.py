"""The marks that the payloads of the log make, compared with the table of marks; no mark in it is nobody's.

Kept packed, 40 bytes a mark, and sorted at the end: a million customers with three marks each take 120 MB.
"""

from collections.abc import Sequence
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.store import Store, StoreDamaged

MarkRow = tuple[bytes, int, int, int]
ROW = np.dtype([("high", ">u8"), ("low", ">u8"), ("listed", "<i8"), ("kind", "<i8"), ("identity", "<i8")])
HALF, TAG = 8, 16
AT_ONCE = 65_536


class ExpectedMarks:
    """Collects the marks block by block; those of an identity of which a payload is gone may or may not be there."""

    def __init__(self) -> None:
        self._parts: list[NDArray[Any]] = []
        self._unread: set[int] = set()

    def add(self, marks: Sequence[MarkRow], *, unread: Sequence[int]) -> None:
        """The marks that a block makes, and the identities of which it has a payload that is gone."""
        if marks:
            self._parts.append(np.unique(_packed(marks)))
        self._unread.update(unread)

    def compare(self, store: Store) -> list[str]:
        """The first mark that is missing, or is in no payload. Errors: StoreDamaged."""
        expected = np.unique(np.concatenate(self._parts)) if self._parts else np.zeros(0, ROW)
        unread = np.fromiter(self._unread, np.int64, len(self._unread))
        place, rows = 0, store.marks()
        while chunk := list(islice(rows, AT_ONCE)):
            found = _packed(chunk)
            place, fault = _merge(expected, place, found, unread)
            if fault:
                return [fault]
        if place < len(expected):
            return [_missing(expected[place])]
        return []


def _merge(
    expected: NDArray[Any], place: int, found: NDArray[Any], unread: NDArray[np.int64]
) -> tuple[int, str | None]:
    """Where the expected marks go on after a chunk of those found; the first that differs, in words."""
    known = np.isin(found["identity"], unread)
    end = place + int(np.searchsorted(expected[place:], found[-1:], side="right")[0])
    here = expected[place:end]
    extra = ~among(found, here) & ~known
    if extra.any():
        row = found[int(np.flatnonzero(extra)[0])]
        return place, f"table mark: identity {row['identity']} has a mark of kind {row['kind']} that no payload makes"
    missing = ~among(here, found)
    if missing.any():
        return place, _missing(here[int(np.flatnonzero(missing)[0])])
    return end, None


def _missing(row: Any) -> str:
    return f"table mark: the mark of kind {row['kind']} of identity {row['identity']} is missing"


def among(rows: NDArray[Any], held: NDArray[Any]) -> NDArray[np.bool_]:
    """Which rows are among those held, which are in order."""
    if len(held) == 0:
        return np.zeros(len(rows), np.bool_)
    places = np.minimum(np.searchsorted(held, rows), len(held) - 1)
    return np.asarray(held[places] == rows, np.bool_)


def _packed(marks: Sequence[MarkRow]) -> NDArray[Any]:
    if any(len(tag) != TAG for tag, *_ in marks):
        raise StoreDamaged(f"table mark: a tag is not of {TAG} bytes")
    rows = [
        (int.from_bytes(tag[:HALF], "big"), int.from_bytes(tag[HALF:], "big"), listed, kind, identity)
        for tag, listed, kind, identity in marks
    ]
    return np.array(rows, ROW)
