"""A person who was told that their level has changed confirms it; a higher one counts from then on.

Source: Order 2025 No. 7, art. 29. Order of checks: told before, with evidence (`tell_level`); long enough ago to have
read it. Only the person can, shown by document, and only the latest result: an older one that pleased better can't be
confirmed. Worked number: told at 10:00:00, it is refused at 10:00:09 and accepted at 10:00:10.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.facts import A_SECOND, READING, Ints, Truths, count_of, held
from benyuan.consumer_protection.suitability.gates import CONFIRM
from benyuan.consumer_protection.suitability.records import INVESTOR_CHANGED, MEANS, MEANS_COUNT, TEST, TEST_CONFIRMED
from benyuan.consumer_protection.suitability.shown import ShownCustomer
from benyuan.consumer_protection.suitability.telling import told_of_tests
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, numbered, rows
from benyuan.usecases.protection.suitability.customers import CUSTOMER_NEEDS, customer_faults
from benyuan.usecases.protection.suitability.tell_level import waits_to_be_confirmed


@command("confirm_level", version=2, personal=("number", "born"), identified=True)
class Confirmation(ShownCustomer, frozen=True, kw_only=True):
    """The person was told the old and the new level of `test`, and confirms the new one."""

    test: Id


def _told(case: Case) -> Truths:
    held(case, CONFIRM)
    return np.asarray(case.facts["told_level"] != 0, np.bool_)


def _seconds(case: Case) -> Ints:
    return np.asarray((case.batch.at - case.facts["told_level_at"]) // A_SECOND, np.int64)


def _read(case: Case) -> Truths:
    return np.asarray(_seconds(case) >= count_of(case, READING), np.bool_)


def _test_figures(case: Case, place: int) -> dict[str, Any]:
    return {"test": int(case.batch.integers("test")[place]), "new_level": int(case.facts["asked_level"][place])}


def _read_figures(case: Case, place: int) -> dict[str, Any]:
    return {"read_seconds": int(_seconds(case)[place]), "least_seconds": count_of(case, READING)}


class ConfirmLevel(UseCase):
    """Lets the result count, and ends the duty. What was stated of assets is confirmed by itself (`confirm_assets`)."""

    command = Confirmation
    needs = (
        *CUSTOMER_NEEDS,
        Need(table=TEST, by="test", prefix="asked"),
        Need(table=PROTECTION_DUTY, by="asked_duty", prefix="owed"),
        Need(table=MEANS, by="person", prefix="means"),
    )
    gates = (
        Gate(rule=CONFIRM, passes=_told, figures=_test_figures),
        Gate(rule=READING, passes=_read, figures=_read_figures),
    )
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A result is confirmed once."""
        return (batch.integers("test"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """When the person was told of this result."""
        del facts, rules
        return told_of_tests(batch.integers("person").tolist(), batch.integers("test").tolist(), books), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Who it is; their latest test, which waits."""
        return {**waits_to_be_confirmed(case, "asked"), **customer_faults(case)}

    def record(self, decided: Decided) -> Recorded:
        """The day from which it counts."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        test = batch.integers("test")
        since = np.where(facts["asked_counts_from"] != 0, facts["asked_counts_from"], batch.on)
        return Recorded(
            results={"level": facts["asked_level"]},
            events=[
                *event(TEST_CONFIRMED, rows(accepted, id=test, counts_from=since)),
                *event(INVESTOR_CHANGED, rows(accepted, id=batch.integers("person"), counted=test)),
                *event(PROTECTION_DUTY_CHANGED, rows(accepted, id=facts["asked_duty"], done_on=batch.on)),
                *event(MEANS_COUNT, _assets_as_they_counted(case, accepted)),
            ],
        )


def _assets_as_they_counted(case: Case, accepted: Truths) -> dict[str, list[int]]:
    """Of a test from before statements of assets had rows: what counted goes on to count, unless it has fallen."""
    batch, facts = case.batch, case.facts
    none = accepted & ~facts.found("means")
    columns = {
        "id": numbered(none, facts.next_ids[MEANS.name]),
        "owner": batch.integers("person"),
        "person": batch.integers("person"),
        "from_date": batch.on,
        "counted_fen": np.minimum(facts["counted_assets_fen"], facts["asked_assets_fen"]),
        "test": facts["investor_counted"],
        "position": batch.position,
    }
    return rows(none, **columns)
