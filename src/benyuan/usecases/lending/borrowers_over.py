"""Whose relationship with a lender is over, since when, what holds their records back, and where what they said lies.

Sources: AML Law (2024), art. 34; PBoC, NFRA and CSRC Order [2025] No. 11, arts. 42, 44 (identity data ten years after
the relationship, records after the trade); Order 2024 No. 4 of the NFRA, art. 58 (records of collecting, five years);
PIPL, art. 47. A relationship ends with the last account closed and the last loan paid off; a
line that no account and no offer uses is none. What was written off is still owed, so it stands. Complaints and claims
move the end to the day on which they ended. Worked number: a loan paid off on 2026-05-31 is kept through 2036-05-31.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_STEP,
    BORROWER,
    BORROWER_IDENTITY,
    LOAN,
    LOAN_STEP,
    OFFER,
)
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.consumer_protection.claims.records import CUSTOMER_COMPLAINT, DATA_REQUEST, DEBT_CLAIM, LENDER_OBJECTION
from benyuan.consumer_protection.contact.records import STOP
from benyuan.consumer_protection.records import PROTECTION_DUTY
from benyuan.consumer_protection.vocabulary import DutyKind
from benyuan.credit_bureau.records import OBJECTION
from benyuan.decisions.books import Books, DayCommands
from benyuan.decisions.facts import Table
from benyuan.payments.retention.holds import Reason
from benyuan.payments.retention.sorts import LAW, ORDER, last_day
from benyuan.rules import RulePack
from benyuan.values.dates import add_calendar_days

Ints = NDArray[np.int64]
COLLECTING = "cf.collection.records"
RULES = (LAW, ORDER, COLLECTING)
"""Every rule on how long; their numbers stand in a table, so a new one stands at the end."""
OF_WISHES = (DutyKind.delete_data, DutyKind.erase_data)
"""Duties that erasing itself does."""
ENDS = {
    CUSTOMER_COMPLAINT: ("received_on", "answered_on", "withdrawn_on", "reviewed_on"),
    DEBT_CLAIM: ("received_on", "answered_on", "withdrawn_on"),
}
NAMES: dict[str, Table] = {
    "borrower": BORROWER,
    "account": ACCOUNT,
    "loan": LOAN,
    "complaint": CUSTOMER_COMPLAINT,
    "debt_claim": DEBT_CLAIM,
    "request": DATA_REQUEST,
}
"""Fields of commands that lead to a borrower."""
SAYS = frozenset(
    {
        *("assess_borrower", "freeze_borrower", "freeze_account", "agree_autopay", "tell_arrears"),
        *("write_off_account", "write_off_loan", "record_income"),
        *("take_customer_complaint", "add_evidence", "extend_complaint", "answer_customer_complaint"),
        *("withdraw_customer_complaint", "ask_review", "decide_complaint_review", "record_redress"),
        *("take_debt_claim", "answer_debt_claim", "withdraw_debt_claim"),
        *("ask_own_data", "answer_own_data", "explain_decision", "decide_again"),
    }
)
"""Commands with words or papers of or about a borrower, which do not lie under the borrower's own key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """Borrowers, and for each what holds them back, 0 nothing."""

    ids: Ints
    reason: Ints

    @property
    def free(self) -> Ints:
        """Those that nothing holds back."""
        return np.asarray(self.ids[self.reason == 0], np.int64)


def ends_of_borrowers(books: Books) -> Ints:
    """By borrower the day on which the relationship ended (yyyymmdd); 0 where it stands, or where it is erased."""
    registered = books.column(BORROWER, "registered_on")
    ended, serving = registered.copy(), np.zeros(len(registered), np.bool_)
    for table, steps in ((ACCOUNT, ACCOUNT_STEP), (LOAN, LOAN_STEP)):
        whose, last = books.column(table, "borrower"), books.column(table, "last_step")
        np.maximum.at(ended, whose, books.column(steps, "on_date")[last])
        serving[whose[books.column(steps, "standing")[last] != Standing.closed]] = True
    np.maximum.at(ended, books.column(ACCOUNT, "borrower"), books.column(ACCOUNT, "opened_on"))
    serving[books.column(ACCOUNT, "borrower")[books.column(ACCOUNT, "credit_fen") != 0]] = True
    np.maximum.at(ended, books.column(OFFER, "borrower"), books.column(OFFER, "until"))
    for ending, names in ENDS.items():
        for name in names:
            np.maximum.at(ended, books.column(ending, "borrower"), books.column(ending, name))
    gone = books.column(BORROWER, "particulars") == 0
    return np.asarray(np.where(serving | gone, 0, ended), np.int64)


def held_back(books: Books) -> Ints:
    """By borrower what holds their records back: of several the first of `Reason`."""
    reasons = np.zeros(len(books.column(BORROWER, "lender")), np.int64)
    frozen = np.flatnonzero(books.column(BORROWER, "frozen"))
    stopped = books.column(STOP, "borrower")[books.column(STOP, "ended_on") == 0]
    open_duty = (books.column(PROTECTION_DUTY, "done_on") == 0) & ~np.isin(
        books.column(PROTECTION_DUTY, "kind"), OF_WISHES
    )
    put = books.ids(LENDER_OBJECTION)
    objecting = books.column(LENDER_OBJECTION, "borrower")[books.column(OBJECTION, "outcome")[put] == 0]
    found = (
        (Reason.stop, np.concatenate([frozen, stopped])),
        (Reason.duty, books.column(PROTECTION_DUTY, "borrower")[open_duty]),
        (Reason.dispute, objecting),
    )
    for reason, whose in found:
        reasons[whose[whose > 0]] = int(reason)
    return reasons


def over_on(books: Books, *, lender: int, date: int) -> Over:
    """The borrowers of a lender whose relationship ended on a day."""
    mine = (books.column(BORROWER, "lender") == lender) & (ends_of_borrowers(books) == date)
    ids = np.flatnonzero(mine)
    return Over(ids=ids, reason=held_back(books)[ids])


def identities_of(books: Books, borrowers: Ints) -> Ints:
    """The numbers of all identities that these borrowers have shown."""
    known = books.ids(BORROWER_IDENTITY)
    return np.sort(known[np.isin(books.column(BORROWER_IDENTITY, "borrower"), borrowers) & (known != 0)])


def payloads_of(books: Books, borrowers: Ints, *, through: int) -> Ints:
    """The log positions of what was said by or about these borrowers up to a day, accepted or not; in order."""
    if len(borrowers) == 0:
        return np.zeros(0, np.int64)
    theirs = {name: _theirs(books, table, borrowers) for name, table in NAMES.items()}
    found, day = [], int(books.column(BORROWER, "registered_on")[borrowers].min())
    while day <= through:
        found += [_named(commands, theirs) for commands in books.sealed(day) if commands.kind in SAYS]
        day = add_calendar_days(day, 1)
    return np.sort(np.concatenate([np.zeros(0, np.int64), *found]))


def _theirs(books: Books, table: Table, borrowers: Ints) -> Ints:
    if table is BORROWER:
        return borrowers
    rows = np.flatnonzero(np.isin(books.column(table, "borrower"), borrowers))
    return rows[rows > 0]


def _named(commands: DayCommands, theirs: dict[str, Ints]) -> Ints:
    named = np.zeros(len(commands.columns["position"]), np.bool_)
    for name, ids in theirs.items():
        if name in commands.columns:
            named |= np.isin(commands.columns[name], ids)
    return np.asarray(commands.columns["position"][named], np.int64)


def longest(rules: RulePack, *, on: int) -> tuple[str, int] | None:
    """The rule with the longest term that is in force on a day, and its years; of equal ones the first."""
    found = [(rule, value.count) for rule in RULES if (value := rules.in_force(id=rule, on=on)) is not None]
    return max(found, key=lambda each: each[1]) if found else None


def erasable_on(books: Books, rules: RulePack, *, borrower: int, on: int) -> int:
    """The first day on which a borrower can be erased, by the rules of a day; 0 while the relationship stands."""
    ended, chosen = int(ends_of_borrowers(books)[borrower]), longest(rules, on=on)
    return add_calendar_days(last_day(ended, chosen[1]), 1) if ended and chosen else 0


def days_over(books: Books, *, lender: int, last: int) -> Iterator[int]:
    """The days up to and with `last` on which relationships with a lender ended."""
    ends = ends_of_borrowers(books)[books.column(BORROWER, "lender") == lender]
    days = np.unique(ends)
    yield from days[(days > 0) & (days <= last)].tolist()
