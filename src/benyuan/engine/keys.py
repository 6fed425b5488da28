"""Keys of requests: the same client and key get the same answer however often they ask."""

import hashlib
from collections.abc import Iterable, Sequence

from benyuan.engine.codec import thick
from benyuan.engine.intake import Incoming, commitment
from benyuan.engine.reading import Opened, Reader
from benyuan.engine.store import Store

SEPARATOR = b"\0"


def key_hash(client: str, key: str) -> int:
    """A 64-bit number for a client's key; two keys may share one, so whoever finds it looks at the log."""
    made = hashlib.blake2b(client.encode() + SEPARATOR + key.encode(), digest_size=8).digest()
    return int.from_bytes(made, "big", signed=True)


def key_hashes(clients: Iterable[str], keys: Sequence[str]) -> list[int]:
    """The numbers of many keys."""
    return [key_hash(client, key) for client, key in zip(clients, keys, strict=True)]


def next_hash(hashed: int) -> int:
    """Where to look on when a number is taken by another key."""
    return hashed + 1 if hashed < (1 << 63) - 1 else -(1 << 63)


def known_position(store: Store, reader: Reader, name: tuple[str, str], hashed: int) -> int | None:
    """The log position that a client's key has, if it is in the log."""
    while (position := store.position_of_key(hashed)) is not None:
        opened = reader.at_position(position)
        place = position - opened.block.first_position
        count = opened.block.commands
        if (thick(opened.body["clients"], count)[place], thick(opened.body["keys"], count)[place]) == name:
            return position
        hashed = next_hash(hashed)
    return None


def same_command(store: Store, opened: Opened, position: int, run: Incoming, place: int) -> bool:
    """Whether the command that comes again is the one in the log, payload included (unless that has been erased)."""
    logged_place = position - opened.block.first_position
    if opened.block.kind != run.batch.kind or opened.batch().row(logged_place) != run.batch.row(place):
        return False
    logged = opened.body["commitments"].get(str(logged_place))
    payload = run.payloads.get(place)
    if logged is None or payload is None:
        return logged is None and payload is None
    kept = store.payload(position)
    return kept is None or commitment(kept[0], payload)[1] == logged


class KeyBook:
    """The numbers that keys got, computed again from the log in its order."""

    def __init__(self) -> None:
        self.positions: dict[int, int] = {}

    def add(self, clients: Sequence[str], keys: Sequence[str], first_position: int) -> None:
        """The keys of one block."""
        for position, hashed in enumerate(key_hashes(clients, keys), first_position):
            free = hashed
            while free in self.positions:
                free = next_hash(free)
            self.positions[free] = position
