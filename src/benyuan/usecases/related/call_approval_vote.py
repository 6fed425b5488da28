"""The organ that a proposal is before is called to vote on it until a day.

Sources: PBoC Order [2023] No. 1, art. 27; CBIRC Order 2022 No. 1, art. 45, neither of which says how long; the house
rule `rpt.house.voting`. A later call at the same stage may put the day off, and never bring it forward. Worked number:
called on 1 May until 2 May, who votes on 3 May is refused, and the votes are counted from 3 May on; called until 1 May
it is refused, for a whole day is left to everybody.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.governance.related.records import MEETING, MEETING_CALLED
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Yyyymmdd, day_exists, faults_where, no_such_day, numbered, rows
from benyuan.usecases.related.decide_approval import VOTING
from benyuan.usecases.related.shared import matter_of, one, surveyed
from benyuan.usecases.related.vote_approval import (
    DECIDED,
    PROPOSAL_NEED,
    closed_faults,
    closed_on,
    undecided_faults,
)
from benyuan.values.dates import add_calendar_days

NOTHING = one(first_on=0, called_on=0, closed_on=0)


@command("call_approval_vote")
class CallFields(Command, frozen=True, kw_only=True):
    """The organ that `proposal` is before votes on it until the end of `closes_on`."""

    proposal: Id
    closes_on: Yyyymmdd


def _in_time(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.batch.integers("closes_on") >= case.facts["first_on"], np.bool_)


def _days(case: Case, place: int) -> dict[str, Any]:
    asked = int(case.batch.integers("closes_on")[place])
    return {"closes_on": asked, "first_on": int(case.facts["first_on"][place])}


def _found(batch: Batch, books: Books, rules: RulePack) -> dict[str, NDArray[np.int64]]:
    matter = matter_of(batch, books, rules)
    notice = rules.value(id=VOTING, on=batch.on).count
    return one(
        first_on=add_calendar_days(batch.on, notice),
        called_on=matter.closes_on(),
        closed_on=closed_on(matter, on=batch.on),
    )


class CallApprovalVote(UseCase):
    """Records until when."""

    command = CallFields
    needs = (PROPOSAL_NEED,)
    gates = (Gate(rule=VOTING, passes=_in_time, figures=_days),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The first day that leaves time enough; until when it was called before."""
        if int(facts["proposal_stage"][0]) in DECIDED or not day_exists(int(batch.integers("closes_on")[0])):
            return NOTHING, {}
        return surveyed(lambda: _found(batch, books, rules), nothing=NOTHING)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A day, not before the one that was called; the organ still votes, and it is not decided."""
        batch, called = case.batch, case.facts["called_on"]
        forward = np.asarray(batch.integers("closes_on") < called, np.bool_)
        wanted = f"a day not before {int(called[0])}, until which it was called"
        return {
            **faults_where(forward, batch, "closes_on", wanted),
            **no_such_day(batch, "closes_on"),
            **closed_faults(case),
            **undecided_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The call."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[MEETING.name])
        columns = {
            **{name: batch.integers(name) for name in ("proposal", "closes_on")},
            "stage": facts["proposal_stage"],
            "called_on": batch.on,
            "position": batch.position,
        }
        return Recorded(results={"meeting": ids}, events=event(MEETING_CALLED, rows(accepted, id=ids, **columns)))
