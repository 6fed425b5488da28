"""The firm reports to the branch of the central bank on a complaint that it passed on, with all that the text lists.

Source: PBoC Order [2020] No. 5, art. 44. It names no days; where the branch set one, that is the last.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import FEEDBACK
from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.shared import COMPLAINT_NEED, by_complaint, changed, lateness

IF_EXTENDED = "extension"


@command("feed_back_complaint")
class FedBack(Command, frozen=True, kw_only=True):
    """What the report on `complaint` holds, item by item; `extension` where there was one."""

    complaint: Id
    the_complaint: bool = False
    points_at_issue: bool = False
    findings_and_evidence: bool = False
    grounds: bool = False
    contacts_with_customer: bool = False
    extension: bool = False
    satisfaction: bool = False


def _items(case: Case) -> list[str]:
    value = case.rules.in_force(id=FEEDBACK, on=case.batch.on)
    return [tier.code("item") for tier in value.tiers] if value else []


def _whole(case: Case) -> NDArray[np.bool_]:
    free = case.facts["complaint_steps"] == 0
    said = [truths(case.batch, item) | (free & (item == IF_EXTENDED)) for item in _items(case)]
    return np.asarray(np.logical_and.reduce([np.ones(len(case.batch), np.bool_), *said]), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {item: int(truths(case.batch, item)[place]) for item in _items(case)}


WHOLE = Gate(rule=FEEDBACK, passes=_whole, figures=_figures)


class FeedBack(UseCase):
    """Notes the day; the duty is done."""

    command = FedBack
    needs = (COMPLAINT_NEED, Need(table=PROTECTION_DUTY, by="complaint_feedback_duty", prefix="report"))
    gates = (WHOLE,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """It is reported on once."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A branch passed it on, it was answered, and was not reported on yet."""
        facts, batch = case.facts, case.batch
        ended = (facts["complaint_answered_on"] != 0) | (facts["complaint_withdrawn_on"] != 0)
        return {
            **faults_where(facts["complaint_fed_back_on"] != 0, batch, "complaint", "one not reported on yet"),
            **faults_where(~ended, batch, "complaint", "one that was answered, or taken back"),
            **faults_where(facts["complaint_feedback_duty"] == 0, batch, "complaint", "one that a branch passed on"),
        }

    def record(self, decided: Decided) -> Recorded:
        """In time or late, where the branch set a day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        told = rows(accepted, id=batch.integers("complaint"), fed_back_on=batch.on)
        return Recorded(
            results={"late": lateness(batch.on, facts["report_due_on"])},
            events=[
                *event(COMPLAINT_CHANGED, told),
                *changed(accepted, duty=facts["complaint_feedback_duty"], done_on=batch.on),
            ],
        )
