"""The key facts of more terms for a loan shown to its borrower: what is left to pay, and until when, with them.

Source: Order 2024 No. 4, art. 53; see `key_facts_shared`. Worked: twelve instalments are left, six more are asked for;
the text tells all eighteen by their first and last, and the interest of all.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.instalments.changing import ChangeFault
from benyuan.consumer_protection.contact.vocabulary import LoanSort
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import Id, faults_where
from benyuan.usecases.lending.extend_loan import extended, extension_figures
from benyuan.usecases.lending.key_figures import FiguresOf
from benyuan.usecases.lending.loan_parts import LOAN_NEEDS
from benyuan.usecases.lending.publish_loan_terms import TermCount
from benyuan.usecases.protection.contact.key_facts_shared import (
    MaybeName,
    ShowFacts,
    Showing,
    borrower_faults,
    lender_name_need,
    partner_faults,
    partner_name_need,
    prominence_gates,
)


@command("show_extension_key_facts")
class ExtensionKeyFacts(Showing, frozen=True, kw_only=True):
    """Those of `loan` with `more_terms` instalments more; the names of who lends beside and who guarantees, if any."""

    loan: Id
    more_terms: TermCount
    partner_name: MaybeName = ""
    guarantor_name: MaybeName = ""


class ShowExtensionKeyFacts(ShowFacts):
    """By the state that the extension would leave."""

    command = ExtensionKeyFacts
    sort = LoanSort.extension
    gates = prominence_gates(LoanSort.extension)
    needs = (
        *(need for need in LOAN_NEEDS if need.prefix != "borrower"),
        Need(table=LOAN_NEEDS[1].table, by="borrower", prefix="borrower"),
        lender_name_need("loan_lender"),
        partner_name_need("loan_partner", "partner_name"),
        partner_name_need("loan_guarantor", "guarantor_name"),
    )

    def ready(self, case: Case) -> NDArray[np.bool_]:
        """Where the loan can be extended."""
        if not len(case.batch):
            return np.zeros(0, np.bool_)
        _, changed = extended(case)
        return np.asarray(case.facts.found("loan") & (changed.fault == ChangeFault.none), np.bool_)

    def bad(self, case: Case) -> dict[int, Invalid]:
        """A loan of this borrower's that can be extended."""
        stands = ~self.ready(case)
        return {
            **partner_faults(case, of="loan_guarantor", field="guarantor_name"),
            **partner_faults(case, of="loan_partner", field="partner_name"),
            **faults_where(stands, case.batch, "loan", "a loan that runs, has an instalment to come and nothing late"),
            **borrower_faults(case, of="loan_borrower", field="loan", what="a loan"),
        }

    def figures(self, case: Case) -> FiguresOf:
        """Those of what is left with the extension."""
        return extension_figures(case)
