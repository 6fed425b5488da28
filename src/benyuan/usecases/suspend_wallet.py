"""The business of one wallet stops: it is on the police list, still suspicious after a check, or frozen by law.

Sources: 银发〔2016〕261号, items 一（二）, 四（十六）; State Council Order 768, art. 27. The holder of a case account
must be verified again within days, or all of the customer's accounts stop.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.records import PERSON, PERSON_STOPS_CHANGED, WALLET, WALLET_STOPS_CHANGED
from benyuan.payments.suspension import CASE, FREEZE, SUSPICIOUS, closed_faults
from benyuan.payments.vocabulary import WALLET_STOP_BIT, WalletStop
from benyuan.usecases.common import Id, Reference, rows
from benyuan.values.dates import add_calendar_days

RULES = {WalletStop.case_account: CASE, WalletStop.suspicious: SUSPICIOUS, WalletStop.lawful_freeze: FREEZE}
WALLET_AND_HOLDER = (
    Need(table=WALLET, by="wallet", prefix="wallet"),
    Need(table=PERSON, by="wallet_person", prefix="person"),
)


@command("suspend_wallet")
class Suspend(Command, frozen=True, kw_only=True):
    """Stop `wallet` for a `stop`; `reference` is that of the list, the order or the case."""

    wallet: Id
    stop: WalletStop
    reference: Reference


def stop_bits(batch: Batch) -> NDArray[np.int64]:
    """The bit of each command's reason."""
    return batch.numbers("stop", {reason.value: bit for reason, bit in WALLET_STOP_BIT.items()})


class SuspendWallet(UseCase):
    """Adds a reason to those for which the wallet stands still."""

    command = Suspend
    needs = WALLET_AND_HOLDER

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The reasons of a wallet are shared; so is its holder's time to be verified again."""
        return (np.zeros(len(batch), np.int64) + 1,)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The wallet is open; the rule that stops it is in force."""
        for reason in set(case.batch.values("stop")):
            case.rules.value(id=RULES[WalletStop(reason)], on=case.batch.on)
        return closed_faults(case, "wallet")

    def record(self, decided: Decided) -> Recorded:
        """The wallet's reasons; for a case account the day by which its holder must be verified again."""
        case, accepted = decided.case, decided.accepted
        batch, facts = case.batch, case.facts
        wallets = {"id": batch.integers("wallet"), "stops": facts["wallet_stops"] | stop_bits(batch)}
        first = accepted & batch.equals("stop", WalletStop.case_account.value) & (facts["person_reverify_by"] == 0)
        by = 0
        if first.any():
            by = add_calendar_days(batch.on, case.rules.value(id=CASE, on=batch.on).count)
        told = {"id": facts["wallet_person"], "reverify_by": by}
        return Recorded(
            results={"reverify_by": np.where(first, by, facts["person_reverify_by"])},
            events=[
                *event(WALLET_STOPS_CHANGED, rows(accepted, **wallets)),
                *event(PERSON_STOPS_CHANGED, rows(first, **told)),
            ],
        )
