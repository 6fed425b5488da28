"""What tied customers of a body's own firm did in a year, day by day: from the firm's books, on the same day.

Sources: PBoC Order [2023] No. 1, arts. 14, 15 (loans and credit are finance, what is paid for a service is services).
Worked number: two loans of 300.00 on one day and a purchase of 50.00 are two rows, 600.00 and 50.00; of a merchant's
payments of 100.00 at 0.6% the fee alone counts, 0.60; a wallet payment counts with nought, for its payer pays nothing.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benyuan.consumer_finance.chart import LenderLeg
from benyuan.consumer_finance.records import ACCOUNT, BORROWER, LENDER, LOAN, LOAN_STEP
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.books import Books
from benyuan.decisions.facts import Table
from benyuan.governance.related.vocabulary import TransactionSort
from benyuan.parties.bodies.same import ones_of
from benyuan.parties.bodies.ties import CUSTOMER_TIE, TIE_KEY
from benyuan.parties.ownership.dated import Column
from benyuan.payments.chart import LegCode
from benyuan.payments.records import INSTITUTION, MERCHANT, PERSON, WALLET
from benyuan.values.dates import day_ends_at, local_days

FINANCE, SERVICES = TransactionSort.finance, TransactionSort.services
LOANS, PURCHASES, PAYMENTS, FEES, WITHDRAWALS = "loans", "purchases", "payments", "fees", "withdrawal fees"
JANUARY_1ST, A_YEAR = 101, 10_000  # tidy: number the parts of yyyymmdd


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What one customer did of one sort on a day (yyyymmdd), `count` times, in fen; `party`: the body that it is."""

    party: int
    customer: str
    what: str
    sort: TransactionSort
    on: int
    count: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A body and its customer, with the days on which the tie began or ended, in order, and which of both it was."""

    body: int
    person: int
    merchant: int
    borrower: int
    days: tuple[int, ...]
    holds: tuple[bool, ...]

    def held(self, on: int) -> bool:
        """Whether it held on a day, at whatever time of it: the day on which it ends counts, and so does a new one."""
        begun = [(day, holds) for day, holds in zip(self.days, self.holds, strict=True) if day <= on]
        before = [holds for day, holds in begun if day < on]
        return any(holds for day, holds in begun if day == on) or before[-1:] == [True]

    def stands(self, on: int) -> bool:
        """Whether it held when a day was over."""
        begun = [holds for day, holds in zip(self.days, self.holds, strict=True) if day <= on]
        return begun[-1:] == [True]


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The books in the year of a day (yyyymmdd) up to it, as known at a log position."""

    books: Books
    on: int
    seen: int

    @property
    def begins(self) -> int:
        """Its first day."""
        return self.on // A_YEAR * A_YEAR + JANUARY_1ST


def acts_of(year: Year, *, book: int, bodies: Collection[int] | None = None) -> list[Act]:
    """The acts of customers who are tied to `bodies` (None: any), at the firms with a book, in order of their days."""
    ties = ties_of(year.books.column, book=book, seen=year.seen) if book else []
    found = [act for tie in ties if bodies is None or tie.body in bodies for act in _acts(year, tie)]
    return sorted(found, key=in_order)


def in_order(act: Act) -> tuple[int, int, str, str]:
    """Acts come by day, and those of one day by who did what."""
    return act.on, act.party, act.customer, act.what


def ties_of(column: Column, *, book: int, seen: int) -> list[Tie]:
    """The ties that customers of the firms with this book ever had, as known at a log position."""
    columns = {name: column(CUSTOMER_TIE, name)[1:] for name in CUSTOMER_TIE.columns}
    columns["body"] = ones_of(column, seen=seen).column(columns["body"])
    firms = (("person", PERSON, "institution", INSTITUTION), ("merchant", MERCHANT, "institution", INSTITUTION))
    mine = np.zeros(len(columns["body"]), np.bool_)
    for name, table, firm, kept in (*firms, ("borrower", BORROWER, "lender", LENDER)):
        whose = column(kept, "book")[column(table, firm)[columns[name]]]
        mine |= (columns[name] != 0) & (whose == book)
    mine &= columns["position"] <= seen
    rows: dict[tuple[int, ...], list[tuple[int, int, bool]]] = {}
    for place in np.flatnonzero(mine).tolist():
        key = tuple(int(columns[name][place]) for name in TIE_KEY)
        rows.setdefault(key, []).append((int(columns["from_date"][place]), place, bool(columns["holds"][place])))
    return [
        Tie(
            **dict(zip(TIE_KEY, key, strict=True)),
            days=tuple(day for day, _, _ in sorted(each)),
            holds=tuple(holds for _, _, holds in sorted(each)),
        )
        for key, each in sorted(rows.items())
    ]


def _acts(year: Year, tie: Tie) -> Iterator[Act]:
    """All that the customer did on days on which it was tied."""
    for customer, what, sort, day, count, fen in _done(year, tie):
        if tie.held(day):
            yield Act(party=tie.body, customer=customer, what=what, sort=sort, on=day, count=count, amount_fen=fen)


def _done(year: Year, tie: Tie) -> Iterator[tuple[str, str, TransactionSort, int, int, int]]:
    column = year.books.column
    if tie.borrower:
        who = customer_of("borrower", tie.borrower)
        for day, count, fen in _loans(year, tie.borrower):
            yield who, LOANS, FINANCE, day, count, fen
        used = column(ACCOUNT, "usage")[_of(year, ACCOUNT, "borrower", tie.borrower)].tolist()
        for day, count, fen in _posted(year, used, LenderLeg.usage):
            yield who, PURCHASES, FINANCE, day, count, fen
    if tie.person:
        who = customer_of("person", tie.person)
        wallets = column(WALLET, "account")[_of(year, WALLET, "person", tie.person)].tolist()
        for day, count, _ in _posted(year, wallets, LegCode.payment):
            yield who, PAYMENTS, SERVICES, day, count, 0
        for day, count, fen in _posted(year, wallets, LegCode.withdrawal_fee):
            yield who, WITHDRAWALS, SERVICES, day, count, fen
    own = _of(year, MERCHANT, "principal", tie.person) if tie.person else []
    for merchant in own if tie.person else _of(year, MERCHANT, "business", tie.merchant) if tie.merchant else []:
        account = int(column(MERCHANT, "account")[merchant])
        for day, count, fen in _posted(year, [account], LegCode.fee):
            yield customer_of("merchant", merchant), FEES, SERVICES, day, count, fen


def _of(year: Year, table: Table, name: str, number: int) -> list[int]:
    """The rows of a table that have a number in a column."""
    return (np.flatnonzero(year.books.column(table, name)[1:] == number) + 1).tolist()


def _loans(year: Year, borrower: int) -> Iterator[tuple[int, int, int]]:
    """(day, how many, fen) of loans and further parts, whoever else lends; plans relieve what was lent already."""
    column, on, seen = year.books.column, year.on, year.seen
    loans = np.flatnonzero((column(LOAN, "borrower") == borrower) & (column(LOAN, "account") == 0))
    day = column(LOAN_STEP, "on_date")
    mine = np.isin(column(LOAN_STEP, "loan"), loans[loans > 0]) & (column(LOAN_STEP, "kind") == LoanStep.drawn)
    mine &= (day // A_YEAR == on // A_YEAR) & (day <= on) & (column(LOAN_STEP, "position") <= seen)
    for each in np.unique(day[mine]).tolist():
        amounts = column(LOAN_STEP, "amount_fen")[mine & (day == each)]
        yield each, len(amounts), int(amounts.sum())


def _posted(year: Year, accounts: Sequence[int], code: int) -> Iterator[tuple[int, int, int]]:
    """(day, how many, fen) of what was debited to accounts by legs of a code in the year, up to the day."""
    found: dict[int, tuple[int, int]] = {}
    for account in accounts:
        for (day, of), (count, fen) in debited_in(year, account).items():
            if of == code:
                before = found.get(day, (0, 0))
                found[day] = before[0] + count, before[1] + fen
    for day in sorted(found):
        yield day, *found[day]


def debited_in(year: Year, account: int) -> dict[tuple[int, int], tuple[int, int]]:
    """By day and code of leg, how often and how much was debited to an account in the year, up to the day."""
    if year.seen >= year.books.last_position:
        debited = year.books.debited(account, since=year.begins)
        return {(day, code): both for (day, code), both in debited.items() if day <= year.on}
    moves = year.books.account_moves(account, since=year.begins)
    there = (moves["at"] < day_ends_at(year.on)) & (moves["reference"] <= year.seen) & (moves["moved"] >= 0)
    days = local_days(moves["at"][there]).tolist()
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for day, code, fen in zip(days, moves["code"][there].tolist(), moves["moved"][there].tolist(), strict=True):
        before = found.get((day, code), (0, 0))
        found[day, code] = before[0] + 1, before[1] + fen
    return found


def customer_of(what: str, number: int) -> str:
    """How an act names who did it."""
    return f"{what} {number}"
