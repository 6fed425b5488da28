"""The votes of the organ that a proposal is before are counted, and the proposal goes on, is approved or rejected.

Sources: PBoC Order [2023] No. 1, arts. 18, 27; CBIRC Order 2022 No. 1, arts. 39, 45, 46, 49; when voting is over is our
choice (`rpt.house.voting`): after the day until which it was called, or once those who have not voted can't change what
comes of it. The decision is of its day in the log. Worked number: of six non-related directors four in favour are two
thirds, whatever the others do; with three the other three are waited for. With two present the shareholders decide.
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
from benyuan.governance.related.matters import quorum_of
from benyuan.governance.related.records import APPROVAL_CHANGED
from benyuan.governance.related.vocabulary import Stage
from benyuan.governance.related.voting import counted, is_settled, waiting
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, rows
from benyuan.usecases.related.propose_approval import COMMITTEE
from benyuan.usecases.related.shared import by_order, matter_of, one, surveyed
from benyuan.usecases.related.vote_approval import DECIDED, PROPOSAL_NEED, undecided_faults

VOTING = "rpt.house.voting"
NOTHING = one(law=0, composed=1, committee=0, unheard=0, next=0, present=0, over=1, waiting=0, closes_on=0)


@command("decide_approval", version=2)
class DecisionFields(Command, frozen=True, kw_only=True):
    """Count the votes on `proposal` at the organ that it is before."""

    proposal: Id


def _heard(case: Case) -> NDArray[np.bool_]:
    before_board = case.facts["proposal_stage"] == Stage.committee
    return np.asarray(before_board | (case.facts["unheard"] == 0), np.bool_)


def _over(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["over"] != 0, np.bool_)


def _open(case: Case, place: int) -> dict[str, Any]:
    closes_on = int(case.facts["closes_on"][place])
    return {"missing": int(case.facts["waiting"][place]), **({"closes_on": closes_on} if closes_on else {})}


def _unheard(case: Case, place: int) -> dict[str, Any]:
    return {"missing": int(case.facts["unheard"][place])}


def _found(batch: Batch, books: Books, rules: RulePack) -> dict[str, NDArray[np.int64]]:
    matter = matter_of(batch, books, rules)
    ballots = matter.ballots()
    quorum = quorum_of(rules, matter.law, on=batch.on)
    cast: dict[str, Any] = {"organs": matter.organs, "out": matter.out, "ballots": ballots}
    count = counted(matter.stage, **cast, quorum=quorum)
    closes_on = matter.closes_on()
    closed = closes_on != 0 and closes_on < batch.on
    fault = matter.organs.fault(least=rules.value(id=matter.law.rule("committee"), on=batch.on).count)
    return one(
        law=matter.law.number,
        composed=not fault,
        committee=len(matter.organs.committee),
        unheard=len(matter.unheard()),
        next=count.stage,
        present=count.present,
        over=closed or is_settled(matter.stage, **cast, quorum=quorum),
        waiting=len(waiting(matter.stage, **cast)),
        closes_on=closes_on,
    )


class DecideApproval(UseCase):
    """Counts."""

    command = DecisionFields
    needs = (PROPOSAL_NEED,)
    gates = (
        *COMMITTEE,
        *by_order("independent_opinion", _heard, _unheard),
        Gate(rule=VOTING, passes=_over, figures=_open),
    )
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What the votes come to."""
        if int(facts["proposal_stage"][0]) in DECIDED:
            return NOTHING, {}
        return surveyed(lambda: _found(batch, books, rules), nothing=NOTHING)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is not decided yet."""
        return undecided_faults(case)

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
