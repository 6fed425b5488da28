"""A merchant leaves, after its accounts have been settled 账务清理 (PBoC Announcement [2013] No. 9, art. 18).

Settled means that nothing stands to its credit, that nothing paid for what it makes still waits (`release_sale`), and
that it owes no redemption (`pay_redemption`). Worked number: 1,000.00 sold on 2026-03-10 with five days to cancel wait,
so the maker can leave when they were released and paid out.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_protection.suitability.records import HOLDING, REDEMPTION, SALE
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


@command("exit_merchant", version=2)
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
        """What stands to each merchant's credit, what waits for it and what it owes; the duty to clear it out."""
        del rules
        merchants = batch.integers("merchant")
        return {
            "available_fen": books.available(facts["merchant_account"]),
            "exit_duty": open_duties(books, merchants, kind=DutyKind.merchant_exit),
            "waiting_sales": _count(_waiting(books), merchants),
            "unpaid_redemptions": _count(_owing(books), merchants),
        }, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The merchant is served, has been paid out, and owes nobody."""
        unpaid = case.facts["available_fen"] != 0
        waits, owes = case.facts["waiting_sales"] != 0, case.facts["unpaid_redemptions"] != 0
        return {
            **faults_where(owes, case.batch, "merchant", "a merchant that has paid every redemption of what it makes"),
            **faults_where(waits, case.batch, "merchant", "a merchant for which no money waits of what it has sold"),
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


def _waiting(books: Books) -> NDArray[np.int64]:
    """The merchant of each sale whose money waits."""
    sales = books.ids(HOLDING)[books.column(HOLDING, "released_on") == 0]
    standing = sales[(sales != 0) & (books.column(SALE, "cancelled_on")[sales] == 0)]
    return np.asarray(books.column(SALE, "merchant")[standing], np.int64)


def _owing(books: Books) -> NDArray[np.int64]:
    """The merchant of each redemption that is not paid whole."""
    unpaid = books.column(REDEMPTION, "paid_fen") < books.column(REDEMPTION, "net_fen")
    return books.column(SALE, "merchant")[books.column(REDEMPTION, "sale")[unpaid]]


def _count(found: NDArray[np.int64], merchants: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.array([(found == merchant).sum() for merchant in merchants.tolist()], np.int64)
