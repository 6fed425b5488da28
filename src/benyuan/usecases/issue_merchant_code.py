"""A code for one payment of one amount, which the merchant shows and the payer scans (银发〔2017〕296号, arts. 18, 41).

Order of checks: licence, what stops the merchant, where it has its place. The number is drawn by the client.
"""

from collections.abc import Sequence
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.licences import ONLY_LICENSED, holds_licence, licence_gate
from benyuan.payments.merchant_codes import MERCHANT_CODE_ISSUED, MERCHANT_CODE_NEED
from benyuan.payments.merchant_stops import BEHIND_MERCHANT, TAKES_PAYMENTS, left_faults
from benyuan.payments.places import IN_PLACE, PLACE_NEEDS
from benyuan.payments.records import INSTITUTION, STANDING
from benyuan.usecases.common import MERCHANT_NEED, CodeNumber, Fen, Id, faults_where, rows
from benyuan.values.dates import END_AT_US


@command("issue_merchant_code")
class IssueShown(Command, frozen=True, kw_only=True):
    """Issue the code `merchant_code` to `merchant` for one payment of `amount_fen` before `expires_at`."""

    merchant: Id
    merchant_code: CodeNumber
    amount_fen: Fen
    expires_at: Annotated[int, msgspec.Meta(ge=1, le=END_AT_US - 1)]


class IssueMerchantCode(UseCase):
    """Decides codes in columns. How long they hold is the institution's choice: the text gives no figure."""

    command = IssueShown
    needs = (
        MERCHANT_NEED,
        *BEHIND_MERCHANT,
        Need(table=INSTITUTION, by="merchant_institution", prefix="institution"),
        Need(table=STANDING, by="merchant_institution", prefix="standing"),
        *PLACE_NEEDS,
        MERCHANT_CODE_NEED,
    )
    gates = (
        licence_gate(business="card_acquiring"),
        Gate(
            rule=ONLY_LICENSED,
            passes=lambda case: holds_licence(case, rule="qr.biz.class", business="code_acquiring_physical"),
            figures=lambda case, place: {"business": "bar-code payment"},
        ),
        *TAKES_PAYMENTS,
        *IN_PLACE,
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A number is issued once."""
        return (batch.integers("merchant_code"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The number is new, the expiry is still to come, the merchant is served."""
        batch = case.batch
        over = batch.integers("expires_at") <= batch.at
        return {
            **faults_where(over, batch, "expires_at", "a time after that of the command"),
            **faults_where(case.facts.found("shown"), batch, "merchant_code", "a number that no code has had"),
            **left_faults(case),
        }

    def record(self, decided: Decided) -> Recorded:
        """The code, not used yet."""
        batch = decided.case.batch
        named = {name: batch.integers(name) for name in ("merchant", "amount_fen", "expires_at")}
        columns = rows(decided.accepted, id=batch.integers("merchant_code"), used=0, **named)
        return Recorded(results={}, events=event(MERCHANT_CODE_ISSUED, columns))
