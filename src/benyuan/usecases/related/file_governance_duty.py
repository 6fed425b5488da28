"""A report, disclosure or audit of related transactions is filed; a periodic one brings that of the next period.

Sources: PBoC Order [2023] No. 1, arts. 24, 37 to 39; CBIRC Order 2022 No. 1, arts. 51, 53, 54, 56. Worked number: the
quarter that ends on 2026-06-30, filed on 08-09, is in time, and the one that ends on 09-30 is due on 11-09.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.duties import PERIODIC, next_of
from benyuan.governance.related.laws import LAWS
from benyuan.governance.related.records import GOVERNANCE_DUTY, GOVERNANCE_DUTY_DONE
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.related.shared import one, owes_already, raised


@command("file_governance_duty")
class FiledFields(Command, frozen=True, kw_only=True):
    """Duty number `duty` of governance has been carried out today."""

    duty: Id


class FileGovernanceDuty(UseCase):
    """Records the day; a duty is done once."""

    command = FiledFields
    needs = (Need(table=GOVERNANCE_DUTY, by="duty", prefix="owed"),)
    surveys = True

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A duty is done once."""
        return (batch.integers("duty"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether that of the next period is still to be raised."""
        del batch
        kind, law = RelatedDuty(int(facts["owed_kind"][0])), LAWS.get(int(facts["owed_law"][0]))
        body = int(facts["owed_body"][0])
        follows = False
        if kind in PERIODIC and law is not None:
            after = next_of(rules, law, kind=kind, about=int(facts["owed_about"][0]))
            follows = not owes_already(books.column, body=body, kind=kind, about=after.about)
        return one(follows=follows, duty_body=body, law=int(facts["owed_law"][0])), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An open duty that has arisen; the register is brought up to date by its own command."""
        batch, facts = case.batch, case.facts
        register = np.asarray(facts["owed_kind"] == RelatedDuty.update_register, np.bool_)
        early = np.asarray(facts["owed_arose_on"] > batch.on, np.bool_)
        return {
            **faults_where(register, batch, "duty", "another; update_related_register does this one"),
            **faults_where(early, batch, "duty", "one whose period has ended"),
            **faults_where(facts["owed_done_on"] != 0, batch, "duty", "a duty that is open"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Done, in time or, with `late` 1, after its last day."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        done = np.full(len(batch), batch.on, np.int64)
        late = ((facts["owed_due_on"] != 0) & (done > facts["owed_due_on"])).astype(np.int64)
        owed = []
        if accepted.any() and facts["follows"][0]:
            kind, law = RelatedDuty(int(facts["owed_kind"][0])), LAWS[int(facts["law"][0])]
            owed = [next_of(case.rules, law, kind=kind, about=int(facts["owed_about"][0]))]
        return Recorded(
            results={"done_on": done, "late": late},
            events=[
                *event(GOVERNANCE_DUTY_DONE, rows(accepted, id=batch.integers("duty"), done_on=done)),
                *raised(case, accepted, owed),
            ],
        )
