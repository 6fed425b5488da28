"""The terms of a cash loan or a plan from a day on; loans that were drawn before keep theirs."""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.fitting import loan_fits, nights_of
from benyuan.consumer_finance.price import within_price_cap
from benyuan.consumer_finance.records import (
    LOAN_TERMS,
    LOAN_TERMS_MADE,
    PRODUCT,
    PRODUCT_VERSION,
    PRODUCT_VERSION_PUBLISHED,
)
from benyuan.consumer_finance.vocabulary import (
    DAY_COUNT_NUMBER,
    EVERY_NUMBER,
    LOAN_ORDER_NUMBER,
    METHOD_NUMBER,
    PRODUCT_KIND_NUMBER,
    ROUNDING_NUMBER,
    Every,
    LoanMethod,
    LoanOrder,
    ProductKind,
)
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Fen, Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.publish_account_terms import RatePpm
from benyuan.usecases.lending.set_lending_policy import Days
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding

MOST_FEN = 10**10  # tidy: number a principal whose interest numerators fit into 64 bits
LoanFen: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=MOST_FEN)]
MaybeLoanFen: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=MOST_FEN)]
TermCount: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=600)]  # tidy: number instalments that we chose as the most
Periods: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=366)]  # tidy: number days of a leap year
ENUMERATED = {
    "method": METHOD_NUMBER,
    "day_count": DAY_COUNT_NUMBER,
    "rounding": ROUNDING_NUMBER,
    "every_unit": EVERY_NUMBER,
    "order": LOAN_ORDER_NUMBER,
}
PLAIN = ("rate_ppm", "late_rate_ppm", "grace_days", "every", "least_fen", "most_fen", "least_terms", "most_terms")
TRUTHS = ("late_on_interest", "in_parts")


@command("publish_loan_terms")
class LoanTermsFields(Command, frozen=True, kw_only=True):
    """Terms of `product` from `from_date` on; rates by the year in millionths, `rate_ppm` the most that is offered.

    Instalments fall due `every` so many months, weeks or days. Late nights bear `late_rate_ppm` once `grace_days` are
    over. From `least_fen` to `most_fen` over `least_terms` to `most_terms` instalments; `in_parts`: drawn bit by bit.
    """

    product: Id
    from_date: Yyyymmdd
    method: LoanMethod
    rate_ppm: RatePpm
    late_rate_ppm: RatePpm
    most_fen: LoanFen
    most_terms: TermCount
    least_fen: Fen = 1
    least_terms: TermCount = 1
    every: Periods = 1
    every_unit: Every = Every.month
    grace_days: Days = 0
    late_on_interest: bool = False
    in_parts: bool = False
    day_count: DayCount = DayCount.act_365
    rounding: Rounding = Rounding.half_up
    order: LoanOrder = LoanOrder.late_interest_principal


class PublishLoanTerms(UseCase):
    """Keeps the version."""

    command = LoanTermsFields
    needs = (Need(table=PRODUCT, by="product", prefix="product"),)
    gates = (within_price_cap(rates=lambda case: case.batch.integers("rate_ppm")),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and has not passed; it is a product of loans; the least is not above the most."""
        batch = case.batch
        others = case.facts["product_kind"] == PRODUCT_KIND_NUMBER[ProductKind.pay_later.value]
        amounts = np.asarray(batch.integers("least_fen") > batch.integers("most_fen"), np.bool_)
        terms = np.asarray(batch.integers("least_terms") > batch.integers("most_terms"), np.bool_)
        return {
            **faults_where(~self._fits(case), batch, "most_fen", "an amount whose interest fits into 64 bits"),
            **faults_where(terms, batch, "least_terms", "no more than most_terms"),
            **faults_where(amounts, batch, "least_fen", "no more than most_fen"),
            **faults_where(others, batch, "product", "a product of cash loans or plans"),
            **faults_where(batch.integers("from_date") < batch.on, batch, "from_date", f"{batch.on} or later"),
            **no_such_day(batch, "from_date"),
        }

    @staticmethod
    def _fits(case: Case) -> NDArray[np.bool_]:
        """Where the numerators of the largest loan's interest are whole numbers that can be kept."""
        batch = case.batch
        names = ("most_fen", "rate_ppm", "late_rate_ppm", "most_terms", "every")
        units = batch.numbers("every_unit", EVERY_NUMBER).tolist()
        lines = zip(*(batch.integers(name).tolist() for name in names), units, strict=True)
        fit = [
            loan_fits(
                most_fen=most,
                rate_ppm=rate,
                late_rate_ppm=late,
                late_on_interest=bool(batch.values("late_on_interest")[place]),
                nights_a_period=nights_of(every=every, unit=unit),
                most_terms=terms,
                day_count=DayCount(batch.values("day_count")[place]),
            )
            for place, (most, rate, late, terms, every, unit) in enumerate(lines)
        ]
        return np.array(fit, np.bool_)

    def record(self, decided: Decided) -> Recorded:
        """The terms, and the day from which they hold for new loans."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[LOAN_TERMS.name])
        columns = {"id": ids, "product": batch.integers("product")}
        columns |= {name: batch.integers(name) for name in PLAIN}
        columns |= {name: batch.numbers(name, numbers) for name, numbers in ENUMERATED.items()}
        columns |= {name: np.array(batch.values(name), np.int64) for name in TRUTHS}
        version = {
            "id": numbered(accepted, facts.next_ids[PRODUCT_VERSION.name]),
            "owner": batch.integers("product"),
            "from_date": batch.integers("from_date"),
            "terms": ids,
        }
        return Recorded(
            results={"terms": ids},
            events=[
                *event(LOAN_TERMS_MADE, rows(accepted, **columns)),
                *event(PRODUCT_VERSION_PUBLISHED, rows(accepted, **version)),
            ],
        )
