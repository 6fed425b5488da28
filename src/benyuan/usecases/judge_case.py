"""People judge a case: excluded for reasons that are kept, or confirmed and to be reported.

Sources: PBoC Order [2016] No. 3, arts. 14, 15; PBoC Order [2018] No. 2 (promptly, without a number of days). Worked
number: confirmed on Monday 2018-07-23, the report was due five working days later, on 2018-07-30; confirmed on
2018-07-26, it was due the same day.
"""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.monitoring.gates import ANALYSED
from benyuan.payments.monitoring.records import CASE_JUDGED, SUSPICIOUS_CASE, VERDICT_NUMBER, Verdict
from benyuan.payments.records import DUTY, DUTY_AROSE
from benyuan.payments.vocabulary import DutyKind
from benyuan.usecases.common import Id, Reference, faults_where, numbered, rows

DEADLINE = "aml.str.deadline"
Analysis: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]  # tidy: number a length that we chose


@command("judge_case", personal=("analysis",))
class Judge(Command, frozen=True, kw_only=True):
    """`analyst` finds `case` to be what `verdict` says, for the reasons in `analysis`."""

    case: Id
    verdict: Verdict
    analyst: Reference
    analysis: Analysis


class JudgeCase(UseCase):
    """Records the verdict; a confirmed case makes the report a duty."""

    command = Judge
    needs = (Need(table=SUSPICIOUS_CASE, by="case", prefix="case"),)
    gates = (ANALYSED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A case is judged once."""
        return (batch.integers("case"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Nobody has judged it yet."""
        judged = case.facts["case_verdict"] != 0
        return faults_where(judged, case.batch, "case", "a case that is open, not judged as this one")

    def record(self, decided: Decided) -> Recorded:
        """The verdict, and the duty to report."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        confirmed = accepted & batch.equals("verdict", Verdict.confirmed.value)
        duty, due = numbered(confirmed, facts.next_ids[DUTY.name]), 0
        if confirmed.any():
            days = case.rules.value(id=DEADLINE, on=batch.on).count
            due = case.calendar.add_working_days(batch.on, days) if days else batch.on
        judged = {
            "verdict": batch.numbers("verdict", VERDICT_NUMBER),
            "judged_on": batch.on,
            "duty": duty,
        }
        owed = {
            "kind": int(DutyKind.suspicious_report),
            "institution": facts["case_institution"],
            "subject_kind": facts["case_subject_kind"],
            "subject": facts["case_subject"],
            "direction": 0,
            "sort": 0,
            "amount_fen": facts["case_amount_fen"],
            "arose_on": batch.on,
            "due_on": due,
            "done_on": 0,
        }
        return Recorded(
            results={"duty": duty, "due_on": np.where(confirmed, due, 0)},
            events=[
                *event(CASE_JUDGED, rows(accepted, id=batch.integers("case"), **judged)),
                *event(DUTY_AROSE, rows(confirmed, id=duty, **owed)),
            ],
        )
