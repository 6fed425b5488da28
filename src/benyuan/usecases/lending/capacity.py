"""Before anything is lent: income is evidenced, and carries what falls due in a month, here and elsewhere.

A purchase, a further part and more terms stay within what was found to be carried; there the evidence is asked for
again, and how old it is.

Sources: Order 2024 No. 4 of the NFRA, arts. 18, 42, 52. No text gives the share, how old evidence may be or what a
line asks for: those are the house's, each a dated rule. What is paid elsewhere is what the lender says, and no less
than what its own latest inquiry at a bureau told of. Worked number: with an income of 8,000.00 and 50%, an instalment
of 3,000.00 passes beside 1,000.00 elsewhere, and not beside one fen more; a line of 36,000.00 over 36 months asks for
1,000.00.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np

from benyuan.consumer_finance.columns import Ints, Truths
from benyuan.consumer_protection.suitability.records import INCOME
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Gate
from benyuan.rules import RulePack
from benyuan.usecases.lending.inquired import told_debts
from benyuan.values.dates import add_calendar_days, add_months

ASSESSED, EVIDENCE = "cf.capacity.assess", "cp.house.income_evidence"
SERVED, SHARE, LINE_MONTHS = "cf.capacity.debt_service", "cp.house.instalment_share", "cp.house.line_months"
PPM = 1_000_000
MOST_FEN = 1 << 60  # tidy: number an eighth of what a column of integers holds
"""What is said to be paid elsewhere counts up to this, so that sums stay within their columns."""

Lends: TypeAlias = Callable[[Case], Truths]


def income_need(by: str) -> Need:
    """The income of the borrower whose number stands in `by`."""
    return Need(table=INCOME, by=by, prefix="income")


def line_part_fen(line_fen: Ints, *, on: int, rules: RulePack) -> Ints:
    """What a line asks for in a month if it is drawn whole; up to whole fen, 0 before the rule holds."""
    value = rules.in_force(id=LINE_MONTHS, on=on)
    return -(-line_fen // value.count) if value else np.zeros_like(line_fen)


def burden(
    batch: Batch, *, due: Ints, line_part: Ints | int = 0, borrowers: Ints, books: Books, rules: RulePack
) -> dict[str, Ints]:
    """The facts that the gates read: the dearest month here with what a line asks for, and what a bureau told of.

    `due`: a row of months for each command, with what is asked for in it.
    """
    value = rules.in_force(id=EVIDENCE, on=batch.on)
    months = value.count if value else None
    return {
        "dearest_fen": due.max(axis=1, initial=0) + line_part,
        "told_debts_fen": told_debts(books, borrowers, on=batch.on, months=months),
    }


def elsewhere_fen(case: Case) -> Ints:
    """What is paid elsewhere in a month: as the lender says, and no less than the bureau told."""
    told = case.facts["told_debts_fen"]
    if "other_debts_fen" not in case.batch.columns:
        return np.minimum(told, MOST_FEN)
    return np.minimum(np.maximum(case.batch.integers("other_debts_fen"), told), MOST_FEN)


def month_fen(case: Case) -> Ints:
    """The dearest month here, and what is paid elsewhere."""
    return np.minimum(case.facts["dearest_fen"], MOST_FEN) + elsewhere_fen(case)


def carried_fen(case: Case) -> Ints:
    """What the income carries in a month, down to whole fen: no instalment has parts of one."""
    share, income = case.rules.value(id=SHARE, on=case.batch.on).ppm, case.facts["income_monthly_fen"]
    return np.asarray(income // PPM * share + income % PPM * share // PPM, np.int64)


def _assessed(case: Case) -> Truths:
    return case.facts.found("income")


def oldest_evidence(on: int, *, months: int) -> int:
    """The first day from which evidence of so many months still holds on a day (yyyymmdd)."""
    first = add_months(on, -months)
    return first if add_months(first, months) >= on else add_calendar_days(first, 1)


def _fresh(case: Case) -> Truths:
    months = case.rules.value(id=EVIDENCE, on=case.batch.on).count
    since = case.facts["income_from_date"] >= oldest_evidence(case.batch.on, months=months)
    return np.asarray(since | ~_assessed(case), np.bool_)


def _has_income(case: Case) -> Truths:
    return np.asarray((case.facts["income_monthly_fen"] > 0) | ~_assessed(case), np.bool_)


def _within(case: Case) -> Truths:
    return np.asarray((month_fen(case) <= carried_fen(case)) | ~_assessed(case), np.bool_)


def _evidence_figures(case: Case, place: int) -> dict[str, Any]:
    months = case.rules.value(id=EVIDENCE, on=case.batch.on).count
    return {"months": months, "evidenced_on": int(case.facts["income_from_date"][place])}


def _month_figures(case: Case, place: int) -> dict[str, Any]:
    return {"month_fen": int(month_fen(case)[place]), "elsewhere_fen": int(elsewhere_fen(case)[place])}


def _share_figures(case: Case, place: int) -> dict[str, Any]:
    most, income = int(carried_fen(case)[place]), int(case.facts["income_monthly_fen"][place])
    return {**_month_figures(case, place), "most_fen": most, "income_fen": income}


def everything(case: Case) -> Truths:
    """Each command lends."""
    return np.ones(len(case.batch), np.bool_)


def grants(case: Case) -> Truths:
    """Where a line is granted, not taken back."""
    return np.asarray(case.batch.integers("line_fen") != 0, np.bool_)


def capacity_gates(lends: Lends = everything) -> tuple[Gate, ...]:
    """In order: income is on record; its evidence is fresh; it is not nought; it carries the dearest month.

    `lends`: the commands of which this is asked.
    """

    def asked(rule: str, passes: Lends, figures: Callable[[Case, int], dict[str, Any]] | None = None) -> Gate:
        def holds(case: Case) -> Truths:
            where = lends(case)
            if not where.any() or case.rules.in_force(id=rule, on=case.batch.on) is None:
                return np.ones(len(case.batch), np.bool_)
            return np.asarray(~where | passes(case), np.bool_)

        return Gate(rule=rule, passes=holds, figures=figures, applies=lends)

    return (
        asked(ASSESSED, _assessed),
        asked(EVIDENCE, _fresh, _evidence_figures),
        asked(SERVED, _has_income, _month_figures),
        asked(SHARE, _within, _share_figures),
    )


STILL_EVIDENCED = capacity_gates()[:2]
"""What is asked again where more is drawn within what the income was found to carry: on record, and fresh."""
