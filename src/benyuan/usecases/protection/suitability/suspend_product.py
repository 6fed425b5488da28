"""A product taken off sale, and put on sale again (Order 2025 No. 7, art. 7: systems hold back what does not conform).

What was sold stays: art. 22 leaves it to the investor whether to keep it.
"""

from collections.abc import Sequence

from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import SHELF, SHELF_CHANGED
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Memo, faults_where, rows

NEEDS = (Need(table=SHELF, by="product", prefix="shelf"),)


@command("suspend_product", personal=("reason",))
class Suspension(Command, frozen=True, kw_only=True):
    """Take `product` off sale."""

    product: Id
    reason: Memo = ""


@command("resume_product", personal=("reason",))
class Resumption(Command, frozen=True, kw_only=True):
    """Put `product` on sale again."""

    product: Id
    reason: Memo = ""


class SuspendProduct(UseCase):
    """Records the log position of the suspension."""

    command = Suspension
    needs = NEEDS

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """Whether it is suspended."""
        return (batch.integers("product"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is on sale."""
        return faults_where(case.facts["shelf_suspended"] != 0, case.batch, "product", "a product not suspended yet")

    def record(self, decided: Decided) -> Recorded:
        """Suspended."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("product"), suspended=batch.position)
        return Recorded(results={}, events=event(SHELF_CHANGED, columns))


class ResumeProduct(UseCase):
    """Ends the suspension."""

    command = Resumption
    needs = NEEDS

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """Whether it is suspended."""
        return (batch.integers("product"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is suspended."""
        return faults_where(case.facts["shelf_suspended"] == 0, case.batch, "product", "a product that is suspended")

    def record(self, decided: Decided) -> Recorded:
        """On sale again."""
        batch = decided.case.batch
        columns = rows(decided.accepted, id=batch.integers("product"), suspended=0)
        return Recorded(results={}, events=event(SHELF_CHANGED, columns))
