"""A sale of high risk to somebody old is followed up by a call or a visit (Order 2025 No. 7, art. 18).

The article names following up as one kind of care and no day; the house asks for it after every such sale.
"""

from collections.abc import Sequence

from benyuan.consumer_protection.records import PROTECTION_DUTY, PROTECTION_DUTY_CHANGED
from benyuan.consumer_protection.suitability.facts import Ints
from benyuan.consumer_protection.suitability.records import SALE
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Memo, faults_where, rows


@command("follow_up_sale", personal=("findings",))
class FollowUp(Command, frozen=True, kw_only=True):
    """The customer of `sale` was called or visited; `findings`: what they said."""

    sale: Id
    findings: Memo = ""


class FollowUpSale(UseCase):
    """Ends the duty."""

    command = FollowUp
    needs = (Need(table=SALE, by="sale", prefix="sale"), Need(table=PROTECTION_DUTY, by="sale_duty", prefix="owed"))

    def conflicts(self, batch: Batch) -> Sequence[Ints]:
        """A duty is done once."""
        return (batch.integers("sale"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """It is owed, and not done."""
        done = (case.facts["sale_duty"] == 0) | (case.facts["owed_done_on"] != 0)
        return faults_where(done, case.batch, "sale", "a sale that is still to be followed up")

    def record(self, decided: Decided) -> Recorded:
        """Done today."""
        columns = rows(decided.accepted, id=decided.case.facts["sale_duty"], done_on=decided.case.batch.on)
        return Recorded(results={}, events=event(PROTECTION_DUTY_CHANGED, columns))
