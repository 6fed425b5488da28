"""A major transaction, or a framework, is put to the organs: to the committee first, then to the board.

Sources: PBoC Order [2023] No. 1, arts. 18, 26, 27; CBIRC Order 2022 No. 1, arts. 39, 45, 48. The proposal begins at its
time in the log and names no other. Worked number: proposed with two members in the committee it is refused: three are
asked for.
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
from benyuan.decisions.words import text_faults, truths
from benyuan.governance.related.assessing import binding
from benyuan.governance.related.matters import organs_in
from benyuan.governance.related.records import APPROVAL_PROPOSED, INTEREST_TOLD, PROPOSAL, PROPOSAL_INTEREST
from benyuan.governance.related.vocabulary import SORT_NUMBER, Stage, TransactionSort
from benyuan.governance.related.world import world_of
from benyuan.parties.bodies.records import BODY
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, faults_where, numbered, rows
from benyuan.usecases.group.dated_fact import body_need
from benyuan.usecases.group.record_concert import Members, numbers_in
from benyuan.usecases.related.shared import by_order, no_order_faults, one, surveyed

NOTHING = one(law=0, composed=1, committee=0, strange=0)


@command("propose_approval")
class ProposalFields(Command, frozen=True, kw_only=True):
    """Ask the organs of `body` to approve transactions of this `sort` with `party`, up to `amount_fen` together.

    `framework`: a framework for them instead; `interested`: who said to have an interest, numbers with commas between.
    """

    body: Id
    party: Id
    sort: TransactionSort
    amount_fen: Fen
    framework: bool = False
    interested: Members = ""


def _composed(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["composed"] != 0, np.bool_)


def _members(case: Case, place: int) -> dict[str, Any]:
    return {"members": int(case.facts["committee"][place])}


COMMITTEE = by_order("committee", _composed, _members)


def _found(batch: Batch, books: Books, rules: RulePack) -> dict[str, NDArray[np.int64]]:
    body, seen = int(batch.integers("body")[0]), int(batch.position[0])
    world = world_of(books.column, rules, on=batch.on, seen=seen, law_on=batch.on)
    law, _ = binding(world, body)
    if law is None:
        return NOTHING
    bodies = len(books.column(BODY, "kind"))
    strange = next((each for each in numbers_in(batch.values("interested")[0]) or () if each >= bodies), 0)
    organs = organs_in(books.column, world, body=body, on=batch.on, seen=seen)
    fault = organs.fault(least=rules.value(id=law.rule("committee"), on=batch.on).count)
    return one(law=law.number, composed=not fault, committee=len(organs.committee), strange=strange)


class ProposeApproval(UseCase):
    """Puts it to the committee."""

    command = ProposalFields
    needs = (body_need("body"), body_need("party"))
    gates = COMMITTEE
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whose order it is, and whether there is a committee."""
        del facts
        return surveyed(lambda: _found(batch, books, rules), nothing=NOTHING)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An order that binds the body; another party; a list of individuals that are there."""
        batch = case.batch
        same = batch.integers("body") == batch.integers("party")
        wrong = np.array([numbers_in(text) is None for text in batch.values("interested")], np.bool_)
        wrong |= case.facts["strange"] != 0
        return {
            **text_faults(wrong, batch, "interested", "numbers of bodies that are registered, with commas between"),
            **faults_where(same, batch, "party", "another body than body"),
            **no_order_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The proposal, and who has told an interest."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        ids = numbered(accepted, facts.next_ids[PROPOSAL.name])
        columns = {
            **{name: batch.integers(name) for name in ("body", "party", "amount_fen")},
            "sort": batch.numbers("sort", SORT_NUMBER),
            "framework": truths(batch, "framework").astype(np.int64),
            "stage": int(Stage.committee),
            "proposed_on": batch.on,
            "decided_on": 0,
            "position": batch.position,
        }
        told = numbers_in(batch.values("interested")[0]) or [] if accepted.any() else []
        first = facts.next_ids[PROPOSAL_INTEREST.name]
        interests = {
            "id": list(range(first, first + len(told))),
            "proposal": [int(ids[0])] * len(told),
            "individual": told,
        }
        return Recorded(
            results={"proposal": ids},
            events=[*event(APPROVAL_PROPOSED, rows(accepted, id=ids, **columns)), *event(INTEREST_TOLD, interests)],
        )
