"""More time for a complaint, within what the texts allow, approved where they ask for it, with the customer told.

Sources: CBIRC Order 2020 No. 3, art. 18 (complex: to 30 days; then 30 more with approval); PBoC Order [2020] No. 5,
art. 43 (with approval, to 60 days at most; once, by our reading). Order of checks: a lender's first step, its second,
the central bank's; each: in time, room left, within it, approved and told. An extension after the last day is none: it
would make a breach undone. Worked number: a complaint passed on on 2026-03-02 can be extended to 05-01 and no further.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import COMPLEX, FURTHER, LONGEST, Room, room
from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.claims.words import Clock, Reason
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, Yyyymmdd, faults_where, no_such_day, rows
from benyuan.usecases.protection.claims.shared import COMPLAINT_NEED, Telling, by_complaint, changed, open_faults


@command("extend_complaint", personal=("words",), identified=True)
class MoreTime(Telling, frozen=True, kw_only=True):
    """Take more time for `complaint`, until `until` (0: as long as the text allows), for a `reason` that `words` tell.

    `approved`: by who has to approve it; `told`: the customer knows of it and why.
    """

    complaint: Id
    reason: Reason
    words: Words
    until: Yyyymmdd = 0
    approved: bool = False
    told: bool = False


def _rooms(case: Case) -> list[Room]:
    facts = case.facts
    columns = (facts[f"complaint_{name}"].tolist() for name in ("clock", "from_on", "steps"))
    return [
        room(case.rules, clock=Clock(clock), from_on=from_on, steps=steps)
        for clock, from_on, steps in zip(*columns, strict=True)
    ]


def _until(case: Case) -> NDArray[np.int64]:
    latest = np.array([each.latest_on for each in _rooms(case)], np.int64)
    asked = case.batch.integers("until")
    return np.where(asked == 0, latest, asked)


def _passes(case: Case) -> NDArray[np.bool_]:
    """In time, with room left, within it, approved where needed, and told; the step fits its reason."""
    batch, due, rooms = case.batch, case.facts["complaint_due_on"], _rooms(case)
    latest = np.array([each.latest_on for each in rooms], np.int64)
    free = ~np.array([each.approval for each in rooms], np.bool_)
    approved = (truths(batch, "approved") & truths(batch, "told")) | free
    until = _until(case)
    within = (latest != 0) & (until > due) & (until <= latest) & (batch.on <= due)
    further = (case.facts["complaint_clock"] == Clock.nfra) & (case.facts["complaint_steps"] > 0)
    grave = ~further | ~batch.equals("reason", Reason.complex)
    return np.asarray(within & approved & grave, np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    batch, due = case.batch, int(case.facts["complaint_due_on"][place])
    return {
        "due_on": due,
        "asked_on": int(_until(case)[place]) or due,
        "latest_on": _rooms(case)[place].latest_on or due,
        "steps": int(case.facts["complaint_steps"][place]),
        "approved": int(truths(batch, "approved")[place]),
        "told": int(truths(batch, "told")[place]),
    }


def _within(rule: str) -> Gate:
    def applies(case: Case) -> NDArray[np.bool_]:
        return np.array([each.rule == rule for each in _rooms(case)], np.bool_)

    def passes(case: Case) -> NDArray[np.bool_]:
        return np.asarray(_passes(case) | ~applies(case), np.bool_)

    return Gate(rule=rule, passes=passes, figures=_figures, applies=applies)


class ExtendTime(UseCase):
    """Moves the last day of the complaint and of its duty."""

    command = MoreTime
    needs = (COMPLAINT_NEED,)
    gates = (_within(COMPLEX), _within(FURTHER), _within(LONGEST))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """One step after another."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The complaint is open and has a day of law; a day that is asked for exists."""
        batch = case.batch
        none = case.facts["complaint_clock"] == Clock.house
        return {
            **no_such_day(batch, "until", none=True),
            **faults_where(
                none, batch, "complaint", "one whose last day the law sets: an aim of the house isn't moved"
            ),
            **open_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The new last day."""
        case, accepted = decided.case, decided.accepted
        batch, facts, due = case.batch, case.facts, _until(case)
        moved = rows(accepted, id=batch.integers("complaint"), due_on=due, steps=facts["complaint_steps"] + 1)
        return Recorded(
            results={"due_on": due, "steps": facts["complaint_steps"] + 1},
            events=[
                *event(COMPLAINT_CHANGED, moved),
                *changed(accepted, duty=facts["complaint_duty"], due_on=due),
            ],
        )
