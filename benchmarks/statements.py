"""How fast statements are: `python benchmarks/statements.py [PAYMENTS] [DIRECTORY]`.

A year of one institution: PAYMENTS payments (2,000,000) from 100,000 wallets to 500 merchants, half of them to
merchant 1, everybody settled each night. Then, each in a fresh process: opening the database, the first page of
merchant 1, a page from the middle, searches, the totals of the year, the whole year as CSV with the peak of memory, and
the command line.
"""

import datetime as dt
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from benyuan.app import open as open_group
from benyuan.assurance.statements import Party, Period, Search, Statement, holder_of, whole, write_csv
from benyuan.cli.benches import payments as bench
from benyuan.cli.benches.ledger import open_group as make_group
from benyuan.cli.benches.measuring import SEED, in_child, peak_rss_mib
from benyuan.engine.group import Group
from benyuan.values.dates import day_begins_at, to_yyyymmdd

DAYS, FIRST = 365, dt.date(2025, 6, 1)
YEAR = Period(first_day=20250601, last_day=20260531)
WALLETS, MERCHANTS, BATCH = 100_000, 500, 2_000
HOUR_US = 3_600_000_000


def at(day: int, hour: int) -> int:
    return day_begins_at(to_yyyymmdd(FIRST + dt.timedelta(days=day))) + hour * HOUR_US


def build(path: Path, payments: int) -> None:
    bench.BEGIN_US, bench.STANDING_FROM, bench.BALANCE_FEN = at(0, 1), to_yyyymmdd(FIRST), 90_000
    random, merchants = np.random.default_rng(SEED), np.arange(1, MERCHANTS + 1)
    with make_group(path) as group:
        bench.prepare(group, bench.PaymentSizes(payments=payments, wallets=WALLETS, merchants=MERCHANTS))
        for day in range(DAYS):
            count = payments // DAYS + (day < payments % DAYS)
            payer = random.integers(1, WALLETS + 1, count)
            columns: dict[str, Any] = {
                "payer": payer,
                "merchant": np.where(random.integers(0, 2, count), 1, random.integers(2, MERCHANTS + 1, count)),
                "amount_fen": random.exponential(1_500, count).astype(np.int64) + 1,
                "bank_account": payer,
            }
            times = at(day, 9) + np.sort(random.integers(0, 12 * HOUR_US, count))
            for start in range(0, count, BATCH):
                part = {name: column[start : start + BATCH] for name, column in columns.items()}
                size = len(part["payer"])
                part |= {"channel": ["dynamic_code"] * size, "authentication": ["one_kind"] * size}
                keys = [f"{day}-{start + number}" for number in range(size)]
                group.execute_columns(
                    kind="pay", client="bench", keys=keys, at=times[start : start + BATCH], columns=part
                )
            keys = [f"settle-{day}-{merchant}" for merchant in merchants.tolist()]
            group.execute_columns(
                kind="settle", client="bench", keys=keys, at=at(day, 23), columns={"merchant": merchants}
            )


def measure(path: Path, what: str) -> tuple[float, int, str]:
    """(seconds, peak memory in MiB, what came of it) of one thing, in the process that calls."""
    begun = time.perf_counter()
    group = open_group(f"sqlite:///{path}", read_only=True)
    if what == "open":
        return time.perf_counter() - begun, peak_rss_mib(), f"{group.ledger.leg_count:,} legs"
    kind, number = ("wallet", 5) if what.startswith("wallet") else ("merchant", 1)
    begun = time.perf_counter()
    if what == "history":
        account = holder_of(group, kind=kind, id=number).account
        return _timed(lambda: group.ledger.history(account, limit=20_000)), peak_rss_mib(), "20,000 rows, one by one"
    if what == "points":
        return points(group), peak_rss_mib(), "the slowest of 120 searches for the newest row before a day"
    search = {"rare amount": Search(least_fen=18_000), "one customer": Search(counterparty=Party("wallet", 777))}
    holder = holder_of(group, kind=kind, id=number)
    made = Statement(group=group, holder=holder, period=YEAR, search=search.get(what, Search()))
    if what == "totals":
        said = f"{made.totals().entries:,} entries"
    elif what.endswith("csv"):
        with path.with_suffix(".csv").open("w", encoding="utf-8", newline="") as file:
            listing = whole(made, institution_name="")
            write_csv([listing], file)
        said = f"{listing.listed.entries:,} entries, {path.with_suffix('.csv').stat().st_size >> 20} MiB"
    else:
        before = group.ledger.leg_count // 2 if what == "middle page" else None
        said = f"{len(made.page(limit=50, before=before).entries)} entries"
    return time.perf_counter() - begun, peak_rss_mib(), said


def points(group: Group) -> float:
    """Seconds of the slowest search for an account's newest row before a day, over accounts and days."""
    holders = [("merchant", number) for number in (1, 2, 77)] + [("wallet", number) for number in (5, 50_000, 99_999)]
    accounts = [holder_of(group, kind=kind, id=number).account for kind, number in holders]
    times = [at(day, 0) for day in range(0, 400, 20)]
    return max(
        _timed(partial(group.ledger.newest_before, account, at=time_us)) for account in accounts for time_us in times
    )


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    payments = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    with tempfile.TemporaryDirectory(dir=sys.argv[2] if len(sys.argv) > 2 else None) as directory:
        path = Path(directory) / "year.db"
        in_child(build, path, payments)
        print(f"{payments:,} payments, {path.stat().st_size >> 20} MiB")
        parts = (
            "open",
            "history",
            "points",
            "first page",
            "middle page",
            "rare amount",
            "one customer",
            "totals",
            "csv",
        )
        for what in (*parts, "wallet page", "wallet csv"):
            seconds, peak, said = in_child(measure, path, what)
            print(f"{what:14} {seconds:8.3f} s   peak {peak} MiB   {said}")
        begun = time.perf_counter()
        words = ("statement", "--merchant", "1", "--database", str(path))
        subprocess.run([sys.executable, "-m", "benyuan", *words], check=True, stdout=subprocess.DEVNULL)
        print(f"{'command line':14} {time.perf_counter() - begun:8.3f} s   its first page, in all")


if __name__ == "__main__":
    main()
