"""The product committee lets a product be sold (Order 2025 No. 7, art. 8: review while it is designed).

How a committee decides is the house's choice; the digest of its minutes is kept, sealed.
"""

from collections.abc import Sequence

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import SHELF, SHELF_CHANGED, SHELF_TERMS_IN_FORCE
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Reference, faults_where, rows


@command("approve_product", personal=("minutes",))
class Approval(Command, frozen=True, kw_only=True):
    """The committee has approved `product`; `minutes`: the digest of its minutes."""

    product: Id
    minutes: Reference


class ApproveProduct(UseCase):
    """Records the day; a product is approved once."""

    command = Approval
    needs = (
        Need(table=SHELF, by="product", prefix="shelf"),
        Need(table=SHELF_TERMS_IN_FORCE, by="product", prefix="terms"),
    )

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A product is approved once."""
        return (batch.integers("product"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It has terms in force, which the committee has seen, and is not approved yet."""
        facts, batch = case.facts, case.batch
        return {
            **faults_where(~facts.found("terms"), batch, "product", "a product whose terms have begun"),
            **faults_where(facts["shelf_approved_on"] != 0, batch, "product", "a product that is not approved yet"),
        }

    def record(self, decided: Decided) -> Recorded:
        """Approved."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("product"), approved_on=batch.on)
        return Recorded(results={}, events=event(SHELF_CHANGED, columns))
