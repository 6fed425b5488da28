"""What tied customers of a body's own firm did in a year, day by day: from the firm's books, on the same day.

Sources: PBoC Order [2023] No. 1, arts. 14, 15 (loans and credit are finance, what is paid for a service is services).
Worked number: two loans of 300.00 on one day and a purchase of 50.00 are two rows, 600.00 and 50.00; of a merchant's
payments of 100.00 at 0.6% the fee alone counts, 0.60; a wallet payment counts with nought, for its payer pays nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benyuan.assurance.group.joint import A_YEAR, JANUARY_1ST
from benyuan.assurance.group.reading import columns_of
from benyuan.consumer_finance.chart import LenderLeg
from benyuan.consumer_finance.records import ACCOUNT, BORROWER, LENDER, LOAN, LOAN_STEP
from benyuan.consumer_finance.vocabulary import LoanStep
from benyuan.decisions.facts import Table
from benyuan.engine.group import Group
from benyuan.governance.related.vocabulary import TransactionSort
from benyuan.governance.related.world import World
from benyuan.parties.bodies.ties import CUSTOMER_TIE, TIE_KEY
from benyuan.payments.chart import LegCode
from benyuan.payments.records import INSTITUTION, MERCHANT, PERSON, WALLET
from benyuan.values.dates import day_begins_at, day_ends_at, local_days

FINANCE, SERVICES = TransactionSort.finance, TransactionSort.services


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
        """Whether it held on a day."""
        begun = [holds for day, holds in zip(self.days, self.holds, strict=True) if day <= on]
        return bool(begun) and begun[-1]


def acts_of(group: Group, world: World, *, body: int) -> list[Act]:
    """The acts of the year of the world's day up to it, as known at its position, in order of their days."""
    book = world.state.bodies[body].book
    found = (
        [act for tie in ties_of(group, book=book, seen=world.state.seen) for act in _acts(group, world, tie)]
        if book
        else []
    )
    return sorted(found, key=lambda act: (act.on, act.party, act.customer, act.what))


def ties_of(group: Group, *, book: int, seen: int) -> list[Tie]:
    """The ties that customers of the firms with this book ever had, as known at a log position."""
    column = columns_of(group)
    columns = {name: column(CUSTOMER_TIE, name)[1:] for name in CUSTOMER_TIE.columns}
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


def _acts(group: Group, world: World, tie: Tie) -> Iterator[Act]:
    """All that the customer did on days on which it was tied."""
    for customer, what, sort, day, count, fen in _done(group, world, tie):
        if tie.held(day):
            yield Act(party=tie.body, customer=customer, what=what, sort=sort, on=day, count=count, amount_fen=fen)


def _done(group: Group, world: World, tie: Tie) -> Iterator[tuple[str, str, TransactionSort, int, int, int]]:
    column = columns_of(group)
    if tie.borrower:
        who = f"borrower {tie.borrower}"
        for day, count, fen in _loans(group, world, tie.borrower):
            yield who, "loans", FINANCE, day, count, fen
        used = column(ACCOUNT, "usage")[_of(group, ACCOUNT, "borrower", tie.borrower)].tolist()
        for day, count, fen in _posted(group, world, used, LenderLeg.usage):
            yield who, "purchases", FINANCE, day, count, fen
    if tie.person:
        who = f"person {tie.person}"
        wallets = column(WALLET, "account")[_of(group, WALLET, "person", tie.person)].tolist()
        for day, count, _ in _posted(group, world, wallets, LegCode.payment):
            yield who, "payments", SERVICES, day, count, 0
        for day, count, fen in _posted(group, world, wallets, LegCode.withdrawal_fee):
            yield who, "withdrawal fees", SERVICES, day, count, fen
    own = _of(group, MERCHANT, "principal", tie.person) if tie.person else []
    for merchant in own if tie.person else _of(group, MERCHANT, "business", tie.merchant) if tie.merchant else []:
        account = int(column(MERCHANT, "account")[merchant])
        for day, count, fen in _posted(group, world, [account], LegCode.fee):
            yield f"merchant {merchant}", "fees", SERVICES, day, count, fen


def _of(group: Group, table: Table, name: str, number: int) -> list[int]:
    """The rows of a table that have a number in a column."""
    return (np.flatnonzero(columns_of(group)(table, name)[1:] == number) + 1).tolist()


def _loans(group: Group, world: World, borrower: int) -> Iterator[tuple[int, int, int]]:
    """(day, how many, fen) of loans and further parts, whoever else lends; plans relieve what was lent already."""
    column, on, seen = columns_of(group), world.state.on, world.state.seen
    loans = np.flatnonzero((column(LOAN, "borrower") == borrower) & (column(LOAN, "account") == 0))
    day = column(LOAN_STEP, "on_date")
    mine = np.isin(column(LOAN_STEP, "loan"), loans[loans > 0]) & (column(LOAN_STEP, "kind") == LoanStep.drawn)
    mine &= (day // A_YEAR == on // A_YEAR) & (day <= on) & (column(LOAN_STEP, "position") <= seen)
    for each in np.unique(day[mine]).tolist():
        amounts = column(LOAN_STEP, "amount_fen")[mine & (day == each)]
        yield each, len(amounts), int(amounts.sum())


def _posted(group: Group, world: World, accounts: Sequence[int], code: int) -> Iterator[tuple[int, int, int]]:
    """(day, how many, fen) of what was debited to accounts by legs of a code in the year, up to the day."""
    on, seen = world.state.on, world.state.seen
    first, end = day_begins_at(on // A_YEAR * A_YEAR + JANUARY_1ST), day_ends_at(on)
    days, fen = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
    for account in accounts:
        last = int(group.ledger.state.accounts[account]["last_leg"])
        for rows in group.ledger.rows_back(account, last=last, stop=0):
            there = (rows.at >= first) & (rows.at < end) & (rows.reference <= seen) & (rows.code == code)
            days.append(local_days(rows.at[there]))
            fen.append(rows.moved[there])
            if len(rows) and rows.at[0] < first:
                break
    each, place = np.unique(np.concatenate(days), return_inverse=True)
    sums = np.zeros(len(each), np.int64)
    np.add.at(sums, place, np.concatenate(fen))
    counts = np.bincount(place, minlength=len(each))
    yield from zip(each.tolist(), counts.tolist(), sums.tolist(), strict=True)
