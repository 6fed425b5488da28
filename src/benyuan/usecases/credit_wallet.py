"""The institution credits a wallet from its own money: to make good a loss, yes; as a return on the balance, no.

Sources: PBoC Announcement [2015] No. 43, art. 19; State Council Order 768, art. 24.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Gate, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import CreditReason
from benyuan.usecases.common import WALLET_NEEDS, Fen, Id, Memo

NO_INTEREST = "pay.balance.no_interest"
NO_MISUSE = "pay.reserve.no_misuse"


@command("credit_wallet", personal=("memo",))
class Credit(Command, frozen=True, kw_only=True):
    """Credit `amount_fen` of the institution's own money to `wallet`."""

    wallet: Id
    amount_fen: Fen
    reason: CreditReason
    memo: Memo = ""


def returned(case: Case) -> NDArray[np.bool_]:
    """Where a return on the balance is meant."""
    return case.batch.equals("reason", CreditReason.return_on_balance.value)


def no_return(case: Case) -> NDArray[np.bool_]:
    """No interest and no other return is paid on a balance."""
    returns = returned(case)
    if returns.any():
        case.rules.value(id=NO_INTEREST, on=case.batch.on)
    return ~returns


class CreditWallet(UseCase):
    """Decides such credits; they come out of own money that is there, never out of customers'."""

    command = Credit
    needs = WALLET_NEEDS
    gates = (Gate(rule=NO_INTEREST, passes=no_return, applies=returned), *stops(leaving=False))
    rules = (NO_MISUSE,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open."""
        return closed_faults(case, "wallet")

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """From own funds, which can't be overdrawn: the rest is customers' money."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=case.facts["institution_first_account"] + Own.own_funds,
            credit=case.facts["wallet_account"],
            amount=case.batch.integers("amount_fen"),
            code=LegCode.compensation,
            rule=self.rules.index(NO_MISUSE),
        )
        return table.build()
