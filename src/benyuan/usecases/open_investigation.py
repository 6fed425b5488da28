"""An authority investigates a customer: all that is kept of the customer is kept until the investigation ends.

Sources: PBoC, NFRA and CSRC Order [2025] No. 11, art. 44; PBoC Order [2024] No. 4, art. 61 (a term that is over while
the investigation is still under way goes on to its end).
"""

import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.flows import OF_MERCHANT, OF_PERSON
from benyuan.payments.records import MERCHANT, PERSON
from benyuan.payments.retention.records import INVESTIGATION, INVESTIGATION_OPENED
from benyuan.usecases.common import MaybeId, Reference, faults_where, numbered, rows


@command("open_investigation")
class Investigate(Command, frozen=True, kw_only=True):
    """An authority investigates `person` or `merchant`, one of them; `reference` is that of its letter."""

    reference: Reference
    person: MaybeId = 0
    merchant: MaybeId = 0


class OpenInvestigation(UseCase):
    """Records it; erasing looks for it."""

    command = Investigate
    needs = (
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=MERCHANT, by="merchant", prefix="merchant"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One subject."""
        both = (case.batch.integers("person") != 0) == (case.batch.integers("merchant") != 0)
        return faults_where(both, case.batch, "person", "a person or a merchant, one of them")

    def record(self, decided: Decided) -> Recorded:
        """The investigation, under way."""
        batch, accepted = decided.case.batch, decided.accepted
        person, merchant = batch.integers("person"), batch.integers("merchant")
        ids = numbered(accepted, decided.case.facts.next_ids[INVESTIGATION.name])
        opened = {
            "subject_kind": np.where(person != 0, OF_PERSON, OF_MERCHANT),
            "subject": np.where(person != 0, person, merchant),
            "opened_on": batch.on,
            "closed_on": 0,
        }
        return Recorded(
            results={"investigation": ids}, events=event(INVESTIGATION_OPENED, rows(accepted, id=ids, **opened))
        )
