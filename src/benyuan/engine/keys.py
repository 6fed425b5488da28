"""Keys of requests: the same client and key get the same answer however often they ask."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.intake import Incoming
from benyuan.engine.payloads import Payloads
from benyuan.engine.reading import Opened, Reader
from benyuan.engine.store import Store
from benyuan.engine.unkept import NOT_KEPT, UNKEPT, Why, reasons_of, with_digest, words_in

SEPARATOR = b"\0"
DIGEST = 8


def key_hash(client: str, key: str) -> int:
    """A 64-bit number for a client's key; two keys may share one, so whoever finds it looks at the log."""
    return key_hashes((client,), (key,))[0]


def key_hashes(clients: Iterable[str], keys: Sequence[str]) -> list[int]:
    """The numbers of many keys."""
    begun: dict[str, Any] = {}
    digests = []
    for client, key in zip(clients, keys, strict=True):
        made = begun.get(client)
        if made is None:
            made = begun[client] = hashlib.blake2b(client.encode() + SEPARATOR, digest_size=DIGEST)
        made = made.copy()
        made.update(key.encode())
        digests.append(made.digest())
    numbers: list[int] = np.frombuffer(b"".join(digests), ">i8").tolist()
    return numbers


def next_hash(hashed: int) -> int:
    """Where to look on when a number is taken by another key."""
    return hashed + 1 if hashed < (1 << 63) - 1 else -(1 << 63)


class KeyIndex:
    """Which numbers are taken: those of the blocks since the last save in memory, all others in the store's table.

    The table is written only when balances are saved, in order of the numbers: written batch by batch, each of these
    would change another page of it, and most of what went to the disk was that. `saved=False`: as if none were.
    """

    def __init__(self, store: Store, *, saved: bool = True) -> None:
        self._store = store
        self._recent: dict[int, int] = {}
        self._found: dict[int, int] = {}
        self._saved = saved and store.has_keys()

    def __len__(self) -> int:
        return len(self._recent)

    def position(self, hashed: int) -> int | None:
        """The log position that has a number."""
        position = self._recent.get(hashed, self._found.get(hashed))
        return self._store.positions_of_keys([hashed]).get(hashed) if position is None and self._saved else position

    def look_up(self, hashes: Sequence[int]) -> None:
        """Look many numbers up at once, so that `position` need not ask for each."""
        self._found = self._store.positions_of_keys(hashes) if self._saved else {}

    def are_free(self, hashes: Sequence[int]) -> bool:
        """Whether none of these numbers is taken, and none comes twice."""
        if not self._recent.keys().isdisjoint(hashes) or len(set(hashes)) < len(hashes):
            return False
        return not (self._saved and self._store.positions_of_keys(hashes))

    def take_free(self, hashes: Sequence[int], positions: Sequence[int]) -> None:
        """Take numbers that are known to be free."""
        self._recent.update(zip(hashes, positions, strict=True))

    def take(self, hashes: Sequence[int], positions: Sequence[int]) -> None:
        """Take numbers for commands; where one is taken, the next that is free."""
        if self.are_free(hashes):
            self.take_free(hashes, positions)
            return
        for hashed, position in zip(hashes, positions, strict=True):
            free = hashed
            while self.position(free) is not None:
                free = next_hash(free)
            self._recent[free] = position

    def read(self, opened: Opened) -> None:
        """Take the numbers of a block of the log."""
        count, first = opened.block.commands, opened.block.first_position
        hashes = key_hashes(opened.clients, opened.keys)
        self.take(hashes, range(first, first + count))

    def items(self) -> NDArray[np.int64]:
        """The recent numbers in order, with their positions: shape (n, 2)."""
        hashes = np.fromiter(self._recent, np.int64, len(self._recent))
        positions = np.fromiter(self._recent.values(), np.int64, len(self._recent))
        return np.column_stack([hashes, positions])[np.argsort(hashes, kind="stable")]

    def save(self) -> None:
        """Write the recent numbers into the store's table."""
        self._store.add_keys(map(tuple, self.items().tolist()))
        self._saved = self._saved or bool(self._recent)
        self._recent.clear()


def known_position(keys: KeyIndex, reader: Reader, name: tuple[str, str], hashed: int) -> int | None:
    """The log position that a client's key has, if it is in the log."""
    while (position := keys.position(hashed)) is not None:
        opened = reader.at_position(position)
        place = position - opened.block.first_position
        if (opened.clients[place], opened.keys[place]) == name:
            return position
        hashed = next_hash(hashed)
    return None


def same_command(payloads: Payloads, opened: Opened, position: int, run: Incoming, place: int) -> bool:
    """Whether the command that comes again is the one in the log, payload included (unless that has been erased)."""
    number = position - opened.block.first_position
    there = str(number)
    why = reasons_of(opened.body).get(there)
    if opened.block.kind != run.batch.kind or (place in run.malformed) != (why == Why.malformed):
        return False
    in_the_open = opened.body.get(Why.malformed.value, {}).get(there)  # a block of before digests were sealed
    if in_the_open is not None and in_the_open != run.malformed[place]:
        return False
    words = words_in(run, place) if why == Why.words else {}
    if place not in run.malformed and not _same_row(opened.batch().row(number), run.batch.row(place), words):
        return False
    committed = opened.body["commitments"].get(there)
    payload = with_digest(run, place, words) if there in opened.body.get(UNKEPT, {}) else run.payloads.get(place)
    if committed is None or payload is None:
        return committed is None and payload is None
    return payloads.same(position, payload, committed)


def _same_row(logged: dict[str, Any], given: dict[str, Any], words: Mapping[str, str]) -> bool:
    """Whether the fields are the same, but for texts that the log has not kept."""
    return all(logged.get(name) == (NOT_KEPT if name in words else value) for name, value in given.items())
