"""Why one individual is staff of two entities: seconded from one to the other, or in a post that both share.

Sources: PBoC Order [2020] No. 4, art. 34 (posts at several entities are reasonably kept apart); house rule
gov.house.reading.two. Without it the individual reads no personal data at either. Worked: member 3 of institution 1,
the same individual as member 7 of lender 1, seconded from 2026-05-01 until 2026-10-31 by a paper whose digest is kept.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.checks.standing import are_one
from benyuan.governance.reading.records import POST_SHARED, SHARED_POST
from benyuan.governance.reading.words import FOOTING_NUMBER, Footing
from benyuan.rules import RulePack
from benyuan.usecases.checks.shared import staff_need
from benyuan.usecases.common import Id, Reference, faults_where, numbered, rows
from benyuan.usecases.reading.granting import GATES, Granted, granted_faults, granting
from benyuan.usecases.related.shared import one


@command("record_shared_post")
class SharedPostFields(Granted, frozen=True, kw_only=True):
    """`staff` and `other` are one individual at two entities, on this `footing`, by the paper `agreement`.

    From `from_date` until and with `until`; `granted_by`, who makes roles at the entity of `staff`, sends the command.
    """

    staff: Id
    other: Id
    footing: Footing
    agreement: Reference


class RecordSharedPost(UseCase):
    """Records it; it is over after its last day, or from `end_shared_post` on."""

    command = SharedPostFields
    needs = (staff_need("staff"), staff_need("other"), staff_need("granted_by"))
    gates = GATES
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether who grants makes roles there, and whether the individual has had a hand in it."""
        del rules
        both = (int(batch.integers(name)[0]) for name in ("staff", "other"))
        return one(**granting(batch, facts, books), one_individual=are_one(books.column, *both)), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One individual, at two entities, with days that have not gone by; sent by who grants it."""
        batch, facts = case.batch, case.facts
        strangers = facts["one_individual"] == 0
        here = (facts["staff_sort"] == facts["other_sort"]) & (facts["staff_entity"] == facts["other_entity"])
        wanted = "the number of the same individual as staff of another entity"
        return {**granted_faults(case), **faults_where(np.asarray(strangers | here, np.bool_), batch, "other", wanted)}

    def record(self, decided: Decided) -> Recorded:
        """The two numbers, the smaller first."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        ids = numbered(accepted, case.facts.next_ids[SHARED_POST.name])
        columns = {
            "staff": np.minimum(batch.integers("staff"), batch.integers("other")),
            "other": np.maximum(batch.integers("staff"), batch.integers("other")),
            "footing": batch.numbers("footing", FOOTING_NUMBER),
            **{name: batch.integers(name) for name in ("from_date", "until")},
            "ended_on": np.int64(0),
            "position": batch.position,
        }
        return Recorded(results={"shared_post": ids}, events=event(POST_SHARED, rows(accepted, id=ids, **columns)))
