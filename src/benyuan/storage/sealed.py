"""What a store in SQLite keeps sealed or hashed, and the erasing of it: payloads, identities, marks.

A part of `SqliteStore`. Erasing takes rows out at once, their bytes overwritten, and leaves a note; a page may hold old
copies of a row that moved, so `finish_erasing` writes the file anew.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from benyuan.engine.store import PageRow, StoreDamaged, StoreUnavailable
from benyuan.storage.schema import OF_IDENTITY
from benyuan.storage.translating import translated
from benyuan.storage.typed import all_typed, typed

PAGES_AT_ONCE = 1_000
PAGE = "layout, shelf, position, page, page.key, sealed"


class SealedTables:
    """The tables of what is sealed."""

    _connection: sqlite3.Connection
    _path: str

    def vault(self) -> str:
        """The identity of the vault that belongs to this database."""
        with translated():
            found = self._connection.execute("SELECT value FROM setting WHERE name = 'vault'").fetchone()
        if found is None:
            raise StoreDamaged(f"{self._path}: the setting that names its vault is missing")
        return str(typed(found, (str,), table="setting")[0])

    def has_sealed(self) -> bool:
        """Whether anything was ever sealed for this database."""
        asked = """SELECT EXISTS (SELECT 1 FROM payload) OR EXISTS (SELECT 1 FROM identity_tag)
            OR EXISTS (SELECT 1 FROM page)"""
        with translated():
            return bool(self._connection.execute(asked).fetchone()[0])

    def add_payloads(self, payloads: Iterable[tuple[int, str, bytes]]) -> None:
        """Add payloads as (position, name of the key, sealed)."""
        with translated():
            self._connection.executemany("INSERT INTO payload(position, key, sealed) VALUES (?, ?, ?)", payloads)

    def payload(self, position: int) -> tuple[str, bytes] | None:
        """The name of the key of a command's payload and what is sealed under it, unless erased."""
        asked = "SELECT key, sealed FROM payload WHERE position = ?"
        with translated():
            row = self._connection.execute(asked, (position,)).fetchone()
        if row is None:
            return None
        key, sealed = typed(row, (str, bytes), table="payload")
        return key, sealed

    def payload_positions(self) -> Iterator[int]:
        """The log positions of all payloads, in order."""
        with translated():
            for row in self._connection.execute("SELECT position FROM payload ORDER BY position"):
                yield row[0]

    def erase_payload(self, position: int) -> None:
        """Erase a payload."""
        with translated():
            self._connection.execute("DELETE FROM payload WHERE position = ?", (position,))

    def erase_payloads(self, positions: Sequence[int]) -> None:
        """Erase payloads."""
        with translated():
            self._connection.executemany("DELETE FROM payload WHERE position = ?", ((each,) for each in positions))

    def payloads_left(self, positions: Sequence[int]) -> list[int]:
        """Those of these log positions that have a payload, in order."""
        asked = "SELECT position FROM json_each(?) JOIN payload ON position = value ORDER BY position"
        with translated():
            return [row[0] for row in self._connection.execute(asked, (as_json(positions),))]

    def sealed_under(self, names: Sequence[str]) -> list[int]:
        """The log positions of the payloads under these keys of identities, in order."""
        with translated():
            found = [row[0] for name in names for row in self._connection.execute(_SEALED_UNDER, (name,))]
        return sorted(found)

    def erase_sealed_under(self, names: Sequence[str]) -> None:
        """Erase the payloads under these keys of identities."""
        statement = f"DELETE FROM payload WHERE key = ? AND {OF_IDENTITY}"  # noqa: S608
        with translated():
            self._connection.executemany(statement, ((name,) for name in names))

    def months_sealed(self) -> list[str]:
        """The names of the keys, other than those of identities, under which there is a payload."""
        asked = f"""SELECT key FROM payload WHERE NOT ({OF_IDENTITY}) UNION SELECT key FROM page ORDER BY key"""  # noqa: S608
        with translated():
            return [row[0] for row in self._connection.execute(asked)]

    # ------------------------------------------------------------------------------------------- pages

    def add_pages(self, pages: Iterable[PageRow]) -> None:
        """Add pages of records."""
        with translated():
            self._connection.executemany(
                "INSERT INTO page(layout, shelf, position, page, key, sealed) VALUES (?, ?, ?, ?, ?, ?)", pages
            )

    def remove_pages(self, names: Sequence[tuple[int, int]]) -> None:
        """Take pages out, as (position of the parcel, page)."""
        with translated():
            self._connection.executemany("DELETE FROM page WHERE position = ? AND page = ?", names)

    def pages_on(self, layout: int, shelves: Sequence[int]) -> list[PageRow]:
        """The pages of a layout that stand on these shelves, in order of their parcels."""
        asked = f"""SELECT {PAGE} FROM json_each(?) CROSS JOIN page ON layout = ? AND shelf = value
            ORDER BY position, page"""  # noqa: S608
        with translated():
            return [PageRow(*row) for row in self._connection.execute(asked, (as_json(shelves), layout))]

    def pages_of(self, positions: Sequence[int]) -> list[PageRow]:
        """The pages of the parcels at these log positions, in order."""
        asked = f"SELECT {PAGE} FROM json_each(?) CROSS JOIN page ON position = value ORDER BY position, page"  # noqa: S608
        with translated():
            return [PageRow(*row) for row in self._connection.execute(asked, (as_json(positions),))]

    def shelves(self, layout: int) -> list[int]:
        """The shelves on which there is a page of a layout."""
        asked = "SELECT DISTINCT shelf FROM page WHERE layout = ?"
        with translated():
            return [row[0] for row in self._connection.execute(asked, (layout,))]

    def all_pages(self) -> Iterator[list[PageRow]]:
        """All pages, some at a time, in order of their parcels."""
        with translated():
            found = iter(self._connection.execute(f"SELECT {PAGE} FROM page ORDER BY position, page"))  # noqa: S608
            while rows := list(islice(found, PAGES_AT_ONCE)):
                yield [PageRow(*row) for row in rows]

    # ------------------------------------------------------------------------------------------- erasing

    def begin_erasing(self) -> None:
        """Note, in the batch under way, that something is erased whose bytes may still be in the files."""
        with translated():
            self._connection.execute("INSERT OR IGNORE INTO setting(name, value) VALUES ('erasing', '1')")

    def is_erasing(self) -> bool:
        """Whether bytes of something erased may still be in the files."""
        with translated():
            found = self._connection.execute("SELECT EXISTS (SELECT 1 FROM setting WHERE name = 'erasing')")
            return bool(found.fetchone()[0])

    def finish_erasing(self) -> None:
        """Write the file anew with what is there and nothing else, and cut the write-ahead log off.

        A page may hold old copies of a row that moved, so that overwriting what is deleted is not enough. The note
        goes last: whoever is killed before begins again. Errors: StoreUnavailable, also where a reader holds on to
        the state before.
        """
        with translated():
            self._connection.execute("VACUUM")
            self._cut_log_off()
            self._connection.execute("DELETE FROM setting WHERE name = 'erasing'")
            self._cut_log_off()

    def _cut_log_off(self) -> None:
        busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StoreUnavailable("somebody still reads the state before the erasure; erase again when that has ended")

    # ------------------------------------------------------------------------------------------- identities

    def identities(self, tags: Sequence[bytes]) -> dict[bytes, int]:
        """The number of each tag's identity; a tag that is new gets the next number, in order of appearance."""
        with translated():
            self._connection.executemany(
                "INSERT INTO identity_tag(tag) SELECT :tag "
                "WHERE NOT EXISTS (SELECT 1 FROM identity_tag WHERE tag = :tag)",
                ({"tag": tag} for tag in tags),
            )
            return {tag: self.known_identity(tag) for tag in tags}

    def known_identity(self, tag: bytes) -> int:
        """The number of a tag's identity; 0 where it is not known."""
        with translated():
            row = self._connection.execute("SELECT id FROM identity_tag WHERE tag = ?", (tag,)).fetchone()
        return int(typed(row, (int,), table="identity_tag")[0]) if row else 0

    def tag_of(self, identity: int) -> bytes | None:
        """The tag of an identity; None where it has been erased. Errors: StoreDamaged where there is none."""
        with translated():
            row = self._connection.execute("SELECT tag FROM identity_tag WHERE id = ?", (identity,)).fetchone()
        if row is None:
            raise StoreDamaged(f"table identity_tag: identity {identity} is missing")
        tag: bytes | None = row[0]
        return tag

    def add_contacts(self, contacts: Iterable[tuple[bytes, int]]) -> None:
        """Keep, as (tag, identity), how an identity can be reached."""
        with translated():
            self._connection.executemany("INSERT OR IGNORE INTO contact_tag(tag, identity) VALUES (?, ?)", contacts)

    def identities_of_contact(self, tag: bytes) -> list[int]:
        """The numbers of all identities that were reached so."""
        asked = "SELECT identity FROM contact_tag WHERE tag = ? ORDER BY identity"
        with translated():
            return [row[0] for row in self._connection.execute(asked, (tag,))]

    def add_marks(self, marks: Iterable[tuple[bytes, int, int, int]]) -> None:
        """Keep, as (tag, whether it is listed, kind, identity), by what an identity and a list's entry are matched."""
        statement = "INSERT OR IGNORE INTO mark(tag, listed, kind, identity) VALUES (?, ?, ?, ?)"
        with translated():
            self._connection.executemany(statement, marks)

    def listed_with(self, tags: Sequence[bytes]) -> dict[bytes, list[int]]:
        """For each tag that entries of lists have, their identities."""
        asked = "SELECT identity FROM mark WHERE tag = ? AND listed = 1 ORDER BY identity"
        with translated():
            found = {tag: [row[0] for row in self._connection.execute(asked, (tag,))] for tag in set(tags)}
        return {tag: entries for tag, entries in found.items() if entries}

    def shared_marks(self) -> Iterator[tuple[int, int, int]]:
        """(identity of no list, identity of an entry, kind) for each mark that both have, in order."""
        asked = """SELECT known.identity, entry.identity, entry.kind FROM mark AS entry
            JOIN mark AS known ON known.tag = entry.tag AND known.listed = 0 AND known.kind = entry.kind
            WHERE entry.listed = 1 ORDER BY 1, 2, 3"""
        with translated():
            yield from self._connection.execute(asked)

    def marks_of(self, identity: int) -> list[bytes]:
        """The tags of an identity's marks."""
        with translated():
            return [row[0] for row in self._connection.execute("SELECT tag FROM mark WHERE identity = ?", (identity,))]

    def forget_identity(self, identity: int) -> None:
        """Erase the tags of an identity; its number is not given again."""
        with translated():
            self._connection.execute("DELETE FROM mark WHERE identity = ?", (identity,))
            self._connection.execute("UPDATE identity_tag SET tag = NULL WHERE id = ?", (identity,))
            self._connection.execute("DELETE FROM contact_tag WHERE identity = ?", (identity,))

    def forgotten_identities(self) -> Iterator[int]:
        """The numbers of identities whose tags have been erased, in order."""
        with translated():
            for row in self._connection.execute("SELECT id FROM identity_tag WHERE tag IS NULL ORDER BY id"):
                yield row[0]

    def empty_identities(self) -> list[int]:
        """The numbers of identities that have their tag and no payload any more, in order."""
        with translated():
            return [row[0] for row in self._connection.execute(_EMPTY_IDENTITIES)]

    def marks(self) -> Iterator[tuple[bytes, int, int, int]]:
        """Every mark, in order."""
        asked = "SELECT tag, listed, kind, identity FROM mark ORDER BY tag, listed, kind, identity"
        with translated():
            yield from all_typed(self._connection.execute(asked), (bytes, int, int, int), table="mark")


def as_json(numbers: Iterable[int]) -> str:
    """Numbers as a JSON array, for `json_each`."""
    return f"[{','.join(map(str, numbers))}]"


_SEALED_UNDER = f"SELECT position FROM payload WHERE key = ? AND {OF_IDENTITY}"  # noqa: S608
_EMPTY_IDENTITIES = f"""SELECT id FROM identity_tag WHERE tag IS NOT NULL AND NOT EXISTS
    (SELECT 1 FROM payload WHERE key = 'identity/' || id AND {OF_IDENTITY}) ORDER BY id"""  # noqa: S608
