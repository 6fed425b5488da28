"""A top-up from a bank account: the wallet is credited at once and one to one, the clearing house owes the money."""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, UseCase
from benyuan.payments.bank_gates import MANDATE, SAME_HOLDER
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.licences import licence_gate
from benyuan.payments.limits import TRANSFER_RULES, UsageLegs
from benyuan.payments.suspension import closed_faults, stops
from benyuan.usecases.common import CARD_NEED, WALLET_NEEDS, Fen, Id


@command("top_up")
class TopUp(Command, frozen=True, kw_only=True):
    """Bring `amount_fen` from `bank_account` into `wallet`."""

    wallet: Id
    bank_account: Id
    amount_fen: Fen


class TopUpWallet(UseCase):
    """Decides top-ups in columns."""

    command = TopUp
    needs = (*WALLET_NEEDS, CARD_NEED)
    gates = (licence_gate(business="internet_payment"), SAME_HOLDER, MANDATE, *stops(leaving=False))
    rules = TRANSFER_RULES

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open."""
        return closed_faults(case, "wallet")

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The money leg, and what was agreed on transfers."""
        batch, facts = case.batch, case.facts
        table = LegTable(at=batch.at, reference=batch.position)
        money = table.add(
            where=goes_on,
            debit=facts["institution_first_account"] + Own.clearing_in,
            credit=facts["wallet_account"],
            amount=batch.integers("amount_fen"),
            code=LegCode.top_up,
        )
        usage = UsageLegs(case=case, table=table, rules=self.rules)
        usage.count_transfer(where=goes_on, follows=money)
        return table.build()
