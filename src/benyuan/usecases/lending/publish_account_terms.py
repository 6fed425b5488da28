"""The terms of a pay-later product from a day on; accounts that were opened before keep theirs.

The lender charges interest, and on the borrower's breach a late fee; nothing else (Order 2024 No. 4, art. 53). The rate
is within the cap on prices, reckoned by the method that stands in the rule.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.fitting import account_fits
from benyuan.consumer_finance.price import within_price_cap
from benyuan.consumer_finance.records import (
    ACCOUNT_TERMS,
    ACCOUNT_TERMS_MADE,
    PRODUCT,
    PRODUCT_VERSION,
    PRODUCT_VERSION_PUBLISHED,
)
from benyuan.consumer_finance.revolving.state import AccountTerms
from benyuan.consumer_finance.vocabulary import (
    ACCOUNT_ORDER_NUMBER,
    DAY_COUNT_NUMBER,
    PRODUCT_KIND_NUMBER,
    ROUNDING_NUMBER,
    AccountOrder,
    ProductKind,
)
from benyuan.decisions.commands import Command, command
from benyuan.decisions.events import event
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Recorded, UseCase
from benyuan.usecases.common import Count, Id, Yyyymmdd, faults_where, no_such_day, numbered, rows
from benyuan.usecases.lending.set_lending_policy import SharePpm
from benyuan.values.daycount import DayCount
from benyuan.values.rounding import Rounding

RatePpm: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
StatementDay: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=28)]  # tidy: number a day that every month has
DueDays: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=27)]  # tidy: number days before the next statement
ENUMERATED = {"day_count": DAY_COUNT_NUMBER, "rounding": ROUNDING_NUMBER, "order": ACCOUNT_ORDER_NUMBER}


@command("publish_account_terms")
class AccountTermsFields(Command, frozen=True, kw_only=True):
    """Terms of `product` from `from_date` on; rates by the year and shares in millionths.

    `statement_day` of each month, payment within `due_days`; the least to pay is a share of billed principal besides
    interest and fees, and no less than the floor. The late fee is a share of what of that is missing, and its floor.
    """

    product: Id
    from_date: Yyyymmdd
    rate_ppm: RatePpm
    statement_day: StatementDay
    due_days: DueDays
    minimum_ppm: SharePpm
    minimum_floor_fen: Count = 0
    late_fee_ppm: SharePpm = 0
    late_fee_floor_fen: Count = 0
    day_count: DayCount = DayCount.act_365
    rounding: Rounding = Rounding.half_up
    order: AccountOrder = AccountOrder.fees_interest_principal


class PublishAccountTerms(UseCase):
    """Keeps the version."""

    command = AccountTermsFields
    needs = (Need(table=PRODUCT, by="product", prefix="product"),)
    gates = (within_price_cap(rates=lambda case: case.batch.integers("rate_ppm")),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The day exists and has not passed; it is a pay-later product; its day count can weigh purchases."""
        batch = case.batch
        others = case.facts["product_kind"] != PRODUCT_KIND_NUMBER[ProductKind.pay_later.value]
        act_act = np.flatnonzero(batch.equals("day_count", DayCount.act_act.value)).tolist()
        years = batch.integers("from_date") // 10_000  # tidy: number the year of a date
        counts = [DayCount(word) for word in batch.values("day_count")]
        fits = [
            account_fits(rate_ppm=rate, from_year=max(year, 1), day_count=count)
            for rate, year, count in zip(batch.integers("rate_ppm").tolist(), years.tolist(), counts, strict=True)
        ]
        wanted = "30/360, act/360, act/364 or act/365 on a pay-later account"
        return {
            **faults_where(~np.array(fits, np.bool_), batch, "rate_ppm", "a rate whose interest fits into 64 bits"),
            **{place: Invalid(field="day_count", value="act/act", constraint=wanted) for place in act_act},
            **faults_where(others, batch, "product", "a pay-later product"),
            **faults_where(batch.integers("from_date") < batch.on, batch, "from_date", f"{batch.on} or later"),
            **no_such_day(batch, "from_date"),
        }

    def record(self, decided: Decided) -> Recorded:
        """The terms, and the day from which they hold for new accounts."""
        batch, facts, accepted = decided.case.batch, decided.case.facts, decided.accepted
        ids = numbered(accepted, facts.next_ids[ACCOUNT_TERMS.name])
        terms = {
            name: batch.numbers(name, ENUMERATED[name]) if name in ENUMERATED else batch.integers(name)
            for name in names_of(AccountTerms)
        }
        version = {
            "id": numbered(accepted, facts.next_ids[PRODUCT_VERSION.name]),
            "owner": batch.integers("product"),
            "from_date": batch.integers("from_date"),
            "terms": ids,
        }
        return Recorded(
            results={"terms": ids},
            events=[
                *event(ACCOUNT_TERMS_MADE, rows(accepted, id=ids, product=batch.integers("product"), **terms)),
                *event(PRODUCT_VERSION_PUBLISHED, rows(accepted, **version)),
            ],
        )
