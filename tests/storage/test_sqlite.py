"""What is SQLite's own: the file's name, its lock, its settings, what is left of erased bytes, files of others."""

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benyuan.app import open as open_group
from benyuan.app import path_of
from benyuan.engine.store import StoreBusy, StoreDamaged, StoreUnavailable
from benyuan.payments.records import PERSON
from benyuan.storage.opening import MEMORY
from benyuan.storage.schema import FORMAT_VERSION
from benyuan.storage.sqlite import SqliteStore
from benyuan.values.errors import BadInput
from tests.storage.contract import block, chain, in_batch

NAMES = ("group", "with space.db", "a?mode=ro", "50%41.db", "a#b.db", "组.db", "a&b=c.db", "-x", "quote'\".db")


def setting(store: SqliteStore, name: str) -> object:
    return store._connection.execute(f"PRAGMA {name}").fetchone()[0]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_of_any_name(tmp_path: Path, name: str) -> None:
    with closing(SqliteStore(tmp_path / name)) as store:
        with in_batch(store):
            store.append(block(1))
        beside = {path.name.removeprefix(name) for path in tmp_path.iterdir()}
        assert beside <= {"", "-wal", "-shm", ".lock"}
    assert (tmp_path / name).stat().st_size > 0
    with closing(SqliteStore(tmp_path / name, read_only=True)) as again:
        assert again.last_block() is not None


def test_a_relative_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    SqliteStore("group.db").close()
    assert (tmp_path / "group.db").exists()


def test_what_is_written_is_synchronous(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "group.db")) as store:
        assert (setting(store, "journal_mode"), setting(store, "synchronous")) == ("wal", 2)
    with closing(SqliteStore(tmp_path / "group.db", synchronous="OFF")) as fast:
        assert setting(fast, "synchronous") == 0


def test_the_format_is_written_down(tmp_path: Path) -> None:
    SqliteStore(tmp_path / "group.db").close()
    with closing(sqlite3.connect(tmp_path / "group.db")) as connection:
        assert dict(connection.execute("SELECT name, value FROM setting"))["format"] == str(FORMAT_VERSION)


# ---- one poster -----------------------------------------------------------------------------------------------------

HOLDER = """
import sys
import benyuan.app  # with every table
from benyuan.storage.sqlite import SqliteStore
store = SqliteStore(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def hold() -> Iterator[Callable[[Path], "subprocess.Popen[str]"]]:
    """Another process that posts to a file."""
    holders: list[subprocess.Popen[str]] = []

    def start(path: Path) -> "subprocess.Popen[str]":
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )
        holders.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        return holder

    yield start
    for holder in holders:
        holder.kill()
        holder.communicate()


def test_a_second_process_is_told_at_once_who_posts(
    tmp_path: Path, hold: Callable[[Path], "subprocess.Popen[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "group.db"
    holder = hold(path)
    with monkeypatch.context() as patch:
        patch.delattr("benyuan.storage.sqlite.connected")  # SQLite, which would wait, is not even asked
        with pytest.raises(StoreBusy, match=rf"\b{holder.pid}\b"):
            SqliteStore(path)
        with pytest.raises(StoreBusy, match=rf"\b{holder.pid}\b"):
            open_group(f"sqlite:///{path}")
    with closing(SqliteStore(path, read_only=True)) as reader:
        assert reader.last_block() is None
    holder.kill()
    holder.wait()
    SqliteStore(path).close()


def test_another_name_of_the_file_is_the_same_store(
    tmp_path: Path, hold: Callable[[Path], "subprocess.Popen[str]"]
) -> None:
    (tmp_path / "folder").mkdir()
    path, other = tmp_path / "folder" / "group.db", tmp_path / "other.db"
    holder = hold(path)
    other.symlink_to(path)
    for name in (other, tmp_path / "folder" / ".." / "folder" / "group.db"):
        with pytest.raises(StoreBusy, match=rf"\b{holder.pid}\b"):
            SqliteStore(name).close()


def test_the_lock_names_the_latest_poster(tmp_path: Path) -> None:
    lock = tmp_path / "group.db.lock"
    lock.write_text("987654321 and more", "ascii")
    with closing(SqliteStore(tmp_path / "group.db")):
        assert lock.read_text("ascii") == str(os.getpid())


def test_a_failed_opening_lets_go_of_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    path.write_bytes(b"no database, but long enough to look at twice" * 100)
    for _ in range(2):
        with pytest.raises(StoreDamaged):
            SqliteStore(path)
    path.unlink()
    SqliteStore(path).close()


# ---- files that can't be used ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_that_is_not_there(tmp_path: Path, read_only: bool) -> None:
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "nowhere" / "group.db", read_only=read_only)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("read_only", [False, True])
def test_a_folder_in_place_of_the_file(tmp_path: Path, read_only: bool) -> None:
    (tmp_path / "group.db").mkdir()
    with pytest.raises(StoreUnavailable):
        SqliteStore(tmp_path / "group.db", read_only=read_only)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize("content", [b"x" * 5_000, b"SQLite format 3\0" + b"\xff" * 5_000], ids=["text", "header"])
def test_a_file_that_is_no_database(tmp_path: Path, content: bytes, read_only: bool) -> None:
    (tmp_path / "group.db").write_bytes(content)
    with pytest.raises((StoreDamaged, StoreUnavailable)):
        SqliteStore(tmp_path / "group.db", read_only=read_only)
    assert (tmp_path / "group.db").read_bytes() == content


@pytest.mark.parametrize("read_only", [False, True])
def test_a_schema_that_is_not_even_text(tmp_path: Path, read_only: bool) -> None:
    """SQLite's message quotes the bad bytes, and they can't be decoded."""
    path = tmp_path / "group.db"
    SqliteStore(path).close()
    content = path.read_bytes()
    named = b"tableclosed_dayclosed_day"
    assert named in content
    path.write_bytes(content.replace(named, b"table\xe3losed_dayclosed_day"))
    with pytest.raises(StoreDamaged):
        SqliteStore(path, read_only=read_only).close()


def test_a_column_that_is_not_there_is_no_text(tmp_path: Path) -> None:
    """To SQLite a name in double quotes that is no column's is a text: a table of another shape must not be read so."""
    path = tmp_path / "group.db"
    with closing(SqliteStore(path)) as store, in_batch(store):
        store.add_rows(PERSON, {"id": [1], **{name: [7] for name in PERSON.columns}})
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE person RENAME COLUMN wallets TO wallett")
    with pytest.raises(StoreDamaged, match="table person has other columns"):
        SqliteStore(path, read_only=True)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_database_of_somebody_else(tmp_path: Path, read_only: bool) -> None:
    path = tmp_path / "group.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE wallet(colour TEXT)")
        connection.commit()
    with pytest.raises(StoreDamaged):
        SqliteStore(path, read_only=read_only).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("wallet",)]


def test_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    with closing(SqliteStore(path)) as store, in_batch(store):
        store.append(block(1))
    path.chmod(stat.S_IRUSR)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        if os.access(path, os.W_OK):
            pytest.skip("this user may write everywhere")
        with pytest.raises(StoreUnavailable):
            SqliteStore(path)
    finally:
        tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize("url", ["", "group.db", "sqlite:///", "sqlite:/group.db", "postgresql://x", "SQLITE:///x"])
def test_an_url_that_names_no_file(url: str) -> None:
    with pytest.raises(BadInput, match="database"):
        path_of(url)


@pytest.mark.parametrize(
    ("url", "path"), [("sqlite://", MEMORY), ("sqlite:///a.db", "a.db"), ("sqlite:////tmp/a.db", "/tmp/a.db")]
)
def test_an_url_and_its_file(url: str, path: str) -> None:
    assert path_of(url) == path


# ---- what halves the log --------------------------------------------------------------------------------------------


def test_a_block_that_is_missing_is_damage(tmp_path: Path) -> None:
    with closing(SqliteStore(tmp_path / "group.db")) as store:
        with in_batch(store):
            for one in chain((1, 1), (1, 1), (1, 1)):
                store.append(one)
        store._connection.execute("DELETE FROM block WHERE seq = 2")
        with pytest.raises(StoreDamaged, match="block 2 is not there"):
            store.legs_before(at=0)


# ---- erasing --------------------------------------------------------------------------------------------------------


def test_an_erased_payload_leaves_no_bytes_behind(tmp_path: Path) -> None:
    """Erased is gone: once the write-ahead log is folded in, the file has neither the salt nor the body any more."""
    with closing(SqliteStore(tmp_path / "group.db")) as store:
        assert setting(store, "secure_delete") == 1
        with in_batch(store):
            for number in range(1, 400):
                store.add_payloads([(number, "month/202605", b"lunch with number %05d" % number)])
        with in_batch(store):
            store.erase_payload(200)
    left = b"".join(found.read_bytes() for found in tmp_path.iterdir())
    assert b"lunch with number 00199" in left
    assert b"lunch with number 00200" not in left
    assert b"salt of number 00200" not in left


def test_with_a_reader_of_the_state_before_the_files_are_not_called_clean(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    with closing(SqliteStore(path)) as store:
        with in_batch(store):
            store.add_payloads([(1, "month/202605", b"lunch")])
        store._connection.execute("PRAGMA busy_timeout = 0")
        with closing(SqliteStore(path, read_only=True)) as reader, reader.moment():
            assert reader.payload(1) is not None
            with in_batch(store):
                store.begin_erasing()
                store.erase_payload(1)
            with pytest.raises(StoreUnavailable, match="somebody still reads"):
                store.finish_erasing()
            assert store.is_erasing()
        store.finish_erasing()
        assert not store.is_erasing()
        assert b"lunch" not in b"".join(found.read_bytes() for found in tmp_path.iterdir())


def test_a_store_that_nobody_closed_is_closed_by_any_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second thread makes blocks ready, and may be the one that collects what is left behind."""
    said: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    monkeypatch.setattr(sys, "excepthook", lambda *error: said.append(error))
    left = [SqliteStore(tmp_path / "left.db")]
    other = threading.Thread(target=left.clear)
    other.start()
    other.join()
    assert said == []
