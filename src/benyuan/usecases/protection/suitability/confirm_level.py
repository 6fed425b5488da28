"""A person who was told that their level has changed confirms it; a higher one counts from then on.

Source: Order 2025 No. 7, art. 29. Only the latest result can be confirmed: an older one that pleased better can't.
"""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.facts import Ints, held
from benyuan.consumer_protection.suitability.gates import CONFIRM
from benyuan.consumer_protection.suitability.records import INVESTOR, INVESTOR_CHANGED, TEST, TEST_CONFIRMED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, rows


@command("confirm_level")
class Confirmation(Command, frozen=True, kw_only=True):
    """The person was told the old and the new level of `test`, and confirms the new one."""

    test: Id


class ConfirmLevel(UseCase):
    """Lets the result count, and ends the duty."""

    command = Confirmation
    needs = (
        Need(table=TEST, by="test", prefix="test"),
        Need(table=INVESTOR, by="test_person", prefix="investor"),
        Need(table=PROTECTION_DUTY, by="test_duty", prefix="owed"),
    )

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A result is confirmed once."""
        return (batch.integers("test"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is the person's latest, and waits."""
        held(case, CONFIRM)
        batch, facts = case.batch, case.facts
        older = facts["investor_test"] != batch.integers("test")
        done = (facts["test_duty"] == 0) | (facts["owed_done_on"] != 0)
        return {
            **faults_where(done, batch, "test", "a test that waits to be confirmed"),
            **faults_where(older, batch, "test", "the person's latest test"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The day from which it counts."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        test = batch.integers("test")
        since = np.where(facts["test_counts_from"] != 0, facts["test_counts_from"], batch.on)
        return Recorded(
            results={"level": facts["test_level"]},
            events=[
                *event(TEST_CONFIRMED, rows(accepted, id=test, counts_from=since)),
                *event(INVESTOR_CHANGED, rows(accepted, id=facts["test_person"], counted=test)),
                *event(PROTECTION_DUTY_CHANGED, rows(accepted, id=facts["test_duty"], done_on=batch.on)),
            ],
        )
