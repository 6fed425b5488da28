"""Pages: the records of parcels, sealed beside the log, a page for some owners, a salted commitment to each in it.

Records of owners that are numbered near one another share a page, so a member's whole book of a month takes one page
for every `SPAN` accounts; a record that comes alone has a page of its own. A record is erased by writing its page anew
under a new salt: what was there can't be guessed from the old commitment, and the log holds the new one.

Which records of a parcel were turned away lies in a page of its own, numbered -1, and goes with the first record of
the parcel that is erased: whoever knows the order of a file could tell from the reason who is late.
"""

import hashlib
import secrets
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benyuan.decisions.parcels import LAYOUTS, Layout, TurnedAway, layout
from benyuan.engine.store import PageRow, Store, StoreDamaged
from benyuan.engine.vault import Vault, VaultLocked

SPAN = 64
MOST_TOGETHER = 4_096
SALT_BYTES, COUNT_BYTES = 16, 4
PLAIN = 1 << 31
"""Beside the count of a page whose records aren't compressed."""
COMPRESSED_FROM = 64
"""So many records: of fewer the length of what is sealed would tell how they differ, and so perhaps who is late."""
FEW = 16
CODEC = "lz4"
A_MONTH = 100
PREFIX = "pages/"
BUCKETS_AT_ONCE = 256
EVERY_ROW = -1
INT64_MAX = np.iinfo(np.int64).max
TURNED_AWAY = layout(0, "turned away", [("reason", np.int64), ("place", np.int64)])
"""Records that were not taken: the place of the reason among those that the log names, and theirs in what was sent."""
TURNED_AWAY_PAGE = -1


def page_key(on: int) -> str:
    """The name of the key of the pages of a month, given a day of it."""
    return f"{PREFIX}{on // A_MONTH}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Records, and for each the log position of its parcel, its page there, and its row in the page."""

    records: NDArray[Any]
    position: NDArray[np.int64]
    page: NDArray[np.int64]
    row: NDArray[np.int64]

    def chosen(self, which: Any) -> "Found":
        """Some of them."""
        return Found(
            records=self.records[which], position=self.position[which], page=self.page[which], row=self.row[which]
        )


class Pages:
    """Seals, keeps, finds and erases the records of parcels."""

    def __init__(self, *, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault
        self._adopted = False

    def keep(self, *, layout: Layout, position: int, on: int, records: NDArray[Any]) -> list[str]:
        """Keep records, which are in order of their owner; returns the commitment to each page."""
        if len(records) == 0:
            return []
        self._adopt()
        parts = list(_parts(records[layout.owner]))
        owners = [_shelf(records[layout.owner][start:end]) for start, end in parts]
        bodies = [_body(records[start:end]) for start, end in parts]
        self._put(layout.number, position, dict(enumerate(zip(owners, bodies, strict=True))), key=page_key(on))
        return [_commitment(body) for body in bodies]

    def keep_turned_away(self, *, position: int, on: int, turned_away: Sequence[TurnedAway]) -> str:
        """Keep which records were turned away; returns the commitment to that page."""
        rows = [(reason, place) for reason, each in enumerate(turned_away) for place in each.places]
        self._adopt()
        body = _body(np.array(rows, TURNED_AWAY.dtype))
        self._put(TURNED_AWAY.number, position, {TURNED_AWAY_PAGE: (0, body)}, key=page_key(on))
        return _commitment(body)

    def turned_away(self, position: int) -> dict[int, list[int]]:
        """By reason, which records of a parcel were turned away; none where something of it has been erased.

        Errors: VaultLocked, SealBroken.
        """
        found: dict[int, list[int]] = {}
        for reason, place in self.of_parcel(TURNED_AWAY, position).records.tolist():
            found.setdefault(reason, []).append(place)
        return found

    def read(self, layout: Layout, owners: Sequence[int]) -> Found:
        """The records of some owners, in the order in which they were furnished. Errors: VaultLocked, SealBroken."""
        shelves = list(dict.fromkeys([*owners, *(_bucket_shelf(owner) for owner in owners)]))
        found = self._found(layout, self._store.pages_on(layout.number, shelves))
        return found.chosen(_are_of(found.records[layout.owner], owners))

    def of_parcel(self, layout: Layout, position: int) -> Found:
        """What is left of a parcel, in order of the owners. Errors: VaultLocked, SealBroken."""
        pages = self._store.pages_of([position])
        return self._found(layout, [page for page in pages if page.layout == layout.number])

    def everything(self, layout: Layout, *, first: int = 0, last: int = INT64_MAX) -> Iterator[Found]:
        """All records of owners from `first` to `last`, some at a time, so that all of one owner come together."""
        within = range(first // SPAN, last // SPAN + 1)
        shelves = sorted((each for each in self._store.shelves(layout.number) if _bucket(each) in within), key=_bucket)
        for _, group in groupby(shelves, key=lambda shelf: _bucket(shelf) // BUCKETS_AT_ONCE):
            found = self._found(layout, self._store.pages_on(layout.number, list(group)))
            owners = found.records[layout.owner]
            yield found.chosen((owners >= first) & (owners <= last))

    def erase(self, columns: Mapping[str, Sequence[int]]) -> list[list[Any]]:
        """Erase records: `id` (the parcel's position), `page`, `row`; returns (position, page, new commitment or "").

        Errors: StoreDamaged where there is no such page or row.
        """
        self._adopt()
        rows: dict[tuple[int, int], list[int]] = {}
        for position, page, row in zip(columns["id"], columns["page"], columns["row"], strict=True):
            rows.setdefault((position, page), []).append(row)
        there = {(each.position, each.page): each for each in self._store.pages_of(sorted({key[0] for key in rows}))}
        written: list[list[Any]] = []
        for name, gone in sorted(rows.items()):
            if name not in there:
                raise StoreDamaged(f"table page: page {name[1]} of command {name[0]} is missing")
            written.append([*name, self._without(there[name], gone)])
        positions = sorted({position for position, _ in rows})
        beside = [(position, TURNED_AWAY_PAGE) for position in positions if (position, TURNED_AWAY_PAGE) in there]
        self._store.remove_pages(beside)
        self._store.erase_payloads(positions)
        return [*written, *([*name, ""] for name in beside)]

    def check(self, expected: Mapping[tuple[int, int], str]) -> tuple[list[str], int]:
        """The first page that is not what the log committed to, and how many there are no keys for.

        Without keys it is still told which pages there should be.
        """
        left, unopened = dict(expected), 0
        for rows in self._store.all_pages():
            bodies = self._opened_if_keys(rows)
            unopened += len(rows) if bodies is None else 0
            for place, each in enumerate(rows):
                name = f"table page: page {each.page} of command {each.position}"
                committed = left.pop((each.position, each.page), None)
                if committed is None:
                    return [f"{name} is in no command of the log"], unopened
                body = bodies[place] if bodies is not None else None
                if bodies is not None and (body is None or _commitment(body) != committed):
                    return [f"{name} is not what the log committed to"], unopened
        missing = [f"table page: page {page} of command {position} is missing" for position, page in sorted(left)]
        return missing[:1], unopened

    def _without(self, page: PageRow, gone: Sequence[int]) -> str:
        body = self._opened([page])[0]
        layout = LAYOUTS[page.layout]
        records = _records(body, layout) if body is not None else np.zeros(0, layout.dtype)
        stays = np.ones(len(records), np.bool_)
        strange = [row for row in gone if not EVERY_ROW <= row < len(records)]
        if strange and body is not None:
            raise StoreDamaged(f"table page: page {page.page} of command {page.position} has no row {strange[0]}")
        stays[slice(None) if EVERY_ROW in gone else list(gone)] = False
        self._store.remove_pages([(page.position, page.page)])
        if not stays.any():
            return ""
        fresh = _body(records[stays])
        self._put(page.layout, page.position, {page.page: (page.shelf, fresh)}, key=page.key)
        return _commitment(fresh)

    def _put(self, layout: int, position: int, pages: Mapping[int, tuple[int, bytes]], *, key: str) -> None:
        items = [(key, body, _place(layout, shelf, position, page)) for page, (shelf, body) in pages.items()]
        sealed = self._vault.seal(items)
        self._store.add_pages(
            PageRow(layout=layout, shelf=shelf, position=position, page=page, key=key, sealed=each)
            for (page, (shelf, _)), each in zip(pages.items(), sealed, strict=True)
        )

    def _found(self, layout: Layout, rows: Sequence[PageRow]) -> Found:
        bodies = self._opened(rows)
        parts = [_packed(body, layout) for body in bodies if body is not None]
        there = [row for row, body in zip(rows, bodies, strict=True) if body is not None]
        records = np.frombuffer(
            bytearray().join(parts), layout.dtype
        )  # NumPy joins structured parts forty times slower
        counts = np.array([len(part) // layout.dtype.itemsize for part in parts], np.int64)
        return Found(
            records=records,
            position=np.repeat(np.array([row.position for row in there], np.int64), counts),
            page=np.repeat(np.array([row.page for row in there], np.int64), counts),
            row=np.arange(len(records)) - np.repeat(np.cumsum(counts) - counts, counts),
        )

    def _opened(self, rows: Sequence[PageRow]) -> list[bytes | None]:
        if not rows:
            return []
        self._adopt()
        asked = [(row.key, row.sealed, _place(row.layout, row.shelf, row.position, row.page)) for row in rows]
        return self._vault.open(asked)

    def _opened_if_keys(self, rows: Sequence[PageRow]) -> list[bytes | None] | None:
        try:
            return self._opened(rows)
        except VaultLocked:
            return None

    def _adopt(self) -> None:
        if not self._adopted:
            self._vault.adopt(self._store.vault(), existing=self._store.has_sealed())
            self._adopted = True


def _bucket(shelf: int) -> int:
    return shelf // SPAN if shelf >= 0 else -shelf - 1


def _bucket_shelf(owner: int) -> int:
    """Where the pages of this owner and those numbered near it stand; one alone stands under its own number."""
    return -(owner // SPAN) - 1


def _shelf(owners: NDArray[np.int64]) -> int:
    first, last = int(owners[0]), int(owners[-1])
    return first if first == last else _bucket_shelf(first)


def _parts(owners: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """From where to where the records of each page go: one for each span of owners, one for each owner where many."""
    for start, end in _runs(owners // SPAN, 0):
        if end - start <= MOST_TOGETHER:
            yield start, end
        else:
            yield from _runs(owners[start:end], start)


def _runs(values: NDArray[np.int64], offset: int) -> Iterator[tuple[int, int]]:
    cuts = (np.flatnonzero(np.diff(values)) + 1).tolist()
    for start, end in zip((0, *cuts), (*cuts, len(values)), strict=True):
        yield offset + start, offset + end


def _body(records: NDArray[Any]) -> bytes:
    """Salt, count, and the records row by row, compressed where they are many."""
    rows, count = np.ascontiguousarray(records).tobytes(), len(records)
    if count < COMPRESSED_FROM:
        count |= PLAIN
    else:
        rows = pa.compress(rows, codec=CODEC, asbytes=True)
    return secrets.token_bytes(SALT_BYTES) + count.to_bytes(COUNT_BYTES, "big") + rows


def _records(body: bytes, layout: Layout) -> NDArray[Any]:
    return np.frombuffer(_packed(body, layout), layout.dtype)


def _packed(body: bytes, layout: Layout) -> bytes:
    """The records of a page row by row. Errors: StoreDamaged."""
    count, rows = int.from_bytes(body[SALT_BYTES : SALT_BYTES + COUNT_BYTES], "big"), body[SALT_BYTES + COUNT_BYTES :]
    size = (count & ~PLAIN) * layout.dtype.itemsize
    try:
        raw = rows if count & PLAIN else pa.decompress(rows, decompressed_size=size, codec=CODEC, asbytes=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise StoreDamaged(f"a page of {layout.name} can't be read: {error}") from error
    if len(raw) != size:
        raise StoreDamaged(f"a page of {layout.name} can't be read: {len(raw)} bytes for {count & ~PLAIN} records")
    return bytes(raw)


def _commitment(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _place(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}q", *numbers)


def _are_of(column: NDArray[Any], owners: Sequence[int]) -> NDArray[np.bool_]:
    """Where a record is of one of these owners; for a few of them comparing is faster than sorting."""
    if len(owners) > FEW:
        return np.isin(column, np.asarray(owners, np.int64))
    found = np.zeros(len(column), np.bool_)
    for owner in owners:
        found |= column == owner
    return found
