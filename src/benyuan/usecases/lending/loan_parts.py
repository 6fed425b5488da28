"""What the use cases of loans share: needs, the loan and its state from facts, the legs of either lender's part."""

from collections.abc import Sequence

import numpy as np

from benyuan.consumer_finance.chains import Chains
from benyuan.consumer_finance.chart import BorrowerOwn, LenderLeg, LenderOwn, PartnerOwn, ProductOwn
from benyuan.consumer_finance.columns import Ints, Truths, taken
from benyuan.consumer_finance.instalments.falling_due import FellDue
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.reading import loan_state, loan_terms
from benyuan.consumer_finance.records import (
    BORROWER,
    LENDER,
    LOAN,
    LOAN_MOVED,
    LOAN_STEP,
    LOAN_STEPPED,
    LOAN_TERMS,
    PARTNER,
    PRODUCT,
)
from benyuan.consumer_finance.rounding import share_of
from benyuan.consumer_finance.vocabulary import LoanStep, Standing
from benyuan.decisions.events import Event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.proposals import LegTable
from benyuan.decisions.usecase import Case, Decided

LOAN_NEEDS = (
    Need(table=LOAN, by="loan", prefix="loan"),
    Need(table=BORROWER, by="loan_borrower", prefix="borrower"),
    Need(table=LENDER, by="loan_lender", prefix="lender"),
    Need(table=PRODUCT, by="loan_product", prefix="product"),
    Need(table=PARTNER, by="loan_partner", prefix="partner"),
    Need(table=LOAN_TERMS, by="loan_terms", prefix="terms"),
    Need(table=LOAN_STEP, by="loan_last_step", prefix="step"),
)
"""A loan, whose it is, its terms and state, and where the entries go."""


def loans_of(case: Case) -> tuple[LoanTerms, LoanState]:
    """Terms and states of the loans of a batch."""
    facts = case.facts
    terms = loan_terms(facts, rate_ppm=facts["loan_rate_ppm"], first_due_on=facts["loan_first_due_on"])
    return terms, loan_state(facts)


def standing_faults(case: Case, *, allowed: tuple[Standing, ...] = (Standing.open,)) -> dict[int, Invalid]:
    """A fault for each loan that is closed or written off."""
    ids, standing = case.batch.integers("loan"), case.facts["step_standing"]
    wrong = ~np.isin(standing, np.array(allowed, np.int64))
    return {
        place: Invalid(
            field="loan",
            value=int(ids[place]),
            constraint=f"a loan that is {' or '.join(each.name for each in allowed)}, "
            f"not one that is {Standing(int(standing[place])).name}".replace("_", " "),
        )
        for place in np.flatnonzero(wrong).tolist()
    }


def step_events(
    decided: Decided, rounds: Sequence[FellDue], *, kind: int | Ints, amount_fen: Ints, state: LoanState
) -> Sequence[Event]:
    """The steps of the commands that were accepted: what fell due on the way, then what was asked for.

    `kind`, `amount_fen` and `state` have a row for each command of the batch.
    """
    batch, accepted = decided.case.batch, decided.accepted
    chains = Chains(
        owner="loan",
        owners=batch.integers("loan"),
        last=decided.case.facts["loan_last_step"],
        position=batch.position,
        next_id=decided.case.facts.next_ids[LOAN_STEP.name],
    )
    _add_fallen(chains, rounds, accepted=accepted)
    places = np.flatnonzero(accepted)
    if len(places):
        chains.add(
            place=places,
            on=np.full(len(places), batch.on),
            kind=np.broadcast_to(kind, accepted.shape)[places],
            amount_fen=amount_fen[places],
            state=taken(state, places),
        )
    return loan_events(chains)


def _add_fallen(chains: Chains, rounds: Sequence[FellDue], *, accepted: Truths) -> None:
    for fell in rounds:
        kept = np.flatnonzero(accepted[fell.place])
        if len(kept):
            chains.add(
                place=fell.place[kept],
                on=fell.on[kept],
                kind=LoanStep.fell_due,
                amount_fen=fell.amount_fen[kept],
                state=taken(fell.state, kept),
            )


def loan_events(chains: Chains) -> Sequence[Event]:
    """The events of the steps that were written."""
    return chains.events(stepped=LOAN_STEPPED, moved=LOAN_MOVED)


class Parts:
    """Splits what a loan moves between the two lenders, running total by running total."""

    def __init__(self, case: Case, table: LegTable) -> None:
        self._facts = case.facts
        self._table = table
        self._share = case.facts["loan_share_ppm"]
        self._own = case.facts["lender_first_account"]
        self._product = case.facts["product_first_account"]
        self._partner = case.facts["partner_first_account"]

    def of_partner(self, *, before: Ints, after: Ints) -> Ints:
        """The partner's part of what a running total has grown by."""
        return share_of(after, self._share) - share_of(before, self._share)

    def come_in(
        self,
        *,
        where: Truths,
        before: Ints,
        amount: Ints,
        own: int,
        partner: int,
        code: LenderLeg,
        back: bool = False,
    ) -> None:
        """`amount` comes in through clearing for an account of the product, the partner's part for the partner's.

        `back`: it was not for that account after all, and goes the other way.
        """
        theirs = self.of_partner(before=before, after=before + amount)
        clearing, settlement = self._own + LenderOwn.clearing_in, self._partner + PartnerOwn.settlement
        lender, joint = self._partner + PartnerOwn.lender, where & (theirs > 0)
        for chosen, debit, credit, fen, leg in (
            (where & (amount > theirs), clearing, self._product + own, amount - theirs, code),
            (joint, clearing, settlement, theirs, LenderLeg.partner_part),
            (joint, lender, self._partner + partner, theirs, code),
        ):
            one, other = (credit, debit) if back else (debit, credit)
            self._table.add(where=chosen, debit=one, credit=other, amount=fen, code=leg)

    def earn(self, *, where: Truths, before: Ints, after: Ints, own: tuple[int, int], partner: tuple[int, int]) -> None:
        """Income by a running total that was one and is another; accounts as (receivable, income)."""
        theirs = self.of_partner(before=before, after=after)
        for amount, first, (receivable, income) in (
            (after - before - theirs, self._product, own),
            (theirs, self._partner, partner),
        ):
            for chosen, debit, credit in (
                (amount > 0, first + receivable, first + income),
                (amount < 0, first + income, first + receivable),
            ):
                self._table.add(
                    where=where & chosen,
                    debit=debit,
                    credit=credit,
                    amount=np.abs(amount),
                    code=LenderLeg.interest_accrued,
                )

    def go(self, *, where: Truths, before: Ints, amount: Ints, own: int, partner: int, against: Ints) -> None:
        """`amount` of an account of the product is gone, against an account of the lender and the partner's losses."""
        theirs = self.of_partner(before=before, after=before + amount)
        self._table.add(
            where=where & (amount > theirs),
            debit=against,
            credit=self._product + own,
            amount=amount - theirs,
            code=LenderLeg.written_off,
        )
        self._table.add(
            where=where & (theirs > 0),
            debit=self._partner + PartnerOwn.losses,
            credit=self._partner + partner,
            amount=theirs,
            code=LenderLeg.written_off,
        )

    def free_usage(self, *, where: Truths, repaid_before: Ints, principal: Ints) -> None:
        """Principal that is repaid, or gone, lowers what is used of line, capital, joint and guaranteed lending."""
        facts = self._facts
        own = principal - self.of_partner(before=repaid_before, after=repaid_before + principal)
        joint, guaranteed = facts["loan_partner"] != 0, facts["loan_guarantor"] != 0
        for chosen, usage, amount in (
            (where, facts["borrower_first_usage"] + BorrowerOwn.line, principal),
            (where & (own > 0), self._own + LenderOwn.exposure_usage, own),
            (where & joint & (own > 0), self._own + LenderOwn.joint_usage, own),
            (where & joint & (own > 0), self._partner + PartnerOwn.balance_usage, own),
            (where & guaranteed, self._own + LenderOwn.guaranteed_usage, principal),
        ):
            self._table.add(
                where=chosen & (principal > 0),
                debit=self._own + LenderOwn.usage_control,
                credit=usage,
                amount=amount,
                code=LenderLeg.usage_freed,
            )


def repaid_before(case: Case) -> Ints:
    """What principal had been repaid of each loan before the command."""
    facts = case.facts
    return facts["step_drawn_fen"] - facts["step_principal_fen"] - facts["step_due_principal_fen"]


OWN_PRINCIPAL, OWN_INTEREST, OWN_CHARGES = (
    ProductOwn.principal,
    ProductOwn.interest_receivable,
    ProductOwn.charges_receivable,
)
