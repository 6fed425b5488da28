"""How a lender's loans and pay-later accounts stood at the end of a closed month, as it furnishes them to a bureau.

Every figure comes from the functions of the close. Worked number: a payment that was due on the 20th and not made is 11
days late at the end of a month of 31 days: status 1; 31 days late is status 2; more than 180 days are status 7.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benyuan.closing.arrow import columns_of
from benyuan.closing.shards import ShardAccounts, ShardLoans, shard_accounts, shard_loans
from benyuan.consumer_finance.columns import Ints
from benyuan.consumer_finance.records import (
    ACCOUNT,
    ACCOUNT_STEP,
    ACCOUNT_TOLD,
    LOAN,
    LOAN_STEP,
    LOAN_TOLD,
)
from benyuan.consumer_finance.vocabulary import Standing
from benyuan.credit_bureau.layouts import MONTH
from benyuan.credit_bureau.vocabulary import STATUS_NUMBER, AccountType, MonthStatus
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.values.dates import add_calendar_days

DAYS_A_STATUS = 30  # tidy: number the width of a status, by what the statuses mean
LATE_STATUSES = 7  # tidy: number the last one holds all that is later
FIRST_OF_MONTH, A_MONTH = 1, 100
NO_SUCH = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderMonths:
    """One row a loan or account that runs at the month's end or ended in it.

    `number`: the lender's own number of it. `told_on`, `told`: when the borrower was last told of arrears, and by which
    command. `records`: of the layout `MONTH`, the account's number at the bureau and the notice still to be filled in.
    """

    number: list[str]
    borrower: Ints
    type: list[str]
    opened_on: Ints
    limit_fen: Ints
    told_on: Ints
    told: Ints
    records: NDArray[Any]

    def __len__(self) -> int:
        return len(self.number)

    def chosen(self, which: NDArray[np.bool_]) -> "LenderMonths":
        """Some of the rows."""
        places = np.flatnonzero(which).tolist()
        return LenderMonths(
            number=[self.number[place] for place in places],
            borrower=self.borrower[places],
            type=[self.type[place] for place in places],
            opened_on=self.opened_on[places],
            limit_fen=self.limit_fen[places],
            told_on=self.told_on[places],
            told=self.told[places],
            records=self.records[places],
        )


def lender_months(group: Group, *, lender: int, date: int) -> LenderMonths:
    """The month of `date`, as the lender's books stood at the end of that day, which is closed."""
    loans, accounts = _loans(group, lender, date), _accounts(group, lender, date)
    return LenderMonths(
        number=[*loans.number, *accounts.number],
        type=[*loans.type, *accounts.type],
        records=np.concatenate([loans.records, accounts.records]),
        **{
            name: np.concatenate([getattr(loans, name), getattr(accounts, name)])
            for name in ("borrower", "opened_on", "limit_fen", "told_on", "told")
        },
    )


def _before(date: int) -> int:
    """The last day of the month before that of a day."""
    return add_calendar_days(date // A_MONTH * A_MONTH + FIRST_OF_MONTH, -1)


def _loans(group: Group, lender: int, date: int) -> LenderMonths:
    books = group.books()
    now = shard_loans(books, lender=lender, on=date, shard=0, shards=1)
    then = shard_loans(books, lender=lender, on=_before(date), shard=0, shards=1)
    was = _places(then.id, now.id)
    fell, paid = now.state.due_total_fen, now.state.due_paid_fen
    fell_before = np.append(then.state.due_total_fen, 0)[was]
    paid_before = np.append(then.state.due_paid_fen, 0)[was]
    late_before = np.append(then.state.oldest_due_on, 0)[was] != 0
    measures = columns_of(now.measures)
    late = (measures["days_overdue"] > 0) & (now.state.due_fen > 0)
    records = _records(measures, date)
    records["limit_fen"] = now.state.drawn_fen
    records["due_fen"], records["paid_fen"] = fell - fell_before, paid - paid_before
    records["terms_left"] = np.maximum(now.state.terms - now.state.next_number + 1, 0)
    records["due_on"] = np.where(now.state.standing == Standing.open, now.state.next_due_on, 0)
    _stand(records, measures, late=late, owed=now.state.due_fen, standing=now.state.standing)
    ended = _ended(group, LOAN_STEP, now.id, now.last_step, cured=late_before & ~late, date=date)
    records["ended_on"] = ended
    kept = (now.state.standing != Standing.closed) | (_last_on(group, LOAN_STEP, now) > _before(date))
    return _made(group, LOAN, LOAN_TOLD, now.id, records, AccountType.non_revolving, "loan", date).chosen(kept)


def _accounts(group: Group, lender: int, date: int) -> LenderMonths:
    books = group.books()
    now = shard_accounts(books, lender=lender, on=date, shard=0, shards=1)
    then = shard_accounts(books, lender=lender, on=_before(date), shard=0, shards=1)
    late_before = np.append(then.state.oldest_due_on, 0)[_places(then.id, now.id)] != 0
    measures = columns_of(now.measures)
    late = measures["days_overdue"] > 0
    records = _records(measures, date)
    records["limit_fen"] = books.column(ACCOUNT, "line_fen")[now.id]
    records["due_fen"], records["paid_fen"] = now.state.stated_fen, now.state.paid_since_fen
    records["due_on"] = now.state.due_on
    _stand(records, measures, late=late, owed=now.state.missing_fen, standing=now.state.standing)
    nothing = (records["due_fen"] == 0) & (records["balance_fen"] == 0) & ~late
    runs = now.state.standing == Standing.open
    records["status"] = np.where(nothing & runs, STATUS_NUMBER[MonthStatus.nothing_due], records["status"])
    ended = _ended(group, ACCOUNT_STEP, now.id, now.last_step, cured=late_before & ~late, date=date)
    records["ended_on"] = ended
    kept = (now.state.standing != Standing.closed) | (_last_on(group, ACCOUNT_STEP, now) > _before(date))
    return _made(group, ACCOUNT, ACCOUNT_TOLD, now.id, records, AccountType.credit_card, "account", date).chosen(kept)


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


def _ended(group: Group, steps: Table, ids: Ints, last: Ints, *, cured: NDArray[np.bool_], date: int) -> Ints:
    """The day on which arrears of the month before were paid; 0 where there were none, or they go on."""
    held = group.records.tables[steps.name]
    on_date, previous, oldest = (held.column(name) for name in ("on_date", "previous", "oldest_due_on"))
    ended = np.zeros(len(ids), np.int64)
    for place in np.flatnonzero(cured).tolist():
        row, day = int(last[place]), NO_SUCH
        while row and (on_date[row] > date or oldest[row] == 0):
            day = int(on_date[row]) if on_date[row] <= date else day
            row = int(previous[row])
        ended[place] = day
    return ended


def _last_on(group: Group, steps: Table, now: ShardLoans | ShardAccounts) -> Ints:
    """The day of the last step of each."""
    days: Ints = group.records.tables[steps.name].column("on_date")[now.last_step]
    return days


def _places(known: Ints, wanted: Ints) -> Ints:
    """Where the wanted ids stand among the known ones, which are in order; one past the last for those that don't."""
    place = np.searchsorted(known, wanted)
    found = known[np.minimum(place, len(known) - 1)] == wanted if len(known) else np.zeros(len(wanted), np.bool_)
    return np.where(found, place, len(known))


def _made(
    group: Group, table: Table, told: Table, ids: Ints, records: NDArray[Any], kind: AccountType, word: str, date: int
) -> LenderMonths:
    held = group.records.tables[table.name]
    notices = group.records.look_up(told, ids, on=date)
    return LenderMonths(
        number=[f"{word} {number}" for number in ids.tolist()],
        borrower=held.column("borrower")[ids],
        type=[kind.value] * len(ids),
        opened_on=held.column("drawn_on" if table is LOAN else "opened_on")[ids],
        limit_fen=records["limit_fen"].astype(np.int64),
        told_on=notices["told_on"],
        told=notices["position"],
        records=records,
    )
