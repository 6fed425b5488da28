"""A wallet on the white list of personal static codes that may be paid from afar (银发〔2021〕259号, 一（二）3)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.chart import listed_accounts
from benyuan.payments.personal_codes import REMOTE, STATIC_CODE, STATIC_CODE_ALLOWED, STATIC_CODE_CHANGED
from benyuan.payments.suspension import closed_faults
from benyuan.usecases.common import (
    WALLET_NEEDS,
    Count,
    Id,
    Reference,
    Yyyymmdd,
    faults_where,
    no_such_day,
    numbered,
    rows,
)

ACCOUNTS_EACH = 2


@command("allow_static_code")
class AllowCode(Command, frozen=True, kw_only=True):
    """The static code of `wallet` may be paid from afar until `valid_until`, `uses` times and `limit_fen` in all.

    It takes the place of an earlier entry; 0 uses end it. `reference` is that of the decision.
    """

    wallet: Id
    valid_until: Yyyymmdd
    uses: Count
    limit_fen: Count
    reference: Reference


class AllowStaticCode(UseCase):
    """Opens two accounts that count the uses and the amount of this entry."""

    command = AllowCode
    needs = (*WALLET_NEEDS, Need(table=STATIC_CODE, by="wallet", prefix="listed"))

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A wallet has one entry."""
        return (batch.integers("wallet"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open; the last day exists and has not passed; the rule is in force."""
        case.rules.value(id=REMOTE, on=case.batch.on)
        past = case.batch.integers("valid_until") < case.batch.on
        return {
            **faults_where(past, case.batch, "valid_until", "today or a later day"),
            **no_such_day(case.batch, "valid_until"),
            **closed_faults(case, "wallet"),
        }

    def accounts(self, case: Case, goes_on: NDArray[np.bool_]) -> NDArray[Any]:
        """Two accounts each."""
        return listed_accounts(books=case.facts["institution_book"][goes_on])

    def record(self, decided: Decided) -> Recorded:
        """The entry."""
        case, accepted = decided.case, decided.accepted
        batch, known = case.batch, case.facts.found("listed")
        entry = {
            "id": batch.integers("wallet"),
            "account": numbered(accepted, case.facts.next_account, step=ACCOUNTS_EACH),
            "position": batch.position,
            **{name: batch.integers(name) for name in ("valid_until", "uses", "limit_fen")},
        }
        return Recorded(
            results={},
            events=[
                *event(STATIC_CODE_ALLOWED, rows(accepted & ~known, **entry)),
                *event(STATIC_CODE_CHANGED, rows(accepted & known, **entry)),
            ],
        )
