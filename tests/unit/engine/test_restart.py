"""After a restart a group has what it had: balances, records, holds, keys and the head of its log.

Worked: three calls, balances saved after the second, a fourth after the restart: the same head as without one.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benyuan.decisions.outcomes import Outcome
from benyuan.engine.store import StoreDamaged
from benyuan.engine.verify import verify
from benyuan.ledger import AccountFlag, LegStatus
from benyuan.ledger.state import PAGE
from benyuan.usecases import USE_CASES
from tests.properties.test_ledger_model import ACCOUNT_FIELDS
from tests.properties.test_ledger_model import History as LegHistory
from tests.properties.test_ledger_model import histories as leg_histories
from tests.unit.engine.groups import (
    HOUR,
    MORNING,
    Desk,
    found_town,
    keys_of,
    memory_of,
    number_keys,
    on_file,
    pay,
    stored_by,
    told,
)
from tests.unit.engine.hand import SETUP
from tests.unit.engine.histories import History, begin, histories, run
from tests.unit.ledger.books import SECOND, columns_of, hold, leg, post_hold, void_hold

suite = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def state_of(desk: Desk) -> dict[str, Any]:
    """All that must be there again."""
    return {"memory": memory_of(desk.group), "stored": stored_by(desk.group), "keys": keys_of(desk.group)}


@contextmanager
def desk_on(path: Path, *, now: int = MORNING) -> Iterator[Desk]:
    """The group in a file, its store closed afterwards as a crash would: nothing is saved on the way out."""
    desk = on_file(path, now=now)
    try:
        yield desk
    finally:
        desk.group.store.close()


def nothing(desk: Desk) -> None:
    """A crash."""


def saved(desk: Desk) -> None:
    """A save, then a crash."""
    desk.group.save()


def closed(desk: Desk) -> None:
    """An orderly end."""
    desk.group.close()


every_end = pytest.mark.parametrize("end", [nothing, saved, closed], ids=lambda end: end.__name__)


@every_end
def test_all_that_was_there_is_there_again(tmp_path: Path, end: Callable[[Desk], None]) -> None:
    with desk_on(tmp_path / "group.db") as desk:
        found_town(desk)
        desk.ask(pay(100, memo="lunch"), pay(0), pay(99_999), pay(200, merchant=2))
        before = state_of(desk)
        end(desk)
    with desk_on(tmp_path / "group.db") as again:
        assert state_of(again) == before
        assert again.one(pay(100)).position == before["memory"]["position"] + 1


@every_end
def test_first_answers_are_remembered(tmp_path: Path, end: Callable[[Desk], None]) -> None:
    with desk_on(tmp_path / "group.db") as desk:
        found_town(desk)
        asked = [desk.request(command) for command in (pay(100, memo="lunch"), pay(0), pay(99_999))]
        before = told(desk.group.execute(asked))
        end(desk)
    with desk_on(tmp_path / "group.db", now=MORNING + HOUR) as again:
        repeated = told(again.group.execute(asked))
        assert repeated == [answer | {"repeated": True} for answer in before]
        position = again.group.position
        changed = again.one(pay(100, memo="dinner"), key=asked[0].key)
        assert changed.outcome is Outcome.unlogged
        assert (again.group.position, again.of_merchant(1)) == (position, 100)
        assert told([again.group.answer(answer["position"]) for answer in before]) == before


@pytest.mark.parametrize("page", [0, 1])
def test_saved_balances_without_one_of_their_pages_are_no_start(tmp_path: Path, page: int) -> None:
    """Without the last page its accounts would begin at nothing, and nobody would notice."""
    with desk_on(tmp_path / "group.db") as desk:
        found_town(desk)
        assert desk.group.ledger.account_count < PAGE
        desk.group.create_accounts(book=[1] * PAGE, unit=1, code=1)
        desk.group.save()
    with closing(sqlite3.connect(tmp_path / "group.db", isolation_level=None)) as connection:
        assert connection.execute("DELETE FROM balance_page WHERE page = ?", (page,)).rowcount == 1
    with pytest.raises(StoreDamaged, match="they do not hang together"):
        on_file(tmp_path / "group.db")


def test_an_empty_group(tmp_path: Path) -> None:
    for end in (nothing, saved, closed, nothing):
        with desk_on(tmp_path / "group.db") as desk:
            assert (desk.group.position, desk.group.last_at, desk.group.ledger.leg_count) == (0, 0, 0)
            assert desk.group.head == bytes(32)
            end(desk)


def test_accounts_alone_are_not_forgotten(tmp_path: Path) -> None:
    with desk_on(tmp_path / "group.db") as desk:
        desk.group.create_accounts(book=[1] * 5_000, unit=1, code=1)
        desk.group.save()
        desk.group.create_accounts(book=[1] * 5_000, unit=1, code=2)
        desk.group.post(debit_account=[4_000, 9_000], credit_account=[1, 5_001], amount=[5, 7], code=1, at=MORNING)
        before = state_of(desk)
    with desk_on(tmp_path / "group.db") as again:
        assert state_of(again) == before
        again.group.save()
        again.group.post(debit_account=[9_999], credit_account=[2], amount=[1], code=1, at=MORNING)
        before = state_of(again)
    with desk_on(tmp_path / "group.db") as third:
        assert state_of(third) == before


def test_the_clock_does_not_go_back_over_a_restart(tmp_path: Path) -> None:
    with desk_on(tmp_path / "group.db") as desk:
        found_town(desk)
        desk.one(pay(1), at=MORNING + HOUR)
    with desk_on(tmp_path / "group.db") as again:
        assert again.one(pay(1), at=MORNING).outcome is Outcome.unlogged
        assert again.one(pay(1)).at == MORNING + HOUR


def test_a_refused_bare_leg_sets_the_time_for_good(tmp_path: Path) -> None:
    """What has been refused at 10:00 leaves no row, but its block has the time: 09:00 comes too late ever after."""
    with desk_on(tmp_path / "group.db") as desk:
        desk.group.create_accounts(book=[1, 1], unit=1, code=1)
        refused = desk.group.post(debit_account=[1], credit_account=[1], amount=[1], code=1, at=MORNING + HOUR)
        assert LegStatus(int(refused.status[0])) is LegStatus.accounts_must_be_different
        with pytest.raises(ValueError, match="goes back"):
            desk.group.post(debit_account=[1], credit_account=[2], amount=[1], code=1, at=MORNING)
    with desk_on(tmp_path / "group.db") as again, pytest.raises(ValueError, match="goes back"):
        again.group.post(debit_account=[1], credit_account=[2], amount=[1], code=1, at=MORNING)


@pytest.mark.parametrize("redecide", [True, False])
@every_end
def test_a_log_that_ends_in_a_refusal_verifies(tmp_path: Path, end: Callable[[Desk], None], redecide: bool) -> None:
    """The ledger's last time is that of a refused payment, which leaves no row to fold."""
    with desk_on(tmp_path / "group.db") as desk:
        found_town(desk)
        assert desk.one(pay(99_999), at=MORNING + HOUR).refusal is not None
        end(desk)
    with desk_on(tmp_path / "group.db") as again:
        again.group.save()
        report = verify(again.group.store, vault=again.group.vault, use_cases=USE_CASES, redecide=redecide)
        assert (report.faults, report.differences) == ([], [])


# ---- holds ----------------------------------------------------------------------------------------------------------


@every_end
def test_holds_and_their_expiries(tmp_path: Path, end: Callable[[Desk], None]) -> None:
    with desk_on(tmp_path / "group.db") as desk:
        desk.group.create_accounts(book=[1] * 3, unit=1, code=1)
        legs = [hold(1, 2, 10), hold(1, 2, 20, timeout_s=60), hold(1, 3, 40, timeout_s=30), hold(1, 3, 80, timeout_s=9)]
        desk.group.post(**columns_of(legs, at=MORNING))
        desk.group.post(**columns_of([void_hold(4)], at=MORNING + 5 * SECOND))
        before = state_of(desk)
        end(desk)
    with desk_on(tmp_path / "group.db") as again:
        assert state_of(again) == before
        after = again.group.post(**columns_of([post_hold(1)], at=MORNING + 31 * SECOND))
        assert after.status.tolist() == [LegStatus.created]
        assert after.journal["pending_id"].tolist() == [3, 1]
        late = again.group.post(**columns_of([post_hold(3), post_hold(4)], at=MORNING + 32 * SECOND))
        assert late.status.tolist() == [LegStatus.pending_transfer_expired, LegStatus.pending_transfer_already_voided]
        again.group.post(**columns_of([leg(1, 2, 1)], at=MORNING + 61 * SECOND))
        balance = again.group.ledger.balance(1)
        assert (balance.debits_pending, balance.debits_posted) == (0, 11)


def test_an_expiry_among_commands_verifies(tmp_path: Path) -> None:
    with desk_on(tmp_path / "group.db") as desk:
        found_town(desk)
        wallet = int(desk.group.records.tables["wallet"].column("account")[1])
        merchant = int(desk.group.records.tables["merchant"].column("account")[1])
        desk.group.post(**columns_of([hold(wallet, merchant, 9_000, timeout_s=60)], at=MORNING))
        assert not desk.one(pay(2_000)).accepted
        desk.now += HOUR
        assert desk.one(pay(2_000)).accepted
        before = state_of(desk)
        report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
        assert (report.faults, report.differences) == ([], [])
    with desk_on(tmp_path / "group.db") as again:
        assert state_of(again) == before


def test_closed_accounts_stay_closed(tmp_path: Path) -> None:
    with desk_on(tmp_path / "group.db") as desk:
        desk.group.create_accounts(book=[1] * 3, unit=1, code=1)
        desk.group.post(**columns_of([hold(1, 2, 0, flags=64)], at=MORNING))
        assert desk.group.ledger.balances([1]).flags[0] & AccountFlag.closed
        desk.group.save()
    with desk_on(tmp_path / "group.db") as again:
        assert again.group.ledger.balances([1]).flags[0] & AccountFlag.closed
        refused = again.group.post(**columns_of([leg(1, 2, 1), leg(2, 3, 1)], at=MORNING))
        assert refused.status.tolist() == [LegStatus.debit_account_already_closed, LegStatus.created]


# ---- any history ----------------------------------------------------------------------------------------------------


def check_restarts(history: History, *, ends: list[int]) -> None:
    with TemporaryDirectory() as folder:
        whole, pieces = Path(folder) / "whole.db", Path(folder) / "pieces.db"
        calls = history.calls()
        with desk_on(whole, now=history.start) as desk:
            begin(desk)
            expected = told(run(desk, calls))
            left = state_of(desk)
        found = []
        before: dict[str, Any] = {}
        for number, call in enumerate([[], *calls]):
            with desk_on(pieces, now=history.start) as desk:
                if number == 0:
                    begin(desk)
                found += told(run(desk, [call]))
                before = state_of(desk)
                (nothing, saved, closed)[ends[number % len(ends)]](desk)
            with desk_on(pieces, now=history.start) as desk:
                assert state_of(desk) == before
        assert found == expected
        assert memory_without_head(before) == memory_without_head(left)
        with desk_on(pieces, now=history.start) as desk:
            report = verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES)
            assert (report.faults, report.differences) == ([], [])
            assert report.commands == desk.group.position >= SETUP - 1


def memory_without_head(state: dict[str, Any]) -> dict[str, Any]:
    """Salts are random, and so are the hashes over their commitments."""
    return {name: value for name, value in state["memory"].items() if name != "head"}


@settings(suite, max_examples=5)
@given(histories(longest=24), st.lists(st.integers(0, 2), min_size=1, max_size=5))
def test_restarts_anywhere_change_nothing(history: History, ends: list[int]) -> None:
    check_restarts(history, ends=ends)


@settings(suite, max_examples=3)
@given(histories(longest=24), st.lists(st.integers(0, 2), min_size=1, max_size=5))
def test_restarts_with_keys_that_share_numbers(history: History, ends: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        number_keys(patch, lambda key: len(key) % 2 * ((1 << 63) - 2))
        check_restarts(history, ends=ends)


@pytest.mark.soak
@settings(suite, max_examples=300)
@given(histories(longest=60), st.lists(st.integers(0, 2), min_size=1, max_size=5))
def test_soak_restarts_anywhere_change_nothing(history: History, ends: list[int]) -> None:
    check_restarts(history, ends=ends)


def check_bare_legs(history: LegHistory, *, saves: list[bool]) -> None:
    """Holds, closings, windows, expiries: what use cases don't use yet, posted bare, the group begun again at cuts."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "group.db"
        with desk_on(path) as desk:
            accounts = {name: [account[name] for account in history.accounts] for name in ACCOUNT_FIELDS}
            desk.group.create_accounts(**accounts)
        for number, batch in enumerate(one for one in history.batches(finely=True) if one):
            with desk_on(path) as desk:
                desk.group.post(**columns_of(batch))
                if saves[number % len(saves)]:
                    desk.group.save()
                before = state_of(desk)
                last_at = desk.group.ledger.last_at
            with desk_on(path) as desk:
                assert state_of(desk) == before
                assert desk.group.ledger.last_at == last_at
        with desk_on(path) as desk:
            assert desk.group.ledger.leg_count == history.expected.leg_count
            for number, expected in history.expected.accounts.items():
                found = desk.group.ledger.balances([number])
                assert int(found.flags[0]) == expected[1]
            assert verify(desk.group.store, vault=desk.group.vault, use_cases=USE_CASES).faults == []


@settings(suite, max_examples=5)
@given(leg_histories(longest=20), st.lists(st.booleans(), min_size=1, max_size=5))
def test_restarts_among_bare_legs_change_nothing(history: LegHistory, saves: list[bool]) -> None:
    check_bare_legs(history, saves=saves)


@pytest.mark.soak
@settings(suite, max_examples=500)
@given(leg_histories(longest=40), st.lists(st.booleans(), min_size=1, max_size=5))
def test_soak_restarts_among_bare_legs_change_nothing(history: LegHistory, saves: list[bool]) -> None:
    check_bare_legs(history, saves=saves)
