"""Instalments against income: what falls due in the dearest of the next twelve months, and what the borrower earns.

Sources: Order 2024 No. 4 of the NFRA, arts. 42, 52. No text gives the share: cp.house.instalment_share is the house's,
and counts only where the lender's policy has it switched on (`set_lending_policy`). Worked number: with an income of
8,000.00 and 50%, an instalment of 3,000.00 passes beside 1,000.00 elsewhere, and not beside one fen more.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.columns import Ints, Truths, names_of
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.state import LoanState
from benyuan.consumer_finance.reading import loan_terms
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, LOAN, LOAN_STEP, LOAN_TERMS
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.decisions.batches import Batch
from benyuan.decisions.books import Books
from benyuan.decisions.facts import Facts, Table
from benyuan.decisions.usecase import Case, Gate
from benyuan.values.dates import MONTHS_A_YEAR
from benyuan.values.days import months_later

SHARE, EVIDENCE = "cp.house.instalment_share", "cp.house.income_evidence"
PPM = 1_000_000
A_MONTH = 100


def is_held(case: Case) -> Truths:
    """Where the lender's policy holds instalments against income."""
    return np.asarray(case.facts["policy_within_income"] != 0, np.bool_)


def _evidenced(case: Case) -> Truths:
    held = is_held(case)
    if not held.any():
        return ~held
    months = case.rules.value(id=EVIDENCE, on=case.batch.on).count
    facts = case.facts
    since = np.where(facts.found("income"), facts["income_from_date"], case.batch.on)
    fresh = facts.found("income") & (months_later(since, months) >= case.batch.on)
    return np.asarray(~held | fresh, np.bool_)


def month_fen(case: Case) -> Ints:
    """The dearest month here, and what is paid elsewhere."""
    return case.facts["dearest_fen"] + case.batch.integers("other_debts_fen")


def carried_fen(case: Case) -> Ints:
    """What the income carries in a month, down to whole fen: no instalment has parts of one."""
    share, income = case.rules.value(id=SHARE, on=case.batch.on).ppm, case.facts["income_monthly_fen"]
    return np.asarray(income // PPM * share + income % PPM * share // PPM, np.int64)


def _within(case: Case) -> Truths:
    held = is_held(case)
    return np.asarray(~held | (month_fen(case) <= carried_fen(case)), np.bool_) if held.any() else ~held


def _figures(case: Case, place: int) -> dict[str, Any]:
    return {
        "month_fen": int(month_fen(case)[place]),
        "most_fen": int(carried_fen(case)[place]),
        "income_fen": int(case.facts["income_monthly_fen"][place]),
    }


def _evidence_figures(case: Case, place: int) -> dict[str, Any]:
    on = int(case.facts["income_from_date"][place])
    return {"months": case.rules.value(id=EVIDENCE, on=case.batch.on).count} | ({"evidenced_on": on} if on else {})


WITHIN_INCOME = (
    Gate(
        rule=EVIDENCE,
        passes=_evidenced,
        figures=_evidence_figures,
        applies=is_held,
    ),
    Gate(rule=SHARE, passes=_within, figures=_figures, applies=is_held),
)
"""In order: the evidence of income is fresh; it carries the dearest month."""


def dearest_fen(
    batch: Batch, *, asked: Truths, offered: Sequence[Sequence[tuple[int, int]]], books: Books
) -> NDArray[np.int64]:
    """For each offer that is `asked` about what falls due in the dearest of twelve months, the offer with it.

    `offered`: the days and amounts of each offer. What is overdue or billed counts in the month of the batch.
    """
    dearest = np.zeros(len(batch), np.int64)
    for place in np.flatnonzero(asked).tolist():
        due = [*_of_loans(books, int(batch.integers("borrower")[place]), batch.on), *offered[place]]
        due += _of_accounts(books, int(batch.integers("borrower")[place]), batch.on)
        months: dict[int, int] = {}
        for on, amount in due:
            months[on // A_MONTH] = months.get(on // A_MONTH, 0) + amount
        last = _later(batch.on, MONTHS_A_YEAR) // A_MONTH
        dearest[place] = max((fen for month, fen in months.items() if month < last), default=0)
    return dearest


def _of_loans(books: Books, borrower: int, on: int) -> list[tuple[int, int]]:
    """What falls due on the borrower's loans in the next twelve months if nothing else happens."""
    loans = np.flatnonzero(books.column(LOAN, "borrower") == borrower)
    loans = loans[loans > 0]
    steps = _rows(books, LOAN_STEP, books.column(LOAN, "last_step")[loans])
    terms = _rows(books, LOAN_TERMS, books.column(LOAN, "terms")[loans])
    facts = Facts(columns={f"terms_{name}": column for name, column in terms.items()}, next_ids={})
    agreed = loan_terms(
        facts,
        rate_ppm=books.column(LOAN, "rate_ppm")[loans],
        first_due_on=books.column(LOAN, "first_due_on")[loans],
    )
    state = LoanState(**{name: steps[name] for name in names_of(LoanState)})
    overdue = np.where(state.standing == Standing.open, state.due_fen, 0)
    due = [(on, int(fen)) for fen in overdue.tolist() if fen]
    _, rounds = come_to(agreed, state, np.full(len(loans), _later(on, MONTHS_A_YEAR)))
    for fell in rounds:
        due += [(max(day, on), fen) for day, fen in zip(fell.on.tolist(), fell.amount_fen.tolist(), strict=True)]
    return due


def _of_accounts(books: Books, borrower: int, on: int) -> list[tuple[int, int]]:
    """What statements have asked for, now; what was bought since, a month later."""
    accounts = np.flatnonzero(books.column(ACCOUNT, "borrower") == borrower)
    accounts = accounts[accounts > 0]
    steps = _rows(books, ACCOUNT_STEP, books.column(ACCOUNT, "last_step")[accounts])
    asked = steps["billed_fen"] + steps["interest_fen"] + steps["fees_fen"]
    unbilled = books.column(ACCOUNT, "bought_fen")[accounts] - steps["bought_billed_fen"]
    return [(on, int(asked.sum())), (_later(on, 1), int(unbilled.sum()))]


def _rows(books: Books, table: Table, ids: Ints) -> Mapping[str, Ints]:
    return {name: books.column(table, name)[ids] for name in table.columns}


def _later(on: int, months: int) -> int:
    return int(months_later(np.array([on], np.int64), months)[0])
