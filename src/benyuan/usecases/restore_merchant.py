"""A reason for which a merchant took no payments ends: cleared of suspicion, or taken off the black list."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.payments.merchant_stops import left_faults, stop_bits
from benyuan.payments.records import DUTY_DONE, MERCHANT_STOPS_CHANGED
from benyuan.payments.settlement import open_duties
from benyuan.payments.vocabulary import DutyKind, MerchantStop
from benyuan.rules import RulePack
from benyuan.usecases.common import MERCHANT_NEED, Id, Reference, faults_where, rows


@command("restore_merchant")
class RestoreShop(Command, frozen=True, kw_only=True):
    """End a `stop` of `merchant`; `reference` is that of the decision to end it."""

    merchant: Id
    stop: MerchantStop
    reference: Reference


class RestoreMerchant(UseCase):
    """Takes away one reason; with the listing the duty to clear the merchant out ends as well."""

    command = RestoreShop
    needs = (MERCHANT_NEED,)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The reasons of a merchant are shared."""
        return (batch.integers("merchant"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The duty to clear each merchant out."""
        del facts, rules
        return {"exit_duty": open_duties(books, batch.integers("merchant"), kind=DutyKind.merchant_exit)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """There is such a stop to end, and nothing else ends it."""
        free = (case.facts["merchant_stops"] & stop_bits(case.batch)) == 0
        checked = case.batch.equals("stop", MerchantStop.unverified.value)
        return {
            **faults_where(checked, case.batch, "merchant", "another reason; reverify_merchant ends this one"),
            **faults_where(free, case.batch, "merchant", "a merchant that is stopped for this reason"),
            **left_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The reasons that are left."""
        case, accepted = decided.case, decided.accepted
        batch, duty = case.batch, case.facts["exit_duty"]
        left = {"id": batch.integers("merchant"), "stops": case.facts["merchant_stops"] & ~stop_bits(batch)}
        ended = accepted & batch.equals("stop", MerchantStop.black_list.value) & (duty != 0)
        return Recorded(
            results={},
            events=[
                *event(MERCHANT_STOPS_CHANGED, rows(accepted, **left)),
                *event(DUTY_DONE, rows(ended, id=duty, done_on=batch.on)),
            ],
        )
