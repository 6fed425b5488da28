"""The key facts of a pay-later account shown to a borrower before it is opened, with the line that it will have.

Source: Order 2024 No. 4, art. 53; see `key_facts_shared`. Worked: 18.25% a year above all else; 1,000.00 owed for 30
days cost 15.00 by act/365.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.columns import names_of
from benyuan.consumer_finance.records import ACCOUNT_TERMS, BORROWER, PRODUCT, PRODUCT_VERSION
from benyuan.consumer_finance.revolving.state import AccountTerms
from benyuan.consumer_finance.vocabulary import PRODUCT_KIND_NUMBER, ProductKind
from benyuan.consumer_protection.contact.vocabulary import LoanSort
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import Fen, Id, faults_where
from benyuan.usecases.lending.key_figures import FiguresOf, account_figures
from benyuan.usecases.protection.contact.key_facts_shared import (
    ShowFacts,
    Showing,
    lender_name_need,
    prominence_gates,
)


@command("show_account_key_facts")
class AccountKeyFacts(Showing, frozen=True, kw_only=True):
    """Those of an account of `product` with `line_fen`."""

    product: Id
    line_fen: Fen


class ShowAccountKeyFacts(ShowFacts):
    """By the terms in force for new accounts."""

    command = AccountKeyFacts
    sort = LoanSort.pay_later
    gates = prominence_gates(LoanSort.pay_later)
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=PRODUCT, by="product", prefix="product"),
        Need(table=PRODUCT_VERSION, by="product", prefix="version"),
        Need(table=ACCOUNT_TERMS, by="version_terms", prefix="terms"),
        lender_name_need("borrower_lender"),
    )

    def ready(self, case: Case) -> NDArray[np.bool_]:
        """There are terms of pay-later accounts."""
        return np.asarray(case.facts.found("version") & case.facts.found("terms") & ~_other(case), np.bool_)

    def bad(self, case: Case) -> dict[int, Invalid]:
        """A pay-later product of the borrower's lender, whose terms have begun."""
        batch, facts = case.batch, case.facts
        strange = facts["product_lender"] != facts["borrower_lender"]
        return {
            **faults_where(~facts.found("version"), batch, "product", "a product whose terms have begun"),
            **faults_where(_other(case), batch, "product", "a pay-later product"),
            **faults_where(np.asarray(strange, np.bool_), batch, "product", "a product of the borrower's lender"),
        }

    def figures(self, case: Case) -> FiguresOf:
        """Those of the terms."""
        batch, facts = case.batch, case.facts
        terms = {name: facts[f"terms_{name}"] for name in names_of(AccountTerms)}
        return lambda place: {
            **account_figures(terms, place=place),
            "product": int(batch.integers("product")[place]),
            "line_fen": int(batch.integers("line_fen")[place]),
            "terms": int(facts["version_terms"][place]),
        }


def _other(case: Case) -> NDArray[np.bool_]:
    return np.asarray(case.facts["product_kind"] != PRODUCT_KIND_NUMBER[ProductKind.pay_later.value], np.bool_)
