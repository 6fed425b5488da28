"""The key facts of a loan's offer shown to its borrower, as the terms and the template of the day make them.

Source: Order 2024 No. 4, art. 53; see `key_facts_shared`. Who lends beside and who guarantees stands in the text, so
the draw is with them and nobody else. Worked: the offer of 10,000.00 at 18% is shown with 18.00% above all.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import BORROWER, LOAN_TERMS, OFFER, PARTNER
from benyuan.consumer_protection.contact.vocabulary import LoanSort
from benyuan.decisions.commands import command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case
from benyuan.usecases.common import Id, MaybeId, faults_where
from benyuan.usecases.lending.key_figures import (
    Figures,
    FiguresOf,
    by_simple_interest,
    cooling_off,
    scheduled_figures,
    terms_figures,
)
from benyuan.usecases.lending.schedules import Asked
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

OFFERED = ("amount_fen", "term_count", "rate_ppm", "first_due_on")


@command("show_key_facts", version=2)
class KeyFacts(Showing, frozen=True, kw_only=True):
    """Those of `offer`; `partner` lends together with the lender, `guarantor` guarantees, 0 for none."""

    offer: Id
    partner: MaybeId = 0
    partner_name: MaybeName = ""
    guarantor: MaybeId = 0
    guarantor_name: MaybeName = ""


class ShowKeyFacts(ShowFacts):
    """The offer's own price is the yearly rate."""

    command = KeyFacts
    sort = LoanSort.cash_loan
    gates = prominence_gates(LoanSort.cash_loan)
    needs = (
        Need(table=BORROWER, by="borrower", prefix="borrower"),
        Need(table=OFFER, by="offer", prefix="offer"),
        Need(table=LOAN_TERMS, by="offer_terms", prefix="terms"),
        Need(table=PARTNER, by="partner", prefix="partner"),
        Need(table=PARTNER, by="guarantor", prefix="guarantor"),
        lender_name_need("borrower_lender"),
        partner_name_need("partner", "partner_name"),
        partner_name_need("guarantor", "guarantor_name"),
    )

    def ready(self, case: Case) -> NDArray[np.bool_]:
        """The offer is there, and its first instalment has not come due."""
        to_come = case.facts["offer_first_due_on"] > case.batch.on
        return np.asarray(case.facts.found("offer") & to_come, np.bool_)

    def bad(self, case: Case) -> dict[int, Invalid]:
        """An offer of this borrower's that can still be taken up; partners of the lender's."""
        batch, facts = case.batch, case.facts
        over = (facts["offer_until"] < batch.on) | (facts["offer_first_due_on"] <= batch.on)
        taken = facts["offer_accepted"] != 0
        return {
            **partner_faults(case, of="guarantor", field="guarantor_name"),
            **partner_faults(case, of="partner", field="partner_name"),
            **_others(case, "guarantor"),
            **_others(case, "partner"),
            **faults_where(np.asarray(over | taken, np.bool_), batch, "offer", "an offer that can be taken up"),
            **borrower_faults(case, of="offer_borrower", field="offer", what="an offer"),
        }

    def figures(self, case: Case) -> FiguresOf:
        """Those of the offer, as it was made."""
        facts = case.facts
        columns = {name: facts[f"offer_{name}"] for name in OFFERED}
        days = cooling_off(case.rules, on=case.batch.on)

        def figures(place: int) -> Figures:
            offer = {name: int(facts[f"offer_{name}"][place]) for name in OFFER.columns}
            asked = Asked(on=offer["offered_on"], figures=columns, facts=facts, prefix="terms")
            return {
                **{name: offer[name] for name in ("amount_fen", "rate_ppm", "product", "terms", "until")},
                **terms_figures(facts, prefix="terms", place=place),
                **scheduled_figures(asked, place=place, principal_fen=offer["amount_fen"]),
                **{name: int(case.batch.integers(name)[place]) for name in ("offer", "partner", "guarantor")},
                "annual_ppb": offer["cost_ppb"],
                "simple": by_simple_interest(case.rules, on=offer["offered_on"]),
                "cooling_off_days": days,
            }

        return figures


def _others(case: Case, field: str) -> dict[int, Invalid]:
    """A fault for each partner of another lender."""
    named = case.batch.integers(field) != 0
    other = named & (case.facts[f"{field}_lender"] != case.facts["borrower_lender"])
    return faults_where(np.asarray(other, np.bool_), case.batch, field, "a partner of the borrower's lender")
