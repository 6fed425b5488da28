"""How fast the parts of the ledger are without a store: `python benchmarks/kernel_alone.py [LEGS]`.

Rates over the legs of the ledger bench, medians of three, by the clock and per second of work (CPU time): the compiled
loop alone, the ledger in memory from columns, and folding the rows again.
"""

import statistics
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from benyuan.cli.benches.ledger import LedgerSizes, batches
from benyuan.cli.benches.measuring import Stopwatch
from benyuan.ledger import Ledger, MemoryJournal
from benyuan.ledger import ledger as module

ROUNDS = 3
VARIANTS: dict[str, dict[str, Any]] = {
    "plain": {},
    "pending": {"pending": True},
    "chains of five": {"chains": 5},
    "four hot": {"hot": 4},
}


class NoJournal(MemoryJournal):
    """Keeps nothing."""

    def append(self, *, first_leg: int, rows: Any) -> None:
        del first_leg, rows


def timed(work: Callable[[int], None], watch: Stopwatch) -> Callable[[int], None]:
    def call(address: int) -> None:
        with watch:
            work(address)

    return call


def run(sizes: LedgerSizes) -> tuple[Stopwatch, Stopwatch, Stopwatch]:
    """The time of (the loop, the ledger from columns, folding the rows again)."""
    loop, whole, fold = Stopwatch(), Stopwatch(), Stopwatch()
    work = list(batches(sizes))
    ledger = with_accounts(sizes)
    post_legs = vars(module)["post_legs"]
    vars(module)["post_legs"] = timed(post_legs, loop)
    with whole:
        journals = [ledger.post(**columns).journal for columns in work]
    vars(module)["post_legs"] = post_legs
    again = with_accounts(sizes)
    with fold:
        for rows in journals:
            again.fold(rows)
    return loop, whole, fold


def with_accounts(sizes: LedgerSizes) -> Ledger:
    ledger = Ledger(journal=NoJournal())
    ledger.create_accounts(book=1, unit=1, code=np.ones(sizes.accounts, np.int64))
    return ledger


def main() -> None:
    legs = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    print("| legs | the loop alone | per CPU s | ledger from columns | per CPU s | fold | per CPU s |")
    print("|---|---|---|---|---|---|---|")
    for name, options in VARIANTS.items():
        sizes = LedgerSizes(legs=legs, **options)
        runs = [run(sizes) for _ in range(ROUNDS)]
        rates = [
            statistics.median(rate(watch, legs) for watch in part)
            for part in zip(*runs, strict=True)
            for rate in (Stopwatch.rate, Stopwatch.cpu_rate)
        ]
        print(f"| {name} | {' | '.join(f'{rate:,.0f}' for rate in rates)} |")


if __name__ == "__main__":
    main()
