"""An offer to a borrower: the schedule, and first of all what the loan costs in a year, everything in.

Order of checks: the product's place on the register; the inquiry at a credit bureau where the policy wants one; the
evidence of income and what the income carries (Order 2024 No. 4 arts. 18, 42, 52); no more than what it is for costs;
the term (at most five years, Order 2024 No. 3 art. 8; with principal at the end at most one, Order 2020 No. 9 art. 6),
the most in one draw, the second source of a student, the cap on prices. The annual cost is the internal rate of return
of the flows as they will be, by the method that the cap names. Worked number: 10,000.00 over twelve months at 18% cost
18.00% by the simple method.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.borrowers import SECOND_SOURCE_STANDS
from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.licence import LENDS_BY_LICENCE, licence_need
from benyuan.consumer_finance.price import PRICE_CAP
from benyuan.consumer_finance.records import (
    BORROWER,
    LENDER_POLICY,
    LOAN_TERMS,
    OFFER,
    OFFER_MADE,
    PRODUCT,
    PRODUCT_VERSION,
)
from benyuan.consumer_finance.terms import BULLET_TERM, DRAW_CAPS, NO_MORE_THAN_NEEDED, TERM_CAP
from benyuan.consumer_finance.vocabulary import (
    PRODUCT_KIND_NUMBER,
    ProductKind,
)
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Facts, Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Id, MaybeId, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.capacity import burden, capacity_gates, income_need
from benyuan.usecases.lending.coming_due import add_payments, months_due
from benyuan.usecases.lending.inquired import INQUIRED, INQUIRY_NEEDS
from benyuan.usecases.lending.publish_account_terms import RatePpm
from benyuan.usecases.lending.publish_loan_terms import LoanFen, TermCount
from benyuan.usecases.lending.schedules import Asked
from benyuan.usecases.on_shelf import CREDIT_APPROVED, credit_on_shelf, suspended_faults


@command("offer_loan", version=4)
class LoanOffer(Command, frozen=True, kw_only=True):
    """Offer `amount_fen` of `product` to `borrower` at `rate_ppm` a year over `term_count` instalments.

    The first falls due on `first_due_on`, reckoned from the day of the offer; the offer holds until `until`, that day
    included. `need_fen`: what the thing costs that it is for. `inquiry`: that at the credit bureau on which it rests, 0
    for none; `other_debts_fen`: what the borrower pays elsewhere in a month, by the lender's own word.
    """

    borrower: Id
    product: Id
    amount_fen: LoanFen
    term_count: TermCount
    rate_ppm: RatePpm
    first_due_on: Yyyymmdd
    until: Yyyymmdd
    inquiry: MaybeId = 0
    other_debts_fen: Count = 0
    need_fen: Count = 0


def asked_for(batch: Batch, facts: Mapping[str, Ints] | Facts) -> Asked:
    """The loans that are to be offered."""
    names = ("amount_fen", "rate_ppm", "term_count", "first_due_on")
    figures = {name: batch.integers(name) for name in names}
    return Asked(on=batch.on, figures=figures, facts=facts, prefix="terms")


def cost_ppb(case: Case) -> Ints:
    """What each offer costs in a year, everything in, in thousand-millionths; 0 for one that is at fault anyway."""
    method = case.rules.value(id=PRICE_CAP, on=case.batch.on).parameters.code("method")
    cost, asked = np.zeros(len(case.batch), np.int64), asked_for(case.batch, case.facts)
    for place in np.flatnonzero(asked.can_be_scheduled()).tolist():
        cost[place] = asked.cost_ppb(place, by=f"irr-{method}")
    return cost


def _within_cap(case: Case) -> Truths:
    cap = case.rules.value(id=PRICE_CAP, on=case.batch.on).ppm
    return np.asarray(cost_ppb(case) <= cap * 1_000, np.bool_)  # tidy: number millionths to thousand-millionths


def _cap_figures(case: Case, place: int) -> dict[str, int]:
    cap = case.rules.value(id=PRICE_CAP, on=case.batch.on).ppm
    asked = -(-int(cost_ppb(case)[place]) // 1_000)  # tidy: number thousand-millionths to millionths, up
    return {"limit": cap, "asked": asked}


class OfferLoan(UseCase):
    """Keeps the offer with its annual cost."""

    command = LoanOffer
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=PRODUCT, by="product", prefix="product"),
        Need(table=LENDER_POLICY, by="product_lender", prefix="policy"),
        Need(table=PRODUCT_VERSION, by="product", prefix="version"),
        Need(table=LOAN_TERMS, by="version_terms", prefix="terms"),
        licence_need("product_lender"),
        *credit_on_shelf("product"),
        *INQUIRY_NEEDS,
        income_need("borrower"),
    )
    gates = (
        LENDS_BY_LICENCE,
        *CREDIT_APPROVED,
        *INQUIRED,
        *capacity_gates(),
        NO_MORE_THAN_NEEDED,
        TERM_CAP,
        BULLET_TERM,
        *DRAW_CAPS,
        SECOND_SOURCE_STANDS,
        Gate(rule=PRICE_CAP, passes=_within_cap, figures=_cap_figures),
    )

    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What falls due in the dearest month, this offer with it, and what a bureau told of."""
        borrowers = batch.integers("borrower")
        due = months_due(books, borrowers, on=batch.on)
        add_payments(due, asked_for(batch, facts).payments(), on=batch.on)
        return burden(batch, due=due, borrowers=borrowers, books=books, rules=rules), {}

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The product is a loan of the borrower's lender, with terms on the day; amount, terms and rate are within."""
        batch, facts = case.batch, case.facts
        kind = facts["product_kind"] != PRODUCT_KIND_NUMBER[ProductKind.cash_loan.value]
        early = batch.integers("first_due_on") <= batch.on
        return {
            **_within(case, "rate_ppm", np.zeros(len(batch), np.int64), facts["terms_rate_ppm"]),
            **_within(case, "term_count", facts["terms_least_terms"], facts["terms_most_terms"]),
            **_within(case, "amount_fen", facts["terms_least_fen"], facts["terms_most_fen"]),
            **faults_where(np.asarray(early, np.bool_), batch, "first_due_on", f"a day after {batch.on}"),
            **faults_where(batch.integers("until") < batch.on, batch, "until", f"{batch.on} or later"),
            **faults_where(facts["version_found"] == 0, batch, "product", "a product whose terms have begun"),
            **suspended_faults(case, field="product"),
            **faults_where(kind, batch, "product", "a product of cash loans"),
            **faults_where(
                facts["product_lender"] != facts["borrower_lender"], batch, "product", "a product of their lender"
            ),
            **faults_where(facts["borrower_frozen"] != 0, batch, "borrower", "a borrower who is not frozen"),
            **no_such_day(batch, "until"),
            **no_such_day(batch, "first_due_on"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The offer; `cost_ppb` comes first in the answer, then what will be paid."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[OFFER.name])
        cost = cost_ppb(decided.case)
        asked = asked_for(batch, facts)
        plans = [asked.instalments(place) if accepted[place] else [] for place in range(len(batch))]
        names = ("borrower", "product", "amount_fen", "term_count", "rate_ppm", "first_due_on", "until")
        columns = {"id": ids, "terms": facts["version_terms"], "cost_ppb": cost, "offered_on": batch.on, "accepted": 0}
        columns |= {name: batch.integers(name) for name in names}
        return Recorded(
            results={
                "cost_ppb": cost,
                "offer": ids,
                "first_payment_fen": np.array([int(plan[0].payment) if plan else 0 for plan in plans], np.int64),
                "interest_fen": np.array([sum(int(row.interest) for row in plan) for plan in plans], np.int64),
            },
            events=event(OFFER_MADE, rows(accepted, **columns)),
        )


def _within(case: Case, field: str, least: Ints, most: Ints) -> dict[int, Invalid]:
    asked = case.batch.integers(field)
    return {
        place: Invalid(
            field=field,
            value=int(asked[place]),
            constraint=f"from {int(least[place])} to {int(most[place])}, as the product's terms say",
        )
        for place in np.flatnonzero((asked < least) | (asked > most)).tolist()
    }
