"""When the store fails nothing unacknowledged is kept, and the same group goes on once the store is back.

Worked: the disk fills while a payment commits; the caller gets StoreUnavailable; with room again the payment under the
same key is accepted once, and memory is what a restart would make of the store.
"""

from collections.abc import Callable
from typing import Any

import pytest

import benyuan.engine.group
from benyuan.decisions.commands import Request
from benyuan.engine.store import StoreBusy, StoreDamaged, StoreError, StoreUnavailable
from benyuan.engine.verify import verify
from benyuan.simulate.identities import someone
from benyuan.usecases import USE_CASES
from benyuan.usecases.register_person import Person
from tests.storage.memory import MemoryStore
from tests.unit.engine.failing import FailingStore
from tests.unit.engine.groups import Desk, found_town, keys_of, memory_of, pay, stored_by, town


def failing_town() -> tuple[Desk, FailingStore]:
    """The town on a store that can fail."""
    store = FailingStore(MemoryStore())
    return found_town(Desk(store)), store


def calls_of(desk: Desk) -> list[list[Request]]:
    """Three calls: payments and a payload, a record, a payment refused."""
    return [
        [desk.request(pay(100, memo="lunch"), key="a"), desk.request(pay(200), key="b")],
        [desk.request(Person(institution=1, **someone(3)), key="c"), desk.request(pay(300), key="d")],
        [desk.request(pay(99_999), key="e")],
    ]


def check_sound(desk: Desk) -> None:
    """Memory is what a restart makes of the store, the log verifies, and a save changes nothing."""
    before = memory_of(desk.group) | stored_by(desk.group) | keys_of(desk.group)
    fresh = Desk(desk.group.store, vault=desk.group.vault, now=desk.now)
    assert memory_of(fresh.group) | stored_by(fresh.group) | keys_of(fresh.group) == before
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.head == desk.group.head.hex()


def ask_until_answered(desk: Desk, store: FailingStore, calls: list[list[Request]]) -> None:
    """Each call as often as it takes; once one has failed twice the store is back."""
    for call in calls:
        for attempt in range(4):
            try:
                desk.group.execute(call)
                break
            except StoreUnavailable:
                if attempt:
                    store.never_fail()


def count_calls() -> int:
    """How often the three calls ask the store for something."""
    desk, store = failing_town()
    before = store.calls
    ask_until_answered(desk, store, calls_of(desk))
    return store.calls - before


@pytest.mark.parametrize("late", [False, True], ids=["before the deed", "after the deed"])
@pytest.mark.parametrize("width", [1, 40])
def test_fail_at_any_call(width: int, late: bool) -> None:
    """The store fails `width` times in a row, beginning at each of its calls in turn."""
    for first in range(1, count_calls() + 1):
        desk, store = failing_town()
        start = store.calls + first

        def fails(call: int, name: str, start: int = start) -> bool:
            del name
            return start <= call < start + width

        store.fails, store.late = fails, late
        ask_until_answered(desk, store, calls_of(desk))
        store.never_fail()
        assert store.failures > 0
        answers = [answer for call in calls_of(desk) for answer in desk.group.execute(call)]
        where = f"call {first} of the store: {store.names[start - 1]}"
        assert all(answer.repeated for answer in answers), where
        assert [answer.outcome.name for answer in answers] == [*["accepted"] * 4, "refused"], where
        assert len({answer.position for answer in answers}) == 5, where
        assert (desk.of_merchant(1), desk.of_wallet(1)) == (600, 9_400), where
        check_sound(desk)


@pytest.mark.parametrize("name", ["begin", "append", "add_payloads", "add_rows", "commit"])
def test_nothing_of_a_failed_call_is_kept(name: str) -> None:
    desk, store = failing_town()
    before = memory_of(desk.group) | stored_by(desk.group)
    store.fails = lambda call, asked: asked == name
    with pytest.raises(StoreUnavailable):
        desk.group.execute([request for call in calls_of(desk) for request in call])
    store.never_fail()
    assert memory_of(desk.group) | stored_by(desk.group) == before
    check_sound(desk)


def test_a_commit_that_is_done_but_not_confirmed_is_looked_up() -> None:
    """The design: a commit whose outcome is unknown is looked up before anyone is told."""
    desk, store = failing_town()
    store.fails, store.late = lambda call, name: name == "commit", True
    answer = desk.one(pay(100), key="k")
    store.never_fail()
    assert answer.accepted
    assert desk.one(pay(100), key="k").position == answer.position
    assert desk.of_merchant(1) == 100
    check_sound(desk)


def test_while_the_store_is_away_nothing_is_answered() -> None:
    desk, store = failing_town()
    position = desk.group.position
    store.fails = lambda call, name: True
    for _ in range(3):
        with pytest.raises(StoreUnavailable):
            desk.one(pay(100), key="k")
        with pytest.raises(StoreUnavailable):
            desk.group.save()
        with pytest.raises(StoreUnavailable):
            desk.group.post(debit_account=[1], credit_account=[2], amount=[1], code=9)
    store.never_fail()
    answer = desk.one(pay(100), key="k")
    assert (answer.accepted, answer.repeated, answer.position) == (True, False, position + 1)
    check_sound(desk)


def test_a_defect_in_the_middle_of_a_call_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = town()
    before = memory_of(desk.group) | stored_by(desk.group)

    def breaks(*_: Any, **__: Any) -> Any:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(USE_CASES["pay"], "record", breaks)
        with pytest.raises(ZeroDivisionError):
            desk.ask(Person(institution=1, **someone(9)), pay(100))
    assert memory_of(desk.group) | stored_by(desk.group) == before
    assert desk.one(pay(100)).accepted
    check_sound(desk)


def test_an_interrupt_in_the_middle_of_a_call_leaves_nothing() -> None:
    desk, store = failing_town()
    before = memory_of(desk.group) | stored_by(desk.group)

    def interrupts(call: int, name: str) -> bool:
        if name == "commit":
            raise KeyboardInterrupt
        return False

    store.fails = interrupts
    with pytest.raises(KeyboardInterrupt):
        desk.one(pay(100), key="k")
    store.never_fail()
    assert memory_of(desk.group) | stored_by(desk.group) == before
    assert not desk.one(pay(100), key="k").repeated
    check_sound(desk)


@pytest.mark.parametrize("name", ["save_balances", "add_keys", "commit"])
def test_a_failed_save_is_forgotten(name: str) -> None:
    desk, store = failing_town()
    store.fails = lambda call, asked: asked == name
    with pytest.raises(StoreUnavailable):
        desk.group.save()
    store.never_fail()
    check_sound(desk)
    assert desk.one(pay(100), key="k").accepted
    desk.group.save()
    assert desk.one(pay(100), key="k").repeated
    check_sound(desk)


def test_what_is_committed_is_answered_though_the_save_after_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """StoreUnavailable means that nothing of the call was kept; here all of it was."""
    desk, store = failing_town()
    monkeypatch.setattr(benyuan.engine.group, "SAVE_EVERY_LEGS", 0)
    store.fails = lambda call, name: name == "save_balances"
    answer = desk.one(pay(100), key="k")
    store.never_fail()
    assert answer.accepted
    assert desk.one(pay(100), key="k").position == answer.position
    check_sound(desk)


def test_a_group_saves_by_itself_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("SAVE_EVERY_LEGS", 9), ("SAVE_EVERY_KEYS", 3)):
        desk = town()
        assert desk.group.store.saved_balances() is None
        monkeypatch.setattr(benyuan.engine.group, name, value)
        for _ in range(6):
            assert desk.one(pay(1)).accepted
        assert desk.group.store.saved_balances() is not None, name
        check_sound(desk)


@pytest.mark.parametrize("failure", ["save_balances", "begin", "commit"])
def test_closing_lets_go_of_the_store_whatever_happens(failure: str) -> None:
    desk, store = failing_town()
    store.fails = lambda call, name: name == failure
    with pytest.raises(StoreUnavailable):
        desk.group.close()
    assert store.names[-1] == "close"


def test_closing_twice() -> None:
    desk = town()
    desk.group.close()
    desk.group.close()
    with pytest.raises(StoreError):
        desk.one(pay(100))


def test_a_failure_while_a_group_starts_is_told() -> None:
    desk, store = failing_town()
    desk.group.save()
    start = store.calls
    Desk(store)
    opening = store.names[start:]
    for number, name in enumerate(opening, 1):
        first = store.calls + number
        store.fails = lambda call, _, first=first: call == first  # type: ignore[misc]
        with pytest.raises(StoreUnavailable, match=name):
            Desk(store)
    store.never_fail()
    assert memory_of(Desk(store).group) == memory_of(desk.group)


@pytest.mark.parametrize("error", [StoreBusy, StoreDamaged])
def test_other_failures_of_the_store_reach_the_caller(error: Callable[[str], StoreError]) -> None:
    desk, store = failing_town()

    def fails(call: int, name: str) -> bool:
        if name == "append":
            raise error("as told")
        return False

    store.fails = fails
    with pytest.raises(type(error("")), match="as told"):
        desk.one(pay(100), key="k")
    store.never_fail()
    assert not desk.one(pay(100), key="k").repeated
    check_sound(desk)
