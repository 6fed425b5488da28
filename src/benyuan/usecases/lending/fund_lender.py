"""Money that shareholders pay in or others lend, into the lender's bank account; or back out of it.

Sources: PBoC Order [2023] No. 1, art. 27, and the house rule `rpt.house.money`: where the lender's book is that of a
registered body, the money is somebody's who is named, and between related bodies it is booked under a transaction that
each has recorded. What is paid back frees the limits in which it counted for who gave it. Worked number: 50.00 of a
recorded loan of 80.00 are in; 30.01 more are refused, and 50.00 at most are paid back.
"""

from collections.abc import Mapping
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, LenderOwn
from benyuan.consumer_finance.records import LENDER
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.governance.related.records import RELATED_EXPOSURE, RELATED_TRANSACTION
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id, MaybeId
from benyuan.usecases.group.dated_fact import body_need
from benyuan.usecases.related.freeing import add_freed, freed, freed_facts
from benyuan.usecases.related.money import MONEY_GATE, SIDES, covered, money_facts, money_faults, money_moved


class FundingSource(StrEnum):
    """Whose money it is."""

    equity = "equity"
    borrowing = "borrowing"


@command("fund_lender", version=2)
class Funding(Command, frozen=True, kw_only=True):
    """`amount_fen` comes into the lender's bank account, or is paid back from it.

    `funder`: the body whose money it is, where the lender's book is a body's. Between related ones `transaction` is
    what the lender recorded as taking, and `funders_transaction` what the funder recorded as giving.
    """

    lender: Id
    source: FundingSource
    amount_fen: Fen
    paid_back: bool = False
    funder: MaybeId = 0
    transaction: MaybeId = 0
    funders_transaction: MaybeId = 0


def _back(case: Case) -> NDArray[np.bool_]:
    return np.array(case.batch.values("paid_back"), np.bool_)


def _frees(case: Case) -> NDArray[np.bool_]:
    return np.asarray(_back(case) & case.facts.found("exposure") & covered(case, "funders_transaction"), np.bool_)


class FundLender(UseCase):
    """The bank account against equity or borrowings."""

    command = Funding
    needs = (
        Need(table=LENDER, by="lender", prefix="lender"),
        body_need("funder"),
        *(Need(table=RELATED_TRANSACTION, by=side, prefix=side) for side in SIDES),
        Need(table=RELATED_EXPOSURE, by="funders_transaction", prefix="exposure", via="transaction"),
    )
    gates = (MONEY_GATE,)
    unfit = {LenderLeg.funding: ("amount_fen", "no more than there is, in fen")}  # noqa: RUF012  read only
    surveys = True

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """Whose book it is, what each side has recorded, and what is left under that."""
        row = batch.row(0)
        money = money_facts(
            books,
            rules,
            book=int(facts["lender_book"][0]),
            funder=row["funder"],
            named={side: row[side] for side in SIDES},
            back=row["paid_back"],
            on=batch.on,
            seen=int(batch.position[0]),
        )
        return {**money, **freed_facts(books, facts, amount_fen=row["amount_fen"])}, {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The funder is named where there is one to name."""
        return money_faults(case)

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """One leg of money; where it goes back, one for each limit that it frees."""
        batch, own = case.batch, case.facts["lender_first_account"]
        equity = batch.equals("source", FundingSource.equity.value)
        back = _back(case)
        bank, source = own + LenderOwn.bank, own + np.where(equity, LenderOwn.equity, LenderOwn.borrowings)
        table = LegTable(at=batch.at, reference=batch.position)
        table.add(
            where=goes_on,
            debit=np.where(back, source, bank),
            credit=np.where(back, bank, source),
            amount=batch.integers("amount_fen"),
            code=LenderLeg.funding,
        )
        add_freed(table, case, where=goes_on & _frees(case))
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """What was booked under which transaction, and what came back."""
        case, accepted = decided.case, decided.accepted
        return Recorded(
            results={},
            events=[
                *money_moved(case, accepted, back=_back(case)),
                *freed(case, np.asarray(accepted & _frees(case), np.bool_)),
            ],
        )
