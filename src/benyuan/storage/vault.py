"""The vault: keys in a directory of its own beside the database, or wherever it is put.

`master.json` holds the master keys by number, `keys.db` every other key wrapped (AES-256-GCM) under the master that is
current when it was made. Sealing is AES-256-GCM with a nonce of 96 random bits; the place of what is sealed is bound to
it. The directory is for a disk, a back-up plan and people other than the database's.
"""

import base64
import hashlib
import hmac
import json
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from weakref import finalize

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from benyuan.engine.vault import SealBroken, VaultLocked

KEY_BITS = 256
NONCE_BYTES = 12
TAG_BYTES = 16
MASTERS_FILE, KEYS_FILE = "master.json", "keys.db"
INDEX_KEY = "index"
MOST_OPEN = 100_000
CREATE_KEYS = "CREATE TABLE IF NOT EXISTS key(name TEXT PRIMARY KEY, master INTEGER NOT NULL, wrapped BLOB NOT NULL)"
PRIVATE_DIRECTORY, PRIVATE_FILE = 0o700, 0o600


class MemoryKeys:
    """Wrapped keys and masters of a vault that lasts as long as the process."""

    def __init__(self) -> None:
        self.masters: dict[int, bytes] = {}
        self.identity = ""
        self._wrapped: dict[str, tuple[int, bytes]] = {}

    def found(self) -> bool:
        """Whether there is a vault."""
        return bool(self.masters)

    def make(self, identity: str) -> None:
        """Make a vault with a first master key."""
        self.identity, self.masters = identity, {1: AESGCM.generate_key(KEY_BITS)}

    def put_masters(self, masters: dict[int, bytes]) -> None:
        """Keep these master keys and no others."""
        self.masters = dict(masters)

    def wrapped(self, names: Sequence[str]) -> dict[str, tuple[int, bytes]]:
        """Those of these keys that there are: the number of the master, the wrapped key."""
        return {name: self._wrapped[name] for name in names if name in self._wrapped}

    def names(self, prefix: str = "") -> list[str]:
        """The names of the keys that begin so, in order."""
        return sorted(name for name in self._wrapped if name.startswith(prefix))

    def close(self) -> None:
        """Nothing is held open."""

    def put(self, keys: Sequence[tuple[str, int, bytes]]) -> None:
        """Keep wrapped keys, all or none."""
        self._wrapped |= {name: (master, wrapped) for name, master, wrapped in keys}

    def remove(self, names: Sequence[str]) -> int:
        """Remove keys; returns how many there were."""
        return sum(self._wrapped.pop(name, None) is not None for name in names)


class KeyDirectory:
    """Wrapped keys and masters in a directory. Overwritten when removed; no journal keeps what was there."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._masters_file, self._keys_file = path.joinpath(MASTERS_FILE), path.joinpath(KEYS_FILE)
        self.masters: dict[int, bytes] = {}
        self.identity = ""
        self._alone, self._file = Lock(), (0, 0)
        self._held: sqlite3.Connection | None = None
        self._closing: finalize[[], KeyDirectory] | None = None

    def found(self) -> bool:
        """Whether the directory holds a vault; reads its masters. Errors: VaultLocked for one that can't be read."""
        try:
            read = json.loads(self._masters_file.read_text("ascii"))
            self.identity = str(read["vault"])
            self.masters = {int(number): base64.b64decode(key) for number, key in read["masters"].items()}
        except FileNotFoundError:
            return False
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise VaultLocked(f"{self._masters_file} can't be read: {error}") from error
        return True

    def make(self, identity: str) -> None:
        """Make the directory with a first master key."""
        try:
            self.path.mkdir(mode=PRIVATE_DIRECTORY, parents=True, exist_ok=True)
            with self._database() as database:
                database.execute(CREATE_KEYS)
        except (OSError, sqlite3.Error) as error:
            raise VaultLocked(f"no vault can be made at {self.path}: {error}") from error
        self.identity = identity
        self.put_masters({1: AESGCM.generate_key(KEY_BITS)})

    def put_masters(self, masters: dict[int, bytes]) -> None:
        """Keep these master keys and no others: a new file in place of the old, durable on return."""
        self.masters = dict(masters)
        written = {
            "vault": self.identity,
            "masters": {str(number): base64.b64encode(key).decode() for number, key in masters.items()},
        }
        fresh = self._masters_file.with_suffix(".new")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                json.dump(written, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._masters_file)
            directory = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(directory)
            finally:
                os.close(directory)
        except OSError as error:
            raise VaultLocked(f"the master keys can't be written to {self.path}: {error}") from error

    def wrapped(self, names: Sequence[str]) -> dict[str, tuple[int, bytes]]:
        """Those of these keys that there are: the number of the master, the wrapped key."""
        asked = json.dumps(list(names))
        statement = "SELECT name, master, wrapped FROM json_each(?) JOIN key ON name = value"
        with self._database() as database:
            return {name: (master, wrapped) for name, master, wrapped in database.execute(statement, (asked,))}

    def names(self, prefix: str = "") -> list[str]:
        """The names of the keys that begin so, in order."""
        asked = "SELECT name FROM key WHERE substr(name, 1, length(:prefix)) = :prefix ORDER BY name"
        with self._database() as database:
            return [row[0] for row in database.execute(asked, {"prefix": prefix})]

    def put(self, keys: Sequence[tuple[str, int, bytes]]) -> None:
        """Keep wrapped keys, all or none."""
        with self._database() as database:
            database.executemany("INSERT OR REPLACE INTO key(name, master, wrapped) VALUES (?, ?, ?)", keys)

    def remove(self, names: Sequence[str]) -> int:
        """Remove keys, their bytes overwritten; returns how many there were."""
        with self._database() as database:
            return sum(database.execute("DELETE FROM key WHERE name = ?", (name,)).rowcount for name in names)

    def close(self) -> None:
        """Let go of the file; it is opened again when it is asked for."""
        with self._alone:
            self._let_go()

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        """The file of keys, for one at a time; what was written is durable when this ends."""
        try:
            with self._alone, self._opened() as database:
                yield database
        except (OSError, sqlite3.Error) as error:
            raise VaultLocked(f"the keys in {self.path} can't be read or written: {error}") from error

    def _opened(self) -> sqlite3.Connection:
        """The connection that is kept open; a new one where another file has come into the place of the old."""
        if not self._keys_file.exists():
            self._keys_file.touch(PRIVATE_FILE)
        is_now = self._keys_file.stat()
        held, file = self._held, (is_now.st_dev, is_now.st_ino)
        if held is None or file != self._file:
            self._let_go()
            held = sqlite3.connect(self._keys_file, timeout=10, check_same_thread=False)
            self._held, self._file, self._closing = held, file, finalize(self, held.close)
            held.execute("PRAGMA secure_delete = ON")
            held.execute("PRAGMA synchronous = FULL")
        return held

    def _let_go(self) -> None:
        if self._closing is not None:
            self._closing()
        self._held = self._closing = None


class KeyVault:
    """Seals and opens under named keys."""

    def __init__(self, keys: KeyDirectory | MemoryKeys) -> None:
        self._keys = keys
        self._open: dict[str, AESGCM] = {}
        self._index = b""
        self._where = str(getattr(keys, "path", "memory"))

    def adopt(self, identity: str, *, existing: bool) -> None:
        """Be the vault of the database with this identity. Errors: VaultLocked."""
        if not self._keys.found():
            if existing:
                raise VaultLocked(f"the keys of this database are not at {self._where}; name them with --keys")
            self._keys.make(identity)
        elif self._keys.identity != identity:
            raise VaultLocked(f"the keys at {self._where} are another database's; name a directory with --keys")
        if not existing:
            self._made([INDEX_KEY])

    def seal(self, items: Sequence[tuple[str, bytes, bytes]]) -> list[bytes]:
        """Seal (key's name, bytes, place); new keys are kept before anything is returned."""
        keys = self._made([name for name, _, _ in items])
        sealed = []
        for name, plain, place in items:
            nonce = os.urandom(NONCE_BYTES)
            sealed.append(nonce + keys[name].encrypt(nonce, plain, _bound(name, place)))
        return sealed

    def open(self, items: Sequence[tuple[str, bytes, bytes]]) -> list[bytes | None]:
        """What was sealed, as (key's name, sealed, place); None where the key has been destroyed.

        Errors: VaultLocked, SealBroken.
        """
        keys = self._there([name for name, _, _ in items])
        return [_opened(keys[name], name, sealed, place) if name in keys else None for name, sealed, place in items]

    def tags(self, texts: Sequence[str]) -> list[bytes]:
        """For each text a keyed hash of 16 bytes. Errors: VaultLocked, unless there are no texts."""
        if not texts:
            return []
        if not self._index:
            self._ready()
            kept = self._keys.wrapped([INDEX_KEY])
            if INDEX_KEY not in kept:
                raise VaultLocked(f"the key by which identities are found is not at {self._where}")
            self._index = self._raw(INDEX_KEY, *kept[INDEX_KEY])
        return [hmac.digest(self._index, text.encode(), hashlib.sha256)[:TAG_BYTES] for text in texts]

    def names(self, prefix: str = "") -> list[str]:
        """The names of the keys that begin so, in order."""
        self._ready()
        return self._keys.names(prefix)

    def destroy(self, names: Sequence[str]) -> int:
        """Destroy keys; returns how many there were."""
        self._open.clear()
        return self._keys.remove(names)

    def rotate(self) -> int:
        """Wrap every key under a new master and forget the old ones; returns how many keys.

        Stopped in the middle, it can be begun again: old masters go only when no key is under them.
        """
        self._ready()
        number = max(self._keys.masters) + 1
        masters = {**self._keys.masters, number: AESGCM.generate_key(KEY_BITS)}
        self._keys.put_masters(masters)
        there = self._keys.wrapped(self._keys.names())
        self._keys.put(
            [(name, number, self._wrap(number, name, self._raw(name, *kept))) for name, kept in there.items()]
        )
        self._keys.put_masters({number: masters[number]})
        return len(there)

    def close(self) -> None:
        """Forget the keys that are in memory."""
        self._open.clear()
        self._index = b""
        self._keys.close()

    def _ready(self) -> None:
        if not self._keys.masters and not self._keys.found():
            raise VaultLocked(f"there are no keys at {self._where}")

    def _there(self, names: Sequence[str]) -> dict[str, AESGCM]:
        """Those of these keys that there are."""
        self._ready()
        if len(self._open) > MOST_OPEN:
            self._open.clear()
        asked = list(dict.fromkeys(name for name in names if name not in self._open))
        for name, kept in (self._keys.wrapped(asked) if asked else {}).items():
            self._open[name] = AESGCM(self._raw(name, *kept))
        return {name: self._open[name] for name in names if name in self._open}

    def _made(self, names: Sequence[str]) -> dict[str, AESGCM]:
        """These keys; those that do not exist are made and kept."""
        keys = self._there(names)
        current = max(self._keys.masters)
        fresh = {name: AESGCM.generate_key(KEY_BITS) for name in names if name not in keys}
        if fresh:
            self._keys.put([(name, current, self._wrap(current, name, raw)) for name, raw in fresh.items()])
        made = {name: AESGCM(raw) for name, raw in fresh.items()}
        self._open |= made
        return keys | made

    def _wrap(self, master: int, name: str, raw: bytes) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        return nonce + AESGCM(self._keys.masters[master]).encrypt(nonce, raw, name.encode())

    def _raw(self, name: str, master: int, wrapped: bytes) -> bytes:
        if master not in self._keys.masters:
            raise VaultLocked(f"the key {name} lies under master key {master}, which is not at {self._where}")
        try:
            return AESGCM(self._keys.masters[master]).decrypt(
                wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], name.encode()
            )
        except InvalidTag as error:
            raise SealBroken(f"the key {name} is not what was wrapped") from error


def _opened(key: AESGCM, name: str, sealed: bytes, place: bytes) -> bytes:
    try:
        return key.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(name, place))
    except (InvalidTag, ValueError) as error:  # ValueError where too few bytes are left to hold what seals them
        raise SealBroken(f"what is sealed under the key {name} is not what was sealed there") from error


def _bound(name: str, place: bytes) -> bytes:
    return name.encode() + b"\0" + place
