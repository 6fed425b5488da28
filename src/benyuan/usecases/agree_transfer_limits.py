"""A customer and the institution agree on other daily limits of transfers (银发〔2016〕261号, item 二（十）)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.payments.limits import TRANSFER_RULES
from benyuan.payments.records import PERSON, PERSON_AGREED_TRANSFERS
from benyuan.usecases.common import Fen, Id, rows


@command("agree_transfer_limits")
class AgreeTransfers(Command, frozen=True, kw_only=True):
    """From now on `person` transfers at most `transfer_daily_fen` and `transfer_daily_count` times in a day."""

    person: Id
    transfer_daily_fen: Fen
    transfer_daily_count: Id


class AgreeTransferLimits(UseCase):
    """Records the limits; what the day has counted already stays counted."""

    command = AgreeTransfers
    needs = (Need(table=PERSON, by="person", prefix="person"),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A person has one agreement."""
        return (batch.integers("person"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The rule that asks for the agreement is in force."""
        for rule in TRANSFER_RULES:
            case.rules.value(id=rule, on=case.batch.on)
        return {}

    def record(self, decided: Decided) -> Recorded:
        """The limits on the person."""
        batch = decided.case.batch
        names = ("transfer_daily_fen", "transfer_daily_count")
        limits = rows(decided.accepted, id=batch.integers("person"), **{name: batch.integers(name) for name in names})
        return Recorded(results={}, events=event(PERSON_AGREED_TRANSFERS, limits))
