"""A user agrees to a version of the agreement, in writing 数据电文等书面形式 (State Council Order 768, art. 20)."""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.agreements import (
    AGREEMENT,
    AGREEMENT_IN_FORCE,
    MERCHANT_AGREED,
    MERCHANT_AGREEMENT,
    PERSON_AGREED,
    PERSON_AGREEMENT,
)
from benyuan.payments.records import MERCHANT, PERSON
from benyuan.usecases.common import Id, MaybeId, Reference, faults_where, numbered, rows

OF_IT = "a customer of the version's institution"


@command("accept_agreement")
class Accept(Command, frozen=True, kw_only=True):
    """`person` or `merchant`, one of them, agrees to a version of the agreement; `reference`: of the record of it."""

    agreement: Id
    person: MaybeId = 0
    merchant: MaybeId = 0
    reference: Reference


def superseded(case: Case) -> NDArray[np.bool_]:
    """Where another version has taken this one's place."""
    begun = case.facts["agreement_from_date"] <= case.batch.on
    return np.asarray(begun & (case.facts["held_version"] != case.batch.integers("agreement")), np.bool_)


class AcceptAgreement(UseCase):
    """Records from when the version holds for the user: not before it is in force."""

    command = Accept
    needs = (
        Need(table=AGREEMENT, by="agreement", prefix="agreement"),
        Need(table=AGREEMENT_IN_FORCE, by="agreement_institution", prefix="held"),
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=MERCHANT, by="merchant", prefix="merchant"),
    )

    def faults(self, case: Case) -> dict[int, Invalid]:
        """One user, of the version's institution; a version in force or to come."""
        batch, facts = case.batch, case.facts
        person, merchant, home = batch.integers("person"), batch.integers("merchant"), facts["agreement_institution"]
        return {
            **faults_where(superseded(case), batch, "agreement", "the version in force or one to come"),
            **faults_where((person != 0) & (facts["person_institution"] != home), batch, "person", OF_IT),
            **faults_where((merchant != 0) & (facts["merchant_institution"] != home), batch, "merchant", OF_IT),
            **faults_where((person != 0) == (merchant != 0), batch, "person", "a person or a merchant, one of them"),
        }

    def record(self, decided: Decided) -> Recorded:
        """What was agreed, and from when it holds."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        from_date = np.maximum(facts["agreement_from_date"], batch.on)
        events = []
        for kind, table, field in (
            (PERSON_AGREED, PERSON_AGREEMENT, "person"),
            (MERCHANT_AGREED, MERCHANT_AGREEMENT, "merchant"),
        ):
            mine = accepted & (batch.integers(field) != 0)
            ids = numbered(mine, facts.next_ids[table.name])
            held = {"from_date": from_date, "version": batch.integers("agreement"), "accepted_on": batch.on}
            events += event(kind, rows(mine, id=ids, owner=batch.integers(field), **held))
        return Recorded(results={"holds_from": np.where(accepted, from_date, 0)}, events=events)
