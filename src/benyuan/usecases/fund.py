"""The institution brings money of its own into the central custody account, from its one filed account of own funds.

Source: PBoC Order [2021] No. 1, art. 33 ¶2.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.decisions.commands import Command, command
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, UseCase
from benyuan.payments.chart import LegCode, Own
from benyuan.usecases.common import INSTITUTION_NEEDS, Fen, Id


@command("fund")
class FundOwn(Command, frozen=True, kw_only=True):
    """Bring `amount_fen` of `institution`'s own money in, through the clearing house."""

    institution: Id
    amount_fen: Fen


class Fund(UseCase):
    """Decides such transfers."""

    command = FundOwn
    needs = INSTITUTION_NEEDS

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Owed by the clearing house, the institution's own."""
        first = case.facts["institution_first_account"]
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        table.add(
            where=goes_on,
            debit=first + Own.clearing_in,
            credit=first + Own.own_funds,
            amount=case.batch.integers("amount_fen"),
            code=LegCode.compensation,
        )
        return table.build()
