"""Calls cut anywhere give the same answers, balances and records as commands one by one; so do columns and requests.

Worked: pay, refund, pay of one wallet in one call; in three; the refund finds the first payment either way.
"""

from enum import Enum
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Request
from benyuan.decisions.outcomes import Answer
from benyuan.engine.codec import unpacked
from benyuan.engine.reading import Reader
from benyuan.engine.store import Store
from benyuan.engine.verify import verify
from benyuan.ledger.layout import ROW
from benyuan.usecases import USE_CASES
from tests.unit.engine.groups import CLIENT, Desk, in_memory, memory_of, number_keys, pay, stored_by, told, town
from tests.unit.engine.histories import History, begin, histories, run

suite = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
)
SALTED = "commitments"


def desk_of(history: History) -> Desk:
    desk = in_memory(now=history.start)
    begin(desk)
    return desk


def all_of(desk: Desk) -> dict[str, Any]:
    """What must not depend on the cuts: all but the head, for the log's blocks are the calls'."""
    return {"stored": stored_by(desk.group), **{n: v for n, v in memory_of(desk.group).items() if n != "head"}}


def journal_of(store: Store) -> list[bytes]:
    """The journal's rows, whatever block they stand in."""
    return [row.tobytes() for block in store.blocks() for row in unpacked(block.rows, dtype=ROW, count=block.legs)]


def check_cut_anywhere(history: History) -> None:
    apart, together, whole = desk_of(history), desk_of(history), desk_of(history)
    expected = told(run(apart, [[request] for request in history.requests]))
    for desk, calls in ((together, history.calls()), (whole, [history.requests])):
        for number, (found, wanted) in enumerate(zip(told(run(desk, calls)), expected, strict=True)):
            assert found == wanted, history.requests[number]
        assert all_of(desk) == all_of(apart)
        assert journal_of(desk.group.store) == journal_of(apart.group.store)


@settings(suite, max_examples=30)
@given(histories())
def test_cut_anywhere_the_outcome_is_the_same(history: History) -> None:
    check_cut_anywhere(history)


@settings(suite, max_examples=8)
@given(histories())
def test_cut_anywhere_with_keys_that_share_numbers(history: History) -> None:
    with pytest.MonkeyPatch.context() as patch:
        number_keys(patch, lambda key: len(key) % 2 * ((1 << 63) - 2))
        check_cut_anywhere(history)


@pytest.mark.soak
@settings(suite, max_examples=2_000, phases=[Phase.generate, Phase.shrink])
@given(histories(longest=120))
def test_soak_cut_anywhere_the_outcome_is_the_same(history: History) -> None:
    check_cut_anywhere(history)


@settings(suite, max_examples=15)
@given(histories())
def test_the_log_of_any_history_verifies(history: History) -> None:
    desk = desk_of(history)
    calls = history.calls()
    run(desk, calls[: len(calls) // 2])
    desk.group.save()
    run(desk, calls[len(calls) // 2 :])
    report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences) == ([], [])
    assert report.ok
    assert (report.commands, report.head) == (desk.group.position, desk.group.head.hex())


@settings(suite, max_examples=15)
@given(histories())
def test_every_book_adds_up_to_nought(history: History) -> None:
    desk = desk_of(history)
    run(desk, history.calls())
    for book in range(1, desk.group.records.tables["institution"].count + 1):
        lines = desk.group.ledger.trial_balance(book=book)
        for unit in {line.unit for line in lines}:
            chosen = [line for line in lines if line.unit == unit]
            assert sum(line.debits_posted - line.credits_posted for line in chosen) == 0
            assert sum(line.debits_pending - line.credits_pending for line in chosen) == 0


# ---- columns and requests -------------------------------------------------------------------------------------------


def as_columns(desk: Desk, run_of_one_kind: list[Request]) -> list[Answer]:
    """Requests of one kind and client, given as a file would give them.

    Plain values, arrays where they are integers, and no column of which every value is the default.
    """
    command = type(run_of_one_kind[0].command)
    columns: dict[str, Any] = {}
    for field in msgspec.structs.fields(command):
        items = [getattr(request.command, field.name) for request in run_of_one_kind]
        if field.required or any(item != field.default for item in items):
            values = [item.value if isinstance(item, Enum) else item for item in items]
            columns[field.name] = np.array(values) if all(type(value) is int for value in values) else values
    keys = [request.key for request in run_of_one_kind]
    times = [request.at for request in run_of_one_kind]
    at = None if times == [None] * len(times) else times
    client = run_of_one_kind[0].client
    return list(desk.group.execute_columns(kind=command.kind, columns=columns, client=client, keys=keys, at=at))


def runs_of_one_kind(requests: list[Request]) -> list[list[Request]]:
    runs: list[list[Request]] = []
    for request in requests:
        if runs and (runs[-1][0].command.kind, runs[-1][0].client) == (request.command.kind, request.client):
            runs[-1].append(request)
        else:
            runs.append([request])
    return runs


def blocks_of(store: Store) -> list[tuple[Any, ...]]:
    """Everything in the blocks but salted commitments and the hashes that follow from them."""
    contents = []
    for block in store.blocks():
        opened = Reader(store).open(block)
        body = {name: part if name != SALTED else sorted(part) for name, part in opened.body.items()}
        head = (block.seq, block.kind, block.version, block.first_position, block.commands, block.first_leg, block.legs)
        tail = (block.first_account, block.accounts, block.last_at, block.regime, block.release)
        contents.append((*head, *tail, body, opened.outcome, block.made, block.rows))
    return contents


@settings(suite, max_examples=12)
@given(histories())
def test_columns_and_requests_leave_the_same_log(history: History) -> None:
    by_requests, by_columns = desk_of(history), desk_of(history)
    for run_of_one_kind in runs_of_one_kind(history.requests):
        expected = told(run(by_requests, [run_of_one_kind]))
        assert told(as_columns(by_columns, run_of_one_kind)) == expected
    assert blocks_of(by_columns.group.store) == blocks_of(by_requests.group.store)
    assert all_of(by_columns) == all_of(by_requests)


def test_a_malformed_command_sent_again_in_columns_is_known() -> None:
    desk = town()
    request = desk.request(pay(0), key="k")
    first = told(desk.group.execute([request]))[0]
    assert told(as_columns(desk, [request])) == [first | {"repeated": True}]


def test_columns_answer_as_columns_too() -> None:
    desk = town()
    requests = [desk.request(command) for command in (pay(100), pay(99_999), pay(0), pay(200, memo="lunch"))]
    answers = desk.group.execute(requests)
    assert answers.position.tolist() == [answer.position for answer in answers]
    assert answers.outcome.tolist() == [0, 1, 2, 0]
    assert answers.results("balance_fen").tolist() == [100, 0, 0, 200]
    assert answers.results("no such result").tolist() == [0] * 4
    assert answers.counts() == {"accepted": 2, "refused": 1, "invalid": 1}
    again = desk.group.execute(requests)
    assert again.results("balance_fen").tolist() == [100, 0, 0, 200]
    assert again.counts() == answers.counts()


def test_answers_are_a_sequence() -> None:
    desk = town()
    answers = desk.ask(pay(1), pay(2), pay(4))
    assert len(answers) == 3
    assert [answer.results["balance_fen"] for answer in answers[1:]] == [2, 4]
    assert answers[-1].results == answers[2].results
    for place in (3, -4):
        with pytest.raises(IndexError):
            answers[place]


def test_batches_read_back_as_they_were() -> None:
    desk = town()
    answers = desk.ask(pay(1), pay(2, memo="lunch"), pay(0))
    batch: Batch = desk.group.reader.at_position(answers[0].position).batch()
    assert batch.integers("amount_fen").tolist()[:2] == [1, 2]
    assert list(batch.clients) == [CLIENT] * 3
    assert batch.position.tolist() == [answer.position for answer in answers]
