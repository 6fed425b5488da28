"""A merchant takes another plan of fees, knowing it and agreeing to it (PBoC Order [2024] No. 4, art. 62)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, UseCase
from benyuan.payments.records import FEE_PLAN, FEE_PLAN_AGREED
from benyuan.usecases.common import MERCHANT_NEED, Id, Truth, faults_where, rows

DISCLOSED = "pay.fee.disclose"


@command("agree_fee_plan")
class Agree(Command, frozen=True, kw_only=True):
    """From now on `merchant` pays by `plan`; `agreed`: it knows its items and rates, and agrees."""

    merchant: Id
    plan: Id
    agreed: Truth


def known_and_agreed(case: Case) -> NDArray[np.bool_]:
    """Nothing is taken that was not shown and agreed to."""
    case.rules.value(id=DISCLOSED, on=case.batch.on)
    return np.array(case.batch.values("agreed"), np.bool_)


class AgreeFeePlan(UseCase):
    """Records the merchant's plan."""

    command = Agree
    needs = (MERCHANT_NEED, Need(table=FEE_PLAN, by="plan", prefix="plan"))
    gates = (Gate(rule=DISCLOSED, passes=known_and_agreed),)

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """A merchant has one plan."""
        return (batch.integers("merchant"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The plan is one of the merchant's institution."""
        elsewhere = case.facts["plan_institution"] != case.facts["merchant_institution"]
        return faults_where(elsewhere, case.batch, "plan", "a plan of the merchant's institution")

    def record(self, decided: Decided) -> Recorded:
        """The plan on the merchant."""
        batch = decided.case.batch
        agreed = rows(decided.accepted, id=batch.integers("merchant"), fee_plan=batch.integers("plan"))
        return Recorded(results={}, events=event(FEE_PLAN_AGREED, agreed))
