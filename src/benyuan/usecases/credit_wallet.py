"""The institution credits a wallet from its own money: to make good a loss, yes; as a return on the balance, no.

Sources: PBoC Announcement [2015] No. 43, art. 19; State Council Order 768, art. 24. A loss is made good from the risk
provision as far as it goes, and from own funds beyond it.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.ledger import AMOUNT_MAX, LegFlag
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.provision import PROVISION
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import CreditReason
from benyuan.usecases.common import WALLET_NEEDS, Fen, Id, Memo
from benyuan.usecases.pay import moved_by

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
    needs = (*WALLET_NEEDS, Need(table=PROVISION, by="wallet_institution", prefix="provision"))
    gates = (Gate(rule=NO_INTEREST, passes=no_return, applies=returned), *stops(leaving=False))
    rules = (NO_MISUSE,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open."""
        return closed_faults(case, "wallet")

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """From own funds, which can't be overdrawn: the rest is customers' money."""
        facts, amount = case.facts, case.batch.integers("amount_fen")
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        provided = goes_on & facts.found("provision")
        common: dict[str, Any] = {"credit": facts["wallet_account"]}
        rest: dict[str, Any] = {
            "debit": facts["institution_first_account"] + Own.own_funds,
            "code": LegCode.compensation,
            "rule": self.rules.index(NO_MISUSE),
        }
        first = table.add(
            where=provided,
            debit=facts["provision_account"],
            amount=amount,
            code=LegCode.compensation_provision,
            flags=LegFlag.balancing_debit,
            **common,
        )
        follows: dict[str, Any] = {"flags": LegFlag.following_left, "follows_line": first}
        table.add(where=provided, amount=AMOUNT_MAX, **common, **rest, **follows)
        table.add(where=goes_on & ~facts.found("provision"), amount=amount, **common, **rest)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """How much of it the provision gave."""
        return Recorded(results={"provision_fen": moved_by(decided, LegCode.compensation_provision)})
