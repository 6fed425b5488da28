"""Killed while it furnishes, again and again: every record is there once or not at all, and the load goes on."""

from pathlib import Path
from random import Random

from benyuan.assurance.bureau.furnishing import furnish_file
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import Sort
from tests.faults.furnisher import NOW, ROWS_A_PART
from tests.faults.killing import Killer
from tests.faults.soundness import check_sound
from tests.unit.bureau.bureaus import found_bureau
from tests.unit.bureau.furnished import with_account
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file

PEOPLE, MONTHS, ROUNDS = 30, 3, 5


def test_killed_while_it_furnishes(killer: Killer, tmp_path: Path) -> None:
    path, file, dice = tmp_path / "bureau.db", tmp_path / "months.csv", Random(20260402)
    desk = on_file(path, now=moment(20260101))
    with_account(people=PEOPLE, bureau=found_bureau(desk))
    desk.group.close()
    rows = [f"{account},2026-0{month},N" for month in range(1, MONTHS + 1) for account in range(1, PEOPLE + 1)]
    file.write_text("\n".join(["account,month,status", *rows, "1,2026-13,N"]), "utf-8")
    told: list[str] = []
    for _ in range(ROUNDS):
        told += killer.killed("furnisher", path, file, after_seconds=dice.random() * 0.02)
        again = on_file(path, now=NOW)
        there = again.group.pages.read(MONTH, range(1, PEOPLE + 1)).records
        assert len(there) == len(set(zip(there["account"].tolist(), there["month"].tolist(), strict=True)))
        assert len(there) % ROWS_A_PART == 0 or len(there) == len(rows)
        check_sound(again.group)
        again.group.store.close()
    assert told, "the process was to be killed while it furnishes"
    desk = on_file(path, now=NOW)
    whose = {"bureau": 1, "member": 1, "client": "file"}
    done = furnish_file(desk.group, file, sort=Sort.months, rows=ROWS_A_PART, **whose)  # type: ignore[arg-type]
    assert (done.records, done.taken, [each.field for each in done.refused]) == (len(rows) + 1, len(rows), ["month"])
    assert len(desk.group.pages.read(MONTH, range(1, PEOPLE + 1)).records) == len(rows)
    check_sound(desk.group)
    desk.group.close()
