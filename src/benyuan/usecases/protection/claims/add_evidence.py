"""Evidence about a complaint, from whichever side; new facts of the customer's let a lender's days begin anew.

Sources: CBIRC Order 2020 No. 3, arts. 18 para. 3, 22. The text asks for the complainant, for new facts and reasons, and
for days that still run: so the customer is shown by document, tells them in words, and brings a paper that the
complaint has not had. Order [2020] No. 5 has no such thing (art. 43: 60 days at most). How often is bounded by the
house (cp.house.complaint.anew); extensions that were taken stay taken, a later day that stands is not brought forward,
and the firm's own papers never move a day. That para. 2 and art. 23 let some days not be counted is not made use of.
Worked number: due on 2026-03-17, new facts on 03-16: due on 03-31; on 03-18 they are kept and the day stays.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.claims.deadlines import ANEW, last_day
from benyuan.consumer_protection.claims.records import COMPLAINT_CHANGED
from benyuan.consumer_protection.claims.substance import WANTED, says_something
from benyuan.consumer_protection.claims.words import Clock, Party
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.decisions.words import text_faults, truths
from benyuan.usecases.common import MaybeId, Memo, faults_where, rows
from benyuan.usecases.protection.claims.recusal import staff_named
from benyuan.usecases.protection.claims.shared import (
    COMPLAINT_NEED,
    FURTHER_NEED,
    by_complaint,
    changed,
    furthered,
    open_faults,
)
from benyuan.usecases.protection.claims.shown import (
    PAPER_NEEDS,
    PAPERS,
    SHOWN_NEEDS,
    ShownComplainant,
    anothers_faults,
    fresh_papers,
    papers_shown,
)


@command("add_evidence", version=2, personal=("evidence", "words", "number"), identified=True, keyed=PAPERS)
class MoreEvidence(ShownComplainant, frozen=True, kw_only=True):
    """Digests of pieces about `complaint` from one `party`; `new_facts`: the customer tells new facts and reasons.

    These stand in `words`, and the customer is shown. `against_staff`: the number of a member of staff of whom the
    papers show the customer to complain, 0 for none.
    """

    party: Party
    new_facts: bool = False
    words: Memo = ""
    against_staff: MaybeId = 0

    @classmethod
    def personal_fault(cls, personal: Mapping[str, Any], fields: Mapping[str, Any]) -> tuple[str, str] | None:
        """New facts without the customer's document, or without words of theirs."""
        if fields["new_facts"] and "number" not in personal:
            return "number", "the customer's own document, where they bring new facts"
        if fields["new_facts"] and not says_something(personal.get("words", "")):
            return "words", WANTED
        return super().personal_fault(personal, fields)


class AddToComplaint(UseCase):
    """Counts the pieces, and moves the day where the text says so."""

    command = MoreEvidence
    needs = (COMPLAINT_NEED, FURTHER_NEED, *SHOWN_NEEDS, *PAPER_NEEDS)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The pieces of a complaint are counted one after another."""
        return by_complaint(batch)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There are pieces, the complaint is open, and new facts are the customer's and new."""
        batch, new = case.batch, truths(case.batch, "new_facts")
        _moved(case)
        other = new & ~batch.equals("party", Party.customer)
        stale = new & ~fresh_papers(case).any(axis=0)
        return {
            **faults_where(stale, batch, "pieces", "at least one paper that the complaint has not had before"),
            **anothers_faults(case),
            **open_faults(case),
            **text_faults(other, batch, "party", "evidence of the customer's, if it is to bring new facts"),
            **faults_where(batch.integers("pieces") == 0, batch, "pieces", "at least one piece"),
        }

    def record(self, decided: Decided) -> Recorded:
        """How many pieces there are, the last day, and how often the days have begun anew."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        again, due = _moved(case)
        pieces, restarts = facts["complaint_evidence"] + batch.integers("pieces"), facts["further_restarts"] + again
        kept = {"evidence": pieces, "due_on": due, "from_on": np.where(again, batch.on, facts["complaint_from_on"])}
        return Recorded(
            results={"evidence": pieces, "due_on": due, "anew": again.astype(np.int64), "restarts": restarts},
            events=[
                *event(COMPLAINT_CHANGED, rows(accepted, id=batch.integers("complaint"), **kept)),
                *changed(accepted & again, duty=facts["complaint_duty"], due_on=due),
                *furthered(case, accepted & again, restarts=restarts),
                *papers_shown(case, accepted),
                *staff_named(case, accepted, complaint=batch.integers("complaint")),
            ],
        )


def _moved(case: Case) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Where the days begin anew, and the last day of every complaint."""
    batch, facts, due = case.batch, case.facts, case.facts["complaint_due_on"]
    lenders = facts["complaint_clock"] == Clock.nfra
    asked = np.asarray(truths(batch, "new_facts") & lenders & (batch.on <= due), np.bool_)
    if not asked.any():
        return asked, due
    fresh, most = last_day(case.rules, clock=Clock.nfra, from_on=batch.on), case.rules.value(id=ANEW, on=batch.on).count
    again = np.asarray(asked & (facts["further_restarts"] < most) & (fresh > due), np.bool_)
    return again, np.where(again, fresh, due)
