"""A close that is killed between its parts, or in one, goes on where it was: nothing twice, nothing lost."""

from pathlib import Path
from random import Random

from benyuan.assurance.lender_books.ties import untied
from benyuan.engine.verify import verify
from benyuan.usecases import USE_CASES
from benyuan.values.dates import add_calendar_days
from tests.faults.closer import close_all
from tests.faults.killing import Killer
from tests.unit.closing.comparing import left_by
from tests.unit.closing.lives import live
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file
from tests.unit.lending.lenders import Lender, found_lender, lender_in_memory

SHARDS, LAST = 5, 20260712
ROUNDS, LONGEST_SECONDS = 4, 0.3


def in_the_end(lender: Lender, on: int) -> None:
    """The days of the life itself are closed in one part, so that what is killed is quick."""
    if on == 20260705:
        lender.close(through=add_calendar_days(on, -1), on=on)


def close_until_killed(killer: Killer, path: Path, *, after_seconds: float) -> set[str]:
    """Let a process close, kill it some time after its first part; the parts that it has told of."""
    return set(killer.killed("closer", path, LAST, SHARDS, after_seconds=after_seconds))


def opened(path: Path) -> Lender:
    lender = Lender(on_file(path, now=moment(add_calendar_days(LAST, 1))))
    lender.on = add_calendar_days(LAST, 1)
    return lender


def test_killed_close_goes_on(killer: Killer, tmp_path: Path) -> None:
    path, dice, told = tmp_path / "group.db", Random(20260928), set[str]()
    lender = live(found_lender(on_file(path, now=moment(20260401)), conversion_ppm=500_000), closes=in_the_end)
    lender.group.close()
    for _ in range(ROUNDS):
        told |= close_until_killed(killer, path, after_seconds=dice.random() * LONGEST_SECONDS)
        lender = opened(path)
        held = lender.group.records.tables["lender_closed_part"]
        there = {
            f"closed {date} {shard}" for date, shard in zip(held.column("date"), held.column("shard"), strict=True)
        }
        assert told <= there, "what was told of must last"
        lender.group.store.close()
    assert told, "the process was to be killed while it closes"
    lender = opened(path)
    close_all(lender, last=LAST, shards=SHARDS)
    unharmed = live(lender_in_memory(conversion_ppm=500_000), closes=in_the_end)
    unharmed.close(through=LAST, on=add_calendar_days(LAST, 1))
    assert left_by(lender) == left_by(unharmed)
    assert untied(lender.group, lender=1) == []
    report = verify(lender.group.store, vault=lender.group.vault, use_cases=USE_CASES)
    assert (report.faults, report.differences, report.undecidable) == ([], [], 0)
    lender.group.close()
