"""How large the business of a merchant is: industry, staff, revenue of a year, total assets, with their document.

Source: 工信部联企业〔2011〕300号, item 4 (`gov.sme.classes`), for what is asked; the small-and-micro report
classes by it, and no payment reads it. Worked number: 12 people and 2,000,000.00 of 2025 recorded on 20260331 and 15
people on 20260630 as of the same day: the second count from then on.
"""

from typing import Annotated, TypeAlias

import msgspec
import numpy as np

from benyuan.decisions.commands import command
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.ledger import AMOUNT_MAX
from benyuan.parties.bodies.sources import Sourced
from benyuan.payments.business_sizes import (
    BUSINESS_FIGURES,
    BUSINESS_FIGURES_RECORDED,
    BUSINESS_INDUSTRY_NUMBER,
    MEASURES,
    UNTOLD,
    BusinessIndustry,
)
from benyuan.payments.vocabulary import MERCHANT_KIND_NUMBER, MerchantKind
from benyuan.usecases.common import MERCHANT_NEED, Id, Yyyymmdd, faults_where, no_such_day
from benyuan.usecases.group.dated_fact import DatedFact

Measure: TypeAlias = Annotated[int, msgspec.Meta(ge=UNTOLD, le=AMOUNT_MAX)]
WITH_LICENCE = [MERCHANT_KIND_NUMBER[kind] for kind in (MerchantKind.firm, MerchantKind.individual_business)]


@command("record_business_size")
class BusinessSizeFields(Sourced, frozen=True, kw_only=True):
    """At the end of `as_of` the business of `merchant` had `staff` people and assets, in the year before it revenue.

    -1: untold, which is not nought. A business with several merchants is one: what is recorded of any counts for all.
    """

    merchant: Id
    industry: BusinessIndustry
    staff: Measure = UNTOLD
    revenue_fen: Measure = UNTOLD
    assets_fen: Measure = UNTOLD
    as_of: Yyyymmdd


class RecordBusinessSize(DatedFact):
    """Records it; of one business the latest day counts, and of one day what was recorded last."""

    command = BusinessSizeFields
    needs = (MERCHANT_NEED,)
    table, kind, day = BUSINESS_FIGURES, BUSINESS_FIGURES_RECORDED, "as_of"
    names = ("merchant", *MEASURES)
    words = {"industry": ("industry", BUSINESS_INDUSTRY_NUMBER)}  # noqa: RUF012  read only
    pair = None

    def faults(self, case: Case) -> dict[int, Invalid]:
        """A business with a licence, at least one figure, no day to come."""
        batch = case.batch
        nothing = np.all([batch.integers(name) == UNTOLD for name in MEASURES], axis=0)
        unlicensed = ~np.isin(case.facts["merchant_kind"], WITH_LICENCE)
        wanted = "a firm or an individual business: this merchant is a person without a licence"
        return {
            **super().faults(case),
            **no_such_day(batch, "as_of", until=batch.on),
            **faults_where(np.asarray(nothing, np.bool_), batch, "staff", "a figure, or else revenue or assets"),
            **faults_where(np.asarray(unlicensed, np.bool_), batch, "merchant", wanted),
        }
