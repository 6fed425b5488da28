"""A customer's particulars as they are now: a new document, name, telephone or address, shown again as a whole.

Sources: PBoC Announcement [2015] No. 43, art. 6; PBoC, NFRA and CSRC Order [2025] No. 11, art. 26. A new document may
be of another identity number (a passport renewed), but never of another customer; one that stands on a list stops them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.parties.documents import DOCUMENT_NUMBER
from benyuan.parties.people import PERSONAL, PersonalFields
from benyuan.payments.identity import REAL_NAME, SHOWN_DOCUMENT, customer_before, unborn
from benyuan.payments.name_lists import has_number
from benyuan.payments.records import IDENTITY, IDENTITY_SHOWN, PERSON, PERSON_STOPS_CHANGED, PERSON_UPDATED
from benyuan.payments.vocabulary import NAME_LIST_BIT
from benyuan.usecases.common import INSTITUTION_NEEDS, Id, faults_where, no_such_day, rows
from benyuan.usecases.name_matches import person_matches


@command("update_person", personal=PERSONAL, identified=True, screened=True)
class Update(PersonalFields, frozen=True, kw_only=True):
    """Replace the particulars of `person`, a customer of `institution`: every field is given again."""

    institution: Id
    person: Id


def nobody_elses(case: Case) -> NDArray[np.bool_]:
    """The document is this customer's, or nobody's yet."""
    case.rules.value(id=REAL_NAME, on=case.batch.on)
    own = case.facts["identity_person"] == case.batch.integers("person")
    passes: NDArray[np.bool_] = own | ~case.facts.found("identity")
    return passes


class UpdatePerson(UseCase):
    """Records the document that is on file from now on."""

    command = Update
    needs = (
        *INSTITUTION_NEEDS,
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=IDENTITY, by="identity", prefix="identity"),
    )
    gates = (SHOWN_DOCUMENT, Gate(rule=REAL_NAME, passes=nobody_elses, figures=customer_before))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """Whose an identity is, and what is on file of a person, is shared."""
        return (batch.integers("identity"), batch.integers("person"))

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The person is the institution's, the dates exist, and the holder lives."""
        elsewhere = case.facts["person_institution"] != case.batch.integers("institution")
        wrong = faults_where(elsewhere, case.batch, "person", "a person of the institution")
        return {**unborn(case), **no_such_day(case.batch, "valid_until", none=True), **wrong}

    def record(self, decided: Decided) -> Recorded:
        """The document, and the identity where it is new."""
        case, accepted = decided.case, decided.accepted
        batch = case.batch
        person = batch.integers("person")
        updated = {
            "id": person,
            "document": batch.numbers("document", DOCUMENT_NUMBER),
            "valid_until": batch.integers("valid_until"),
            "particulars": batch.position,
        }
        listed, stops = accepted & has_number(case), case.facts["person_stops"] | NAME_LIST_BIT
        new = accepted & ~case.facts.found("identity")
        return Recorded(
            results={},
            events=[
                *event(PERSON_UPDATED, rows(accepted, **updated)),
                *event(IDENTITY_SHOWN, rows(new, id=batch.integers("identity"), person=person, since=batch.on)),
                *event(PERSON_STOPS_CHANGED, rows(listed, id=person, stops=stops)),
                *person_matches(case, accepted, person=person),
            ],
        )
