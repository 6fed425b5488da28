"""The gate that keeps collecting to debts that are overdue, by the loan or account as it stands this morning.

Source: a rule of the house (`cp.house.collection.overdue`) over Order 2024 No. 4 of the National Financial Regulatory
Administration, art. 56. Worked: an instalment due on 2026-05-15 and unpaid is collected from 05-16 on; repaid whole
there is nothing to collect.
"""

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.instalments.falling_due import come_to as loan_come_to
from benyuan.consumer_finance.instalments.state import LoanState
from benyuan.consumer_finance.reading import account_state, account_terms, bought, loan_state, loan_terms
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, ACCOUNT_TERMS, LOAN, LOAN_STEP, LOAN_TERMS
from benyuan.consumer_finance.revolving.cycle import come_to as account_come_to
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.decisions.facts import Need
from benyuan.decisions.usecase import Case, Gate
from benyuan.usecases.protection.contact.shared import where_in_force

RULE = "cp.house.collection.overdue"
DEBT_NEEDS = (
    Need(table=LOAN, by="loan", prefix="loan"),
    Need(table=LOAN_TERMS, by="loan_terms", prefix="loan_agreed"),
    Need(table=LOAN_STEP, by="loan_last_step", prefix="loan_step"),
    Need(table=ACCOUNT, by="account", prefix="account"),
    Need(table=ACCOUNT_TERMS, by="account_terms", prefix="account_agreed"),
    Need(table=ACCOUNT_STEP, by="account_last_step", prefix="account_step"),
)
"""A loan or an account, and how it stood after its last step."""


def _loans(case: Case) -> LoanState:
    facts = case.facts
    rate, first = facts["loan_rate_ppm"], facts["loan_first_due_on"]
    terms = loan_terms(facts, rate_ppm=rate, first_due_on=first, prefix="loan_agreed")
    return loan_come_to(terms, loan_state(facts, prefix="loan_step"), np.full(len(case.batch), case.batch.on))[0]


def _accounts(case: Case) -> AccountState:
    facts = case.facts
    terms, state = account_terms(facts, prefix="account_agreed"), account_state(facts, prefix="account_step")
    to = np.full(len(case.batch), case.batch.on)
    return account_come_to(terms, state, bought(facts, prefix="account"), to)[0]


def _lost(state: LoanState | AccountState, left_fen: Ints) -> NDArray[np.bool_]:
    return np.asarray((state.standing == Standing.written_off) & (left_fen > 0), np.bool_)


def _late(state: LoanState | AccountState, on: int) -> NDArray[np.bool_]:
    runs = state.standing == Standing.open
    return np.asarray(runs & (state.oldest_due_on != 0) & (state.oldest_due_on < on), np.bool_)


def _overdue(case: Case) -> NDArray[np.bool_]:
    """Where a due day has passed and something is unpaid, or what was written off is not recovered whole."""
    loans, accounts, on = _loans(case), _accounts(case), case.batch.on
    left = loans.owed_principal_fen + loans.interest_due_fen + loans.late_made_fen - loans.late_paid_fen
    of_loan = _late(loans, on) | _lost(loans, left)
    of_account = _late(accounts, on) | _lost(accounts, accounts.asked_fen)
    return np.where(case.batch.integers("loan") != 0, of_loan, of_account)


def _next_due(case: Case, place: int) -> dict[str, int]:
    """The due day that is today or still to come, where there is one."""
    if case.batch.integers("loan")[place] != 0:
        loans = _loans(case)
        coming = np.where(loans.oldest_due_on != 0, loans.oldest_due_on, loans.next_due_on)
        due = int(np.where(loans.standing == Standing.open, coming, 0)[place])
    else:
        due = int(_accounts(case).due_on[place])
    return {"due_on": due} if due else {}


OVERDUE = Gate(rule=RULE, passes=where_in_force(RULE, lambda case: ~_overdue(case)), figures=_next_due)
