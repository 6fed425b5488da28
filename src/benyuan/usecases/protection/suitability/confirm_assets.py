"""A statement of more assets than before comes to count: by evidence, or when it has stood for some time.

Source: Order 2025 No. 7, arts. 10, 12(2), 13(1): means that change until the sale fits are an answer that was changed
until it fits. The figure is the house's. Worked number: 100,000.00 counted, 500,000.00 stated on 2026-03-10; with a
paper it counts on the day of confirming, without one on 2026-04-09 at the earliest, with 30 days; until then 100,000.00
does.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints, Truths, count_of, given, means_fen, means_rise
from benyuan.consumer_protection.suitability.records import MEANS, MEANS_COUNT
from benyuan.consumer_protection.suitability.shown import ShownCustomer
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.usecases.common import Id, faults_where, numbered, rows
from benyuan.usecases.protection.suitability.customers import CUSTOMER_NEEDS, customer_faults
from benyuan.usecases.protection.suitability.evidence import MaybeDigest, maybe_digest_faults
from benyuan.values.days import days_later

WAIT = "suit.house.assets_wait"


@command("confirm_assets", personal=("number", "born"), identified=True)
class AssetsFields(ShownCustomer, frozen=True, kw_only=True):
    """The person confirms the assets stated with `test`; `evidence`: the digest of the papers, where there are any."""

    test: Id
    evidence: MaybeDigest = ""


def earliest_on(case: Case) -> Ints:
    """The first day on which it can be confirmed without papers."""
    stated = np.where(case.facts["test_on_date"] != 0, case.facts["test_on_date"], case.batch.on)
    return days_later(stated, np.full(len(stated), count_of(case, WAIT)))


def _stood(case: Case) -> Truths:
    return np.asarray(given(case, "evidence") | (earliest_on(case) <= case.batch.on), np.bool_)


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {
        "counted_fen": int(means_fen(case)[place]),
        "stated_fen": int(case.facts["test_assets_fen"][place]),
        "earliest_on": int(earliest_on(case)[place]),
    }


class ConfirmAssets(UseCase):
    """Lets what was stated with the latest test count."""

    command = AssetsFields
    needs = (*CUSTOMER_NEEDS, Need(table=MEANS, by="person", prefix="means"))
    gates = (Gate(rule=WAIT, passes=_stood, figures=_figures),)

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A statement is confirmed once."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """Who it is; their latest test, with which they stated more than counts."""
        batch, facts = case.batch, case.facts
        counts = ~means_rise(case, facts["test_assets_fen"])
        return {
            **maybe_digest_faults(batch, "evidence"),
            **faults_where(counts, batch, "test", "a test with which more assets were stated than count"),
            **faults_where(facts["investor_test"] != batch.integers("test"), batch, "test", "the person's latest test"),
            **customer_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """It counts from today on."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        columns = {
            "id": numbered(accepted, facts.next_ids[MEANS.name]),
            "owner": batch.integers("person"),
            "person": batch.integers("person"),
            "from_date": batch.on,
            "counted_fen": facts["test_assets_fen"],
            "test": batch.integers("test"),
            "position": batch.position,
        }
        return Recorded(
            results={"counted_fen": facts["test_assets_fen"], "before_fen": means_fen(case)},
            events=event(MEANS_COUNT, rows(accepted, **columns)),
        )
