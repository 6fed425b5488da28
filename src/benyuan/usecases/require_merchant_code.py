"""A person with clear features of a business needs a merchant's code from now on (银发〔2021〕259号, 一（二）3)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.personal_codes import BUSINESS, BUSINESS_CHANGED, BUSINESS_FOUND, BUSINESS_PERSON
from benyuan.payments.records import PERSON
from benyuan.usecases.common import Id, Reference, Truth, rows


@command("require_merchant_code")
class RequireCode(Command, frozen=True, kw_only=True):
    """The personal codes of `person` take nothing from now on; not `required`: they do again."""

    person: Id
    reference: Reference
    required: Truth = True


class RequireMerchantCode(UseCase):
    """Records the day of the finding."""

    command = RequireCode
    needs = (
        Need(table=PERSON, by="person", prefix="person"),
        Need(table=BUSINESS_PERSON, by="person", prefix="trader"),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What is known of a person is shared."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The rule is in force."""
        case.rules.value(id=BUSINESS, on=case.batch.on)
        return {}

    def record(self, decided: Decided) -> Recorded:
        """Since when."""
        case, accepted = decided.case, decided.accepted
        batch, known = case.batch, case.facts.found("trader")
        since = np.where(np.array(batch.values("required"), np.bool_), batch.on, 0)
        found = {"id": batch.integers("person"), "since": since, "position": batch.position}
        return Recorded(
            results={},
            events=[
                *event(BUSINESS_FOUND, rows(accepted & ~known, **found)),
                *event(BUSINESS_CHANGED, rows(accepted & known, **found)),
            ],
        )
