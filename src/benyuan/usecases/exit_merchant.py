"""A merchant leaves, after its accounts have been settled 账务清理 (PBoC Announcement [2013] No. 9, art. 18)."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.merchant_stops import left_faults
from benyuan.payments.records import DUTY_DONE, MERCHANT_LEFT
from benyuan.payments.sellers import SELLER, SELLER_CHANGED
from benyuan.payments.settlement import open_duties
from benyuan.payments.vocabulary import DutyKind
from benyuan.rules import RulePack
from benyuan.usecases.common import MERCHANT_NEED, Id, Reference, faults_where, rows


@command("exit_merchant")
class Leave(Command, frozen=True, kw_only=True):
    """`merchant` is served no longer; `reference` is that of the notice or the decision."""

    merchant: Id
    reference: Reference


class ExitMerchant(UseCase):
    """Asks that nothing stands to its credit; ends the duty to clear it out."""

    command = Leave
    needs = (MERCHANT_NEED, Need(table=SELLER, by="merchant_principal", prefix="seller"))
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A merchant leaves once."""
        return (batch.integers("merchant"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What stands to each merchant's credit, and the duty to clear it out."""
        del rules
        duty = open_duties(books, batch.integers("merchant"), kind=DutyKind.merchant_exit)
        return {"available_fen": books.available(facts["merchant_account"]), "exit_duty": duty}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The merchant is served, and has been paid out."""
        unpaid = case.facts["available_fen"] != 0
        return {
            **faults_where(unpaid, case.batch, "merchant", "a merchant that has been paid out all it received"),
            **left_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The day; whoever was recognised as a seller for this shop is so no more."""
        case, accepted = decided.case, decided.accepted
        merchant, duty = case.batch.integers("merchant"), case.facts["exit_duty"]
        sells = accepted & (case.facts["seller_merchant"] == merchant)
        done = rows(accepted & (duty != 0), id=duty, done_on=case.batch.on)
        return Recorded(
            results={},
            events=[
                *event(MERCHANT_LEFT, rows(accepted, id=merchant, left_on=case.batch.on)),
                *event(DUTY_DONE, done),
                *event(SELLER_CHANGED, rows(sells, id=case.facts["merchant_principal"], valid_until=0)),
            ],
        )
