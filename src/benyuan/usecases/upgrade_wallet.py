"""A wallet of a higher class, after the verification that it asks for (PBoC Announcement [2015] No. 43, art. 11)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.identity import KEPT_DOCUMENT
from benyuan.payments.licences import licence_gate
from benyuan.payments.records import PERSON_GAINED_WALLET, WALLET_UPGRADED
from benyuan.payments.suspension import NO_NEW_ACCOUNT, closed_faults, stops
from benyuan.payments.vocabulary import WALLET_CLASS_NUMBER, WalletClass
from benyuan.usecases.common import WALLET_NEEDS, Count, Id, Truth, faults_where, rows
from benyuan.usecases.open_wallet import CLASS3_COUNT, class_numbers, verified_enough


@command("upgrade_wallet")
class Upgrade(Command, frozen=True, kw_only=True):
    """Make `wallet` one of `wallet_class`, verified through so many lawful external channels, or face to face."""

    wallet: Id
    wallet_class: WalletClass
    channels: Count
    face_to_face: Truth = False


class UpgradeWallet(UseCase):
    """The same account under other limits; what was counted stays counted."""

    command = Upgrade
    needs = WALLET_NEEDS
    gates = (
        licence_gate(business="internet_payment"),
        KEPT_DOCUMENT,
        *NO_NEW_ACCOUNT,
        *stops(leaving=False),
        *(verified_enough(number) for number in WALLET_CLASS_NUMBER.values()),
        CLASS3_COUNT,
    )

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A person's count of wallets is shared, and the person is not named: each command stands alone."""
        return (np.ones(len(batch), np.int64),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open and of a lower class."""
        held = class_numbers(case) <= case.facts["wallet_class"]
        lower = faults_where(held, case.batch, "wallet", "a wallet of a lower class than the one asked for")
        return {**lower, **closed_faults(case, "wallet")}

    def record(self, decided: Decided) -> Recorded:
        """The wallet's class, and the person's count of Class III."""
        case, accepted = decided.case, decided.accepted
        number = class_numbers(case)
        person = {
            "id": case.facts["wallet_person"],
            "wallets": case.facts["person_wallets"],
            "class3_wallets": case.facts["person_class3_wallets"] + (number == WALLET_CLASS_NUMBER[WalletClass.III]),
            "agreed_daily_fen": case.facts["person_agreed_daily_fen"],
        }
        upgraded = {"id": case.batch.integers("wallet"), "class": number}
        return Recorded(
            results={},
            events=[
                *event(WALLET_UPGRADED, rows(accepted, **upgraded)),
                *event(PERSON_GAINED_WALLET, rows(accepted, **person)),
            ],
        )
