"""A customer of the payment institution who may be sold investments: what counts tests and purchases is opened.

Source: Order 2025 No. 7, arts. 10, 19, 25. A capacity that differs from what the age tells is recorded with it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.suitability.chart import InvestorOwn, investor_accounts
from benyuan.consumer_protection.suitability.facts import Ints, Truths
from benyuan.consumer_protection.suitability.records import INVESTOR, INVESTOR_REGISTERED
from benyuan.consumer_protection.suitability.vocabulary import CAPACITY_NUMBER, Capacity
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import Own
from benyuan.payments.records import INSTITUTION, PERSON
from benyuan.usecases.common import Id, faults_where, numbered, rows


@command("register_investor")
class InvestorFields(Command, frozen=True, kw_only=True):
    """Register `person` as one who may be sold investments; `capacity`: where it differs from what the age tells."""

    person: Id
    capacity: Capacity = Capacity.by_age


class RegisterInvestor(UseCase):
    """Opens the usage accounts."""

    command = InvestorFields
    needs = (
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=INSTITUTION, by="person_institution", prefix="institution"),
        Need(table=INVESTOR, by="person", prefix="investor"),
    )

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A person is registered once."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Not registered yet."""
        return faults_where(case.facts.found("investor"), case.batch, "person", "a person who is no investor here yet")

    def accounts(self, case: Case, goes_on: Truths) -> NDArray[Any]:
        """One usage account for each count."""
        facts = case.facts
        controls = facts["institution_first_account"] + Own.usage_control
        return investor_accounts(books=facts["institution_book"][goes_on], controls=controls[goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The investor, without a test."""
        batch, accepted = decided.case.batch, decided.accepted
        first = numbered(accepted, decided.case.facts.next_account, step=len(InvestorOwn))
        columns = {
            "id": batch.integers("person"),
            "since": batch.on,
            "first_usage": first,
            "capacity": batch.numbers("capacity", CAPACITY_NUMBER),
            **dict.fromkeys(("told", "test", "counted", "tests", "assets_fen", "declared_on"), np.int64(0)),
        }
        return Recorded(results={"first_usage": first}, events=event(INVESTOR_REGISTERED, rows(accepted, **columns)))
