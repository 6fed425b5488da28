"""A contact about a debt, planned for an instant to come; what would stop it then stops the plan now.

Sources and order of checks: see `contacting`. What holds up to a day is looked at on the debtor's day of the contact;
stops, complaints, claims and whether the debt is overdue now. A plan is no leave: when the contact is made everything
is asked again. Worked: a call planned for 22:00:00 in the debtor's place is refused, one for 21:59:59 is not; three
calls are planned for one day, and no fourth.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.contact.records import CONTACT_PLANNED, PLAN
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.protection.contact.contacting import (
    GATES,
    NEEDS,
    ContactFields,
    contact_columns,
    contact_faults,
    surveyed,
)
from benyuan.values.dates import END_AT_US


@command("plan_contact", version=2)
class ContactPlanned(ContactFields, frozen=True, kw_only=True):
    """Plan a contact for the instant `contact_at`, microseconds since 1970 UTC."""

    contact_at: Id


class PlanContact(UseCase):
    """Keeps the plan."""

    command = ContactPlanned
    needs = NEEDS
    gates = GATES
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What stands in the way, and what has been made so far."""
        del facts
        return surveyed(batch, books, rules)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An instant to come."""
        planned = case.batch.integers("contact_at")
        wrong = np.asarray((planned < case.batch.at) | (planned >= END_AT_US), np.bool_)
        return {**contact_faults(case), **faults_where(wrong, case.batch, "contact_at", "an instant to come")}

    def record(self, decided: Decided) -> Recorded:
        """The plan."""
        batch, accepted = decided.case.batch, decided.accepted
        ids = numbered(accepted, decided.case.facts.next_ids[PLAN.name])
        columns = {**contact_columns(decided.case), "contact_at": batch.integers("contact_at"), "contact": 0}
        return Recorded(results={"plan": ids}, events=event(CONTACT_PLANNED, rows(accepted, id=ids, **columns)))
