"""Money that comes in on a loan that was written off: income of the lender, and of the partner for its part."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, PartnerOwn, ProductOwn
from benyuan.consumer_finance.instalments.changing import recover
from benyuan.consumer_finance.instalments.paying import Paid, PaymentFault
from benyuan.consumer_finance.vocabulary import LoanStep, Standing
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Fen, Id
from benyuan.usecases.lending.loan_parts import (
    LOAN_NEEDS,
    Parts,
    loans_of,
    repaid_before,
    standing_faults,
    step_events,
)
from benyuan.values.money import yuan_text


@command("recover_loan")
class LoanRecovery(Command, frozen=True, kw_only=True):
    """`amount_fen` comes in on `loan`, which was written off; no more than stood on it."""

    loan: Id
    amount_fen: Fen


class RecoverLoan(UseCase):
    """Decides recoveries in columns; two of one loan wait for one another."""

    command = LoanRecovery
    needs = LOAN_NEEDS

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What stands on a loan is shared by its recoveries."""
        return (batch.integers("loan"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The loan was written off; no more comes in than stands on it."""
        paid, amount = _recovered(case), case.batch.integers("amount_fen")
        found = standing_faults(case, allowed=(Standing.written_off,))
        for place in np.flatnonzero(paid.fault == PaymentFault.above_owed).tolist():
            wanted = f"no more than the {yuan_text(int(paid.most_fen[place]))} yuan that stand on the loan"
            found.setdefault(place, Invalid(field="amount_fen", value=int(amount[place]), constraint=wanted))
        return found

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """In through clearing, as recoveries; the partner's part lowers its losses."""
        facts, paid = case.facts, _recovered(case)
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        parts = Parts(case, table)
        for before, amount in (
            (repaid_before(case), paid.principal_fen),
            (facts["step_interest_paid_fen"], paid.interest_fen),
            (facts["step_late_paid_fen"], paid.late_fen),
        ):
            parts.come_in(
                where=goes_on & (amount > 0),
                before=before,
                amount=amount,
                own=ProductOwn.recoveries,
                partner=PartnerOwn.losses,
                code=LenderLeg.recovered,
            )
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The step."""
        paid, amount = _recovered(decided.case), decided.case.batch.integers("amount_fen")
        return Recorded(
            results={"left_fen": paid.most_fen - amount},
            events=step_events(decided, (), kind=LoanStep.recovered, amount_fen=amount, state=paid.state),
        )


def _recovered(case: Case) -> Paid:
    terms, state = loans_of(case)
    on = np.full(len(case.batch), case.batch.on)
    return recover(terms, state, on=on, amount_fen=case.batch.integers("amount_fen"))
