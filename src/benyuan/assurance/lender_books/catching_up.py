"""All days of a lender that are due, closed in order through the engine; broken off anywhere, it goes on from there.

Each shard is a command of its own. Worked number: three days in four shards are twelve commands; killed after the
sixth, the next call gives the six that are left.
"""

import uuid
from collections.abc import Generator

import msgspec
import numpy as np

from benyuan.assurance.lending import check_lender
from benyuan.consumer_finance.records import CLOSED_PART, LENDER
from benyuan.decisions.outcomes import Outcome
from benyuan.engine.group import Group
from benyuan.values.dates import add_calendar_days, from_yyyymmdd
from benyuan.values.errors import BadInput

COMMAND = "close_lender_day"


class DayDone(msgspec.Struct, frozen=True, kw_only=True):
    """What closing a day did now: shards closed by this call, out of all; steps written, entries posted."""

    date: int
    closed_now: int
    shards: int
    steps: int
    entries: int
    last_command: int


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A day to close: the shards that are left of it, out of all."""

    date: int
    left: list[int]
    shards: int


def waiting(group: Group, *, lender: int, through: int, shards: int) -> list[Waiting]:
    """The days to close up to `through`, in order; one that was begun keeps its number of shards. Errors: BadInput."""
    check_lender(group, lender)
    from_yyyymmdd(through)
    owners = group.records.tables[LENDER.name]
    held = group.records.tables[CLOSED_PART.name]
    mine = held.column("lender") == lender
    last = int(held.column("date")[mine].max(initial=0))
    days, on = [], int(owners.column("registered_on")[lender])
    if last:
        of = mine & (held.column("date") == last)
        whole = int(held.column("shards")[of][0])
        left = [shard for shard in range(whole) if shard not in set(held.column("shard")[of].tolist())]
        if left and last <= through:
            days.append(Waiting(date=last, left=left, shards=whole))
        on = add_calendar_days(last, 1)
    while on <= through:
        days.append(Waiting(date=on, left=list(range(shards)), shards=shards))
        on = add_calendar_days(on, 1)
    return days


def close_through(
    group: Group, *, lender: int, through: int, shards: int = 1, at: int | None = None
) -> Generator[DayDone, None, None]:
    """Close every day that is due up to `through` (yyyymmdd), each in `shards`; what was done, as each day is.

    `at`: microseconds since 1970 UTC, the time of intake without it. Errors: BadInput as the command gives it, with all
    days before it closed.
    """
    for day in waiting(group, lender=lender, through=through, shards=shards):
        yield _close(group, lender=lender, day=day, at=at)


def _close(group: Group, *, lender: int, day: Waiting, at: int | None) -> DayDone:
    steps = entries = position = 0
    for shard in day.left:
        answers = group.execute_columns(
            kind=COMMAND,
            columns={"lender": [lender], "date": [day.date], "shard": [shard], "shards": [day.shards]},
            client="close",
            keys=[str(uuid.uuid4())],
            at=None if at is None else np.array([at]),
        )
        if answers.outcome[0] != Outcome.accepted:
            fault = answers.invalid[0]
            raise BadInput(fault.field, fault.value, fault.constraint)
        steps += int(answers.results("steps")[0])
        entries += int(answers.results("entries")[0])
        position = int(answers.position[0])
    return DayDone(
        date=day.date,
        closed_now=len(day.left),
        shards=day.shards,
        steps=steps,
        entries=entries,
        last_command=position,
    )
