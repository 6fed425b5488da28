"""Power cuts: what was acknowledged lasts, and what was not is there whole or not at all.

With `synchronous=OFF` the same test loses acknowledged payments, so it is able to fail; with NORMAL too.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import apsw
import pytest

from benyuan.engine.store import StoreError, StoreUnavailable
from benyuan.simulate.identities import someone
from benyuan.storage.sqlite import SqliteStore
from benyuan.storage.vault import KeyVault
from benyuan.usecases.register_person import Person
from tests.faults.power import Disk, plugged_in
from tests.faults.soundness import accepted_payments, check_paid_once, check_sound
from tests.unit.engine.groups import Desk, found_town, pay

# Where SQLite goes on to another call of the file system after a failed one, apsw has nobody to raise the first to.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

CHECKPOINT = "PRAGMA wal_checkpoint(TRUNCATE)"
ENOUGH_FEN = 4_000_000


@contextmanager
def desk_on(disk: Disk, path: Path, *, synchronous: str = "FULL") -> Iterator[Desk]:
    """The group on a disk; afterwards nothing is saved, synced or closed in order: the machine is gone."""
    with plugged_in(disk):
        store = SqliteStore(path, synchronous=synchronous)
        try:
            yield Desk(store, vault=KeyVault(disk.keys))
        finally:
            disk.off = True
            store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the lock file stands; the database itself is on the disk of the test."""
    return tmp_path / "group.db"


def new_town(path: Path) -> Disk:
    """A disk with the town on it, closed in good order."""
    disk = Disk()
    with plugged_in(disk):
        desk = found_town(Desk(SqliteStore(path), vault=KeyVault(disk.keys)), in_wallet_fen=ENOUGH_FEN)
        desk.group.close()
    return disk.copy()


# ---- at any time under load -----------------------------------------------------------------------------------------


def post_until_cut(desk: Desk, dice: Random, *, calls: int) -> set[str]:
    """Payments of 1 fen in calls of one to nine, now and then a save or a checkpoint; the keys acknowledged."""
    acknowledged: set[str] = set()
    for _ in range(calls):
        requests = [desk.request(pay(1, memo=dice.choice(("", "lunch")))) for _ in range(dice.randint(1, 9))]
        answers = desk.group.execute(requests)
        acknowledged |= {request.key for request, answer in zip(requests, answers, strict=True) if answer.accepted}
        if dice.randrange(12) == 0:
            desk.group.save()
        if dice.randrange(12) == 0:
            desk.group.store._connection.execute(CHECKPOINT)  # type: ignore[attr-defined]
    return acknowledged


def lost_after_cut(path: Path, *, seed: int, synchronous: str, some_lasts: bool) -> int:
    """How many acknowledged payments a cut after some calls loses; what is left must be sound."""
    dice = Random(seed)
    disk = new_town(path)
    with desk_on(disk, path, synchronous=synchronous) as desk:
        acknowledged = post_until_cut(desk, dice, calls=dice.randint(1, 25))
    with desk_on(disk.after_cut(seed if some_lasts else None), path) as again:
        lost = acknowledged - set(accepted_payments(again.group))
        check_paid_once(again, keys=acknowledged - lost)
        check_sound(again.group)
    return len(lost)


@pytest.mark.parametrize("some_lasts", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_what_was_acknowledged_outlasts_the_cut(path: Path, seed: int, some_lasts: bool) -> None:
    assert lost_after_cut(path, seed=seed, synchronous="FULL", some_lasts=some_lasts) == 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 400))
def test_soak_what_was_acknowledged_outlasts_the_cut(path: Path, seed: int) -> None:
    assert lost_after_cut(path, seed=seed, synchronous="FULL", some_lasts=True) == 0


@pytest.mark.parametrize("synchronous", ["OFF", "NORMAL"])
def test_without_syncing_acknowledged_payments_are_lost(path: Path, synchronous: str) -> None:
    """The shim works: what is not synced does not last."""
    lost = [lost_after_cut(path, seed=seed, synchronous=synchronous, some_lasts=False) for seed in range(4)]
    assert sum(lost) > 0


# ---- at every single write ------------------------------------------------------------------------------------------


def steps(desk: Desk) -> list[Callable[[], set[str]]]:
    """A short day's work: each step returns the keys that it has acknowledged."""

    def post(*keys: str) -> Callable[[], set[str]]:
        requests = [desk.request(pay(1, memo=f"for {key}"), key=key) for key in keys]
        return lambda: {keys[place] for place, answer in enumerate(desk.group.execute(requests)) if answer.accepted}

    def register() -> set[str]:
        desk.one(Person(institution=1, **someone(3)), key="person")
        return set()

    def save() -> set[str]:
        desk.group.save()
        return set()

    def checkpoint() -> set[str]:
        with suppress(sqlite3.OperationalError):  # as where SQLite does it by itself: what is not folded in yet, stays
            desk.group.store._connection.execute(CHECKPOINT)  # type: ignore[attr-defined]
        return set()

    return [post("a", "b"), register, save, post("c"), checkpoint, post("d", "e", "f"), save]


def writes_of_a_day(path: Path, disk: Disk) -> int:
    """How many writes and syncs the day takes."""
    whole = disk.copy()
    with desk_on(whole, path) as desk:
        before = whole.operations
        for step in steps(desk):
            step()
        return whole.operations - before


def check_cut_at(path: Path, town: Disk, *, write: int, seed: int | None) -> None:
    """Cut the power at one write; then all acknowledged is there, and the day can be done again to its end."""
    disk = town.copy()
    acknowledged: set[str] = set()
    with desk_on(disk, path) as desk:
        work = steps(desk)
        disk.budget = write
        with suppress(StoreError):
            for step in work:
                acknowledged |= step()
    assert disk.off
    with desk_on(disk.after_cut(seed), path) as again:
        check_paid_once(again, keys=acknowledged)
        check_sound(again.group)
        for step in steps(again):
            step()
        assert set(accepted_payments(again.group)) == set("abcdef")
        check_paid_once(again, keys="abcdef")
        assert again.group.records.tables["person"].count == 3


def test_a_cut_at_any_write(path: Path) -> None:
    town = new_town(path)
    for write in range(0, writes_of_a_day(path, town), 5):
        check_cut_at(path, town, write=write, seed=None if write % 3 == 0 else write)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [None, *range(9)])
def test_soak_a_cut_at_every_write(path: Path, seed: int | None) -> None:
    town = new_town(path)
    for write in range(writes_of_a_day(path, town)):
        check_cut_at(path, town, write=write, seed=seed)


def test_a_cut_while_the_file_is_made(path: Path) -> None:
    whole = Disk()
    with desk_on(whole, path) as desk:
        desk.one(Person(institution=1, **someone(4)))
        writes = whole.operations
    for write in range(0, writes, 5):
        disk = Disk()
        disk.budget = write
        with suppress(StoreError), desk_on(disk, path) as desk:
            desk.one(Person(institution=1, **someone(4)))
        with desk_on(disk.after_cut(write), path) as again:
            assert again.group.position <= 1
            found_town(again)


# ---- a disk that fails and comes back -------------------------------------------------------------------------------


@pytest.mark.parametrize("failure", [apsw.FullError, apsw.IOError])
@pytest.mark.parametrize("width", [1, 1_000_000], ids=["once", "for a while"])
def test_a_disk_that_fails_at_any_write(path: Path, failure: type[Exception], width: int) -> None:
    """Nothing acknowledged is lost, and the same group goes on."""
    town = new_town(path)
    for write in range(0, writes_of_a_day(path, town), 14):
        disk = town.copy()
        left = [width]

        def breaks(disk: Disk = disk, left: list[int] = left) -> Exception:
            left[0] -= 1
            if left[0] <= 0:
                disk.budget = None
            return failure("the disk is away")

        acknowledged: set[str] = set()
        with desk_on(disk, path) as desk:
            work = steps(desk)
            disk.budget, disk.breaks = write, breaks
            for step in work:
                with suppress(StoreUnavailable):
                    acknowledged |= step()
            disk.budget = None
            check_paid_once(desk, keys=acknowledged)
            for step in steps(desk):
                step()
            check_paid_once(desk, keys="abcdef")
            check_sound(desk.group)
        with desk_on(disk.after_cut(write), path) as again:
            check_paid_once(again, keys="abcdef")
            check_sound(again.group)
