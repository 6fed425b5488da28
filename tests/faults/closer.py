"""A process that closes a lender's days in many parts until it is killed, and says each part once it has the answer.

A line "closed DATE SHARD" is written after `execute` returned.
"""

import sys
from pathlib import Path
from typing import Any

from benyuan.values.dates import add_calendar_days
from tests.unit.engine.dated import moment
from tests.unit.engine.groups import on_file
from tests.unit.lending.lenders import Lender


def parts_left(lender: Lender, *, shards: int) -> tuple[int, list[int]]:
    """The day to close next, and the parts of it that are not closed yet."""
    held = lender.group.records.tables["lender_closed_part"]
    mine = held.column("lender") == 1
    last = int(held.column("date")[mine].max())
    of = mine & (held.column("date") == last)
    left = [shard for shard in range(shards) if shard not in held.column("shard")[of].tolist()]
    if left and int(held.column("shards")[of][0]) == shards:
        return last, left
    return add_calendar_days(last, 1), list(range(shards))


def close_all(lender: Lender, *, last: int, shards: int) -> None:
    """Every part of every day up to `last`."""
    while True:
        date, left = parts_left(lender, shards=shards)
        if date > last:
            return
        for shard in left:
            key = f"close {date} {shard}"
            asked: dict[str, Any] = {"lender": 1, "date": date, "shard": shard, "shards": shards}
            answer = lender.ask("close_lender_day", key=key, on=add_calendar_days(last, 1), **asked)
            assert answer.accepted, answer
            sys.stdout.write(f"closed {date} {shard}\n")
            sys.stdout.flush()


def main(path: str, last: str, shards: str) -> None:
    """Open the file and close."""
    desk = on_file(Path(path), now=moment(add_calendar_days(int(last), 1)))
    close_all(Lender(desk), last=int(last), shards=int(shards))
