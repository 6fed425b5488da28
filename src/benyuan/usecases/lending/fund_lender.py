"""Money that shareholders pay in or others lend, into the lender's bank account; or back out of it."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn
from benyuan.consumer_finance.records import LENDER
from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, UseCase
from benyuan.usecases.common import Fen, Id


class FundingSource(StrEnum):
    """Whose money it is."""

    equity = "equity"
    borrowing = "borrowing"


@command("fund_lender")
class Funding(Command, frozen=True, kw_only=True):
    """`amount_fen` comes into the lender's bank account, or is paid back from it."""

    lender: Id
    source: FundingSource
    amount_fen: Fen
    paid_back: bool = False


class FundLender(UseCase):
    """The bank account against equity or borrowings."""

    command = Funding
    needs = (Need(table=LENDER, by="lender", prefix="lender"),)
    unfit = {LenderLeg.funding: ("amount_fen", "no more than there is, in fen")}  # noqa: RUF012  read only

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One leg."""
        batch, own = case.batch, case.facts["lender_first_account"]
        equity = batch.equals("source", FundingSource.equity.value)
        back = np.array(batch.values("paid_back"), np.bool_)
        bank, source = own + LenderOwn.bank, own + np.where(equity, LenderOwn.equity, LenderOwn.borrowings)
        table = LegTable(at=batch.at, reference=batch.position)
        table.add(
            where=goes_on,
            debit=np.where(back, source, bank),
            credit=np.where(back, bank, source),
            amount=batch.integers("amount_fen"),
            code=LenderLeg.funding,
        )
        return table.build()
