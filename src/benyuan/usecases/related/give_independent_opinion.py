"""An independent director writes an opinion on a proposal: lawful, fair, needed, by the book.

Sources: PBoC Order [2023] No. 1, art. 27 ¶4; CBIRC Order 2022 No. 1, art. 49. Worked number: of three independent
directors two have written, so the board can't be counted yet.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.decisions.words import truths
from benyuan.governance.related.records import OPINION, OPINION_GIVEN
from benyuan.parties.bodies.same import ones_of
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, Reference, faults_where, numbered, rows
from benyuan.usecases.group.dated_fact import body_need
from benyuan.usecases.related.shared import matter_of, one, surveyed
from benyuan.usecases.related.vote_approval import PROPOSAL_NEED, RECUSED, undecided_faults

ASPECTS = ("lawful", "fair", "necessary", "procedure")


@command("give_independent_opinion")
class OpinionFields(Command, frozen=True, kw_only=True):
    """`director` holds that `proposal` is lawful, fair, necessary and by the procedure, or not; `paper` says why."""

    proposal: Id
    director: Id
    lawful: bool
    fair: bool
    necessary: bool
    procedure: bool
    paper: Reference


class GiveIndependentOpinion(UseCase):
    """Files it; an opinion that is against stops nothing by itself."""

    command = OpinionFields
    needs = (PROPOSAL_NEED, body_need("director"))
    gates = RECUSED
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the director is an independent one, keeps out, has written."""
        del facts
        director = ones_of(books.column).of(int(batch.integers("director")[0]))

        def found() -> dict[str, NDArray[np.int64]]:
            matter = matter_of(batch, books, rules)
            return one(
                law=matter.law.number,
                belongs=director in matter.organs.independent,
                out=director in matter.out,
                given=director in matter.opinions(),
            )

        return surveyed(found, nothing=one(law=0, belongs=1, out=0, given=0))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An independent director, once, before it is decided."""
        batch, facts = case.batch, case.facts
        return {
            **faults_where(facts["given"] != 0, batch, "director", "one who has not given an opinion yet"),
            **faults_where(facts["belongs"] == 0, batch, "director", "an independent director of the body"),
            **undecided_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The opinion."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[OPINION.name])
        columns = {
            **{name: batch.integers(name) for name in ("proposal", "director")},
            **{name: truths(batch, name).astype(np.int64) for name in ASPECTS},
            "position": batch.position,
        }
        return Recorded(results={"opinion": ids}, events=event(OPINION_GIVEN, rows(accepted, id=ids, **columns)))
