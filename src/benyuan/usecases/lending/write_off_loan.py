"""A loan is written off: what is owed on it stands still and goes against the allowance; what comes later is recovered.

The close that follows brings the allowance to what the loans that are left call for, so that the rest becomes expense.
A partner bears its own part. Worked number: 700.00 of principal and 20.00 of interest are ours, 300.00 and 8.57 the
partner's: 720.00 go against our allowance, 308.57 are its loss.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.instalments.accrual import interest_ever, late_ever
from benyuan.consumer_finance.instalments.changing import Changed, write_off
from benyuan.consumer_finance.instalments.falling_due import FellDue, come_to
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Id, Memo
from benyuan.usecases.lending.loan_parts import (
    LOAN_NEEDS,
    OWN_CHARGES,
    OWN_INTEREST,
    OWN_PRINCIPAL,
    Parts,
    loans_of,
    repaid_before,
    standing_faults,
    step_events,
)


@command("write_off_loan", personal=("grounds",))
class LoanWriteOff(Command, frozen=True, kw_only=True):
    """Write `loan` off, on these `grounds`."""

    loan: Id
    grounds: Memo = ""


class WriteOffLoan(UseCase):
    """Decides write-offs in columns; two of one loan wait for one another."""

    command = LoanWriteOff
    needs = LOAN_NEEDS

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The state of a loan is shared by its changes."""
        return (batch.integers("loan"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The loan runs."""
        return standing_faults(case)

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """Against the allowance, and the partner's losses; the limits that are free again."""
        _, gone = _written_off(case)
        facts = case.facts
        table = LegTable(at=case.batch.at, reference=case.batch.position)
        parts = Parts(case, table)
        before = repaid_before(case)
        allowance = facts["product_first_account"] + ProductOwn.allowance_3
        for paid, ever, own, partner in (
            (before, facts["step_drawn_fen"], OWN_PRINCIPAL, PartnerOwn.principal),
            (facts["step_interest_paid_fen"], gone["interest"], OWN_INTEREST, PartnerOwn.interest_receivable),
            (facts["step_late_paid_fen"], gone["late"], OWN_CHARGES, PartnerOwn.charges_receivable),
        ):
            parts.go(where=goes_on, before=paid, amount=ever - paid, own=own, partner=partner, against=allowance)
        parts.free_usage(where=goes_on, repaid_before=before, principal=facts["step_drawn_fen"] - before)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps: instalments that fell due on the way, then the write-off."""
        case = decided.case
        (rounds, changed), gone = _written_off(case)
        owed, theirs = _owed(case, gone)
        return Recorded(
            results={"written_off_fen": owed, "own_part_fen": owed - theirs, "product": case.facts["loan_product"]},
            events=step_events(decided, rounds, kind=LoanStep.written_off, amount_fen=owed, state=changed.state),
        )


def _owed(case: Case, gone: Mapping[str, Ints]) -> tuple[Ints, Ints]:
    """What is written off of principal, interest and late interest in all, and the partner's part of it."""
    facts, share = case.facts, case.facts["loan_share_ppm"]
    owed = theirs = np.zeros(len(case.batch), np.int64)
    for paid, ever in (
        (repaid_before(case), facts["step_drawn_fen"]),
        (facts["step_interest_paid_fen"], gone["interest"]),
        (facts["step_late_paid_fen"], gone["late"]),
    ):
        owed, theirs = owed + ever - paid, theirs + share_of(ever, share) - share_of(paid, share)
    return owed, theirs


def _written_off(case: Case) -> tuple[tuple[list[FellDue], Changed], dict[str, Ints]]:
    """The loans written off on this morning, and all interest and late interest that they ever made."""
    terms, state = loans_of(case)
    on = np.full(len(case.batch), case.batch.on)
    state, rounds = come_to(terms, state, on)
    ever = {"interest": interest_ever(terms, state, on), "late": late_ever(terms, state, on)}
    return (rounds, write_off(terms, state, on=on)), ever
