"""The institution takes fees or own funds out of the reserve, once the main supervisor has passed the proof.

Source: PBoC Order [2021] No. 1, arts. 36, 42. Charges for moving the reserve are never paid from it (art. 37): no
command books them there.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Gate, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.payments.vocabulary import OwnMoney
from benyuan.usecases.common import INSTITUTION_NEEDS, Fen, Id, Reference, Truth

FEE_OUT = "reserve.fee_out"


@command("withdraw_own_money")
class TakeOut(Command, frozen=True, kw_only=True):
    """Take `amount_fen` of `source` out to the one filed own-funds account; `proof`, and whether it was `reviewed`."""

    institution: Id
    amount_fen: Fen
    source: OwnMoney
    proof: Reference
    reviewed: Truth


def passed(case: Case) -> NDArray[np.bool_]:
    """The main supervisor has passed the proof."""
    case.rules.value(id=FEE_OUT, on=case.batch.on)
    return np.array(case.batch.values("reviewed"), np.bool_)


class WithdrawOwnMoney(UseCase):
    """One leg, of what is there and no more."""

    command = TakeOut
    needs = INSTITUTION_NEEDS
    gates = (Gate(rule=FEE_OUT, passes=passed),)
    unfit = {LegCode.fee_withdrawal: ("amount_fen", "no more than the institution's own money there, in fen")}  # noqa: RUF012

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Out of fees or own funds, through the clearing house."""
        first = case.facts["institution_first_account"]
        fees = case.batch.equals("source", OwnMoney.fees.value)
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=first + np.where(fees, Own.fees, Own.own_funds),
            credit=first + Own.clearing_out,
            amount=case.batch.integers("amount_fen"),
            code=LegCode.fee_withdrawal,
        )
        return table.build()
