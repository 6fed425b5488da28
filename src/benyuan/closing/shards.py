"""One shard of a lender's book at the end of a day: the loans and accounts of its borrowers, measured and assessed.

A shard holds whole borrowers, those whose id leaves the shard's number when divided by the number of shards, so the
worst class of a borrower never hangs on the cut. Steps of the day are found on the way. What commands of later days
have done is walked back; a chain that such a command has touched had come past the day before it, so it has no step to
make.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from benyuan.closing.arrow import record_batch
from benyuan.closing.asof import last_steps
from benyuan.closing.measures import measured_accounts, measured_loans
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.falling_due import FellDue
from benyuan.consumer_finance.instalments.falling_due import come_to as loans_come_to
from benyuan.consumer_finance.instalments.state import LoanState, LoanTerms
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, ACCOUNT_TERMS, LOAN, LOAN_STEP, LOAN_TERMS
from benyuan.consumer_finance.revolving.cycle import Turned
from benyuan.consumer_finance.revolving.cycle import come_to as accounts_come_to
from benyuan.consumer_finance.revolving.state import AccountState, AccountTerms, Bought, used_between
from benyuan.decisions.books import Books
from benyuan.decisions.facts import Table
from benyuan.parties.people import LAST_DAY
from benyuan.values.dates import add_calendar_days
from benyuan.values.days import days_later

LOAN_OWN = ("rate_ppm", "first_due_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardLoans:
    """Loans of a shard: their ids and last steps, the steps of the day, terms, states and measures at its end."""

    id: Ints
    last_step: Ints
    rounds: list[FellDue]
    terms: LoanTerms
    state: LoanState
    measures: pa.RecordBatch


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardAccounts:
    """The same of accounts; `used`: what statements of the day paid out of credit, by account."""

    id: Ints
    last_step: Ints
    rounds: list[Turned]
    terms: AccountTerms
    state: AccountState
    bought: Bought
    measures: pa.RecordBatch
    used: dict[str, Ints]


def shard_loans(books: Books, *, lender: int, on: int, shard: int, shards: int) -> ShardLoans:
    """The loans of a shard at the end of day `on`."""
    ids = _of_shard(books, LOAN, lender=lender, shard=shard, shards=shards)
    last = books.column(LOAN, "last_step")[ids]
    steps = last_steps(
        last=last, on_date=books.column(LOAN_STEP, "on_date"), previous=books.column(LOAN_STEP, "previous"), day=on
    )
    there = steps != 0
    ids, last, steps = ids[there], last[there], steps[there]
    row = books.column(LOAN, "terms")[ids]
    own = {name: books.column(LOAN, name)[ids] for name in LOAN_OWN}
    shared = {name: books.column(LOAN_TERMS, name)[row] for name in names_of(LoanTerms) if name not in LOAN_OWN}
    terms = LoanTerms(**own, **shared)
    state = LoanState(**{name: books.column(LOAN_STEP, name)[steps] for name in names_of(LoanState)})
    state, rounds = loans_come_to(terms, state, np.full(len(ids), on))
    owner = {name: books.column(LOAN, name)[ids] for name in ("borrower", "product", "partner", "share_ppm")}
    batch = record_batch({"id": ids, **owner, **_columns(terms), **_columns(state)})
    measures = measured_loans(batch, on=on)
    return ShardLoans(id=ids, last_step=last, rounds=rounds, terms=terms, state=state, measures=measures)


def shard_accounts(books: Books, *, lender: int, on: int, shard: int, shards: int) -> ShardAccounts:
    """The pay-later accounts of a shard at the end of day `on`."""
    ids = _of_shard(books, ACCOUNT, lender=lender, shard=shard, shards=shards)
    ids = ids[books.column(ACCOUNT, "opened_on")[ids] <= on]
    last = books.column(ACCOUNT, "last_step")[ids]
    steps = last_steps(
        last=last,
        on_date=books.column(ACCOUNT_STEP, "on_date"),
        previous=books.column(ACCOUNT_STEP, "previous"),
        day=on,
    )
    row = books.column(ACCOUNT, "terms")[ids]
    terms = AccountTerms(**{name: books.column(ACCOUNT_TERMS, name)[row] for name in names_of(AccountTerms)})
    state = AccountState(**{name: books.column(ACCOUNT_STEP, name)[steps] for name in names_of(AccountState)})
    bought, line = as_of(books, ids, on=on)
    before = state
    state, rounds = accounts_come_to(terms, state, bought, days_later(np.full(len(ids), on), 1))
    nobody = np.zeros_like(ids)
    owner = {
        "borrower": books.column(ACCOUNT, "borrower")[ids],
        "product": books.column(ACCOUNT, "product")[ids],
        "partner": nobody,
        "share_ppm": nobody,
        "line_fen": line,
        "bought_fen": bought.bought_fen,
        "bought_weight": bought.weight,
    }
    batch = record_batch({"id": ids, **owner, **_columns(terms), **_columns(state)})
    return ShardAccounts(
        id=ids,
        last_step=last,
        rounds=rounds,
        terms=terms,
        state=state,
        bought=bought,
        measures=measured_accounts(batch, on=on),
        used=used_between(before, state),
    )


def as_of(books: Books, ids: Ints, *, on: int) -> tuple[Bought, Ints]:
    """What accounts had bought by the end of day `on`, and what they might draw in all, 0 where they were frozen.

    The running totals less what came after the day; and later changes of lines taken back, newest first.
    """
    fen = books.column(ACCOUNT, "bought_fen").copy()
    weight = books.column(ACCOUNT, "bought_weight").copy()
    line, frozen = books.column(ACCOUNT, "line_fen").copy(), books.column(ACCOUNT, "frozen").copy()
    for later in books.days(add_calendar_days(on, 1), LAST_DAY):
        columns = later.columns
        if "bought_fen" in columns and "bought_weight" in columns:
            np.subtract.at(fen, columns["account"], columns["bought_fen"])
            np.subtract.at(weight, columns["account"], columns["bought_weight"])
        for changed, before in ((line, "line_before_fen"), (frozen, "frozen_before")):
            if before in columns:
                changed[columns["account"][::-1]] = columns[before][::-1]
    return Bought(bought_fen=fen[ids], weight=weight[ids]), np.where(frozen == 0, line, 0)[ids]


def _of_shard(books: Books, table: Table, *, lender: int, shard: int, shards: int) -> Ints:
    """The ids of a lender's rows whose borrowers are of the shard."""
    mine = (books.column(table, "lender") == lender) & (books.column(table, "borrower") % shards == shard)
    mine[0] = False
    ids: Ints = np.flatnonzero(mine).astype(np.int64)
    return ids


def _columns(record: LoanTerms | LoanState | AccountTerms | AccountState) -> dict[str, Ints]:
    return {name: getattr(record, name) for name in names_of(type(record))}
