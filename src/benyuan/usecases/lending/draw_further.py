"""A further part of a loan that is drawn in parts, within what was offered; the level payment is found anew.

Order of checks: the lender's licence; the product's place on the register; the rate was shown, and the sheet of all
costs shown and confirmed, once for a loan that was begun before the sheet was asked for (金规〔2026〕2号, from
2026-08-01); a student's second source stands; there is evidence of income, and it is fresh; who is a related party, or
draws with a related partner, has the approval that it needs; the same limits hold as for the first part. Each lender
gets its part of the running total. Worked number: of 10,000.00 offered in July 10.00 are drawn on 07-20; the other
9,990.00 are drawn on 08-02 with the sheet of the whole offer, and not without.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import SECOND_SOURCE_STANDS
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.cost_sheet import never_confirmed, of_offer, sheet_gates
from benyuan.consumer_finance.disclosure import RATE_SHOWN
from benyuan.consumer_finance.instalments.changing import Changed, draw_further
from benyuan.consumer_finance.instalments.falling_due import FellDue, come_to
from benyuan.consumer_finance.licence import LENDS_BY_LICENCE, licence_need
from benyuan.consumer_finance.limits import JOINT_RULES, LINE, RATIO_RULES
from benyuan.consumer_finance.records import (
    LENDER_FIGURES,
    LENDER_POLICY,
    LOAN_SHEET,
    LOAN_SHEET_CONFIRMED,
    OFFER,
)
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.sheets_shown import last_shown
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import Legs, Proposals
from benyuan.decisions.usecase import Case, Decided, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id, faults_where, rows
from benyuan.usecases.lending.capacity import STILL_EVIDENCED, income_need
from benyuan.usecases.lending.draw_loan import closed_loans, draw_legs
from benyuan.usecases.lending.loan_parts import (
    LOAN_NEEDS,
    loans_of,
    standing_faults,
    step_events,
)
from benyuan.usecases.lending.publish_loan_terms import LoanFen
from benyuan.usecases.lending.shared import Digest
from benyuan.usecases.on_shelf import CREDIT_APPROVED, credit_on_shelf, suspended_faults
from benyuan.usecases.related.acts import LOANS
from benyuan.usecases.related.joint_gate import JOINT_GATES, asked_of_partners, both
from benyuan.usecases.related.posting_gate import TIED_GATES, asked_of_tied, cut_at_tied, of_borrower, tied_faults


@command("draw_further", version=4)
class FurtherDraw(Command, frozen=True, kw_only=True):
    """Draw `amount_fen` more on `loan`.

    `cost_sheet`: the digest of the sheet of the whole offer that was shown and is confirmed, where it is asked.
    """

    loan: Id
    amount_fen: LoanFen
    cost_sheet: Digest = ""
    rate_shown: bool = True


class DrawFurther(UseCase):
    """Decides further draws in columns; two of one loan wait for one another."""

    command = FurtherDraw
    needs = (
        *LOAN_NEEDS,
        Need(table=OFFER, by="loan_offer", prefix="offer"),
        licence_need("loan_lender"),
        Need(table=LENDER_FIGURES, by="loan_lender", prefix="figures"),
        Need(table=LENDER_POLICY, by="loan_lender", prefix="policy"),
        Need(table=LOAN_SHEET, by="loan", prefix="sheet"),
        *credit_on_shelf("loan_product"),
        income_need("loan_borrower"),
    )
    gates = (
        LENDS_BY_LICENCE,
        *CREDIT_APPROVED,
        RATE_SHOWN,
        *sheet_gates(of_offer, asked=never_confirmed),
        SECOND_SOURCE_STANDS,
        *STILL_EVIDENCED,
        *TIED_GATES,
        *JOINT_GATES,
    )
    rules = (LINE, *RATIO_RULES, *JOINT_RULES)
    surveys = True
    alone = False

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The state of a loan is shared by its draws."""
        return (batch.integers("loan"),)

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """All loans of each lender at its latest close; when the sheet was shown."""
        lenders, borrowers = facts["loan_lender"], facts["loan_borrower"]
        known = {lender: closed_loans(books, lender) for lender in np.unique(lenders).tolist()}
        closed = {"closed_loans_fen": np.array([known[lender] for lender in lenders.tolist()], np.int64)}
        asked = of_borrower(facts, borrowers, what=LOANS, fen=batch.integers("amount_fen"))
        partners = asked_of_partners(batch, facts, books, rules, theirs=_theirs(batch, facts))
        tied, cuts = both(asked_of_tied(batch, books, rules, asked, together=not partners[0]), partners)
        return closed | last_shown(batch, books, borrowers) | tied, cuts

    def decide(self, case: Case) -> Proposals:
        """A batch is cut where what related customers ask does not pass at once."""
        cut_at_tied(case)
        return super().decide(case)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The loan runs, is drawn in parts, has an instalment to come, and so much of the offer is left."""
        batch, facts = case.batch, case.facts
        _, changed = _drawn(case)
        left = facts["offer_amount_fen"] - facts["step_drawn_fen"]
        too_much = np.asarray(batch.integers("amount_fen") > left, np.bool_)
        late = facts["step_oldest_due_on"] != 0
        return {
            **tied_faults(case, field="loan"),
            **faults_where(
                np.asarray(changed.fault != 0, np.bool_), batch, "loan", "a loan with an instalment to come"
            ),
            **faults_where(np.asarray(late, np.bool_), batch, "loan", "a loan of which nothing is late"),
            **faults_where(too_much, batch, "amount_fen", "no more than is left of what was offered"),
            **faults_where(facts["terms_in_parts"] == 0, batch, "loan", "a loan that is drawn in parts"),
            **faults_where(facts["borrower_frozen"] != 0, batch, "loan", "a loan of a borrower who is not frozen"),
            **suspended_faults(case, field="loan"),
            **standing_faults(case),
        }

    def legs(self, case: Case, goes_on: NDArray[np.bool_]) -> Legs:
        """As of a first draw."""
        amount, guaranteed = case.batch.integers("amount_fen"), case.facts["loan_guarantor"] != 0
        theirs = _theirs(case.batch, case.facts.columns)
        return draw_legs(case, goes_on, amount=amount, theirs=theirs, guaranteed=guaranteed, rules=self.rules)

    def record(self, decided: Decided) -> Recorded:
        """The steps: instalments that fell due on the way, then the draw; and that the sheet was confirmed."""
        rounds, changed = _drawn(decided.case)
        batch = decided.case.batch
        amount = batch.integers("amount_fen")
        now = decided.accepted & never_confirmed(decided.case)
        sheets = rows(now, id=batch.integers("loan"), position=batch.position, on_date=batch.on)
        return Recorded(
            results={"level_fen": changed.state.level_fen},
            events=[
                *step_events(decided, rounds, kind=LoanStep.drawn, amount_fen=amount, state=changed.state),
                *event(LOAN_SHEET_CONFIRMED, sheets),
            ],
        )


def _theirs(batch: Batch, facts: Mapping[str, Ints]) -> Ints:
    """The partner's part, of the running total."""
    drawn, share = facts["step_drawn_fen"], facts["loan_share_ppm"]
    return share_of(drawn + batch.integers("amount_fen"), share) - share_of(drawn, share)


def _drawn(case: Case) -> tuple[list[FellDue], Changed]:
    terms, state = loans_of(case)
    on = np.full(len(case.batch), case.batch.on)
    state, rounds = come_to(terms, state, on)
    return rounds, draw_further(terms, state, on=on, amount_fen=case.batch.integers("amount_fen"))
