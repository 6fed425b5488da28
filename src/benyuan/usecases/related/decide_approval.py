"""The votes of the organ that a proposal is before are counted, and the proposal goes on, is approved or rejected.

Sources: PBoC Order [2023] No. 1, arts. 18, 27; CBIRC Order 2022 No. 1, arts. 39, 45, 46, 49. The decision is of its day
in the log. Worked number: of six non-related directors four in favour are two thirds; three are not. With two present
the shareholders decide.
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
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.matters import quorum_of
from benyuan.governance.related.records import APPROVAL_CHANGED
from benyuan.governance.related.vocabulary import Stage
from benyuan.governance.related.voting import counted
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.related.propose_approval import COMMITTEE
from benyuan.usecases.related.shared import by_order, matter_of, one, surveyed
from benyuan.usecases.related.vote_approval import DECIDED, PROPOSAL_NEED, undecided_faults

NOTHING = one(law=0, composed=1, committee=0, unheard=0, next=0, present=0, cast=1)


@command("decide_approval")
class DecisionFields(Command, frozen=True, kw_only=True):
    """Count the votes on `proposal` at the organ that it is before."""

    proposal: Id


def _heard(case: Case) -> NDArray[np.bool_]:
    before_board = case.facts["proposal_stage"] == Stage.committee
    return np.asarray(before_board | (case.facts["unheard"] == 0), np.bool_)


def _unheard(case: Case, place: int) -> dict[str, Any]:
    return {"missing": int(case.facts["unheard"][place])}


def _found(batch: Batch, books: Books, rules: RulePack) -> dict[str, NDArray[np.int64]]:
    matter = matter_of(batch, books, rules)
    ballots = matter.ballots()
    quorum = quorum_of(rules, matter.law, on=batch.on)
    count = counted(matter.stage, organs=matter.organs, out=matter.out, ballots=ballots, quorum=quorum)
    fault = matter.organs.fault(least=rules.value(id=matter.law.rule("committee"), on=batch.on).count)
    return one(
        law=matter.law.number,
        composed=not fault,
        committee=len(matter.organs.committee),
        unheard=len(matter.unheard()),
        next=count.stage,
        present=count.present,
        cast=len(ballots),
    )


class DecideApproval(UseCase):
    """Counts."""

    command = DecisionFields
    needs = (PROPOSAL_NEED,)
    gates = (*COMMITTEE, *by_order("independent_opinion", _heard, _unheard))
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the votes come to."""
        if int(facts["proposal_stage"][0]) in DECIDED:
            return NOTHING, {}
        return surveyed(lambda: _found(batch, books, rules), nothing=NOTHING)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Somebody has voted, and it is not decided yet."""
        nobody = np.asarray(case.facts["cast"] == 0, np.bool_)
        return {
            **faults_where(nobody, case.batch, "proposal", "one on which somebody has voted at this stage"),
            **undecided_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The next stage, with the day where it is the last."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        decided_on = np.where(np.isin(facts["next"], DECIDED), batch.on, 0)
        columns = {"id": batch.integers("proposal"), "stage": facts["next"], "decided_on": decided_on}
        return Recorded(
            results={"stage": facts["next"], "present": facts["present"]},
            events=event(APPROVAL_CHANGED, rows(accepted, **columns)),
        )
