"""What falls due on borrowers here in each of the next twelve months if nothing else happens, in columns.

Loans by their schedules, what is overdue in the first month; of pay-later what statements have asked for in the first
month, and what was bought since in the second. Worked shape: three borrowers are three rows of twelve months.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.falling_due import come_to
from benyuan.consumer_finance.instalments.state import LoanState
from benyuan.consumer_finance.reading import loan_terms
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, LOAN, LOAN_STEP, LOAN_TERMS
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.decisions.books import Books
from benyuan.decisions.facts import Facts, Table
from benyuan.values.dates import MONTHS_A_YEAR
from benyuan.values.days import months_later

A_MONTH = 100


def months_due(books: Books, borrowers: Ints, *, on: int) -> Ints:
    """A row for each of the borrowers, a column for each month from that of `on` (yyyymmdd) on; fen."""
    each, place = np.unique(borrowers, return_inverse=True)
    due = np.zeros((len(each), MONTHS_A_YEAR), np.int64)
    _add_loans(due, books, each, on=on)
    _add_accounts(due, books, each)
    whole: Ints = due[place.reshape(-1)]
    return whole


def add_payments(due: Ints, payments: Sequence[Sequence[tuple[int, int]]], *, on: int) -> None:
    """Add to each row the days and amounts of a loan that is to begin."""
    flat = [(row, *each) for row, paid in enumerate(payments) for each in paid]
    if flat:
        rows, days, fen = np.array(flat, np.int64).T
        _add(due, rows, days, fen, on=on)


def _add(due: Ints, rows: Ints, days: Ints, fen: Ints, *, on: int) -> None:
    """Each amount into the month of its day; what fell due before the first month, into that."""
    months = np.maximum(_months(days) - _months(np.array(on)), 0)
    near = months < MONTHS_A_YEAR
    np.add.at(due, (rows[near], months[near]), fen[near])


def _add_to(due: Ints, rows: Ints, month: int, fen: Ints) -> None:
    np.add.at(due, (rows, np.full_like(rows, month)), fen)


def _months(days: Ints) -> Ints:
    return days // A_MONTH // A_MONTH * MONTHS_A_YEAR + days // A_MONTH % A_MONTH


def _add_loans(due: Ints, books: Books, each: Ints, *, on: int) -> None:
    loans = _owned(books, LOAN, each)
    if len(loans) == 0:
        return
    whose = np.searchsorted(each, books.column(LOAN, "borrower")[loans])
    steps = _rows(books, LOAN_STEP, books.column(LOAN, "last_step")[loans])
    terms = _rows(books, LOAN_TERMS, books.column(LOAN, "terms")[loans])
    agreed = loan_terms(
        Facts(columns={f"terms_{name}": column for name, column in terms.items()}, next_ids={}),
        rate_ppm=books.column(LOAN, "rate_ppm")[loans],
        first_due_on=books.column(LOAN, "first_due_on")[loans],
    )
    state = LoanState(**{name: steps[name] for name in names_of(LoanState)})
    _add_to(due, whose, 0, np.where(state.standing == Standing.open, state.due_fen, 0))
    _, rounds = come_to(agreed, state, months_later(np.full(len(loans), on), MONTHS_A_YEAR))
    for fell in rounds:
        _add(due, whose[fell.place], fell.on, fell.amount_fen, on=on)


def _add_accounts(due: Ints, books: Books, each: Ints) -> None:
    accounts = _owned(books, ACCOUNT, each)
    if len(accounts) == 0:
        return
    whose = np.searchsorted(each, books.column(ACCOUNT, "borrower")[accounts])
    steps = _rows(books, ACCOUNT_STEP, books.column(ACCOUNT, "last_step")[accounts])
    _add_to(due, whose, 0, steps["billed_fen"] + steps["interest_fen"] + steps["fees_fen"])
    since = books.column(ACCOUNT, "bought_fen")[accounts] - steps["bought_billed_fen"]
    _add_to(due, whose, 1, np.where(steps["standing"] == Standing.open, since, 0))


def _owned(books: Books, table: Table, each: Ints) -> Ints:
    """The rows of some borrowers."""
    found = np.flatnonzero(np.isin(books.column(table, "borrower"), each))
    return found[found > 0]


def _rows(books: Books, table: Table, ids: Ints) -> Mapping[str, Ints]:
    return {name: books.column(table, name)[ids] for name in table.columns}
