"""A code for one payment, which the payer shows and the merchant scans 付款码 (银发〔2017〕296号, art. 15).

Order of checks: licence, what stops wallet or holder. The number is drawn by the client: nothing below draws lots. It
says nothing of the wallet (art. 18), and nobody guesses one of eighteen digits that is good at the moment.
"""

from collections.abc import Sequence
from typing import Annotated

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.licences import ONLY_LICENSED, holds_licence, licence_gate
from benyuan.payments.payer_codes import CODE_NEED
from benyuan.payments.records import PAYER_CODE_ISSUED
from benyuan.payments.suspension import closed_faults, stops
from benyuan.usecases.common import WALLET_NEEDS, CodeNumber, Id, faults_where, rows
from benyuan.values.dates import END_AT_US


@command("issue_code")
class IssueCode(Command, frozen=True, kw_only=True):
    """Issue the code `payer_code` to `wallet` for one payment before `expires_at` (microseconds since 1970 UTC)."""

    wallet: Id
    payer_code: CodeNumber
    expires_at: Annotated[int, msgspec.Meta(ge=1, le=END_AT_US - 1)]


class IssuePayerCode(UseCase):
    """Decides codes in columns. How long they hold is the institution's choice: the text gives no figure."""

    command = IssueCode
    needs = (*WALLET_NEEDS, CODE_NEED)
    gates = (
        licence_gate(business="internet_payment"),
        Gate(
            rule=ONLY_LICENSED,
            passes=lambda case: holds_licence(case, rule="qr.biz.class", business="code_payer_service"),
            figures=lambda case, place: {"business": "bar-code payment"},
        ),
        *stops(leaving=True),
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A number is issued once."""
        return (batch.integers("payer_code"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The number is new, the expiry is still to come, the wallet is open."""
        batch = case.batch
        over = batch.integers("expires_at") <= batch.at
        return {
            **faults_where(over, batch, "expires_at", "a time after that of the command"),
            **faults_where(case.facts.found("code"), batch, "payer_code", "a number that no code has had"),
            **closed_faults(case, "wallet"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The code, not used yet."""
        batch = decided.case.batch
        columns = rows(
            decided.accepted,
            id=batch.integers("payer_code"),
            wallet=batch.integers("wallet"),
            expires_at=batch.integers("expires_at"),
            used=0,
        )
        return Recorded(results={}, events=event(PAYER_CODE_ISSUED, columns))
