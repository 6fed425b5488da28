"""Killed at random moments under load, again and again on one file: every acknowledged payment is there exactly once.

The power cut is simulated in `test_power_cut`; here it is a real process, a real file, and SIGKILL.
"""

from pathlib import Path
from random import Random

import pytest

from tests.faults.killing import Killer
from tests.faults.soundness import accepted_payments, check_paid_once, check_sound
from tests.unit.engine.groups import Desk, found_town, on_file, pay

SUITE_ROUNDS, SOAK_ROUNDS = 5, 50
LONGEST_SECONDS = 0.15
ENOUGH_FEN = 4_000_000


def post_until_killed(killer: Killer, path: Path, *, seed: str, after_seconds: float) -> set[str]:
    """Let a process post, kill it some time after its first answers; the keys that it has acknowledged."""
    told = killer.killed("poster", path, seed, after_seconds=after_seconds)
    return {line.removeprefix("ack ") for line in told if line.startswith("ack ")}


def check_after_kill(desk: Desk, acknowledged: set[str]) -> None:
    """All that was acknowledged is there once; asked again it is repeated, and what was not answered can be asked."""
    check_paid_once(desk, keys=acknowledged)
    check_sound(desk.group)
    paid = accepted_payments(desk.group)
    last = desk.group.position
    asked = [f"key {number}" for number in range(max(last - 10, min(paid.values())), last + 10)]
    answers = desk.group.execute([desk.request(pay(1, memo=memo_of(desk, paid.get(key))), key=key) for key in asked])
    for key, answer in zip(asked, answers, strict=True):
        assert answer.accepted
        assert answer.repeated == (key in paid)
        assert answer.position == paid.get(key, answer.position)
    check_paid_once(desk, keys=[*acknowledged, *asked])


def memo_of(desk: Desk, position: int | None) -> str:
    """The memo that a payment had, so that it can be asked for again."""
    kept = desk.group.store.payload(position) if position else None
    return "lunch" if kept else ""


def check_rounds(killer: Killer, path: Path, *, rounds: int, seed: int) -> None:
    """Post, kill, reopen, again on the same file."""
    dice = Random(seed)
    desk = found_town(on_file(path), in_wallet_fen=ENOUGH_FEN)
    desk.group.close()
    acknowledged: set[str] = set()
    for number in range(rounds):
        said = post_until_killed(killer, path, seed=f"{seed} {number}", after_seconds=dice.random() * LONGEST_SECONDS)
        assert said, "the process was to be killed while it posts"
        acknowledged |= said
        desk = on_file(path)
        try:
            check_after_kill(desk, acknowledged)
            if number % 2:
                desk.group.save()
        finally:
            desk.group.store.close()


def test_killed_and_reopened(killer: Killer, tmp_path: Path) -> None:
    check_rounds(killer, tmp_path / "group.db", rounds=SUITE_ROUNDS, seed=20210412)


@pytest.mark.soak
def test_soak_killed_and_reopened(killer: Killer, tmp_path: Path) -> None:
    check_rounds(killer, tmp_path / "group.db", rounds=SOAK_ROUNDS, seed=1)
