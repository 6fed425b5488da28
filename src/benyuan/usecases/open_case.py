"""People suspect something that no pattern has found (PBoC Order [2016] No. 3, art. 11): a case, at any amount."""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.flows import OF_MERCHANT, OF_PERSON
from benyuan.payments.monitoring.gates import NO_THRESHOLD
from benyuan.payments.monitoring.records import CASE_OPENED, SUSPICIOUS_CASE, Pattern
from benyuan.payments.records import MERCHANT, PERSON
from benyuan.usecases.common import (
    INSTITUTION_NEEDS,
    Count,
    Id,
    MaybeId,
    Yyyymmdd,
    faults_where,
    no_such_day,
    numbered,
    rows,
)

Grounds: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]  # tidy: number a length that we chose

OF_IT = "a customer of the institution"


@command("open_case", personal=("grounds",))
class Suspect(Command, frozen=True, kw_only=True):
    """A suspicion of `institution` against `person` or `merchant`, one of them, on `grounds`, of `happened_on`."""

    institution: Id
    happened_on: Yyyymmdd
    person: MaybeId = 0
    merchant: MaybeId = 0
    amount_fen: Count = 0
    grounds: Grounds


class OpenCase(UseCase):
    """Puts the case before people; what it rests on is sealed (art. 23)."""

    command = Suspect
    needs = (
        *INSTITUTION_NEEDS,
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=MERCHANT, by="merchant", prefix="merchant"),
    )
    gates = (NO_THRESHOLD,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One subject, of the institution; a day that exists and is not to come."""
        batch, facts = case.batch, case.facts
        person, merchant, home = (batch.integers(name) for name in ("person", "merchant", "institution"))
        return {
            **faults_where(batch.integers("happened_on") > batch.on, batch, "happened_on", "no later than today"),
            **no_such_day(batch, "happened_on"),
            **faults_where((person != 0) & (facts["person_institution"] != home), batch, "person", OF_IT),
            **faults_where((merchant != 0) & (facts["merchant_institution"] != home), batch, "merchant", OF_IT),
            **faults_where((person != 0) == (merchant != 0), batch, "person", "a person or a merchant, one of them"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The case."""
        batch, accepted = decided.case.batch, decided.accepted
        person, merchant = batch.integers("person"), batch.integers("merchant")
        ids = numbered(accepted, decided.case.facts.next_ids[SUSPICIOUS_CASE.name])
        opened = {
            "institution": batch.integers("institution"),
            "pattern": int(Pattern.reported),
            "subject_kind": np.where(person != 0, OF_PERSON, OF_MERCHANT),
            "subject": np.where(person != 0, person, merchant),
            "amount_fen": batch.integers("amount_fen"),
            "happened_on": batch.integers("happened_on"),
            "opened_on": batch.on,
        }
        opened |= dict.fromkeys(("chain", "movements", "standard", "verdict", "judged_on", "duty"), 0)
        return Recorded(results={"case": ids}, events=event(CASE_OPENED, rows(accepted, id=ids, **opened)))
