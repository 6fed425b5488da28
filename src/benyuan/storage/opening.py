"""A SQLite file is looked at, locked and connected to."""

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import IO
from urllib.parse import quote

from benyuan.engine.store import StoreBusy, StoreDamaged, StoreUnavailable
from benyuan.storage.translating import translated

MEMORY = ":memory:"
MAGIC = b"SQLite format 3\0"


def not_ours(path: str | Path) -> str:
    """What is said of a database that is somebody else's."""
    return f"{path} is a database, but not one of benyuan's"


def check_file(path: Path, *, create: bool) -> None:
    """Look at the file before anything is made beside it.

    What can't be told without a lock (it is being written to, or its tables are in the WAL still) is told later.
    Errors: StoreUnavailable where there is none and none may be made; StoreDamaged for what is no store.
    """
    try:
        with path.open("rb") as file:
            begin = file.read(len(MAGIC))
    except FileNotFoundError as error:
        if create:
            return
        raise StoreUnavailable(f"{path} is not there") from error
    except OSError as error:
        raise StoreUnavailable(f"{path}: {error.strerror}") from error
    if begin and begin != MAGIC:
        raise StoreDamaged(f"{path} is no database")
    if not begin:
        if create or path.with_name(path.name + "-wal").exists():
            return
        raise StoreDamaged(f"{path} holds no store: it is empty")
    if _is_of_others(path):
        raise StoreDamaged(not_ours(path))


def _is_of_others(path: Path) -> bool:
    """Whether the file itself, without its WAL, has tables and not ours. `immutable`: nothing is made beside it."""
    try:
        with closing(sqlite3.connect(f"{_uri(path)}?mode=ro&immutable=1", uri=True)) as connection:
            known = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False
    return bool(known) and "setting" not in known


def _is_laid_down(path: Path) -> bool:
    """Whether the file lies where nothing can be written, with no WAL that would say that somebody posts.

    SQLite can't read it there, for it would make its index of the WAL beside it, unless told that it stands still.
    """
    return not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()


def _uri(path: str | Path) -> str:
    return f"file:{quote(Path(path).absolute().as_posix())}"


def connected(path: str, *, read_only: bool, synchronous: str) -> sqlite3.Connection:
    """A connection with the settings of a store. Errors: StoreUnavailable, StoreDamaged."""
    with translated():
        mode = "rwc" if not read_only else "ro&immutable=1" if _is_laid_down(Path(path)) else "ro"
        name = path if path == MEMORY else f"{_uri(path)}?mode={mode}"
        # A store that nobody closed is closed by whichever thread collects it.
        connection = sqlite3.connect(
            name, uri=path != MEMORY, isolation_level=None, timeout=10, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA page_size = 16384")
            if not read_only:
                connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA synchronous = {synchronous}")
            connection.execute("PRAGMA cache_size = -65536")
            connection.execute("PRAGMA wal_autocheckpoint = 2000")
        except BaseException:
            connection.close()
            raise
        return connection


def locked(database: Path) -> IO[str]:
    """The lock file, locked. Errors: StoreBusy names the process that holds it; StoreUnavailable."""
    real = database.resolve()  # by whichever name it is opened
    try:
        lock = real.with_name(real.name + ".lock").open("a+", encoding="ascii")
    except OSError as error:
        raise StoreUnavailable(f"{database}: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(lock.fileno(), 0)
        os.write(lock.fileno(), str(os.getpid()).encode())
    except BlockingIOError as error:
        lock.seek(0)
        holder = lock.read().strip() or "unknown"
        lock.close()
        raise StoreBusy(f"{database} is open for posting in another process (process {holder})") from error
    except OSError as error:
        lock.close()
        raise StoreUnavailable(f"{database}: {error.strerror}") from error
    return lock
