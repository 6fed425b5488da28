"""Drives the lender from its opening in May through every day to the end of October 2026, each of them closed."""

from dataclasses import dataclass

from benyuan.engine.group import Group
from benyuan.simulate.lender.beside import Beside
from benyuan.simulate.lender.day import close_lender, run_lender_day
from benyuan.simulate.lender.making import lender_world
from benyuan.simulate.lender.opening import OPENED, OWED, carry_over, open_lender
from benyuan.simulate.lender.world import LenderWorld
from benyuan.simulate.run import Progress, Session
from benyuan.simulate.tally import Tally
from benyuan.simulate.tickets import all_days


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderDone:
    """What a run left."""

    tally: Tally
    world: LenderWorld
    first_day: int
    last_day: int


def run_lender(group: Group, *, clients: int, days: int | None = None, progress: Progress | None = None) -> LenderDone:
    """The simulation with the first `clients` clients of the file, over an empty group; all days, or the first ones."""
    world, session = lender_world(clients=clients), Session(group)
    return drive_lender(session, world, days=days, progress=progress)


def drive_lender(
    session: Session,
    world: LenderWorld,
    *,
    days: int | None = None,
    beside: Beside | None = None,
    progress: Progress | None = None,
) -> LenderDone:
    """The same in a world that somebody else has made, with what goes on beside it."""
    hooks = beside or Beside()
    dates = [day for day in all_days() if day >= OPENED][:days]
    open_lender(session, world)
    hooks.opened(session, world)
    for number, day in enumerate(dates, 1):
        run_lender_day(session, world, day=day, beside=hooks)
        if day == OWED:
            carry_over(session, world)
        close_lender(session, world, day=day)
        if progress is not None:
            progress(number, len(dates), session.tally.commands)
    return LenderDone(tally=session.tally, world=world, first_day=dates[0], last_day=dates[-1])
