"""Killed while an institution gives: what is outstanding, what the ledger has booked and the limit agree after each."""

from pathlib import Path

from benyuan.assurance.group.limits import limits_of
from tests.faults.killing import Killer
from tests.faults.soundness import check_sound
from tests.unit.engine.groups import on_file
from tests.unit.group.ownership import INSURER, OWNER
from tests.unit.group.related import MILLION, Board

ROUNDS = 2


def test_killed_between_the_transaction_and_its_limits(killer: Killer, tmp_path: Path) -> None:
    path = tmp_path / "group.db"
    board = Board(on_file(path))
    board.measured(INSURER, amount_fen=30_000 * MILLION)
    board.measured(OWNER)
    board.measured(INSURER, figure="net_capital")
    board.desk.group.close()
    for number in range(ROUNDS):
        told = killer.killed("giver", path, f"seed {number}", after_seconds=0.3 + 0.1 * number)
        desk = on_file(path)
        tables = desk.group.records.tables
        given, returned = (tables[name].count for name in ("related_exposure", "related_return"))
        assert given >= max(int(line.removeprefix("ack ")) for line in told) > 0
        assert tables["related_transaction"].count == given
        limit = next(each for each in limits_of(desk.group, INSURER).limits if each.line == "given")
        assert (limit.used_fen, limit.booked_fen) == (given - returned, given - returned)
        check_sound(desk.group)
        desk.group.close()
