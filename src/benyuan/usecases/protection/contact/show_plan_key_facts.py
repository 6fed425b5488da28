"""The key facts of an instalment plan shown to the holder of the account that it relieves.

Source: Order 2024 No. 4, art. 53; see `key_facts_shared`. Worked: 1,200.00 over three months at 12% a year are 408.03 a
month, and 24.09 of interest in all or so, by the days.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER
from benyuan.consumer_finance.vocabulary import PRODUCT_KIND_NUMBER, ProductKind
from benyuan.consumer_protection.contact.vocabulary import LoanSort
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import Fen, Id, MaybeId, faults_where
from benyuan.usecases.lending.key_figures import FiguresOf
from benyuan.usecases.lending.make_plan import PLAN_NEEDS, asked_for, plan_figures
from benyuan.usecases.lending.publish_account_terms import RatePpm
from benyuan.usecases.lending.publish_loan_terms import TermCount
from benyuan.usecases.protection.contact.key_facts_shared import (
    ShowFacts,
    Showing,
    borrower_faults,
    lender_name_need,
    prominence_gates,
)


@command("show_plan_key_facts")
class PlanKeyFacts(Showing, frozen=True, kw_only=True):
    """Those of a plan of `product` for `amount_fen` of `account`, as `make_plan` will name it."""

    account: Id
    product: Id
    amount_fen: Fen
    term_count: TermCount
    rate_ppm: RatePpm
    purchase: MaybeId = 0


class ShowPlanKeyFacts(ShowFacts):
    """By the terms in force for new plans."""

    command = PlanKeyFacts
    sort = LoanSort.plan
    gates = prominence_gates(LoanSort.plan)
    needs = (
        *(need for need in PLAN_NEEDS if need.prefix != "borrower"),
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        lender_name_need("account_lender"),
    )

    def ready(self, case: Case) -> NDArray[np.bool_]:
        """Where a schedule can be made."""
        there = case.facts.found("account") & case.facts.found("version") & case.facts.found("loan")
        places = np.flatnonzero(there)
        found = np.zeros(len(case.batch), np.bool_)
        if len(places):
            found = np.asarray(there & asked_for(case.batch, case.facts).can_be_scheduled(), np.bool_)
        return found

    def bad(self, case: Case) -> dict[int, Invalid]:
        """An account of this borrower's; a product of plans of its lender."""
        batch, facts = case.batch, case.facts
        kind = facts["plan_kind"] != PRODUCT_KIND_NUMBER[ProductKind.plan.value]
        strange = facts["plan_lender"] != facts["account_lender"]
        return {
            **faults_where(~facts.found("version"), batch, "product", "a product whose terms have begun"),
            **faults_where(np.asarray(kind | strange, np.bool_), batch, "product", "a product of plans of this lender"),
            **borrower_faults(case, of="account_borrower", field="account", what="an account"),
        }

    def figures(self, case: Case) -> FiguresOf:
        """Those of the plan."""
        return plan_figures(case)
