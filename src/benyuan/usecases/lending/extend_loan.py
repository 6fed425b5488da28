"""More terms for a loan, by agreement, while nothing of it is late; the level payment is found anew.

How long a personal loan may be extended (Order 2024 No. 3 of the National Financial Regulatory Administration, art. 43)
binds deposit-takers; that it holds here is the lender's choice. Worked number: a loan of twelve months may be extended
by twelve in all, one of twenty-four by twelve.

Order of checks: the rate was shown; the sheet of what is left was shown and is confirmed (金规〔2026〕2号, from
2026-08-01), for the term and what it costs in all are others; the key facts of what is left were confirmed; there is
evidence of income, and it is fresh; then how long.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.clocks import PPM, due_day
from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_finance.cost_sheet import LOAN_TERMS, Sheet, extended_sheet, sheet_gates
from benyuan.consumer_finance.disclosure import RATE_SHOWN
from benyuan.consumer_finance.instalments.changing import Changed, ChangeFault, extend
from benyuan.consumer_finance.instalments.falling_due import FellDue, come_to
from benyuan.consumer_finance.records import LENDER_POLICY
from benyuan.consumer_finance.sheets_shown import last_shown
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.commands import Command, command
from benyuan.decisions.facts import Need
from benyuan.decisions.outcomes import Invalid
from benyuan.decisions.usecase import Case, Decided, Gate, Recorded, Survey, UseCase
from benyuan.rules import RulePack
from benyuan.usecases.common import Id
from benyuan.usecases.lending.capacity import STILL_EVIDENCED, income_need
from benyuan.usecases.lending.facts_read import EXTENSION_READ, PAID, gate_by
from benyuan.usecases.lending.key_figures import Figures, FiguresOf, coming_figures, own_rate, terms_figures
from benyuan.usecases.lending.loan_parts import (
    LOAN_NEEDS,
    loans_of,
    standing_faults,
    step_events,
)
from benyuan.usecases.lending.publish_loan_terms import TermCount
from benyuan.usecases.lending.shared import Digest
from benyuan.values.days import months_later

EXTENSION = "pl.extension"
WANTED = {
    ChangeFault.nothing_to_come: "a loan of which an instalment is still to come",
    ChangeFault.late: "a loan of which nothing is late",
}


@command("extend_loan", version=3)
class Extension(Command, frozen=True, kw_only=True):
    """`loan` runs for `more_terms` instalments more.

    `cost_sheet`: the digest of the sheet of costs, as the loan then stands, that was shown and is confirmed.
    """

    loan: Id
    more_terms: TermCount
    cost_sheet: Digest = ""
    rate_shown: bool = True


def most_terms(case: Case) -> Ints:
    """How many instalments a loan may have been extended by in all, by its first term."""
    facts, first = case.facts, case.facts["loan_term_count"]
    ends = due_day(
        first_on=facts["loan_first_due_on"], number=first, count=facts["terms_every"], unit=facts["terms_every_unit"]
    )
    share = np.zeros(len(first), np.int64)
    for tier in case.rules.value(id=EXTENSION, on=case.batch.on).tiers:
        over = months_later(facts["loan_drawn_on"], tier.count("term_over_months"))
        share = np.where(ends > over, tier.ppm("most_of_term"), share)
    most: Ints = first * share // PPM
    return most


def extended_before(case: Case) -> Ints:
    """By how many it was extended already."""
    return case.facts["step_terms"] - case.facts["loan_term_count"]


def _within(case: Case) -> Truths:
    return np.asarray(case.batch.integers("more_terms") + extended_before(case) <= most_terms(case), np.bool_)


def of_extension(case: Case, place: int) -> Sheet:
    """The sheet of what is left after the extension."""
    _, changed = extended(case)
    state = {name: getattr(changed.state, name)[place] for name in ("principal_fen", "terms", "next_number")}
    state["next_due_on"] = changed.state.next_due_on[place]
    terms = {name: case.facts[f"terms_{name}"][place] for name in LOAN_TERMS}
    return extended_sheet({"rate_ppm": case.facts["loan_rate_ppm"][place]}, state, terms)


def extension_figures(case: Case) -> FiguresOf:
    """The figures of its key facts: all instalments that are to come with the extension."""
    facts = case.facts
    _, changed = extended(case)
    terms, _ = loans_of(case)

    def figures(place: int) -> Figures:
        return {
            **own_rate(int(facts["loan_rate_ppm"][place])),
            **terms_figures(facts, prefix="terms", place=place),
            **coming_figures(terms, changed.state, place=place),
            "loan": int(case.batch.integers("loan")[place]),
            "more_terms": int(case.batch.integers("more_terms")[place]),
            **{name: int(facts[f"loan_{name}"][place]) for name in ("product", "terms", "partner", "guarantor")},
        }

    return figures


class ExtendLoan(UseCase):
    """Decides extensions in columns; two of one loan wait for one another."""

    command = Extension
    needs = (
        *LOAN_NEEDS,
        Need(table=LENDER_POLICY, by="loan_lender", prefix="policy"),
        income_need("loan_borrower"),
        *EXTENSION_READ,
    )
    gates = (
        RATE_SHOWN,
        *sheet_gates(of_extension),
        gate_by(extension_figures, names=(*PAID, "more_terms")),
        *STILL_EVIDENCED,
        Gate(
            rule=EXTENSION,
            passes=_within,
            figures=lambda case, place: {
                "most_terms": int(most_terms(case)[place]),
                "extended_before": int(extended_before(case)[place]),
                "more_terms": int(case.batch.integers("more_terms")[place]),
            },
        ),
    )
    surveys = True
    alone = False

    def survey(self, batch: Batch, facts: Mapping[str, NDArray[np.int64]], books: Books, rules: RulePack) -> Survey:
        """When the sheet was shown."""
        del rules
        return last_shown(batch, books, facts["loan_borrower"]), {}

    def conflicts(self, batch: Batch) -> Sequence[NDArray[np.int64]]:
        """The state of a loan is shared by its changes."""
        return (batch.integers("loan"),)

    def faults(self, case: Case) -> dict[int, Invalid]:
        """The loan runs, an instalment is to come, nothing is late."""
        _, changed = extended(case)
        found, loans = standing_faults(case), case.batch.integers("loan")
        for place in np.flatnonzero(changed.fault).tolist():
            wanted = WANTED.get(ChangeFault(int(changed.fault[place])))
            if wanted:
                found.setdefault(place, Invalid(field="loan", value=int(loans[place]), constraint=wanted))
        return found

    def record(self, decided: Decided) -> Recorded:
        """The steps: instalments that fell due on the way, then the extension."""
        rounds, changed = extended(decided.case)
        more = decided.case.batch.integers("more_terms")
        return Recorded(
            results={"level_fen": changed.state.level_fen, "terms": changed.state.terms},
            events=step_events(decided, rounds, kind=LoanStep.extended, amount_fen=more, state=changed.state),
        )


def extended(case: Case) -> tuple[list[FellDue], Changed]:
    """What fell due on the way to the day, and the loans with more terms, or why there are none."""
    terms, state = loans_of(case)
    on = np.full(len(case.batch), case.batch.on)
    state, rounds = come_to(terms, state, on)
    return rounds, extend(terms, state, on=on, more_terms=case.batch.integers("more_terms"))
