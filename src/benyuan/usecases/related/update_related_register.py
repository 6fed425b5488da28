"""A holding company's register of related parties is brought up to date and reported; six months on it is again.

Source: PBoC Order [2023] No. 1, art. 19. The log keeps how many entries it had; what they were on that day can be asked
for as it was known then. Worked number: brought up to date on 20260515, the next time is due by 20261115.
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
from benyuan.governance.related.assessing import binding
from benyuan.governance.related.duties import next_update
from benyuan.governance.related.laws import HOLDING
from benyuan.governance.related.records import GOVERNANCE_DUTY, GOVERNANCE_DUTY_DONE
from benyuan.governance.related.register import register_of
from benyuan.governance.related.vocabulary import RelatedDuty
from benyuan.governance.related.world import world_of
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.group.dated_fact import body_need
from benyuan.usecases.related.shared import one, raised, surveyed


@command("update_related_register")
class UpdateFields(Command, frozen=True, kw_only=True):
    """The register of holding company `body` has been brought up to date today, and reported."""

    body: Id


class UpdateRelatedRegister(UseCase):
    """Records the day and starts the clock anew."""

    command = UpdateFields
    needs = (body_need("body"),)
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """How many entries there are, and the duty that is open."""
        del facts
        body = int(batch.integers("body")[0])
        nothing = one(law=0, entries=0, open=0, duty_body=body)

        def found() -> dict[str, NDArray[np.int64]]:
            seen = int(batch.position[0])
            world = world_of(books.column, rules, on=batch.on, seen=seen, law_on=batch.on)
            law, holding = binding(world, body)
            if law is not HOLDING or holding != body:
                return nothing
            register = register_of(books.column, rules, body=body, law=law, on=batch.on, seen=seen, today=world)
            held = {name: books.column(GOVERNANCE_DUTY, name) for name in ("body", "kind", "done_on")}
            mine = (held["body"] == body) & (held["kind"] == RelatedDuty.update_register) & (held["done_on"] == 0)
            still = max(np.flatnonzero(mine).tolist(), default=0)
            return one(law=law.number, entries=len(register.entries), open=still, duty_body=body)

        return surveyed(found, nothing=nothing)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A holding company."""
        none = np.asarray(case.facts["law"] == 0, np.bool_)
        return faults_where(none, case.batch, "body", "a financial holding company, on a day of the order")

    def record(self, decided: Decided) -> Recorded:
        """The open duty is done, the next arises."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        owed = [next_update(case.rules, updated_on=batch.on)] if accepted.any() else []
        done = rows(accepted & (facts["open"] != 0), id=facts["open"], done_on=batch.on)
        due = np.full(len(batch), owed[0].due_on if owed else 0, np.int64)
        return Recorded(
            results={"entries": facts["entries"], "next_due_on": due},
            events=[*event(GOVERNANCE_DUTY_DONE, done), *raised(case, accepted, owed)],
        )
