"""Drives a group through the months: opening, then every day from clearing to close.

A day: 08:00 yesterday's orders are cleared, 08:10 wallets of the next class opened, 08:30 top-ups, 08:45 duties filed,
08:48 disputes decided, 09:00 to 22:00 payments (at 09:00, 13:00 and 17:00 phones fetch codes), then refunds, disputes,
transfers, withdrawals; after midnight the clearing house's file and the custodian's statement come in, and ten minutes
past the day is closed against them.
Everything is seeded and every time is fixed, so two runs leave the same log.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.engine.answers import Answers
from benyuan.engine.group import Group
from benyuan.simulate.clients import Clients, read_clients
from benyuan.simulate.custodian import Custodian
from benyuan.simulate.day import close_day, run_day
from benyuan.simulate.opening import open_group
from benyuan.simulate.people import merchants_of, people_of
from benyuan.simulate.seeds import Stream, generator
from benyuan.simulate.tally import Tally
from benyuan.simulate.tickets import all_days, at_us, days_of, tickets_of
from benyuan.simulate.world import TopUps, World

CLIENT = "demo"
FIRST_AT = at_us(all_days()[0])

Progress = Callable[[int, int, int], None]
"""Told the number of the day, how many there are, and how many commands have been given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a run left: the tally of its commands, and the last day."""

    tally: Tally
    people: int
    merchants: int
    first_day: int
    last_day: int


class Session:
    """Gives commands to the group, with a key for each, and counts the answers."""

    def __init__(self, group: Group) -> None:
        self.group = group
        self.tally = Tally()
        self._calls = 0

    def give(self, kind: str, at: Any, **columns: Any) -> Answers:
        """Commands of one kind; `at` is one time or a column of times."""
        return self.give_as(CLIENT, kind, at, **columns)

    def give_as(self, client: str, kind: str, at: Any, **columns: Any) -> Answers:
        """The same under another client's name, such as a member of staff's login."""
        self._calls += 1
        count = len(next(iter(columns.values())))
        keys = [f"{self._calls}-{number}" for number in range(1, count + 1)]
        answers = self.group.execute_columns(kind=kind, columns=columns, client=client, keys=keys, at=at)
        self.tally.add(kind, answers)
        return answers


def world_of(clients: Clients) -> World:
    """People, merchants, purchases and top-ups of these clients, before anything has happened."""
    merchants = merchants_of(clients)
    return World(
        people=people_of(clients),
        merchants=merchants,
        tickets=tickets_of(clients, merchant_shares=merchants.share),
        top_ups=top_ups_of(clients),
        custodian=Custodian(merchants=len(merchants)),
        draw=generator(Stream.days),
        tills=generator(Stream.tills),
    )


def top_ups_of(clients: Clients) -> TopUps:
    """One top-up for each month in which a client paid, on a day of that month, in order of time."""
    client, month = np.nonzero(clients.paid_fen)
    day = days_of(month, generator(Stream.top_ups))
    order = np.lexsort((client, day))
    columns: dict[str, NDArray[np.int64]] = {
        "client": client,
        "day": day,
        "amount_fen": clients.paid_fen[client, month],
    }
    return TopUps(**{name: column[order].astype(np.int64) for name, column in columns.items()})


def run(group: Group, *, clients: int, days: int | None = None, progress: Progress | None = None) -> Done:
    """The simulation with the first `clients` clients of the file, over an empty group; all days, or the first ones."""
    world, session = world_of(read_clients(count=clients)), Session(group)
    dates = all_days()[:days]
    open_group(session, world, on=dates[0])
    if progress is not None:
        progress(0, len(dates), session.tally.commands)
    for number, day in enumerate(dates, 1):
        run_day(session, world, number=number, day=day)
        close_day(session, world, day=day)
        if progress is not None:
            progress(number, len(dates), session.tally.commands)
    return Done(
        tally=session.tally,
        people=len(world.people),
        merchants=len(world.merchants),
        first_day=dates[0],
        last_day=dates[-1],
    )
