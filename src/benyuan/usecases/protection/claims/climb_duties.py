"""Overdue duties go up to those who answer for it, by steps of the house; the breach is the law's from the first day.

Source: rule cp.house.complaint.climb. A duty without a day of law climbs by the same steps once it is past the house's
aim, which is no breach. What is done, or has neither, does not climb; nothing climbs down, whatever becomes of its day.
What runs by the hour is overdue from the end of its hours on, and that day counts as the first.
Worked number: due on 2026-03-17 and open on 03-18 it is at level 1, on 03-25 at level 2, on 04-17 at level 3.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import CLIMB, aims, level_of
from benyuan.consumer_protection.claims.hours import hours_of_mishaps, passed
from benyuan.consumer_protection.claims.records import DATA_INCIDENT
from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Yyyymmdd, day_exists, no_such_day
from benyuan.values.dates import day_ends_at
from benyuan.values.days import days_between


@command("climb_duties", version=2)
class Climb(Command, frozen=True, kw_only=True):
    """Look at all duties of consumer protection as of `date`."""

    date: Yyyymmdd


class ClimbDuties(UseCase):
    """Notes the level that each overdue duty, or one past its aim, has reached."""

    command = Climb
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """How many are overdue or past their aim; which have risen, and to what."""
        del facts
        date = int(batch.integers("date")[0])
        due = books.column(PROTECTION_DUTY, "due_on")
        last = _last_days(books, rules)
        late = _passed(books, last, date=date, now=int(batch.at[0])) if day_exists(date) else np.zeros(0, np.int64)
        days, place = np.unique(last[late], return_inverse=True)
        each = [level_of(rules, on=date, days_overdue=max(int(days_between(day, date)), 1)) for day in days]
        level = np.array(each, np.int64)[place.reshape(-1)]
        risen = level > books.column(PROTECTION_DUTY, "level")[late]
        overdue = int((due[late] != 0).sum())
        found = {"overdue": overdue, "past_aim": len(late) - overdue}
        found |= {"risen": int(risen.sum()), "highest": int(level.max(initial=0))}
        flows = {"id": late[risen], "level": level[risen]}
        return {name: np.full(len(batch), value, np.int64) for name, value in found.items()}, flows

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day that has come, on which there are steps."""
        case.rules.value(id=CLIMB, on=case.batch.on)
        return no_such_day(case.batch, "date", until=case.batch.on)

    def record(self, decided: Decided) -> Recorded:
        """The levels."""
        facts = decided.case.facts
        results = {name: facts[name] for name in ("overdue", "past_aim", "risen", "highest")}
        return Recorded(results=results, events=event(PROTECTION_DUTY_CHANGED, facts.flows))


def _last_days(books: Books, rules: RulePack) -> NDArray[np.int64]:
    """The law's day of every duty that is open, or else the house's; 0 where there is neither."""
    due, done = (books.column(PROTECTION_DUTY, name) for name in ("due_on", "done_on"))
    last = due.copy()
    free = np.flatnonzero((due == 0) & (done == 0))
    kind, arose = (books.column(PROTECTION_DUTY, name)[free] for name in ("kind", "arose_on"))
    last[free] = aims(rules, kind=kind, arose_on=arose)
    return last


def _passed(books: Books, last: NDArray[np.int64], *, date: int, now: int) -> NDArray[np.int64]:
    """The open duties whose end is over at the end of a day, or now if that has not come."""
    hours = hours_of_mishaps(lambda name: books.column(DATA_INCIDENT, name), count=len(last) - 1)
    over = (last != 0) & (last < date)
    over[1:] |= passed(due_at=hours.due_at, done_at=hours.done_at, at=min(day_ends_at(date) - 1, now))
    return np.flatnonzero(over & (books.column(PROTECTION_DUTY, "done_on") == 0))
