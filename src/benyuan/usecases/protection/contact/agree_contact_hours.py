"""A borrower agrees to be contacted at other hours, or takes that back: the record that an exception rests on.

Source: GB/T 45251-2025 (no collecting by night unless agreed), read in secondary sources; how long a stretch can be
agreed is the house's (`cp.house.contact.agreed_hours`): no yes to all hours takes the night away. Worked: 4 hours are
the most; from minute 1200 to 1440 is allowed, from 1199 to 1440 refused. Worked: agreed from minute
1320 to 1380, a call at 22:59:59 in the debtor's place is an exception and one at 23:00:00 is refused.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_protection.contact.records import HOURS, HOURS_AGREED
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.protection.contact.clocks import AGREED, MINUTES_AN_HOUR
from benyuan.usecases.protection.contact.shared import where_in_force

MINUTES_A_DAY = 1_440  # tidy: number minutes of a day
Minute: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MINUTES_A_DAY)]


def _short(case: Case) -> NDArray[np.bool_]:
    """Where the stretch is no longer than the house allows."""
    length = case.batch.integers("to_minute") - case.batch.integers("from_minute")
    return np.asarray(length <= case.rules.value(id=AGREED, on=case.batch.on).count * MINUTES_AN_HOUR, np.bool_)


def _length(case: Case, place: int) -> dict[str, int]:
    first, last = (int(case.batch.integers(name)[place]) for name in ("from_minute", "to_minute"))
    return {"minutes": last - first, "from_minute": first, "to_minute": last}


BOUND = Gate(rule=AGREED, passes=where_in_force(AGREED, lambda case: ~_short(case)), figures=_length)


@command("agree_contact_hours", version=2)
class ContactHours(Command, frozen=True, kw_only=True):
    """`borrower` may be contacted from one minute of their day up to, not including, another; both 0: no more so.

    What was agreed before is replaced. `until`: the last day on which it holds, 0 for no end.
    """

    borrower: Id
    from_minute: Minute
    to_minute: Minute
    until: Yyyymmdd = 0


class AgreeContactHours(UseCase):
    """Keeps the hours; the last row counts."""

    command = ContactHours
    needs = (Need(table=BORROWER, by="borrower", prefix="borrower"),)
    gates = (BOUND,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Hours that end after they begin, or none."""
        batch = case.batch
        first, last = batch.integers("from_minute"), batch.integers("to_minute")
        wrong = np.asarray((first >= last) & ((first != 0) | (last != 0)), np.bool_)
        return {
            **no_such_day(batch, "until", none=True, since=batch.on),
            **faults_where(wrong, batch, "to_minute", "a minute after from_minute; or both 0 for no hours"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The hours."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[HOURS.name])
        columns = {name: batch.integers(name) for name in ("borrower", "from_minute", "to_minute", "until")}
        columns |= {"agreed_on": np.full(len(batch), batch.on), "position": batch.position}
        return Recorded(results={"hours": ids}, events=event(HOURS_AGREED, rows(accepted, id=ids, **columns)))
