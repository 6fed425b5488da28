"""A wallet is closed by its holder: the balance is paid out to the holder's own bank account, and it is over.

Class I counts the payment for its lifetime like any withdrawal (PBoC Announcement [2015] No. 43, art. 11(1)): what is
above goes out after an upgrade. A refund that comes later goes to the same bank account.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.ledger import AMOUNT_MAX, LegFlag
from benyuan.payments.bank_gates import SAME_HOLDER
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.freezes import NOTHING_FROZEN
from benyuan.payments.limits import CLASS_RULES, UsageLegs
from benyuan.payments.records import PERSON_GAINED_WALLET, WALLET_CLOSED
from benyuan.payments.sellers import SELLER_NEED
from benyuan.payments.suspension import closed_faults, stops
from benyuan.payments.vocabulary import WALLET_CLASS_NUMBER, WalletClass
from benyuan.usecases.common import CARD_NEED, WALLET_NEEDS, Id, faults_where, rows
from benyuan.usecases.pay import moved_by


@command("close_wallet")
class CloseAccount(Command, frozen=True, kw_only=True):
    """Pay the balance of `wallet` out to `bank_account`, the holder's own, and close it."""

    wallet: Id
    bank_account: Id


class CloseWallet(UseCase):
    """One money leg that takes all there is."""

    command = CloseAccount
    needs = (*WALLET_NEEDS, SELLER_NEED, CARD_NEED)
    gates = (SAME_HOLDER, *stops(leaving=True), NOTHING_FROZEN)
    rules = CLASS_RULES

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A wallet is closed once, and a person's count of wallets is shared: each command stands alone."""
        return (np.ones(len(batch), np.int64),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open, and the bank account the holder's own."""
        others = case.facts["card_person"] != case.facts["wallet_person"]
        wrong = faults_where(others, case.batch, "bank_account", "a bank account of the wallet's own holder")
        return {**wrong, **closed_faults(case, "wallet")}

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """The balance, on its way to the bank account; Class I counts it."""
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        money = table.add(
            where=goes_on,
            debit=case.facts["wallet_account"],
            credit=case.facts["institution_first_account"] + Own.clearing_out,
            amount=AMOUNT_MAX,
            code=LegCode.withdrawal,
            flags=LegFlag.balancing_debit,
        )
        UsageLegs(case=case, table=table, rules=self.rules).count_lifetime(where=goes_on, follows=money)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What was paid out; the wallet no more among the person's."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        third = facts["wallet_class"] == WALLET_CLASS_NUMBER[WalletClass.III]
        closed = {"id": batch.integers("wallet"), "closed_on": batch.on, "closed_to": batch.integers("bank_account")}
        left = {
            "id": facts["wallet_person"],
            "wallets": facts["person_wallets"],
            "class3_wallets": facts["person_class3_wallets"] - third,
            "agreed_daily_fen": facts["person_agreed_daily_fen"],
        }
        return Recorded(
            results={"paid_fen": moved_by(decided, LegCode.withdrawal)},
            events=[
                *event(WALLET_CLOSED, rows(accepted, **closed)),
                *event(PERSON_GAINED_WALLET, rows(accepted, **left)),
            ],
        )
