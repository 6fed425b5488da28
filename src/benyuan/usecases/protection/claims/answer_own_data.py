"""The firm's answer to a customer's request about their own data: met, met in part, or refused with the reason.

Sources: PIPL, arts. 45 (a copy), 47 (kept where the law has it kept), 50 (a refusal gives its reason; the way to court
is open).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.records import DATA_ANSWERED, DATA_REQUEST
from benyuan.consumer_protection.claims.words import (
    DATA_OUTCOME_NUMBER,
    GROUND_NUMBER,
    WANTED_NUMBER,
    DataOutcome,
    Ground,
    Wanted,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.bureau.claims import Words
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.protection.claims.shared import Worded, changed

REQUEST_NEED = Need(table=DATA_REQUEST, by="request", prefix="request")
ACCESS = "pi.rights.access"


@command("answer_own_data", personal=("words",), identified=True)
class OwnDataAnswered(Worded, frozen=True, kw_only=True):
    """The answer to `request`, in `words`; what is not met in full has a `ground`."""

    request: Id
    outcome: DataOutcome
    ground: Ground = Ground.none
    words: Words


def _reasoned(case: Case) -> NDArray[np.bool_]:
    """A refusal has its ground; a copy that is said to be given has left."""
    batch, facts = case.batch, case.facts
    met = batch.equals("outcome", DataOutcome.done)
    copy = np.isin(facts["request_wanted"], [WANTED_NUMBER[each.value] for each in (Wanted.see, Wanted.export)])
    given = ~batch.equals("outcome", DataOutcome.refused) & copy
    reasoned = met | ~batch.equals("ground", Ground.none)
    return np.asarray(reasoned & (~given | (facts["request_handed"] != 0)), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {
        "ground": str(case.batch.values("ground")[place]),
        "handed_out_by_command": int(case.facts["request_handed"][place]),
    }


REASONED = Gate(rule=ACCESS, passes=_reasoned, figures=_figures)


class AnswerAboutData(UseCase):
    """Keeps the answer; the duty is done."""

    command = OwnDataAnswered
    needs = (REQUEST_NEED,)
    gates = (REASONED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A request is answered once."""
        return (batch.integers("request"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is open."""
        return faults_where(
            case.facts["request_answered_on"] != 0, case.batch, "request", "one that is not answered yet"
        )

    def record(self, decided: Decided) -> Recorded:
        """The outcome and its ground."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        kept = {
            "answered_on": batch.on,
            "answer": batch.position,
            "outcome": batch.numbers("outcome", DATA_OUTCOME_NUMBER),
            "ground": batch.numbers("ground", GROUND_NUMBER),
        }
        return Recorded(
            results={"answered_on": np.full(len(batch), batch.on, np.int64)},
            events=[
                *event(DATA_ANSWERED, rows(accepted, id=batch.integers("request"), **kept)),
                *changed(accepted, duty=case.facts["request_duty"], done_on=batch.on),
            ],
        )
