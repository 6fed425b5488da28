"""The loan tape: one row a loan or pay-later account as it stood at the end of a closed day, and its sums.

Every figure comes from the functions of the close itself, so the sums equal those that the close kept. Worked number:
a joint loan of 10,000.00 with a partner's 30% stands with 10,000.00, of which `partner_principal_fen` is 3,000.00; the
lender's own part is the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benyuan.assurance.lender_books.past import PastBooks
from benyuan.assurance.lending import day_of
from benyuan.closing.arrow import columns_of
from benyuan.closing.parts import OWN, assessed_shard, parts_of, totals_of
from benyuan.closing.risk import Risk
from benyuan.closing.shards import ShardAccounts, ShardLoans, shard_accounts, shard_loans
from benyuan.consumer_finance.columns import Ints, taken
from benyuan.consumer_finance.instalments.falling_due import fall_due, next_due
from benyuan.consumer_finance.records import ACCOUNT, LENDER_POLICY, LOAN
from benyuan.consumer_finance.vocabulary import RiskClass, Stage, Standing
from benyuan.engine.books import EngineBooks
from benyuan.engine.group import Group
from benyuan.usecases.lending.close_lender_day import rates_on, thresholds

LOANS, ACCOUNTS = 0, 1
SORTS = ("loan", "account")
WORDS = {
    "sort": dict(enumerate(SORTS)),
    "risk_class": {each.value: each.name for each in RiskClass},
    "stage": {each.value: str(each.value) for each in Stage},
    "standing": {each.value: each.name for each in Standing},
}
"""What the numbers of these columns mean."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """Columns, one row a loan (`sort` 0) or account (1); fen, dates yyyymmdd, enumerations by their numbers.

    `totals`: what they come to by product and partner, as a close of the day would keep it.
    """

    lender: int
    date: int
    columns: Mapping[str, Ints]
    totals: list[dict[str, int]]

    def __len__(self) -> int:
        return len(self.columns["id"])

    def spoken(self) -> dict[str, Ints | NDArray[np.str_]]:
        """The columns with words for numbers."""
        return {name: _worded(name, column) for name, column in self.columns.items()}


def loan_tape(group: Group, *, lender: int, date: int | None = None, known: int | None = None) -> Tape:
    """All loans and accounts of a lender at the end of a closed day, the latest without one, as its close found them.

    `known`: as the close of this later day knew them, after payments that were put in their earlier places.
    Errors: BadInput.
    """
    on = day_of(group, lender=lender, date=date)
    books = PastBooks(group, lender=lender, date=on, known=known)
    loans = shard_loans(books, lender=lender, on=on, shard=0, shards=1)
    accounts = shard_accounts(books, lender=lender, on=on, shard=0, shards=1)
    measures = [loans.measures, accounts.measures]
    risk = _risk(group, books, measures, lender=lender, on=on)
    parts = [_of_loans(books, loans), _of_accounts(books, accounts)]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    assessed = {"stage": risk.stage, "risk_class": risk.risk_class, "expected_loss_fen": risk.expected_loss_fen}
    totals = totals_of(parts_of(measures, risk))
    return Tape(lender=lender, date=on, columns={**columns, **assessed}, totals=totals)


def tape_sums(tape: Tape) -> dict[int, dict[str, int]]:
    """The lender's own part by product, under the names of the columns that a close keeps."""
    return {row["product"]: row for row in tape.totals if row["partner"] == OWN}


def _risk(group: Group, books: EngineBooks, measures: list[pa.RecordBatch], *, lender: int, on: int) -> Risk:
    policy = group.records.look_up(LENDER_POLICY, np.array([lender]), on=on)
    return assessed_shard(
        measures,
        conversion_ppm=int(policy["conversion_ppm"][0]),
        rates=rates_on(books, lender, on),
        at=thresholds(group.regime.pack, on=on, stage_two_days=int(policy["stage_two_days"][0])),
    )


def _of_loans(books: EngineBooks, loans: ShardLoans) -> dict[str, Ints]:
    state, measures = loans.state, columns_of(loans.measures)
    coming = np.flatnonzero(next_due(state))
    fallen = fall_due(taken(loans.terms, coming), taken(state, coming))
    next_fen = np.zeros_like(loans.id)
    next_fen[coming] = fallen.due_total_fen - state.due_total_fen[coming]
    own = {
        "sort": np.full_like(loans.id, LOANS),
        "begun_on": books.column(LOAN, "drawn_on")[loans.id],
        "share_ppm": books.column(LOAN, "share_ppm")[loans.id],
        "rate_ppm": loans.terms.rate_ppm,
        "terms": state.terms,
        "next_number": state.next_number,
        "drawn_fen": state.drawn_fen,
        "left_fen": state.owed_principal_fen,
        "oldest_due_on": state.oldest_due_on,
        "next_due_on": np.where(state.standing == Standing.open, state.next_due_on, 0),
        "next_due_fen": next_fen,
        "credit_fen": np.zeros_like(loans.id),
        "standing": state.standing,
    }
    return _joined(measures, own)


def _of_accounts(books: EngineBooks, accounts: ShardAccounts) -> dict[str, Ints]:
    state, measures, none = accounts.state, columns_of(accounts.measures), np.zeros_like(accounts.id)
    asked = np.maximum(state.minimum_fen - state.paid_since_fen, 0)
    own = {
        "sort": np.full_like(accounts.id, ACCOUNTS),
        "begun_on": books.column(ACCOUNT, "opened_on")[accounts.id],
        "share_ppm": none,
        "rate_ppm": accounts.terms.rate_ppm,
        "terms": none,
        "next_number": none,
        "drawn_fen": accounts.bought.bought_fen,
        "left_fen": state.billed_fen + accounts.bought.bought_fen - state.bought_billed_fen,
        "oldest_due_on": state.oldest_due_on,
        "next_due_on": state.due_on,
        "next_due_fen": np.where(state.due_on != 0, np.minimum(asked, state.asked_fen), 0),
        "credit_fen": state.credit_fen,
        "standing": state.standing,
    }
    return _joined(measures, own)


def _joined(measures: Mapping[str, Ints], own: Mapping[str, Ints]) -> dict[str, Ints]:
    """In the order in which people read: who and what, terms, what is owed, what was earned, what comes next."""
    first = ("sort", "id", "borrower", "product", "partner", "share_ppm", "begun_on", "rate_ppm", "terms")
    held = {**measures, **own}
    return {name: held[name] for name in (*first, *(name for name in held if name not in first))}


def _worded(name: str, column: Ints) -> Ints | NDArray[np.str_]:
    words = WORDS.get(name)
    if words is None:
        return column
    table = np.array([words.get(number, "") for number in range(max(words) + 1)])
    return table[column]
