"""A command's time never goes back; one that names a time of its own is answered as if it had come alone.

Worked: the clock stands at 09:00; a file brings 10:00 and then 09:30. The second is not logged; one that names no time
comes at 10:00, the latest that the log has.
"""

import pytest

from benyuan.decisions.outcomes import Outcome
from benyuan.simulate.identities import someone
from benyuan.usecases.register_person import Person
from benyuan.values.dates import END_AT_US
from tests.unit.engine.groups import CLIENT, HOUR, MORNING, Desk, in_memory, pay, standing, town


def times(desk: Desk, *given: int | None) -> list[tuple[str, int]]:
    """Outcome and time of payments that name these times, in one call."""
    answers = desk.group.execute([desk.request(pay(1), at=at) for at in given])
    return [(answer.outcome.name, answer.at) for answer in answers]


def test_the_clock_gives_the_time() -> None:
    desk = town()
    assert times(desk, None) == [("accepted", MORNING)]
    desk.now += HOUR
    assert times(desk, None, None) == [("accepted", MORNING + HOUR)] * 2


def test_a_clock_that_is_set_back_is_not_believed() -> None:
    desk = town()
    desk.now -= 5 * HOUR
    assert times(desk, None) == [("accepted", MORNING)]


def test_a_time_that_goes_back_is_not_logged() -> None:
    desk = town()
    assert times(desk, MORNING + HOUR) == [("accepted", MORNING + HOUR)]
    position = desk.group.position
    answer = desk.one(pay(1), at=MORNING)
    assert answer.outcome is Outcome.unlogged
    assert answer.invalid is not None
    assert (answer.invalid.field, answer.invalid.value) == ("at", MORNING)
    assert str(MORNING + HOUR) in answer.invalid.constraint
    assert desk.group.position == position


def test_times_within_a_call() -> None:
    desk = town()
    given = [MORNING, MORNING + 5, MORNING + 4, MORNING + 5, MORNING + 9, MORNING]
    assert [outcome for outcome, _ in times(desk, *given)] == [
        *("accepted", "accepted", "unlogged"),
        *("accepted", "accepted", "unlogged"),
    ]


def test_after_a_later_time_of_its_own_one_without_a_time_comes_then() -> None:
    apart, together = town(), town()
    expected = [times(apart, at)[0] for at in (MORNING + HOUR, None)]
    assert expected == [("accepted", MORNING + HOUR)] * 2
    assert times(together, MORNING + HOUR, None) == expected


@pytest.mark.parametrize("far", [END_AT_US, (1 << 63) - 1])
def test_a_time_that_is_refused_holds_back_no_other(far: int) -> None:
    apart, together = town(), town()
    expected = [times(apart, at)[0] for at in (far, MORNING)]
    assert [outcome for outcome, _ in expected] == ["unlogged", "accepted"]
    assert times(together, far, MORNING) == expected


def test_a_command_without_a_key_holds_back_no_other() -> None:
    desk = town()
    late, sound = desk.request(pay(1), key="", at=MORNING + HOUR), desk.request(pay(1), at=MORNING)
    assert [answer.outcome.name for answer in desk.group.execute([late, sound])] == ["unlogged", "accepted"]


@pytest.mark.parametrize("at", [-1, END_AT_US, 1 << 63, -(1 << 63) - 1, 10**30, 1.5, "09:00"])
def test_a_time_that_is_none_is_named(at: int) -> None:
    desk = in_memory()
    answer = desk.one(standing(), at=at)
    assert answer.outcome is Outcome.unlogged
    assert answer.invalid is not None
    assert answer.invalid.field == "at"


def test_what_is_sent_again_keeps_its_time() -> None:
    """A file that brings its own times is sent again after the clock has gone on: the first answers."""
    desk = town()
    first = desk.one(pay(100), key="k", at=MORNING + 1)
    desk.one(pay(100), at=MORNING + HOUR)
    again = desk.one(pay(100), key="k", at=MORNING + 1)
    assert again.repeated
    assert again.position == first.position


def test_a_file_with_times_sent_again_in_one_call_with_what_follows() -> None:
    desk = town()
    file = [desk.request(pay(1), key=f"line {number}", at=MORNING + number) for number in range(4)]
    whole = desk.group.execute(file[:2])
    again = desk.group.execute(file)
    assert [answer.position for answer in again[:2]] == [answer.position for answer in whole]
    assert [answer.repeated for answer in again] == [True, True, False, False]
    assert desk.of_merchant(1) == 4


def test_columns_bring_one_time_or_a_column_of_times() -> None:
    desk = town()
    columns = {
        "payer": [1, 1],
        "merchant": [1, 1],
        "amount_fen": [1, 1],
        "channel": ["online"] * 2,
        "authentication": ["two_kinds"] * 2,
    }
    one = desk.group.execute_columns(kind="pay", columns=columns, client=CLIENT, keys=["a", "b"], at=MORNING + 1)
    assert one.at.tolist() == [MORNING + 1] * 2
    two = desk.group.execute_columns(
        kind="pay", columns=columns, client=CLIENT, keys=["c", "d"], at=[MORNING + 3, MORNING + 2]
    )
    assert [answer.outcome.name for answer in two] == ["accepted", "unlogged"]


def test_the_ledger_never_has_a_later_time_than_the_log() -> None:
    desk = town()
    desk.group.create_accounts(book=[1, 1], unit=[1, 1], code=[9, 9])
    count = desk.group.ledger.account_count
    desk.group.post(debit_account=[count], credit_account=[count - 1], amount=[1], code=[9], at=[MORNING + HOUR])
    assert desk.group.last_at == MORNING + HOUR
    assert times(desk, MORNING + HOUR - 1)[0][0] == "unlogged"
    assert times(desk, None) == [("accepted", MORNING + HOUR)]


def test_a_bare_leg_does_not_go_back_behind_a_command() -> None:
    desk = town()
    count = desk.group.ledger.account_count
    desk.group.create_accounts(book=[1, 1], unit=[1, 1], code=[9, 9])
    desk.one(
        Person(institution=1, **someone(9)), at=MORNING + HOUR
    )  # moves nothing, so the ledger itself has not seen the hour
    with pytest.raises(ValueError, match="goes back"):
        desk.group.post(debit_account=[count + 1], credit_account=[count + 2], amount=[1], code=[9], at=[MORNING])
