"""A group opened for reading: it answers from the log beside a poster, and writes nothing.

Worked: the poster pays 1.00 yuan while a reader is half open; the reader has all of that payment or nothing of it.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from benyuan.engine.store import StoreUnavailable
from benyuan.engine.verify import verify
from benyuan.simulate.identities import someone
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases import USE_CASES
from benyuan.usecases.register_person import Person
from tests.unit.engine.failing import FailingStore
from tests.unit.engine.groups import Desk, found_town, memory_of, on_file, pay, vault_beside


@contextmanager
def poster_on(path: Path) -> Iterator[Desk]:
    """A poster that is gone without saving."""
    desk = on_file(path)
    try:
        yield found_town(desk)
    finally:
        desk.group.store.close()


@pytest.mark.parametrize("saved", [False, True])
def test_a_reader_has_what_the_poster_has(tmp_path: Path, saved: bool) -> None:
    path = tmp_path / "group.db"
    with poster_on(path) as poster:
        answer = poster.one(pay(100, memo="lunch"), key="k")
        if saved:
            poster.group.save()
        reader = on_file(path, read_only=True)
        assert memory_of(reader.group) == memory_of(poster.group)
        assert reader.group.answer(answer.position) == answer
        assert verify(reader.group.store, vault=reader.group.vault, use_cases=USE_CASES).ok
        reader.group.store.close()


@pytest.mark.parametrize("saved", [False, True])
def test_a_reader_is_closed_without_writing(tmp_path: Path, saved: bool) -> None:
    path = tmp_path / "group.db"
    with poster_on(path) as poster:
        if saved:
            poster.group.save()
        before = memory_of(poster.group)
    reader = on_file(path, read_only=True)
    reader.group.close()
    again = on_file(path, read_only=True)
    assert memory_of(again.group) == before
    assert (again.group.store.saved_balances() is not None) == saved
    again.group.close()


def test_a_reader_does_not_post(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    with poster_on(path) as poster:
        head = poster.group.head
    reader = on_file(path, read_only=True)
    before = memory_of(reader.group)
    with pytest.raises(StoreUnavailable):
        reader.one(pay(100), key="k")
    with pytest.raises(StoreUnavailable):
        reader.group.save()
    with pytest.raises(StoreUnavailable):
        reader.group.create_accounts(book=[1], unit=[1], code=[1])
    assert memory_of(reader.group) == before
    assert reader.group.head == head
    reader.group.store.close()


def calls_of_opening(path: Path) -> list[str]:
    """What opening a group asks of the store."""
    with closing(SqliteStore(path, read_only=True)) as store:
        counted = FailingStore(store)
        Desk(counted)
        return counted.names


newcomers = count(5)
RUNS = 12
"""In how many runs a commit comes before every call once: before each twelfth of them in one run."""


@pytest.mark.parametrize("saves", [False, True])
def test_a_reader_sees_one_moment(tmp_path: Path, saves: bool) -> None:
    """The poster commits between any two reads of a reader that is being opened."""
    path = tmp_path / "group.db"
    with poster_on(path) as poster:
        poster.group.save()
        poster.one(pay(1))
        assert len(calls_of_opening(path)) > RUNS
        for number in range(RUNS):
            before: list[dict[str, Any]] = [memory_of(poster.group)]

            def commits(call: int, _: str, number: int = number, before: list[dict[str, Any]] = before) -> bool:
                if call % RUNS == number:
                    poster.done(Person(institution=1, **someone(next(newcomers))), pay(1))
                    if saves:
                        poster.group.save()
                    before.append(memory_of(poster.group))
                return False

            with closing(SqliteStore(path, read_only=True)) as store:
                beside = FailingStore(store)
                beside.fails = commits
                seen = memory_of(Desk(beside, vault=vault_beside(path)).group)
            assert len(before) > 1
            assert seen in before, f"half of a batch that came before one of the calls {number}, {number + RUNS} and on"


def test_verify_beside_a_poster_sees_one_moment(tmp_path: Path) -> None:
    """The poster commits and saves between any two reads of `verify`."""
    path = tmp_path / "group.db"
    with poster_on(path) as poster:
        poster.done(pay(1))
        poster.group.save()
        for number in range(RUNS):

            def commits(call: int, _: str, number: int = number) -> bool:
                if call % RUNS == number:
                    poster.done(Person(institution=1, **someone(next(newcomers))), pay(1))
                    poster.group.save()
                return False

            with closing(SqliteStore(path, read_only=True)) as store:
                beside = FailingStore(store)
                beside.fails = commits
                report = verify(beside, vault=poster.group.vault, use_cases=USE_CASES)
            assert len(beside.names) > RUNS
            assert (report.faults, report.differences) == ([], []), f"a batch came before call {number} or later"


def test_a_reader_opened_again_has_the_news(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    with poster_on(path) as poster:
        old = on_file(path, read_only=True)
        answer = poster.one(pay(100))
        new = on_file(path, read_only=True)
        assert new.group.head == poster.group.head != old.group.head
        assert new.of_merchant(1) == 100
        assert new.group.answer(answer.position).accepted
        for reader in (old, new):
            reader.group.store.close()


def test_old_answers_are_there_while_the_poster_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    with poster_on(path) as poster:
        answers = list(poster.ask(*(pay(1) for _ in range(20))))
        reader = on_file(path, read_only=True)
        for answer in answers:
            poster.one(pay(1))
            assert reader.group.answer(answer.position) == answer
        with pytest.raises(KeyError):
            reader.group.answer(10_000)
        reader.group.store.close()
