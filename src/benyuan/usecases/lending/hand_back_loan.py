"""A borrower thinks again and hands a new loan back: what was drawn, and the interest of the days, and nothing else.

No text gives a borrower such a time; the days are the house's (`cp.house.cooling_off`), from the day after the first
draw on, the last day counting. All of it comes in at once; nothing of the loan may be late, and then its contract's
repayment is the way. It is told of to nobody but as a loan repaid, so its step is that of a loan repaid whole. Worked
number: 10,000.00 at 18% by 30/360, drawn on 1 April, go back on the 8th with 35.00 of interest, and not on the 9th.
"""

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.instalments.falling_due import FellDue, come_to
from benyuan.consumer_finance.instalments.paying import Paid, hand_back
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.commands import Command, command
from benyuan.decisions.usecase import Case, Gate
from benyuan.usecases.common import Fen, Id
from benyuan.usecases.lending.loan_parts import loans_of
from benyuan.usecases.lending.repay_loan import RepayLoan, ladder_of
from benyuan.values.days import days_later

COOLING_OFF = "cp.house.cooling_off"


@command("hand_back_loan")
class HandBack(Command, frozen=True, kw_only=True):
    """`loan` is handed back with `amount_fen`: exactly what was drawn and is left, and the interest of the days."""

    loan: Id
    amount_fen: Fen


def last_on(case: Case) -> Ints:
    """The last day on which each loan may be handed back."""
    return days_later(case.facts["loan_drawn_on"], case.rules.value(id=COOLING_OFF, on=case.batch.on).count)


def _in_time(case: Case) -> Truths:
    return np.asarray(last_on(case) >= case.batch.on, np.bool_)


class HandBackLoan(RepayLoan):
    """A payment of the whole, within the days."""

    command = HandBack
    gates = (
        Gate(
            rule=COOLING_OFF,
            passes=_in_time,
            figures=lambda case, place: {
                "drawn_on": int(case.facts["loan_drawn_on"][place]),
                "last_on": int(last_on(case)[place]),
                "asked_on": case.batch.on,
            },
        ),
    )

    def paid(self, case: Case) -> tuple[list[FellDue], Paid]:
        """The loans come to this morning, and are paid whole."""
        terms, state = loans_of(case)
        on = np.full(len(case.batch), case.batch.on)
        state, rounds = come_to(terms, state, on)
        ladder = ladder_of(case, rounds)
        return rounds, hand_back(terms, state, on=on, amount_fen=case.batch.integers("amount_fen"), ladder=ladder)

    def steps(self, case: Case) -> Ints:
        """A loan repaid whole."""
        return np.full(len(case.batch), int(LoanStep.repaid_whole))
