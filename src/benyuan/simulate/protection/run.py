"""Drives the simulation of consumer protection through its chapters, in order of time; the same in every run."""

from collections.abc import Callable

from benyuan.engine.group import Group
from benyuan.simulate.bureau.world import MovingClock
from benyuan.simulate.protection.borrowing import borrow, read_costs
from benyuan.simulate.protection.collecting import collect
from benyuan.simulate.protection.complaining import LAST, climb_at_last, complain
from benyuan.simulate.protection.exiting import leave_early
from benyuan.simulate.protection.investing import invest
from benyuan.simulate.protection.leaving import take_data_out
from benyuan.simulate.protection.marketing import advertise
from benyuan.simulate.protection.opening import OPENED, open_group
from benyuan.simulate.protection.world import Story
from benyuan.simulate.run import Session
from benyuan.simulate.tickets import at_us

FIRST_AT = at_us(OPENED)
FIRST_DAY, LAST_DAY = OPENED, LAST
STEPS: tuple[tuple[int, Callable[[Story], None]], ...] = (
    *((1, open_group), (1, invest), (1, leave_early), (2, borrow), (3, read_costs), (5, collect), (4, complain)),
    *((6, advertise), (7, take_data_out), (4, climb_at_last)),
)
"""By the day on which they begin: the chapter that each belongs to, and what happens."""


def run_protection(group: Group, clock: MovingClock) -> Story:
    """The simulation over an empty group that goes by this clock."""
    story = Story(session=Session(group), clock=clock)
    for chapter, step in STEPS:
        story.chapter = chapter
        step(story)
    return story
