"""A merchant is verified again (银发〔2021〕259号, item 二（一）; PBoC Announcement [2013] No. 9, art. 20)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.merchant_stops import left_faults
from benyuan.payments.records import MERCHANT_REVERIFIED
from benyuan.payments.vocabulary import MERCHANT_STOP_BIT, MerchantStop
from benyuan.usecases.common import MERCHANT_NEED, Id, Reference, rows


@command("reverify_merchant")
class ReverifyShop(Command, frozen=True, kw_only=True):
    """Record that `merchant` has been verified again; `reference` is that of the record of it."""

    merchant: Id
    reference: Reference


class ReverifyMerchant(UseCase):
    """Records the day; a merchant that was stopped for want of it takes payments again."""

    command = ReverifyShop
    needs = (MERCHANT_NEED,)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The reasons of a merchant are shared."""
        return (batch.integers("merchant"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The merchant is served."""
        return left_faults(case)

    def record(self, decided: Decided) -> Recorded:
        """The day, and the reasons that are left."""
        batch = decided.case.batch
        stops = decided.case.facts["merchant_stops"] & ~np.int64(MERCHANT_STOP_BIT[MerchantStop.unverified])
        verified = rows(decided.accepted, id=batch.integers("merchant"), stops=stops, verified_on=batch.on)
        return Recorded(results={}, events=event(MERCHANT_REVERIFIED, verified))
