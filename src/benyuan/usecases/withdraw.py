"""A withdrawal to a bank account, paid out through the clearing house; the money leaves the reserve with the clearing.

To the customer's own bank account, Class I counts it for its lifetime, and on Class II and III no cap stands on it; to
another's it is a payment from balance like any other (PBoC Announcement [2015] No. 43, arts. 11, 12, 24, 35).
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, UseCase
from benyuan.payments.bank_gates import SAME_HOLDER
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.licences import licence_gate
from benyuan.payments.limits import BALANCE_RULES, TRANSFER_RULES, UsageLegs, authentication_number
from benyuan.payments.sellers import SELLER_NEED
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import Authentication
from benyuan.usecases.common import CARD_NEED, WALLET_NEEDS, Fen, Id

NO_OVERDRAFT = "pay.account.no_overdraft"


@command("withdraw")
class Withdraw(Command, frozen=True, kw_only=True):
    """Pay `amount_fen` out of `wallet` to `bank_account`; `authentication` counts where that is another's."""

    wallet: Id
    bank_account: Id
    amount_fen: Fen
    authentication: Authentication = Authentication.one_kind


class WithdrawBalance(UseCase):
    """Decides withdrawals in columns."""

    command = Withdraw
    needs = (*WALLET_NEEDS, SELLER_NEED, CARD_NEED)
    gates = (licence_gate(business="internet_payment"), SAME_HOLDER, *stops(leaving=True))
    rules = (NO_OVERDRAFT, *BALANCE_RULES, *TRANSFER_RULES)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open."""
        return closed_faults(case, "wallet")

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The money leg; the lifetime limit of Class I, or for another's bank account every limit; the agreed ones."""
        batch, facts = case.batch, case.facts
        table = LegTable(at=batch.at, reference=batch.position)
        money = table.add(
            where=goes_on,
            debit=facts["wallet_account"],
            credit=facts["institution_first_account"] + Own.clearing_out,
            amount=batch.integers("amount_fen"),
            code=LegCode.withdrawal,
            rule=self.rules.index(NO_OVERDRAFT),
        )
        usage = UsageLegs(case=case, table=table, rules=self.rules)
        own = facts["card_person"] == facts["wallet_person"]
        usage.count_lifetime(where=goes_on & own, follows=money)
        usage.count_class(where=goes_on & ~own, follows=money)
        usage.count_day(where=goes_on & ~own, authentication=authentication_number(case), follows=money)
        usage.count_transfer(where=goes_on, follows=money)
        return table.build()
