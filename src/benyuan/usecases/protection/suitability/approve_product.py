"""The product committee lets a product be sold on a version of its terms (Order [2020]5 art. 9; 2025 No. 7 art. 8).

Every version has a review of its own: one that nobody approved takes the product off sale from its first day. How a
committee decides is the house's choice; the digest of its minutes is kept, sealed.
"""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import SHELF, SHELF_CHANGED, SHELF_TERMS, SHELF_TERMS_APPROVED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Reference, faults_where, rows


@command("approve_product", personal=("minutes",))
class Approval(Command, frozen=True, kw_only=True):
    """The committee has approved `product` on its version `terms`; `minutes`: the digest of its minutes."""

    product: Id
    terms: Id
    minutes: Reference


class ApproveProduct(UseCase):
    """Records the day, of the version and, the first time, of the product."""

    command = Approval
    needs = (
        Need(table=SHELF, by="product", prefix="shelf"),
        Need(table=SHELF_TERMS, by="terms", prefix="version"),
    )

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A version is approved once."""
        return (batch.integers("product"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The version is the product's, and not approved yet."""
        facts, batch = case.facts, case.batch
        others = facts["version_product"] != batch.integers("product")
        return {
            **faults_where(facts["version_approved_on"] != 0, batch, "terms", "a version that is not approved yet"),
            **faults_where(others, batch, "terms", "a version of this product's terms"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Approved."""
        batch, facts = decided.case.batch, decided.case.facts
        first = np.where(facts["shelf_approved_on"] != 0, facts["shelf_approved_on"], batch.on)
        product = rows(decided.accepted, id=batch.integers("product"), approved_on=first)
        version = rows(decided.accepted, id=batch.integers("terms"), approved_on=batch.on)
        return Recorded(results={}, events=[*event(SHELF_CHANGED, product), *event(SHELF_TERMS_APPROVED, version)])
