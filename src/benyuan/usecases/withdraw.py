"""A withdrawal to a bank account, paid out through the clearing house; the money leaves the reserve with the clearing.

To the customer's own bank account, Class I counts it for its lifetime, and on Class II and III no cap stands on it; to
another's it is a payment from balance like any other (PBoC Announcement [2015] No. 43, arts. 11, 12, 24, 35). Small
ones are free; a fee of a larger one is taken besides, as it was published and shown (State Council Order 768, art. 34).
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Gate, UseCase
from benyuan.payments.bank_gates import SAME_HOLDER
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.fees import WITHDRAWAL_FEE, withdrawal_fee_fen
from benyuan.payments.licences import licence_gate
from benyuan.payments.limits import BALANCE_RULES, TRANSFER_RULES, UsageLegs, authentication_number
from benyuan.payments.sellers import SELLER_NEED
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import Authentication
from benyuan.usecases.common import CARD_NEED, WALLET_NEEDS, Count, Fen, Id

DISCLOSED = "pay.fee.disclose"
NO_OVERDRAFT = "pay.account.no_overdraft"


@command("withdraw", version=2)
class Withdraw(Command, frozen=True, kw_only=True):
    """Pay `amount_fen` out of `wallet` to `bank_account`; `authentication` counts where that is another's.

    `fee_fen` is the fee that was shown to the customer and agreed to, taken besides; nothing else is taken.
    """

    wallet: Id
    bank_account: Id
    amount_fen: Fen
    authentication: Authentication = Authentication.one_kind
    fee_fen: Count = 0


def fee_of(case: Case) -> NDArray[np.int64]:
    """The fee by what the institution has published; small withdrawals are free."""
    rate, free = case.facts["fee_rate_ppm"], case.facts["fee_free_each_fen"]
    return withdrawal_fee_fen(case.batch.integers("amount_fen"), rate_ppm=rate, free_each_fen=free)


def has_fee(case: Case) -> NDArray[np.bool_]:
    """Where a fee is to be taken, or was shown."""
    return np.asarray((fee_of(case) != 0) | (case.batch.integers("fee_fen") != 0), np.bool_)


def as_shown(case: Case) -> NDArray[np.bool_]:
    """The fee that is taken is the one that was shown, and no other."""
    charged = has_fee(case)
    if charged.any():
        case.rules.value(id=DISCLOSED, on=case.batch.on)
    return np.asarray(case.batch.integers("fee_fen") == fee_of(case), np.bool_)


class WithdrawBalance(UseCase):
    """Decides withdrawals in columns."""

    command = Withdraw
    needs = (
        *WALLET_NEEDS,
        SELLER_NEED,
        CARD_NEED,
        Need(table=WITHDRAWAL_FEE, by="wallet_institution", prefix="fee"),
    )
    gates = (
        licence_gate(business="internet_payment"),
        SAME_HOLDER,
        *stops(leaving=True),
        Gate(
            rule=DISCLOSED,
            passes=as_shown,
            figures=lambda case, place: {
                "fee_fen": int(fee_of(case)[place]),
                "shown_fen": int(case.batch.integers("fee_fen")[place]),
            },
            applies=has_fee,
        ),
    )
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
        fee = fee_of(case)
        table.add(
            where=goes_on & (fee > 0),
            debit=facts["wallet_account"],
            credit=facts["institution_first_account"] + Own.fees,
            amount=fee,
            code=LegCode.withdrawal_fee,
            rule=self.rules.index(NO_OVERDRAFT),
        )
        usage = UsageLegs(case=case, table=table, rules=self.rules)
        own = facts["card_person"] == facts["wallet_person"]
        usage.count_lifetime(where=goes_on & own, follows=money)
        usage.count_class(where=goes_on & ~own, follows=money)
        usage.count_day(where=goes_on & ~own, authentication=authentication_number(case), follows=money)
        usage.count_transfer(where=goes_on, follows=money)
        return table.build()
