"""A member of the committee or board, or a shareholder, votes on a proposal; who has an interest keeps out.

Sources: PBoC Order [2023] No. 1, arts. 27 ¶3, 45; CBIRC Order 2022 No. 1, arts. 46, 65. A vote counts at its time in
the log. Worked number: a director who owns the other side is refused, with the article; where no shareholder may vote
all directors do, and that one says in writing that nothing is passed on improperly.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import truths
from benyuan.governance.related.matters import Matter
from benyuan.governance.related.records import BALLOT, BALLOT_CAST, PROPOSAL
from benyuan.governance.related.vocabulary import VOTE_NUMBER, Stage, Vote
from benyuan.parties.bodies.same import ones_of
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.group.dated_fact import body_need
from benyuan.usecases.related.shared import by_order, matter_of, one, surveyed

DECIDED = (int(Stage.approved), int(Stage.rejected))
PROPOSAL_NEED = Need(table=PROPOSAL, by="proposal", prefix="proposal")
NOTHING = one(law=0, belongs=1, out=0, cast=0, closed_on=0)


@command("vote_approval")
class VoteFields(Command, frozen=True, kw_only=True):
    """`member` votes on `proposal`, at the organ that it is before.

    `declares`: a director with an interest, where the board decides alone, says that nothing is passed on improperly.
    """

    proposal: Id
    member: Id
    vote: Vote
    declares: bool = False


def may_vote(case: Case) -> NDArray[np.bool_]:
    """Who has no interest; where the board decides alone, who has one and declares."""
    alone = case.facts["proposal_stage"] == Stage.board_alone
    declared = truths(case.batch, "declares") if "declares" in case.batch.columns else np.zeros(len(case.batch), bool)
    return np.asarray((case.facts["out"] == 0) | (alone & declared), np.bool_)


def _who(case: Case, place: int) -> dict[str, Any]:
    field = "member" if "member" in case.batch.columns else "director"
    return {field: int(case.batch.integers(field)[place]), "party": int(case.facts["proposal_party"][place])}


RECUSED = by_order("recuse", may_vote, _who)


def undecided_faults(case: Case) -> dict[int, Invalid]:
    """The proposal is not decided yet."""
    over = np.isin(case.facts["proposal_stage"], DECIDED)
    return faults_where(np.asarray(over, np.bool_), case.batch, "proposal", "one that is not decided yet")


def closed_on(matter: Matter, *, on: int) -> int:
    """The day with which voting at the stage ended before a day; 0 while it is open."""
    closes_on = matter.closes_on()
    return closes_on if closes_on < on else 0


def closed_faults(case: Case) -> dict[int, Invalid]:
    """Voting at the stage is over."""
    day = int(case.facts["closed_on"][0])
    wanted = f"one on which this organ still votes, not one whose vote ended with {day}: decide_approval"
    return faults_where(np.asarray(case.facts["closed_on"] != 0, np.bool_), case.batch, "proposal", wanted)


class VoteApproval(UseCase):
    """Casts the vote."""

    command = VoteFields
    needs = (PROPOSAL_NEED, body_need("member"))
    gates = RECUSED
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the member belongs to the organ, keeps out, has voted."""
        del facts
        member = ones_of(books.column).of(int(batch.integers("member")[0]))

        def found() -> dict[str, NDArray[np.int64]]:
            matter = matter_of(batch, books, rules)
            return one(
                law=matter.law.number,
                belongs=member in matter.organs.members(matter.stage),
                out=member in matter.out,
                cast=member in matter.ballots(),
                closed_on=closed_on(matter, on=batch.on),
            )

        return surveyed(found, nothing=NOTHING)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A member of the organ, once, before it is decided."""
        batch, facts = case.batch, case.facts
        stage = Stage(int(facts["proposal_stage"][0])).name.replace("_", " ")
        return {
            **faults_where(facts["cast"] != 0, batch, "member", "one who has not voted yet"),
            **faults_where(facts["belongs"] == 0, batch, "member", f"one who votes at this stage: {stage}"),
            **closed_faults(case),
            **undecided_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The ballot."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[BALLOT.name])
        columns = {
            **{name: batch.integers(name) for name in ("proposal", "member")},
            "stage": facts["proposal_stage"],
            "vote": batch.numbers("vote", VOTE_NUMBER),
            "declares": truths(batch, "declares").astype(np.int64),
            "voted_on": batch.on,
            "position": batch.position,
        }
        return Recorded(results={"ballot": ids}, events=event(BALLOT_CAST, rows(accepted, id=ids, **columns)))
