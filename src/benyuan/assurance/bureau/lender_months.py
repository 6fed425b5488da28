"""How a lender's loans and pay-later accounts stood at the end of a closed month, as it furnishes them to a bureau.

Every figure comes from the functions of the close, or from the steps that it left. Worked number: a payment that was
due on the 20th and not made is 11 days late at the end of a month of 31 days: status 1; 31 days late is status 2; more
than 180 days are status 7. A statement of 28 June that is due on 17 July is what fell due in July.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.assurance.bureau.lender_steps import Walked, walked
from benyuan.closing.arrow import columns_of
from benyuan.closing.asof import last_steps
from benyuan.closing.shards import shard_accounts, shard_loans
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, ACCOUNT_TOLD, LOAN, LOAN_STEP, LOAN_TOLD
from benyuan.consumer_finance.vocabulary import AccountStep, LoanStep, Standing
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER, AccountType, MonthStatus
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.values.dates import add_calendar_days
from benyuan.values.days import days_later

DAYS_A_STATUS = 30  # tidy: number the width of a status, by what the statuses mean
LATE_STATUSES = 7  # tidy: number the last one holds all that is later
FIRST_OF_MONTH, A_MONTH = 1, 100
A_DAY = 20000101  # tidy: number any day that exists stands in where there's none
PAID_ON_ACCOUNTS = (AccountStep.repaid, AccountStep.recovered)
PAID_ON_LOANS = (
    *(LoanStep.repaid, LoanStep.repaid_shorter, LoanStep.repaid_smaller, LoanStep.repaid_whole),
    LoanStep.recovered,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderLines:
    """One row a loan or account. `number`: the lender's own number of it; `id`: in its own table."""

    number: list[str]
    id: Ints
    borrower: Ints
    type: list[str]
    opened_on: Ints
    limit_fen: Ints

    def __len__(self) -> int:
        return len(self.number)

    def chosen(self, places: Ints) -> "LenderLines":
        """Some of the rows."""
        return LenderLines(
            number=[self.number[place] for place in places.tolist()],
            id=self.id[places],
            borrower=self.borrower[places],
            type=[self.type[place] for place in places.tolist()],
            opened_on=self.opened_on[places],
            limit_fen=self.limit_fen[places],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderMonths:
    """Those of the loans and accounts that run at the month's end or ended in it.

    `told_on`, `told`: when the borrower was last told of arrears, and by which command. `late_since`: the day since
    which there are arrears, 0 for none. `records`: of the layout `MONTH`, the account's number at the bureau and the
    notice still to be filled in.
    """

    lines: LenderLines
    told_on: Ints
    told: Ints
    late_since: Ints
    records: NDArray[Any]

    def __len__(self) -> int:
        return len(self.lines)


def lender_lines(group: Group, *, lender: int, since: int, date: int) -> LenderLines:
    """The loans and accounts of a lender that began between two days (yyyymmdd), both included."""
    return _joined(*(_begun(group, table, lender, since, date) for table in (LOAN, ACCOUNT)))


def lender_months(group: Group, *, lender: int, date: int) -> LenderMonths:
    """The month of `date`, as the lender's books stood at the end of that day, which is closed."""
    loans, accounts = _loans(group, lender, date), _accounts(group, lender, date)
    return LenderMonths(
        lines=_joined(loans.lines, accounts.lines),
        records=np.concatenate([loans.records, accounts.records]),
        **{
            name: np.concatenate([getattr(loans, name), getattr(accounts, name)])
            for name in ("told_on", "told", "late_since")
        },
    )


def _begun(group: Group, table: Table, lender: int, since: int, date: int) -> LenderLines:
    held = group.records.tables[table.name]
    began = held.column("drawn_on" if table is LOAN else "opened_on")
    mine = (held.column("lender") == lender) & (began >= since) & (began <= date)
    mine[0] = False
    ids = np.flatnonzero(mine).astype(np.int64)
    if table is LOAN:
        limit = group.records.tables[LOAN_STEP.name].column("drawn_fen")[held.column("last_step")[ids]]
    else:
        limit = held.column("line_fen")[ids]
    return _lines(group, table, ids, limit)


def _lines(group: Group, table: Table, ids: Ints, limit_fen: Ints) -> LenderLines:
    held = group.records.tables[table.name]
    word, kind = ("loan", AccountType.non_revolving) if table is LOAN else ("account", AccountType.credit_card)
    return LenderLines(
        number=[f"{word} {number}" for number in ids.tolist()],
        id=ids,
        borrower=held.column("borrower")[ids],
        type=[kind.value] * len(ids),
        opened_on=held.column("drawn_on" if table is LOAN else "opened_on")[ids],
        limit_fen=limit_fen.astype(np.int64),
    )


def _joined(loans: LenderLines, accounts: LenderLines) -> LenderLines:
    arrays = {
        name: np.concatenate([getattr(loans, name), getattr(accounts, name)])
        for name in ("id", "borrower", "opened_on", "limit_fen")
    }
    return LenderLines(number=[*loans.number, *accounts.number], type=[*loans.type, *accounts.type], **arrays)


def _before(date: int) -> int:
    """The last day of the month before that of a day."""
    return add_calendar_days(date // A_MONTH * A_MONTH + FIRST_OF_MONTH, -1)


def _loans(group: Group, lender: int, date: int) -> LenderMonths:
    now = shard_loans(group.books(), lender=lender, on=date, shard=0, shards=1)
    steps, before = group.records.tables[LOAN_STEP.name], _before(date)
    last = last_steps(last=now.last_step, on_date=steps.column("on_date"), previous=steps.column("previous"), day=date)
    month = walked(steps, last, since=before, paid=PAID_ON_LOANS)
    measures = columns_of(now.measures)
    late = (measures["days_overdue"] > 0) & (now.state.due_fen > 0)
    records = _records(measures, date)
    records["limit_fen"] = now.state.drawn_fen
    fell_before = steps.column("due_total_fen")[month.earlier]
    records["due_fen"] = now.state.due_total_fen - np.where(month.earlier != 0, fell_before, 0)
    records["terms_left"] = np.maximum(now.state.terms - now.state.next_number + 1, 0)
    next_due = np.where(now.state.standing == Standing.open, now.state.next_due_on, 0)
    records["due_on"] = np.where(late, now.state.oldest_due_on, next_due)
    _stand(records, measures, late=late, owed=now.state.due_fen, standing=now.state.standing)
    _tell_paid(records, month, was_late=steps.column("oldest_due_on")[month.earlier] != 0)
    kept = (now.state.standing != Standing.closed) | (steps.column("on_date")[last] > before)
    lines = _lines(group, LOAN, now.id, records["limit_fen"])
    return _made(group, lines, LOAN_TOLD, records, late_since=now.state.oldest_due_on, kept=kept, date=date)


def _accounts(group: Group, lender: int, date: int) -> LenderMonths:
    books = group.books()
    now = shard_accounts(books, lender=lender, on=date, shard=0, shards=1)
    steps, before = group.records.tables[ACCOUNT_STEP.name], _before(date)
    last = last_steps(last=now.last_step, on_date=steps.column("on_date"), previous=steps.column("previous"), day=date)
    month = walked(steps, last, since=before, paid=PAID_ON_ACCOUNTS)
    measures = columns_of(now.measures)
    late = measures["days_overdue"] > 0
    records = _records(measures, date)
    records["limit_fen"] = books.column(ACCOUNT, "line_fen")[now.id]
    due_on, records["due_fen"] = _fell_due(group, last, now.terms.due_days, date)
    coming = np.where(due_on != 0, due_on, now.state.due_on)
    records["due_on"] = np.where(late, now.state.oldest_due_on, coming)
    _stand(records, measures, late=late, owed=now.state.missing_fen, standing=now.state.standing)
    nothing = (records["due_fen"] == 0) & (records["balance_fen"] == 0) & ~late
    runs = now.state.standing == Standing.open
    records["status"] = np.where(nothing & runs, STATUS_NUMBER[MonthStatus.nothing_due], records["status"])
    _tell_paid(records, month, was_late=steps.column("oldest_due_on")[month.earlier] != 0)
    kept = (now.state.standing != Standing.closed) | (steps.column("on_date")[last] > before)
    lines = _lines(group, ACCOUNT, now.id, records["limit_fen"])
    return _made(group, lines, ACCOUNT_TOLD, records, late_since=now.state.oldest_due_on, kept=kept, date=date)


def _fell_due(group: Group, last: Ints, due_days: Ints, date: int) -> tuple[Ints, Ints]:
    """The due day in the month of `date`, 0 for none, and the whole statement that fell due on it.

    It is that of the latest statement, or of the one before: each month has one of them.
    """
    steps = group.records.tables[ACCOUNT_STEP.name]
    stated_on, previous = steps.column("stated_on"), steps.column("previous")
    rows, found_on, found_fen = last.copy(), np.zeros(len(last), np.int64), np.zeros(len(last), np.int64)
    looking = stated_on[rows] != 0
    while looking.any():
        there = np.where(looking, stated_on[rows], A_DAY)
        due = days_later(there, np.where(looking, due_days, 0))
        hit = looking & (due // A_MONTH == date // A_MONTH)
        found_on[hit], found_fen[hit] = due[hit], steps.column("stated_fen")[rows[hit]]
        looking &= ~hit & (due // A_MONTH > date // A_MONTH)
        rows[looking] = previous[rows[looking]]
        looking &= stated_on[rows] != 0
    return found_on, found_fen


def _records(measures: dict[str, Ints], date: int) -> NDArray[Any]:
    records = np.zeros(len(measures["id"]), MONTH.dtype)
    records["month"] = date // A_MONTH
    owed = ("principal_fen", "interest_owed_fen", "charges_owed_fen")
    records["balance_fen"] = sum(measures[name] for name in owed)
    return records


def _stand(
    records: NDArray[Any], measures: dict[str, Ints], *, late: NDArray[np.bool_], owed: Ints, standing: Ints
) -> None:
    """Status and arrears; what is late owes at least a fen."""
    days = measures["days_overdue"]
    number = np.clip((days + DAYS_A_STATUS - 1) // DAYS_A_STATUS, 1, LATE_STATUSES)
    status = np.where(late, STATUS_NUMBER[MonthStatus.late_1] + number - 1, STATUS_NUMBER[MonthStatus.normal])
    status = np.where(standing == Standing.closed, STATUS_NUMBER[MonthStatus.closed], status)
    off = standing == Standing.written_off
    records["status"] = np.where(off, STATUS_NUMBER[MonthStatus.bad_debt], status)
    records["terms_overdue"] = np.where(late, number, 0)
    records["overdue_fen"] = np.where(late | off, np.maximum(owed, 1), 0)


def _tell_paid(records: NDArray[Any], month: Walked, *, was_late: NDArray[np.bool_]) -> None:
    """What was paid in the month and last on which day, and when the arrears with which the month began ended.

    An account can be late again at the month's end: then `ended_on` is the end of the older arrears.
    """
    records["paid_fen"], records["paid_on"] = month.paid_fen, month.paid_on
    records["ended_on"] = np.where(was_late, month.cured_on, 0)


def _made(
    group: Group,
    lines: LenderLines,
    told: Table,
    records: NDArray[Any],
    *,
    late_since: Ints,
    kept: NDArray[np.bool_],
    date: int,
) -> LenderMonths:
    notices = group.records.look_up(told, lines.id, on=date)
    places = np.flatnonzero(kept)
    return LenderMonths(
        lines=lines.chosen(places),
        told_on=notices["told_on"][places],
        told=notices["position"][places],
        late_since=late_since[places],
        records=records[places],
    )
