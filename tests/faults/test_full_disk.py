"""A full disk: StoreUnavailable, nothing acknowledged lost, and with room again the same group goes on.

Full in three ways: the file may not grow (RLIMIT_FSIZE), the database may have no more pages, and every write fails
(`test_power_cut`, which also fails each single write in turn).
"""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from benyuan.engine.store import StoreUnavailable
from tests.faults.soundness import check_paid_once, check_sound
from tests.unit.engine.groups import Desk, found_town, on_file, pay

ENOUGH_FEN = 4_000_000
SPARE_BYTES = 200_000


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file may be written beyond so many bytes. Python has the signal ignored, so writes fail."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def run_of(desk: Desk, statement: str) -> Any:
    """A statement on the group's own connection."""
    connection: sqlite3.Connection = desk.group.store._connection  # type: ignore[attr-defined]
    return connection.execute(statement).fetchone()[0]


@contextmanager
def no_more_pages(desk: Desk) -> Iterator[None]:
    """The database may have a few more pages only."""
    before = run_of(desk, "PRAGMA max_page_count")
    run_of(desk, f"PRAGMA max_page_count = {run_of(desk, 'PRAGMA page_count') + 8}")
    try:
        yield
    finally:
        run_of(desk, f"PRAGMA max_page_count = {before}")


@contextmanager
def no_longer_files(desk: Desk) -> Iterator[None]:
    """The log of the database may grow by a little only."""
    path = Path(run_of(desk, "SELECT file FROM pragma_database_list WHERE name = 'main'") + "-wal")
    with files_of_at_most(path.stat().st_size + SPARE_BYTES):
        yield


def post_until_full(desk: Desk) -> tuple[set[str], str]:
    """Payments with long memos until one can't be kept; the keys acknowledged, and the one that was not."""
    acknowledged: set[str] = set()
    for _ in range(2_000):
        request = desk.request(pay(1, memo="x" * 200))
        try:
            assert desk.group.execute([request])[0].accepted
        except StoreUnavailable:
            return acknowledged, request.key
        acknowledged.add(request.key)
    raise AssertionError("the disk never got full")


@pytest.mark.parametrize("is_full", [no_more_pages, no_longer_files], ids=lambda full: full.__name__)
def test_a_full_disk(tmp_path: Path, is_full: Callable[[Desk], Any]) -> None:
    path = tmp_path / "group.db"
    desk = found_town(on_file(path), in_wallet_fen=ENOUGH_FEN)
    with is_full(desk):
        acknowledged, key = post_until_full(desk)
        assert acknowledged
        position = desk.group.position
        for _ in range(3):
            with pytest.raises(StoreUnavailable):
                desk.group.execute([desk.request(pay(1, memo="x" * 200), key=str(n)) for n in range(2_000)])
        assert desk.group.position == position
        check_paid_once(desk, keys=acknowledged)
    answer = desk.one(pay(1, memo="x" * 200), key=key)
    assert (answer.accepted, answer.repeated) == (True, False)
    check_paid_once(desk, keys=[*acknowledged, key])
    check_sound(desk.group)
    desk.group.close()
    again = on_file(path)
    check_paid_once(again, keys=[*acknowledged, key])
    check_sound(again.group)
    again.group.close()


def test_answers_are_read_though_the_disk_is_full(tmp_path: Path) -> None:
    desk = found_town(on_file(tmp_path / "group.db"), in_wallet_fen=ENOUGH_FEN)
    first = desk.one(pay(1), key="first")
    with no_longer_files(desk):
        post_until_full(desk)
        assert desk.group.answer(first.position) == first
    assert desk.one(pay(1), key="first").repeated
    desk.group.close()


def test_a_group_is_closed_though_the_disk_is_full(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    desk = found_town(on_file(path), in_wallet_fen=ENOUGH_FEN)
    with no_longer_files(desk):
        acknowledged, _ = post_until_full(desk)
        with suppress(StoreUnavailable):
            desk.group.close()
    again = on_file(path)
    check_paid_once(again, keys=acknowledged)
    check_sound(again.group)
    again.group.close()


def test_no_room_for_a_new_group(tmp_path: Path) -> None:
    with files_of_at_most(0), pytest.raises(StoreUnavailable):
        on_file(tmp_path / "group.db")
    with files_of_at_most(8_192), pytest.raises(StoreUnavailable):
        on_file(tmp_path / "group.db")
    desk = found_town(on_file(tmp_path / "group.db"))
    check_sound(desk.group)
    desk.group.close()
