"""A payment on a loan through the clearing house, for what is due in the product's order; the rest repays it early.

A payment above what is due names how it is early, and none is above what is owed. Each lender gets its part of each
running total. Worked number: 88.85 are due and 500.00 come in as `shorter`: 88.85 pay the instalment, the rest the
interest of the period so far and principal.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.chart import LenderLeg, PartnerOwn
from benyuan.consumer_finance.columns import Ints, where
from benyuan.consumer_finance.instalments.falling_due import FellDue, come_to
from benyuan.consumer_finance.instalments.levels import relevelled
from benyuan.consumer_finance.instalments.paying import Ladder, Paid, PaymentFault, pay
from benyuan.consumer_finance.records import LOAN_STEP
from benyuan.consumer_finance.vocabulary import EARLY_NUMBER, REPAID, Early
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, LegTable
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Fen, Id
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
from benyuan.values.money import yuan_text

WANTED = {
    PaymentFault.above_owed: "no more than the {most} yuan that are owed in all",
    PaymentFault.above_due: "no more than the {most} yuan that are due, or an early repayment named as such",
    PaymentFault.below_interest: "beyond what is due at least the interest of the period so far",
    PaymentFault.not_whole: "exactly the {most} yuan that are owed in all",
    PaymentFault.not_open: "nothing: the loan has ended",
    PaymentFault.late: "nothing by this way: something of the loan is late",
}


@command("repay_loan")
class LoanPayment(Command, frozen=True, kw_only=True):
    """`amount_fen` comes in for `loan`; `early` says what becomes of the part above what is due."""

    loan: Id
    amount_fen: Fen
    early: Early = Early.none


class RepayLoan(UseCase):
    """Decides payments in columns; two of one loan wait for one another."""

    command: type[Command] = LoanPayment
    needs = LOAN_NEEDS
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """What a loan owes is shared by its payments."""
        return (batch.integers("loan"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """The instalments of each loan that fell due and were not whole paid before."""
        del rules
        paid = facts["step_due_total_fen"] - (
            facts["step_due_principal_fen"] + facts["step_interest_made_fen"] - facts["step_interest_paid_fen"]
        )
        return {}, unpaid_instalments(books, loans=batch.integers("loan"), due_step=facts["step_due_step"], paid=paid)

    def paid(self, case: Case) -> tuple[list[FellDue], Paid]:
        """The loans as the payments leave them, and what fell due on the way."""
        return paid_loans(case)

    def steps(self, case: Case) -> Ints:
        """The kinds of step that the payments are."""
        return case.batch.numbers("early", {word: int(step) for word, step in REPAID.items()})

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The loan runs; the payment fits what is due and owed."""
        _, paid = self.paid(case)
        amount, found = case.batch.integers("amount_fen"), standing_faults(case)
        for place in np.flatnonzero(paid.fault).tolist():
            wanted = WANTED[PaymentFault(int(paid.fault[place]))].format(most=yuan_text(int(paid.most_fen[place])))
            found.setdefault(place, Invalid(field="amount_fen", value=int(amount[place]), constraint=wanted))
        return found

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """What came in, by what it is for and by lender; and the limits that it frees."""
        batch, facts = case.batch, case.facts
        _, paid = self.paid(case)
        table = LegTable(at=batch.at, reference=batch.position)
        parts = Parts(case, table)
        before = repaid_before(case)
        for amount, made, own, partner, code in (
            (paid.principal_fen, before, OWN_PRINCIPAL, PartnerOwn.principal, LenderLeg.repaid_principal),
            (
                paid.interest_fen,
                facts["step_interest_paid_fen"],
                OWN_INTEREST,
                PartnerOwn.interest_receivable,
                LenderLeg.repaid_interest,
            ),
            (
                paid.late_fen,
                facts["step_late_paid_fen"],
                OWN_CHARGES,
                PartnerOwn.charges_receivable,
                LenderLeg.repaid_charges,
            ),
        ):
            parts.come_in(where=goes_on & (amount > 0), before=made, amount=amount, own=own, partner=partner, code=code)
        parts.free_usage(where=goes_on, repaid_before=before, principal=paid.principal_fen)
        return table.build()

    def record(self, decided: Decided) -> Recorded:
        """The steps: instalments that fell due on the way, then the payment."""
        case = decided.case
        rounds, paid = self.paid(case)
        kind = self.steps(case)
        amount = case.batch.integers("amount_fen")
        return Recorded(
            results={
                "principal_fen": paid.principal_fen,
                "interest_fen": paid.interest_fen,
                "late_fen": paid.late_fen,
                "level_fen": paid.state.level_fen,
                "left_fen": paid.state.owed_principal_fen,
            },
            events=step_events(decided, rounds, kind=kind, amount_fen=amount, state=paid.state),
        )


def unpaid_instalments(books: Books, *, loans: Ints, due_step: Ints, paid: Ints) -> dict[str, Ints]:
    """Ladders as flows: for each loan the steps, from its latest due day back, whose totals are above what was paid."""
    previous, total = books.column(LOAN_STEP, "previous"), books.column(LOAN_STEP, "due_total_fen")
    on, latest = books.column(LOAN_STEP, "on_date"), books.column(LOAN_STEP, "due_step")
    found: dict[str, list[Ints]] = {"ladder_loan": [], "ladder_on": [], "ladder_total": []}
    step, loan, covered = due_step, loans, paid
    while True:
        kept = np.flatnonzero((step > 0) & (total[step] > covered))
        if len(kept) == 0:
            break
        step, loan, covered = step[kept], loan[kept], covered[kept]
        for name, column in (("ladder_loan", loan), ("ladder_on", on[step]), ("ladder_total", total[step])):
            found[name].append(column)
        step = latest[previous[step]]
    return {name: np.concatenate(parts) if parts else np.zeros(0, np.int64) for name, parts in found.items()}


def paid_loans(case: Case) -> tuple[list[FellDue], Paid]:
    """The loans come to this morning, and are paid."""
    batch = case.batch
    terms, state = loans_of(case)
    on = np.full(len(batch), batch.on)
    state, rounds = come_to(terms, state, on)
    paid = pay(
        terms,
        state,
        on=on,
        amount_fen=batch.integers("amount_fen"),
        early=batch.numbers("early", EARLY_NUMBER),
        ladder=ladder_of(case, rounds),
    )
    if not paid.relevel.any():
        return rounds, paid
    levelled = where(paid.relevel != 0, relevelled(terms, paid.state), paid.state)
    return rounds, Paid(**{name: getattr(paid, name) for name in Paid.__slots__ if name != "state"}, state=levelled)


def ladder_of(case: Case, rounds: Sequence[FellDue]) -> Ladder:
    """The unpaid instalments of each place: those that had fallen due before, and those that have on the way here."""
    flows, loans = case.facts.flows, case.batch.integers("loan")
    order = np.argsort(loans, kind="stable")
    asked = flows["ladder_loan"]
    at = np.minimum(np.searchsorted(loans[order], asked), max(len(loans) - 1, 0))
    mine = np.flatnonzero(loans[order][at] == asked) if len(loans) else np.zeros(0, np.int64)
    return Ladder(
        place=np.concatenate([order[at][mine], *(fell.place for fell in rounds)]),
        on=np.concatenate([flows["ladder_on"][mine], *(fell.on for fell in rounds)]),
        due_total_fen=np.concatenate([flows["ladder_total"][mine], *(fell.state.due_total_fen for fell in rounds)]),
    )
