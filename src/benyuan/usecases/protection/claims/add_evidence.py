"""Evidence about a complaint, from whichever side; new facts of the customer's let a lender's days begin anew.

Source: CBIRC Order 2020 No. 3, art. 18, para. 3. The firm's own papers never move a day, nor does anything once it is
overdue; that para. 2 and art. 23 let some days not be counted is not made use of: no command stops a clock.
Worked number: due on 2026-03-17, new facts on 03-16: due on 03-31; on 03-18 they are kept and the day stays.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import last_day
from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.claims.words import Clock, Party
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import truths
from benyuan.usecases.bureau.claims import WithEvidence
from benyuan.usecases.common import Id, Memo, faults_where, rows
from benyuan.usecases.protection.claims.shared import COMPLAINT_NEED, by_complaint, changed, open_faults


@command("add_evidence", personal=("evidence", "words"), identified=True)
class MoreEvidence(WithEvidence, frozen=True, kw_only=True):
    """Digests of pieces about `complaint` from one `party`; `new_facts`: the customer tells new facts and reasons."""

    complaint: Id
    party: Party
    new_facts: bool = False
    words: Memo = ""


class AddToComplaint(UseCase):
    """Counts the pieces, and moves the day where the text says so."""

    command = MoreEvidence
    needs = (COMPLAINT_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The pieces of a complaint are counted one after another."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There are pieces, the complaint is open, and new facts are the customer's."""
        batch = case.batch
        _moved(case)
        other = truths(batch, "new_facts") & ~batch.equals("party", Party.customer)
        wanted = "evidence of the customer's, if it is to bring new facts"
        return {
            **open_faults(case),
            **{place: _of_party(str(batch.values("party")[place]), wanted) for place in np.flatnonzero(other).tolist()},
            **faults_where(batch.integers("pieces") == 0, batch, "pieces", "at least one piece"),
        }

    def record(self, decided: Decided) -> Recorded:
        """How many pieces there are, and the last day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        again, due = _moved(case)
        pieces = facts["complaint_evidence"] + batch.integers("pieces")
        kept = {
            "evidence": pieces,
            "due_on": due,
            "from_on": np.where(again, batch.on, facts["complaint_from_on"]),
            "steps": np.where(again, 0, facts["complaint_steps"]),
        }
        return Recorded(
            results={"evidence": pieces, "due_on": due, "anew": again.astype(np.int64)},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **kept)),
                *changed(accepted & again, duty=facts["complaint_duty"], due_on=due),
            ],
        )


def _of_party(party: str, wanted: str) -> Invalid:
    return Invalid(field="party", value=party, constraint=wanted)


def _moved(case: Case) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Where the days begin anew, and the last day of every complaint."""
    batch, due = case.batch, case.facts["complaint_due_on"]
    lenders = case.facts["complaint_clock"] == Clock.nfra
    again = np.asarray(truths(batch, "new_facts") & lenders & (batch.on <= due), np.bool_)
    fresh = last_day(case.rules, clock=Clock.nfra, from_on=batch.on) if again.any() else 0
    return again, np.where(again, fresh, due)
