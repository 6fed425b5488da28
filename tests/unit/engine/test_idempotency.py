"""Every command is idempotent by client and key: the first answer again, however often and by whatever way it comes.

Worked: "key 9" of client "desk" pays 1.00 yuan; the same again is answered `repeated` and moves nothing; 2.00 yuan
under that key is not logged, and the answer names the key.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from benyuan.decisions.commands import Command, Request
from benyuan.decisions.outcomes import Answer, Outcome
from benyuan.engine import reading
from benyuan.payments.vocabulary import Authentication
from benyuan.simulate.identities import someone
from benyuan.storage.sqlite import SqliteStore
from benyuan.usecases.register_person import Person
from benyuan.usecases.transfer import Transfer
from tests.unit.engine.groups import (
    CLIENT,
    HOUR,
    IN_WALLET_FEN,
    MORNING,
    Desk,
    in_memory,
    keys_of,
    number_keys,
    pay,
    standing,
    town,
)

REFUSED = pay(IN_WALLET_FEN + 1)
INVALID = pay(100, payer=99)
MALFORMED = pay(0)


def unlogged_by(answer: Answer, field: str) -> bool:
    """Whether the answer is that the command can't be logged, because of this field."""
    return (
        answer.outcome is Outcome.unlogged
        and answer.position == 0
        and not answer.repeated
        and answer.refusal is None
        and answer.invalid is not None
        and answer.invalid.field == field
    )


def ask_twice(desk: Desk, first: Command, second: Command) -> tuple[Answer, Answer]:
    """Two commands under one key, in two calls."""
    return desk.one(first, key="k"), desk.one(second, key="k")


@pytest.mark.parametrize("saved", [False, True])
@pytest.mark.parametrize("command", [pay(100), pay(100, memo="lunch"), REFUSED, INVALID, MALFORMED])
def test_the_same_again_has_the_first_answer(command: Command, saved: bool) -> None:
    desk = town()
    first = desk.one(command, key="k")
    if saved:
        desk.group.save()
    moved, legs, head = desk.of_merchant(1), desk.group.ledger.leg_count, desk.group.head
    desk.now += HOUR
    for _ in range(3):
        again = desk.one(command, key="k")
        assert again.repeated
        assert not first.repeated
        for name in ("position", "kind", "outcome", "at", "results", "refusal", "invalid"):
            assert getattr(again, name) == getattr(first, name), name
    assert (desk.of_merchant(1), desk.group.ledger.leg_count, desk.group.head) == (moved, legs, head)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pay(100), pay(101)),
        (pay(100), pay(100, merchant=2)),
        (pay(100), Transfer(payer=1, payee=2, amount_fen=100, authentication=Authentication.two_kinds)),
        (pay(100), Person(institution=1, **someone(9))),
        (pay(100, memo="lunch"), pay(100, memo="dinner")),
        (pay(100, memo="lunch"), pay(100)),
        (pay(100), pay(100, memo="lunch")),
        (REFUSED, pay(100)),
        (INVALID, pay(100)),
        (pay(100), REFUSED),
        (pay(100), pay(100, payer=99)),
    ],
)
def test_another_command_under_the_key_is_not_logged(first: Command, second: Command) -> None:
    desk = town()
    was, now = ask_twice(desk, first, second)
    assert unlogged_by(now, "key")
    assert now.invalid is not None
    assert now.invalid.value == "k"
    assert str(was.position) in now.invalid.constraint
    assert desk.group.position == was.position


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (pay(1), pay(0)),
        (pay(1), pay(-5)),
        (pay(100), pay(0)),
        (pay(100), pay("100")),
        (pay(0), pay(1)),
        (pay(-5), pay(1)),
        (pay(None), pay(1)),
        (pay(-5), pay(-7)),
        (pay(0), pay(100, payer=0)),
        (pay(100, memo="x" * 201), pay(100)),
        (pay(100), pay(100, memo="x" * 201)),
        (pay(100, memo="x" * 201), pay(100, memo="lunch")),
    ],
)
def test_a_malformed_command_is_not_the_sound_one_under_its_key(first: Command, second: Command) -> None:
    _, now = ask_twice(town(), first, second)
    assert unlogged_by(now, "key")


def test_keys_belong_to_their_client() -> None:
    desk = town()
    mine, theirs = desk.one(pay(100), key="k", client="a"), desk.one(pay(200), key="k", client="b")
    assert (mine.accepted, theirs.accepted) == (True, True)
    assert desk.one(pay(100), key="k", client="a").position == mine.position
    assert desk.one(pay(200), key="k", client="b").position == theirs.position


def test_client_and_key_that_run_together_alike_are_two_keys() -> None:
    desk = town()
    one, other = desk.one(pay(100), client="a\0b", key="c"), desk.one(pay(200), client="a", key="b\0c")
    assert (one.outcome, other.outcome) == (Outcome.accepted, Outcome.accepted)
    assert desk.of_merchant(1) == 300
    assert desk.one(pay(100), client="a\0b", key="c").repeated
    assert desk.one(pay(200), client="a", key="b\0c").repeated


# ---- inside one call ------------------------------------------------------------------------------------------------


def call(desk: Desk, commands: Sequence[tuple[str, Command]]) -> list[Answer]:
    """Keyed commands in one call."""
    return list(desk.group.execute([Request(client=CLIENT, key=key, command=command) for key, command in commands]))


def test_a_key_that_comes_twice_in_one_call() -> None:
    desk = town()
    first = desk.group.position + 1
    commands = [("a", pay(100)), ("b", pay(200)), ("a", pay(100)), ("c", pay(300)), ("b", pay(9)), ("a", pay(100))]
    answers = call(desk, commands)
    assert [answer.position for answer in answers] == [first, first + 1, first, first + 2, 0, first]
    assert [answer.repeated for answer in answers] == [False, False, True, False, False, True]
    assert unlogged_by(answers[4], "key")
    assert desk.of_merchant(1) == 600
    assert [answer.position for answer in call(desk, commands)] == [answer.position for answer in answers]
    assert desk.of_merchant(1) == 600


def test_a_key_that_comes_again_as_another_kind_in_the_same_call() -> None:
    desk = town()
    answers = call(
        desk,
        [
            ("a", pay(100)),
            ("b", Person(institution=1, **someone(9))),
            ("a", Person(institution=1, **someone(9))),
            ("a", pay(100)),
        ],
    )
    assert [answer.outcome.name for answer in answers] == ["accepted", "accepted", "unlogged", "accepted"]
    assert unlogged_by(answers[2], "key")
    assert answers[3].repeated


@pytest.mark.parametrize("saved", [False, True])
def test_known_and_new_keys_in_one_call(saved: bool) -> None:
    desk = town()
    known = call(desk, [(f"k{n}", pay(1 + n)) for n in range(0, 20, 2)])
    if saved:
        desk.group.save()
    position = desk.group.position
    answers = call(desk, [(f"k{n}", pay(1 + n)) for n in range(20)])
    assert [answer.position for answer in answers[::2]] == [answer.position for answer in known]
    assert [answer.position for answer in answers[1::2]] == list(range(position + 1, position + 11))
    assert desk.of_merchant(1) == sum(range(1, 21))


def test_one_key_two_thousand_times_in_one_call() -> None:
    desk = town()
    answers = call(desk, [("a", pay(100))] * 2_000)
    assert {answer.position for answer in answers} == {desk.group.position}
    assert sum(answer.repeated for answer in answers) == 1_999
    assert desk.of_merchant(1) == 100


def counted(monkeypatch: pytest.MonkeyPatch, calls: Counter[str], owner: Any, name: str) -> None:
    """Count the calls of a function or method."""
    real = getattr(owner, name)

    def counting(*arguments: Any, **named: Any) -> Any:
        calls[name] += 1
        return real(*arguments, **named)

    monkeypatch.setattr(owner, name, counting)


@pytest.mark.parametrize("saves", [False, True])
def test_a_file_sent_again_costs_a_look_at_each_block_and_not_at_each_line(
    monkeypatch: pytest.MonkeyPatch, saves: bool
) -> None:
    """What is read of the store, and each column made anew from a block, are counted: the same for 50 lines and 400."""
    calls: Counter[str] = Counter()
    for name in ("positions_of_keys", "block_of_position", "last_block"):
        counted(monkeypatch, calls, SqliteStore, name)
    for name in ("thick", "array", "decoded"):
        counted(monkeypatch, calls, reading, name)
    needed = []
    for lines in (50, 400):
        desk = town()
        file = [(f"line {number}", pay(1)) for number in range(lines)]
        call(desk, file)
        if saves:
            desk.group.save()
        calls.clear()
        assert all(answer.repeated for answer in call(desk, file))
        needed.append(dict(calls))
    assert needed[0] == needed[1]
    assert sum(needed[0].values()) > 0


def test_a_file_sent_again_in_another_order_reads_each_block_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KEPT", 2)
    desk = town()
    file = [(f"line {number}", pay(1)) for number in range(60)]
    for start in range(0, 60, 5):
        call(desk, file[start : start + 5])
    mixed = [*file[::7], ("new", pay(1)), *file[1::7], *file[5:40], ("new", pay(1)), *file[::-1]]
    calls: Counter[str] = Counter()
    counted(monkeypatch, calls, SqliteStore, "block_of_position")
    answers = call(desk, mixed)
    assert [answer.position for answer in answers if not answer.repeated] == [desk.group.position]
    first = {name: answer.position for (name, _), answer in zip(mixed, answers, strict=True)}
    assert sorted(first.values()) == list(range(desk.group.position - 60, desk.group.position + 1))
    assert calls["block_of_position"] <= 12 + 1


# ---- hashes, payloads -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("saves", [False, True])
def test_keys_that_share_a_number_are_told_apart(monkeypatch: pytest.MonkeyPatch, saves: bool) -> None:
    number_keys(monkeypatch, lambda _: 7)
    desk = town()
    answers = call(desk, [("a", pay(100)), ("b", pay(200))])
    if saves:
        desk.group.save()
    answers += [desk.one(pay(300), key="c"), desk.one(pay(400), key="a", client="other")]
    assert [answer.outcome.name for answer in answers] == ["accepted"] * 4
    assert desk.of_merchant(1) == 1_000
    again = call(desk, [("c", pay(300)), ("b", pay(200)), ("d", pay(500)), ("a", pay(100))])
    assert [answer.repeated for answer in again] == [True, True, False, True]
    assert [again[3].position, again[1].position, again[0].position] == [answer.position for answer in answers[:3]]
    assert unlogged_by(desk.one(pay(999), key="b"), "key")
    assert keys_of(desk.group) == {6 + position: position for position in range(1, desk.group.position + 1)}


def test_numbers_of_keys_go_round_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    number_keys(monkeypatch, lambda _: (1 << 63) - 1)
    desk = in_memory()
    commands = [desk.request(standing(9), key=key) for key in "abc"]
    first = desk.group.execute(commands)
    assert keys_of(desk.group) == {(1 << 63) - 1: 1, -(1 << 63): 2, 1 - (1 << 63): 3}
    for _ in range(2):
        assert [answer.position for answer in desk.group.execute(commands)] == [answer.position for answer in first]
        desk.group.save()


@pytest.mark.parametrize("saves", [False, True])
def test_a_key_whose_own_number_another_key_has_moved_into(monkeypatch: pytest.MonkeyPatch, saves: bool) -> None:
    numbers = {"a": 5, "b": 5, "c": 6}
    number_keys(monkeypatch, lambda key: numbers[key] if key in numbers else 100 + int(key.removeprefix("key ")))
    desk = town()
    answers = []
    for place, key in enumerate(numbers):
        answers.append(desk.one(pay(100 + place), key=key))
        if saves:
            desk.group.save()
    assert all(answer.accepted for answer in answers)
    again = [desk.one(pay(100 + place), key=key) for place, key in enumerate(numbers)]
    assert [answer.position for answer in again] == [answer.position for answer in answers]
    assert all(answer.repeated for answer in again)


def test_the_log_keeps_a_salted_commitment_and_no_payload() -> None:
    desk = town()
    lunch, again = desk.one(pay(100, memo="lunch for two")), desk.one(pay(100, memo="lunch for two"))
    for block in desk.group.store.blocks():
        assert b"lunch" not in block.body + block.outcome
    opened = [desk.group.reader.at_position(answer.position) for answer in (lunch, again)]
    commitments = [one.body["commitments"]["0"] for one in opened]
    assert commitments[0] != commitments[1], "one salt for two payloads"
    kept = desk.group.store.payload(lunch.position)
    assert kept is not None
    assert b"lunch" not in kept[1]
    assert desk.group.payloads.read(lunch.position) == {"memo": "lunch for two"}


@pytest.mark.parametrize(
    ("amount", "memo"), [(100, "secret " * 40), (0, "secret"), ("none", "secret"), (100, ["secret"])]
)
def test_nothing_personal_of_a_malformed_command_is_in_the_log(amount: Any, memo: Any) -> None:
    """Neither the text of a personal field, nor a digest of it that can be guessed at."""
    bodies = []
    for text in (memo, memo[::-1]):
        desk = town()
        answer = desk.one(pay(amount, memo=text), key="k")
        assert answer.outcome is Outcome.invalid
        opened = desk.group.reader.at_position(answer.position)
        assert b"secret" not in opened.block.body + opened.block.outcome
        bodies.append({name: part for name, part in opened.body.items() if name != "commitments"})
    assert bodies[0] == bodies[1], "something in the log depends on the personal field"


def test_once_erased_a_payload_is_no_longer_compared() -> None:
    desk = town()
    first = desk.one(pay(100, memo="lunch"), key="k")
    desk.group.store.erase_payload(first.position)
    assert desk.one(pay(100, memo="lunch"), key="k").position == first.position
    assert desk.one(pay(100, memo="something else"), key="k").repeated
    assert unlogged_by(desk.one(pay(101, memo="lunch"), key="k"), "key")
    assert desk.group.answer(first.position).accepted


# ---- what can't be logged -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("client", "key", "field"), [("", "k", "client"), ("c", "", "key"), ("", "", "client")])
def test_no_client_or_no_key(client: str, key: str, field: str) -> None:
    desk = town()
    position = desk.group.position
    answer = desk.one(pay(100), client=client, key=key)
    assert unlogged_by(answer, field)
    assert (desk.group.position, desk.of_merchant(1)) == (position, 0)


def test_the_sound_commands_beside_one_without_a_key_go_on() -> None:
    desk = town()
    answers = call(desk, [("a", pay(1)), ("", pay(2)), ("b", pay(4)), ("", pay(8))])
    assert [answer.outcome.name for answer in answers] == ["accepted", "unlogged", "accepted", "unlogged"]
    assert desk.of_merchant(1) == 5


def test_an_unlogged_key_is_free_still() -> None:
    desk = town()
    desk.one(pay(1), key="other")
    assert unlogged_by(desk.one(pay(100), key="k", at=MORNING - 1), "at")
    assert desk.one(pay(200), key="k").accepted


def test_unknown_kind() -> None:
    desk = town()
    head = desk.group.head
    with pytest.raises(KeyError, match="conjure"):
        desk.group.execute_columns(kind="conjure", columns={}, client=CLIENT, keys=["k"])
    assert desk.group.head == head
    assert desk.one(pay(100), key="k").accepted


def test_nothing_asked_is_nothing_answered() -> None:
    desk = town()
    head = desk.group.head
    assert list(desk.group.execute([])) == []
    assert list(desk.group.execute_columns(kind="pay", columns={}, client=CLIENT, keys=[])) == []
    assert desk.group.head == head
