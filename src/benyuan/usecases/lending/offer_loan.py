"""An offer to a borrower: the schedule, and first of all what the loan costs in a year, everything in.

Order of checks: the inquiry at a credit bureau, the evidence of income and what the income carries, where the policy
wants them; the term (at most five years, Order 2024 No. 3 art. 8; with principal at the end at most one, Order 2020
No. 9 art. 6), the most in one draw, the second source of a student, the cap on prices. The annual cost is the internal
rate of return of the flows as they will be, by the method that the cap names. Worked number: 10,000.00 over twelve
months at 18% cost 18.00% by the simple method.
"""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.price import PRICE_CAP
from benyuan.consumer_finance.pricing import annualised_rate
from benyuan.consumer_finance.records import (
    BORROWER,
    LENDER_POLICY,
    LOAN_TERMS,
    OFFER,
    OFFER_MADE,
    PRODUCT,
    PRODUCT_VERSION,
)
from benyuan.consumer_finance.schedule import Instalment, schedule
from benyuan.consumer_finance.terms import BULLET_TERM, DRAW_CAPS, SECOND_SOURCE_STANDS, TERM_CAP
from benyuan.consumer_finance.vocabulary import (
    DAY_COUNT_NUMBER,
    EVERY_NUMBER,
    METHOD_NUMBER,
    PRODUCT_KIND_NUMBER,
    ROUNDING_NUMBER,
    ProductKind,
)
from benyuan.consumer_protection.suitability.records import INCOME
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Facts, Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Count, Id, MaybeId, Yyyymmdd, day_exists, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.inquired import INQUIRED, INQUIRY_NEEDS
from benyuan.usecases.lending.publish_account_terms import RatePpm
from benyuan.usecases.lending.publish_loan_terms import LoanFen, TermCount
from benyuan.usecases.lending.within_income import WITHIN_INCOME, dearest_fen
from benyuan.values.dates import from_yyyymmdd, to_yyyymmdd
from benyuan.values.errors import BadInput

PPB = 1_000_000_000  # tidy: number thousand-millionths
WORDS = {
    name: {number: word for word, number in numbers.items()}
    for name, numbers in {
        "method": METHOD_NUMBER,
        "day_count": DAY_COUNT_NUMBER,
        "rounding": ROUNDING_NUMBER,
        "every_unit": EVERY_NUMBER,
    }.items()
}


@command("offer_loan", version=3)
class LoanOffer(Command, frozen=True, kw_only=True):
    """Offer `amount_fen` of `product` to `borrower` at `rate_ppm` a year over `term_count` instalments.

    The first falls due on `first_due_on`, reckoned from the day of the offer; the offer holds until `until`, that day
    included. `inquiry`: that at the credit bureau on which it rests, 0 for none; `other_debts_fen`: what the borrower
    pays elsewhere in a month by what it showed.
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


def cost_ppb(case: Case) -> Ints:
    """What each offer costs in a year, everything in, in thousand-millionths; 0 for one that is at fault anyway."""
    method = case.rules.value(id=PRICE_CAP, on=case.batch.on).parameters.code("method")
    cost = np.zeros(len(case.batch), np.int64)
    for place in np.flatnonzero(_can_be_priced(case.batch, case.facts)).tolist():
        cost[place] = _cost(**_asked(case.batch, case.facts, place), by=f"irr-{method}")
    return cost


def _can_be_priced(batch: Batch, facts: Mapping[str, Ints] | Facts) -> Truths:
    """Where there are terms, and the first instalment falls due on a day that exists and is to come."""
    first = batch.integers("first_due_on")
    exists = np.array([day_exists(date) for date in first.tolist()], np.bool_)
    return np.asarray(exists & (first > batch.on) & (facts["terms_every"] > 0), np.bool_)


def instalments(case: Case, place: int) -> list[Instalment]:
    """The schedule of an offer."""
    return _schedule(**_asked(case.batch, case.facts, place))


def payments(batch: Batch, facts: Mapping[str, Ints]) -> list[list[tuple[int, int]]]:
    """For each offer that can be priced the days (yyyymmdd) and amounts that will fall due."""
    can = _can_be_priced(batch, facts)
    return [_payments(_asked(batch, facts, place)) if can[place] else [] for place in range(len(batch))]


def _payments(asked: Mapping[str, Any]) -> list[tuple[int, int]]:
    try:
        return [(to_yyyymmdd(row.due), int(row.payment)) for row in _schedule(**asked)]
    except BadInput:  # no schedule can be made of it: the gates tell
        return []


def _asked(batch: Batch, facts: Mapping[str, Ints] | Facts, place: int) -> dict[str, Any]:
    words = {name: names[int(facts[f"terms_{name}"][place])] for name, names in WORDS.items()}
    return {
        "amount_fen": int(batch.integers("amount_fen")[place]),
        "rate_ppm": int(batch.integers("rate_ppm")[place]),
        "terms": int(batch.integers("term_count")[place]),
        "frequency": f"{int(facts['terms_every'][place])} {words.pop('every_unit')}",
        "on": batch.on,
        "first_due_on": int(batch.integers("first_due_on")[place]),
        **words,
    }


@lru_cache(maxsize=16_384)  # tidy: number offers that are alike within a run
def _schedule(*, amount_fen: int, rate_ppm: int, on: int, first_due_on: int, **words: Any) -> list[Instalment]:
    return schedule(
        principal=Decimal(amount_fen),
        annual_rate=Decimal(rate_ppm).scaleb(-6),
        disbursed_on=from_yyyymmdd(on),
        first_due=from_yyyymmdd(first_due_on),
        decimals=0,
        **words,
    )


@lru_cache(maxsize=16_384)  # tidy: number offers that are alike within a run
def _cost(*, amount_fen: int, on: int, by: str, **asked: Any) -> int:
    rows_due = _schedule(amount_fen=amount_fen, on=on, **asked)
    rate = annualised_rate(
        advances=[(from_yyyymmdd(on), Decimal(amount_fen))],
        payments=[(row.due, row.payment) for row in rows_due if row.payment],
        method=by,
    )
    return int((rate * PPB).to_integral_value())


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
        *INQUIRY_NEEDS,
        Need(table=INCOME, by="borrower", prefix="income"),
    )
    gates = (
        *INQUIRED,
        *WITHIN_INCOME,
        TERM_CAP,
        BULLET_TERM,
        *DRAW_CAPS,
        SECOND_SOURCE_STANDS,
        Gate(rule=PRICE_CAP, passes=_within_cap, figures=_cap_figures),
    )

    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """What falls due in the dearest month, this offer with it, where the policy holds it against the income."""
        del rules
        asked = facts["policy_within_income"] != 0
        offered = payments(batch, facts) if asked.any() else []
        return {"dearest_fen": dearest_fen(batch, asked=asked, offered=offered, books=books)}, {}

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
            **faults_where(facts["product_suspended"] != 0, batch, "product", "a product that is not suspended"),
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
        plans = [instalments(decided.case, place) if accepted[place] else [] for place in range(len(batch))]
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
