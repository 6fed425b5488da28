"""A natural person who sells online is recognised, and treated as a firm (PBoC Announcement [2015] No. 43, art. 34).

Worked case: 200,000.01 of income since 1 May make a seller on 1 November; 200,000.00 do not, nor does 31 October.
"""

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
from benyuan.payments.records import INSTITUTION, PERSON, STANDING
from benyuan.payments.sellers import IS_SELLER, SELLER, SELLER_CHANGED, SELLER_RECOGNISED, has_filed
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, MerchantKind
from benyuan.rules import RulePack
from benyuan.usecases.common import (
    MERCHANT_NEED,
    Count,
    Id,
    Reference,
    Truth,
    Yyyymmdd,
    faults_where,
    no_such_day,
    rows,
)


@command("recognise_seller")
class Recognise(Command, frozen=True, kw_only=True):
    """The person behind `merchant`, an individual seller, is treated as a firm up to `valid_until`; again, renewed.

    The platform has examined and registered the person (`platform_registered`); trading online since `trading_since`,
    it has received `income_fen` by then. `reference` is that of the decision.
    """

    merchant: Id
    platform_registered: Truth
    trading_since: Yyyymmdd
    income_fen: Count
    valid_until: Yyyymmdd
    reference: Reference


class RecogniseSeller(UseCase):
    """Records up to when; what the seller may do follows from it and from the institution's rating of each day."""

    command = Recognise
    needs = (
        MERCHANT_NEED,
        Need(table=PERSON, by="merchant_principal", prefix="person"),
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
        Need(table=STANDING, by="merchant_institution", prefix="standing"),
        Need(table=SELLER, by="merchant_principal", prefix="seller"),
    )
    gates = (IS_SELLER,)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A person is recognised for one shop, and may have several: each command stands alone."""
        return (np.ones(len(batch), np.int64),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whether the institution has filed the scheme."""
        del rules
        filed = has_filed(books, facts["merchant_institution"], on=batch.on)
        return {"scheme_filed": filed.astype(np.int64)}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """An individual seller that is served; the trading has begun, the last day is still to come."""
        batch = case.batch
        others = case.facts["merchant_kind"] != MERCHANT_KIND_NUMBER[MerchantKind.individual_seller]
        past, to_come = batch.integers("valid_until") < batch.on, batch.integers("trading_since") > batch.on
        return {
            **faults_where(past, batch, "valid_until", "today or a later day"),
            **faults_where(to_come, batch, "trading_since", "today or a day before"),
            **faults_where(others, batch, "merchant", "a merchant of the kind individual_seller"),
            **left_faults(case),
            **no_such_day(batch, "valid_until"),
            **no_such_day(batch, "trading_since"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The person, the shop and the last day."""
        case, accepted = decided.case, decided.accepted
        batch, known = case.batch, case.facts.found("seller")
        entry = {
            "id": case.facts["merchant_principal"],
            "merchant": batch.integers("merchant"),
            "valid_until": batch.integers("valid_until"),
            "position": batch.position,
        }
        return Recorded(
            results={"person": case.facts["merchant_principal"]},
            events=[
                *event(SELLER_RECOGNISED, rows(accepted & ~known, **entry)),
                *event(SELLER_CHANGED, rows(accepted & known, **entry)),
            ],
        )
