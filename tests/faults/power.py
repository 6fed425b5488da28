"""A disk whose power can be cut: SQLite's files in memory, of which only what was synced is sure to last.

SIGKILL keeps the page cache, so it can't tell a commit that was synced from one that was not. Here a write lasts only
once its file is synced; at the cut each write since may have reached the disk whole, in part, or not at all.
The stores under test are the real ones: `sqlite3.connect` is replaced by a connection of apsw over this disk.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from random import Random
from typing import Any
from urllib.parse import unquote, urlsplit

import apsw
import pytest

from benyuan.storage.vault import MemoryKeys

SECTOR = 512
_numbers = count(1)


class PowerCut(Exception):
    """The machine has no power."""


class Content:
    """One file: as it is sure to last, as it now reads, and the writes between the two."""

    def __init__(self, durable: bytes = b"") -> None:
        self.durable = bytearray(durable)
        self.now = bytearray(durable)
        self.pending: list[tuple[int, bytes | None]] = []

    def write(self, offset: int, data: bytes) -> None:
        """Write, not for good."""
        put(self.now, offset, data)
        self.pending.append((offset, data))

    def truncate(self, size: int) -> None:
        """Cut off, not for good."""
        put(self.now, size, None)
        self.pending.append((size, None))

    def sync(self) -> None:
        """Make it last."""
        self.durable[:] = self.now
        self.pending.clear()

    def after_cut(self, dice: Random | None) -> "Content":
        """What is found when the power is back. Without dice: nothing that was not synced."""
        left = Content(bytes(self.durable))
        for offset, data in self.pending if dice else ():
            part = torn(data, dice) if dice else data
            if part is not None or data is None:
                put(left.durable, offset, part)
        return Content(bytes(left.durable))


def put(content: bytearray, offset: int, data: bytes | None) -> None:
    """Write at an offset, beyond the end too; None: cut off there."""
    if data is None:
        del content[offset:]
        return
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


def torn(data: bytes | None, dice: Random) -> bytes | None:
    """A write as it reached the disk: whole, some sectors of it, or not at all (None)."""
    fate = dice.randrange(3)
    if data is None or fate == 0:
        return data if fate < 2 else None
    return data if fate == 1 else data[: SECTOR * dice.randrange(len(data) // SECTOR + 1)] or None


class Disk:
    """Files by name. `budget`: how many writes and syncs go well from now on; `breaks` says how the next one fails.

    `keys`: those of the vault, which lie on another disk.
    """

    def __init__(self, files: dict[str, Content] | None = None, *, keys: MemoryKeys | None = None) -> None:
        self.files = files or {}
        self.keys = keys or MemoryKeys()
        self.budget: int | None = None
        self.breaks: Callable[[], Exception] = PowerCut
        self.operations = 0
        self.off = False

    def spend(self) -> None:
        """One write, or one sync."""
        self.operations += 1
        if self.budget is not None:
            self.budget -= 1
            if self.budget < 0:
                error = self.breaks()
                self.off = self.off or isinstance(error, PowerCut)
                raise as_apsw(error)

    def check(self) -> None:
        """Without power nothing goes."""
        if self.off:
            raise as_apsw(PowerCut())

    def copy(self) -> "Disk":
        """The disk as it would be found after an orderly halt."""
        return Disk({name: Content(bytes(content.now)) for name, content in self.files.items()}, keys=self.keys)

    def after_cut(self, seed: int | None = None) -> "Disk":
        """The disk as it is found when the power is back; with a seed some of what was not synced has lasted."""
        dice = None if seed is None else Random(seed)
        return Disk({name: content.after_cut(dice) for name, content in self.files.items()}, keys=self.keys)


def as_apsw(error: Exception) -> Exception:
    """What a file system raises, in apsw's terms."""
    return apsw.IOError("no power") if isinstance(error, PowerCut) else error


class DiskFile:
    """A file as SQLite uses it."""

    def __init__(self, disk: Disk, content: Content) -> None:
        self._disk = disk
        self._content = content

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802  SQLite's names
        """Read."""
        self._disk.check()
        return bytes(self._content.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        """Write."""
        self._disk.check()
        self._disk.spend()
        self._content.write(offset, bytes(data))

    def xTruncate(self, size: int) -> None:  # noqa: N802
        """Cut off."""
        self._disk.check()
        self._disk.spend()
        self._content.truncate(size)

    def xSync(self, flags: int) -> None:  # noqa: N802
        """Make what was written last."""
        del flags
        self._disk.check()
        self._disk.spend()
        self._content.sync()

    def xFileSize(self) -> int:  # noqa: N802
        """How long it is."""
        return len(self._content.now)

    def xLock(self, level: int) -> None:  # noqa: N802
        """Nobody else is there."""

    def xUnlock(self, level: int) -> None:  # noqa: N802
        """Nobody else is there."""

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        """Nobody else is there."""
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: N802
        """Nothing special."""
        return False

    def xSectorSize(self) -> int:  # noqa: N802
        """As disks have it."""
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        """No promises."""
        return 0

    def xClose(self) -> None:  # noqa: N802
        """Nothing is synced by closing."""


class DiskVFS(apsw.VFS):
    """SQLite's way to a disk."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self.name = f"power {next(_numbers)}"
        super().__init__(self.name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
        """Open a file, or make it."""
        self._disk.check()
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        if path not in self._disk.files:
            if not flags[0] & apsw.SQLITE_OPEN_CREATE:
                raise apsw.CantOpenError(path)
            self._disk.files[path] = Content()
        flags[1] = flags[0]
        return DiskFile(self._disk, self._disk.files[path])

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802
        """Whether a file is there."""
        del flags
        return pathname in self._disk.files

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        """Remove a file."""
        del syncdir
        self._disk.check()
        self._disk.spend()
        self._disk.files.pop(filename, None)

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        """Names are whole already."""
        return name


class Rows(list[Any]):
    """What a statement found, as a cursor of `sqlite3` gives it."""

    def fetchone(self) -> Any:
        """The first row."""
        return self[0] if self else None

    def fetchall(self) -> list[Any]:
        """All rows."""
        return list(self)


class Connection:
    """A connection of apsw with the manners of `sqlite3`'s, as far as stores use it."""

    def __init__(self, name: str, vfs: DiskVFS) -> None:
        self._vfs = vfs
        with translated():
            path = unquote(urlsplit(name).path)
            self._connection = apsw.Connection(path, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE, vfs.name)
            self._connection.execute("PRAGMA locking_mode = EXCLUSIVE")  # a write-ahead log without shared memory

    @property
    def in_transaction(self) -> bool:
        """Whether a batch is open."""
        return self._connection.in_transaction

    def execute(self, statement: str, arguments: Any = ()) -> Rows:
        """Run a statement to its end."""
        with translated():
            return Rows(self._connection.execute(statement, arguments))

    def executemany(self, statement: str, rows: Iterable[Any]) -> None:
        """Run a statement for each row."""
        with translated():
            self._connection.executemany(statement, rows)

    def close(self) -> None:
        """Close; as with `sqlite3`, what fails meanwhile is nobody's affair."""
        with suppress(apsw.Error):
            self._connection.close(True)


@contextmanager
def translated() -> Iterator[None]:
    """The errors of apsw as those of `sqlite3`."""
    try:
        yield
    except (apsw.ConstraintError, apsw.MismatchError) as error:
        raise sqlite3.IntegrityError(str(error)) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise sqlite3.DatabaseError(str(error)) from error
    except apsw.ConnectionClosedError as error:
        raise sqlite3.ProgrammingError(str(error)) from error
    except apsw.Error as error:
        raise sqlite3.OperationalError(str(error)) from error


@contextmanager
def plugged_in(disk: Disk) -> Iterator[None]:
    """Whatever is opened through `sqlite3.connect` meanwhile stands on this disk."""
    vfs = DiskVFS(disk)

    def connect(name: str, **_: Any) -> Connection:
        return Connection(name, vfs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", connect)
        yield
