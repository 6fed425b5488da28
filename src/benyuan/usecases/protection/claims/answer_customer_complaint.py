"""The firm's decision on a complaint, told to the customer; nothing else closes one but the customer's withdrawal.

Sources: CBIRC Order 2020 No. 3, arts. 18, 19, 21; PBoC Order [2020] No. 5, arts. 39, 43. The day of the answer is that
of the command; no field tells another. Order of checks: its cause is known; a lender's answer is complete.
Worked number: due on 2026-03-17, answered on 03-17 it is in time, on 03-18 late by 1.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import CLASSED, CONTENT
from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.claims.words import ANSWER_NUMBER, CAUSE_NUMBER, AnswerOutcome, Cause, Clock
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Count, Id, rows
from benyuan.usecases.protection.claims.shared import (
    COMPLAINT_NEED,
    Worded,
    by_complaint,
    changed,
    lateness,
    open_faults,
)
from benyuan.values.dates import from_yyyymmdd


@command("answer_customer_complaint", personal=("words",), identified=True)
class ToCustomer(Worded, frozen=True, kw_only=True):
    """The decision on `complaint`, in `words`, with `redress_fen` paid or forgiven; `answered_by`: who decided.

    `cause`: the root cause as found. `findings`, `grounds`, `ways_of_redress`: whether the answer says what was found,
    why, and where the customer can go next.
    """

    complaint: Id
    outcome: AnswerOutcome
    words: Words
    answered_by: Id
    cause: Cause = Cause.not_known
    redress_fen: Count = 0
    findings: bool = False
    grounds: bool = False
    ways_of_redress: bool = False


def _complete(case: Case) -> NDArray[np.bool_]:
    said = [truths(case.batch, item) for item in _items(case)]
    return np.asarray(np.logical_and.reduce([*said, _lenders(case)]) | ~_lenders(case), np.bool_)


def _items(case: Case) -> list[str]:
    value = case.rules.in_force(id=CONTENT, on=case.batch.on)
    return [tier.code("item") for tier in value.tiers] if value else []


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {item: int(truths(case.batch, item)[place]) for item in _items(case)}


def _lenders(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["complaint_clock"] == Clock.nfra, np.bool_)


def _cause(case: Case) -> NDArray[np.int64]:
    """The root cause as it is known now."""
    said = case.batch.numbers("cause", CAUSE_NUMBER)
    return np.where(said == 0, case.facts["complaint_cause"], said)


def _classed(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_cause(case) != CAUSE_NUMBER[Cause.not_known.value], np.bool_)


IN_CLASS = Gate(rule=CLASSED, passes=_classed)
COMPLETE = Gate(rule=CONTENT, passes=_complete, figures=_figures, applies=_lenders)


class AnswerCustomer(UseCase):
    """Keeps the decision; the duty is done, in time or late."""

    command = ToCustomer
    needs = (COMPLAINT_NEED,)
    gates = (IN_CLASS, COMPLETE)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A complaint is answered once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The complaint is open."""
        return open_faults(case)

    def record(self, decided: Decided) -> Recorded:
        """`late`, and by how many days."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        due = facts["complaint_due_on"]
        late = lateness(batch.on, due)
        kept = {
            "answered_on": batch.on,
            "answer": batch.position,
            "outcome": batch.numbers("outcome", ANSWER_NUMBER),
            "cause": _cause(case),
            **{name: batch.integers(name) for name in ("redress_fen", "answered_by")},
        }
        return Recorded(
            results={"late": late, "days_late": days_late(batch.on, due, late)},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **kept)),
                *changed(accepted, duty=facts["complaint_duty"], done_on=batch.on),
            ],
        )


def days_late(on: int, due_on: NDArray[np.int64], late: NDArray[np.int64]) -> NDArray[np.int64]:
    """Calendar days after the last day, 0 where in time."""
    passed = zip(due_on.tolist(), late.tolist(), strict=True)
    return np.array([(from_yyyymmdd(on) - from_yyyymmdd(due)).days if flag else 0 for due, flag in passed], np.int64)
