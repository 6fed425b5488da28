"""`bench close`: one close of day over a large book of loans, persisted, beside NumPy passing over the same columns.

The book is put into the tables directly: making ten million loans by commands would be another bench. Two thirds are
cash loans that were drawn over the last year, one third pay-later accounts, of which one in twenty-eight has its
statement that day; with the loans that fall due about one in twenty has an event. What the close does is what it always
does, through the engine: shard after shard, each with its rows, its block and its commit.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benyuan.cli.benches.lending import CASH_LOAN, PAY_LATER, BenchLender
from benyuan.cli.benches.measuring import BEGIN_US, SEED, Figures, Stopwatch, in_child, peak_rss_mib, share_of
from benyuan.consumer_finance.columns import Ints, names_of
from benyuan.consumer_finance.instalments.state import LoanState
from benyuan.consumer_finance.records import ACCOUNT, ACCOUNT_STEP, LOAN, LOAN_STEP
from benyuan.consumer_finance.revolving.state import AccountState
from benyuan.values.days import dates_of, day_numbers, days_later, months_later

DAY_US = 86_400_000_000
ON = 20260501
TERMS, MONTHS_BACK = 12, 11
ACCOUNTS_SHARE = 3
LATE_SHARE = 0.03
CHUNK = 100_000
DUE_TODAY_SHARE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseSizes:
    """Loans and accounts together, and into how many shards the close is cut."""

    loans: int = 10_000_000
    shards: int = 100

    def scaled(self, share: float) -> "CloseSizes":
        """The sizes times `share`; shards as large as before."""
        return replace(self, loans=share_of(self.loans, share), shards=share_of(self.shards, share))


def measure_close(sizes: CloseSizes, directory: Path) -> Figures:
    """One run, in a process of its own, so that the peak of memory is this bench's."""
    return in_child(_measured, sizes, directory)


def _measured(sizes: CloseSizes, directory: Path) -> Figures:
    bench = BenchLender(directory)
    accounts = sizes.loans // ACCOUNTS_SHARE
    _put_loans(bench, sizes.loans - accounts)
    _put_accounts(bench, accounts)
    closing, steps, passing = Stopwatch(), 0, Stopwatch()
    before = _size(bench.path)
    for shard in range(sizes.shards):
        with closing:
            answers = bench.give(
                "close_lender_day", at=BEGIN_US + DAY_US, lender=[1], date=[ON], shard=[shard], shards=[sizes.shards]
            )
        steps += int(answers.results("steps")[0])
    grown, peak = _size(bench.path) - before, peak_rss_mib()
    with passing:
        _pass_over(bench)
    bench.group.close()
    return {
        "loans": sizes.loans,
        "shards": sizes.shards,
        "steps": steps,
        "seconds": round(closing.seconds, 2),
        "cpu_seconds": round(closing.cpu_seconds, 2),
        "loans_per_s": closing.rate(sizes.loans),
        "numpy_pass_s": round(passing.seconds, 2),
        "peak_rss_mb": peak,
        "written_mb": grown >> 20,
    }


def _size(path: Path) -> int:
    """Of the database and what of it is still in the write-ahead log."""
    return sum(each.stat().st_size for each in path.parent.glob(f"{path.name}*") if each.is_file())


def _pass_over(bench: BenchLender) -> int:
    """Every column of the last steps multiplied and summed once."""
    total = 0
    for table in (LOAN_STEP, ACCOUNT_STEP):
        for name in table.columns:
            column = bench.group.records.tables[table.name].column(name)
            total += int((column * 3).sum())
    return total


def _put_loans(bench: BenchLender, count: int) -> None:
    draw = np.random.default_rng(SEED)
    for first in range(0, count, CHUNK):
        ids = np.arange(first + 1, min(first + CHUNK, count) + 1)
        size = len(ids)
        drawn = dates_of(day_numbers(np.full(size, ON)) - draw.integers(1, MONTHS_BACK * 30, size))
        today = draw.random(size) < DUE_TODAY_SHARE
        drawn = np.where(today, months_later(np.full(size, ON), -draw.integers(1, MONTHS_BACK, size)), drawn)
        first_due = months_later(drawn, 1)
        amount = draw.integers(100_000, 5_000_000, size)
        late = draw.random(size) < LATE_SHARE
        due_on, number = _next_due(first_due)
        paid = amount // TERMS * (number - 1)
        principal = amount - paid
        state = _nothing(LoanState, size) | {
            "principal_fen": np.where(late, principal - amount // TERMS, principal),
            "due_principal_fen": np.where(late, amount // TERMS, 0),
            "level_fen": amount // TERMS + amount // 60,
            "terms": np.full(size, TERMS),
            "next_number": number,
            "next_due_on": due_on,
            "accrued_to": np.maximum(months_later(due_on, -1), drawn),
            "drawn_fen": amount,
            "due_total_fen": paid + np.where(late, amount // TERMS, 0),
            "oldest_due_on": np.where(late, days_later(months_later(due_on, -1), 0), 0),
        }
        loan = _nothing_of(LOAN.columns, size) | {
            "lender": np.full(size, 1),
            "borrower": ids,
            "product": np.full(size, CASH_LOAN),
            "terms": np.full(size, 1),
            "rate_ppm": np.full(size, 180_000),
            "first_due_on": first_due,
            "drawn_on": drawn,
            "last_step": ids,
        }
        step = {"loan": ids, "on_date": drawn, "kind": np.full(size, 1), "amount_fen": amount}
        _put(bench, LOAN, {"id": ids, **loan})
        _put(bench, LOAN_STEP, {"id": ids, **_nothing_of(LOAN_STEP.columns, size), **step, **state})


def _next_due(first_due: Ints) -> tuple[Ints, Ints]:
    """The due day on or after the day that is closed, and its number; later than the month before."""
    number = np.ones(len(first_due), np.int64)
    due = first_due.copy()
    while (behind := due < ON).any():
        number[behind] += 1
        due[behind] = months_later(first_due[behind], number[behind] - 1)
    return due, number


def _put_accounts(bench: BenchLender, count: int) -> None:
    draw = np.random.default_rng(SEED + 1)
    opened = np.int64(20260101)
    for first in range(0, count, CHUNK):
        ids = np.arange(first + 1, min(first + CHUNK, count) + 1)
        size = len(ids)
        bought = draw.integers(1_000, 2_000_000, size)
        noted = dates_of(day_numbers(np.full(size, ON)) + 1 + draw.integers(0, 28, size))
        state = _nothing(AccountState, size) | {
            "billed_fen": bought // 2,
            "bought_billed_fen": bought // 2,
            "revolving": (draw.random(size) < 0.3).astype(np.int64),
            "accrued_to": np.full(size, 20260409),
            "weight_billed": bought // 2 * 20_500,
            "stated_on": days_later(months_later(noted, -1), -1),
            "next_on": noted,
        }
        account = _nothing_of(ACCOUNT.columns, size) | {
            "lender": np.full(size, 1),
            "borrower": ids,
            "product": np.full(size, PAY_LATER),
            "terms": np.full(size, 1),
            "opened_on": np.full(size, opened),
            "line_fen": np.full(size, 5_000_000),
            "bought_fen": bought,
            "bought_weight": bought * 20_500,
            "day_count": np.full(size, 3),
            "last_step": ids,
            "next_on": noted,
        }
        step = {"account": ids, "on_date": np.full(size, opened), "kind": np.full(size, 1)}
        _put(bench, ACCOUNT, {"id": ids, **account})
        _put(bench, ACCOUNT_STEP, {"id": ids, **_nothing_of(ACCOUNT_STEP.columns, size), **step, **state})


def _nothing(kind: type[Any], size: int) -> dict[str, Ints]:
    return _nothing_of(names_of(kind), size)


def _nothing_of(names: tuple[str, ...], size: int) -> dict[str, Ints]:
    return {name: np.zeros(size, np.int64) for name in names}


def _put(bench: BenchLender, table: Any, columns: dict[str, Ints]) -> None:
    """Rows into memory and store, as an event would fold them."""
    bench.group.records.tables[table.name].add(columns)
    store = bench.group.store
    store.begin()
    store.add_rows(table, {name: column.tolist() for name, column in columns.items()})
    store.commit()
